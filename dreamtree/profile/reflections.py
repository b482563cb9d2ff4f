"""What one cares about: people, groups, memories, and the problems one would like to see smaller."""

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import SQL, TextField

from dreamtree.db import Statement
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, learn_rows
from dreamtree.values import Item
from dreamtree.vault import Keyholder, Sealed, SealedField, open_

Rows = Sequence[Mapping[str, Any]]
KINDS = (
    *("shaped", "lesson", "care", "leave", "group", "closer", "topic"),
    *("thanked", "most_me", "event", "held", "friend"),
)
"""All kinds, in the order in which they are read."""


class Reflection(DerivedRow):
    """A thought worth keeping.

    `kind` is shaped, lesson, care, leave, group, closer, thanked, most_me, event, held or friend. A group has what
    one `gives` and `gets`; an event has when it was.
    """

    kind = TextField()
    text = SealedField()
    gives = SealedField()
    gets = SealedField()
    happened = SealedField()

    class Meta:
        table_name = "reflections"
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


class Note(DerivedRow):
    """A small thing in a line or two. `kind` is topic: a problem that will not leave one alone."""

    kind = TextField()
    text = SealedField()
    more = SealedField()

    class Meta:
        table_name = "notes"
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


def learn_reflection(user: Keyholder, block_key: str, kind: str, words: str, at: str) -> bool:
    """One thought in one answer; "" takes it back. True when it changed."""
    return learn_rows(user, Reflection, block_key, {kind: _columns(0, kind, words, {})} if words else {}, at)


def learn_reflections(user: Keyholder, block_key: str, kind: str, rows: Rows, at: str) -> bool:
    """The lines of one list: groups with the fields gives and gets, events with when; True when anything changed."""
    wanted = {row["key"]: _columns(n, kind, row["text"], row.get("fields") or {}) for n, row in enumerate(rows)}
    return learn_rows(user, Reflection, block_key, wanted, at)


def _columns(position: int, kind: str, words: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    said = {column: str(fields.get(name) or "") for column, name in _FIELDS.items()}
    return {"kind": kind, "text": words, **said, "position": position}


_FIELDS = {"gives": "gives", "gets": "gets", "happened": "when"}
"""Column → the field of a list that fills it."""


def learn_topics(user: Keyholder, block_key: str, rows: Rows, at: str) -> bool:
    """The problems of one list, with what would be better; True when anything changed."""
    wanted = {
        row["key"]: {
            "kind": "topic",
            "text": row["text"],
            "more": str((row.get("fields") or {}).get("better") or ""),
            "position": n,
        }
        for n, row in enumerate(rows)
    }
    return learn_rows(user, Note, block_key, wanted, at)


def reflections(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Thoughts and topics, by kind, as listed; fields: kind, and what belongs to it. `kinds` filters.

    The words of a group are what one gets from it, where that was said.
    """
    kinds = list(filters.get("kinds", KINDS))
    rows = _THOUGHTS.rows(user.id, kinds, user.id, kinds)
    return [_item(user, *row) for row in sorted(rows, key=lambda row: KINDS.index(row[1]) if row[1] in KINDS else 99)]


def topics(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The problems that will not leave one alone."""
    return reflections(user, {"kinds": ["topic"]})


_PARTS: Mapping[str, Mapping[str, str]] = {
    "reflections": {"text": "text", "gives": "gives", "gets": "gets", "happened": "when"},
    "notes": {"text": "text", "more": "better"},
}
"""Table → its sealed columns in the order of `_THOUGHTS`, each with the name of the field it becomes."""


def _item(user: Keyholder, identity: str, kind: str, key: str, block_key: str, at: str, *said: Any) -> Item:
    """A row of `_THOUGHTS`."""
    table = "notes" if kind == "topic" else "reflections"
    opened = {
        name: open_(user, f"{table}.{column}", identity, Sealed(envelope))
        for (column, name), envelope in zip(_PARTS[table].items(), said[1:], strict=False)
    }
    words = opened["gets"] or opened["text"] if kind == "group" else opened["text"]
    fields = {name: value for name, value in opened.items() if value} | {"kind": kind}
    return Item(key, words, fields, provenance(block_key, at))


def _thoughts(user_id: Any, kinds: Any, again: Any, kinds_again: Any) -> Any:
    thoughts = Reflection.select(
        *_shared(Reflection), Reflection.text, Reflection.gives, Reflection.gets, Reflection.happened
    ).where(Reflection.user_id == user_id, Reflection.kind.in_(kinds))
    notes = Note.select(*_shared(Note), Note.text, Note.more, SQL("NULL"), SQL("NULL")).where(
        Note.user_id == again, Note.kind.in_(kinds_again)
    )
    return thoughts.union_all(notes).order_by(SQL("position"), SQL("id"))


def _shared(model: type[DerivedRow]) -> list[Any]:
    return [getattr(model, name) for name in ("id", "kind", "item_key", "block_key", "written_at", "position")]


_THOUGHTS = Statement(_thoughts)
