"""The lines of a checklist: how they are posted, what stays of them, and how they are said in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from dreamtree.tools.base import Problem
from dreamtree.tools.fields import FormFields
from dreamtree.tools.rows.lines import Row, as_line, begun, in_words

SAID = ("text", "date", "note", "done")


def is_line(sheet: FormFields) -> bool:
    """Whether a posted line is one: lines from elsewhere always, own ones with anything in them."""
    return "key" in sheet and ("own" not in sheet or any(as_line(sheet.get(name)) for name in SAID))


def bare_line(row: Mapping[str, Any]) -> Row:
    """What the fields of a line hold."""
    said = {"date": str(row.get("date") or ""), "note": as_line(row.get("note")), "done": bool(row.get("done"))}
    own = {"own": True, "text": as_line(row.get("text"))} if row.get("own") else {}
    return {"key": row["key"], **own, **said}


def whole_line(row: Row, known: Mapping[str, Row], live: Mapping[str, str]) -> Row:
    """A posted line with its words; "" for one from elsewhere that nothing knows."""
    before = known.get(row["key"], {})
    if row.get("own") and row["key"] not in live and before.get("own", True):
        return row
    words = live.get(row["key"]) or ("" if before.get("own") else before.get("text"))
    return {**{name: one for name, one in row.items() if name != "own"}, "text": as_line(words)}


def is_marked(row: Row) -> bool:
    """Whether anything is said of a line from elsewhere that has words."""
    return bool(as_line(row.get("text"))) and any(row.get(name) for name in SAID[1:])


def too_few(enough: int, count: int, at: int) -> Problem:
    """What is still open, at the field of the line `at`."""
    wanted = "One thing is" if enough == 1 else f"{begun(in_words(enough))} things are"
    so_far = "" if not count else " There is one so far." if count == 1 else f" There are {in_words(count)} so far."
    return Problem(f"rows-{at}-text", f"{wanted} enough to go on.{so_far}")


def counted(rows: Sequence[Row]) -> str:
    """ "two of five done"."""
    done = sum(bool(row.get("done")) for row in rows)
    return f"{in_words(done) if done else 'none'} of {in_words(len(rows))} done"


def first_open(rows: Sequence[Row]) -> str:
    """The words of the first line that is not done, or of the first."""
    return str(next((row["text"] for row in rows if not row.get("done")), rows[0]["text"]))


def line_in_words(row: Row) -> str:
    """A line with its tick, and its date and note below."""
    more = [words for words in (row["date"], row["note"]) if words]
    return f"{'[x]' if row['done'] else '[ ]'} {row['text']}" + "".join(f"\n  {words}" for words in more)
