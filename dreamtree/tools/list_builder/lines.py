"""The lines of a list: typed, pasted, picked from a short list, drafted or live from a connection."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dreamtree.tools.base import Posted
from dreamtree.tools.fields import Choice, FormFields, line
from dreamtree.tools.rows.made_keys import pasted_key, picked_key
from dreamtree.values import Answer, Item

Row = dict[str, Any]
PLUMBING = ("key", "given", "live", "kind")
NOTHING_APPLIES = "nothing"
"""The pick that says that none of the others applies: its line has no further fields."""
GONE = "Something you removed since"


def rows_in(answer: Answer) -> list[Row]:
    """The rows of an answer, whatever another version stored: those with a key."""
    rows = answer.get("rows")
    return [row for row in rows if isinstance(row, dict) and row.get("key")] if isinstance(rows, list) else []


def is_live(row: Mapping[str, Any]) -> bool:
    """Whether a row is an item of a connection, as it is upstream now."""
    return bool(row.get("live"))


def is_unsaid(row: Mapping[str, Any]) -> bool:
    """Whether nothing was said here: no words of one's own, and nothing in the further fields."""
    has_words = bool(row.get("text")) and not is_live(row)
    return not has_words and all(value in ("", None) for value in (row.get("fields") or {}).values())


def said_row(row: Mapping[str, Any]) -> Row:
    """A row with what was said in it, and no more."""
    fields = {name: value for name, value in (row.get("fields") or {}).items() if value not in ("", None)}
    marks = {mark: True for mark in ("given", "live") if row.get(mark)}
    kind = {"kind": row["kind"]} if row.get("kind") else {}
    return {"key": row["key"], "text": row.get("text") or "", "fields": fields, **marks, **kind}


def bare_row(row: Mapping[str, Any]) -> Row:
    """What a page posts of a row: the words of a live one stay where they come from."""
    said = said_row(row)
    return {**said, "text": ""} if is_live(row) else said


# What was posted


def is_on_the_page(row: FormFields) -> bool:
    """Whether a posted row counts: something was said in it, or it is an item of a connection."""
    return bool(row.get("live")) or any(value.strip() for name, value in row.items() if name not in PLUMBING)


def pasted(text: str, rows: Sequence[FormFields]) -> list[FormFields]:
    """A row for every line of `text` that is not yet there. The same line gives the same key."""
    lines = dict.fromkeys(said for part in text.splitlines() if (said := line(part)))
    return _new(({"key": pasted_key(said), "text": said} for said in lines), rows)


def picked(values: Iterable[str], choices: Iterable[Choice], rows: Sequence[FormFields]) -> list[FormFields]:
    """A row for every ticked choice that is not yet there. The same choice gives the same key."""
    ticked = set(values) - {row.get("kind") for row in rows}
    chosen = (one for one in choices if one.value in ticked)
    return _new(({"key": picked_key(one.value), "text": one.label, "kind": one.value} for one in chosen), rows)


def _new(coming: Iterable[FormFields], rows: Sequence[FormFields]) -> list[FormFields]:
    known = {row.get("key") for row in rows}
    return [row for row in coming if row["key"] not in known]


def as_posted(fields: FormFields, prefix: str) -> Posted:
    """Plain names as a page posts them."""
    return Posted({prefix + name: value for name, value in fields.items()})


# Rows that a connection brings


def drafted_row(item: Item) -> Row:
    """The first draft of a line."""
    return {"key": item.key, "text": line(item.text), "fields": {}, "given": True}


def reworded(row: Row, now: Mapping[str, str]) -> Row:
    """A drafted line with its words as they are upstream now."""
    return {**row, "text": now.get(row["key"]) or row.get("text") or ""} if row.get("given") else row


def with_live(rows: Sequence[Row], items: Sequence[Item]) -> list[Row]:
    """The items first, each with what was said of it; then the other rows. Of items that are gone, those answered."""
    known = {row["key"]: row for row in rows if is_live(row)}
    taken = {row["key"] for row in rows} - known.keys()
    blank: Row = {"fields": {}}
    live = [
        {**known.get(item.key, blank), "key": item.key, "text": line(item.text), "live": True}
        for item in items
        if line(item.text) and item.key not in taken
    ]
    here = {row["key"] for row in live}
    return [*live, *(row for row in rows if row["key"] not in here and not (is_live(row) and is_unsaid(row)))]


def with_words(rows: Sequence[Row], stored: Answer, items: Sequence[Item]) -> list[Row]:
    """Posted rows, live ones with their words again; what was said of something that is gone stays."""
    words = {row["key"]: str(row.get("text") or "") for row in rows_in(stored) if is_live(row)}
    words |= {item.key: line(item.text) for item in items}
    return [{**row, "text": words.get(row["key"]) or GONE} if is_live(row) else row for row in rows]
