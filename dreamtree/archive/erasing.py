"""Erasing a person: every row goes, at once and for good, and a receipt says how many."""

from collections.abc import Mapping
from dataclasses import dataclass

from dreamtree import db
from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.db import BaseModel
from dreamtree.profile.orphans import release_offers
from dreamtree.text import folded
from dreamtree.workbook.dates import moment_words

WORD = "erase"
KINDS = (
    ("answer", "answers", ("exercise_responses",)),
    ("log entry", "log entries", ("tool_instances",)),
    ("earlier version", "earlier versions", ("answer_revisions",)),
    ("email or name", "emails and names", ("emails",)),
    ("way to open the account", "ways to open the account", ("auth",)),
    ("browser that’s signed in", "browsers that are signed in", ("sessions",)),
)
"""One, many, and the tables they are in."""
REST = (
    "other entry: settings, progress, and what came from your answers",
    "other entries: settings, progress, and what came from your answers",
)


@dataclass(frozen=True)
class Receipt:
    """What went. `at` is in the person's own time; `is_complete` is False while a reader held the database's log."""

    at: str
    lines: tuple[str, ...]
    total: int
    is_complete: bool


def what_goes(user: User) -> tuple[str, ...]:
    """Everything of this person in numbers, one line a kind. One query, no text opened."""
    return _lines(_counts(user))


def is_confirmed(word: str) -> bool:
    """Whether the word was typed that erases; case and spaces around it do not matter."""
    return folded(word) == WORD


def erase(user: User) -> Receipt:
    """Deletes every row of this person, and empties the database's log, so that no byte of them is left in either.

    A skill that they offered to everybody and that was approved stays; nothing says that it was theirs.
    """
    at = db.now()
    counts = db.saving(lambda: _erase(user))
    return Receipt(moment_words(user, at), _lines(counts), sum(counts.values()), db.checkpoint())


def erase_unfinished(user: User) -> None:
    """Deletes somebody whose tree was not written to its end, a few rows at a time: people write in between."""
    for model in db.tables_below(BaseModel):
        if _is_a_persons(model):
            db.clear(model, model.user_id == user.id)  # type: ignore[attr-defined]
    db.saving(lambda: people.delete([user.id]))


def _erase(user: User) -> Mapping[str, int]:
    counts = _counts(user)
    release_offers([user.id])
    people.delete([user.id])
    return counts


def _counts(user: User) -> Mapping[str, int]:
    """Rows by table."""
    owned = {model._meta.table_name: "user_id" for model in db.tables_below(BaseModel) if _is_a_persons(model)}
    tables = {"users": "id"} | owned
    place = db.database.obj.param
    one = (f'SELECT \'{name}\', COUNT(*) FROM "{name}" WHERE "{key}" = {place}' for name, key in tables.items())
    return dict(db.database.execute_sql(" UNION ALL ".join(one), [user.id] * len(tables)).fetchall())


def _is_a_persons(model: type[BaseModel]) -> bool:
    return "user_id" in model._meta.fields


def _lines(counts: Mapping[str, int]) -> tuple[str, ...]:
    named = [(one, many, sum(counts[name] for name in tables)) for one, many, tables in KINDS]
    rest = sum(counts.values()) - sum(count for _, _, count in named)
    return tuple(f"{count} {one if count == 1 else many}" for one, many, count in (*named, (*REST, rest)) if count)
