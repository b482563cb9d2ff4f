"""What becomes of each part of a posted answer whose rows are records: it stands, is written, or meets another text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from dreamtree.accounts.models import User
from dreamtree.answers import history, records, responses
from dreamtree.answers.records import FORCE, Record, content_of, own_fields, row_hash
from dreamtree.answers.stored import SaveInfo, StoredAnswer
from dreamtree.saving.request import SaveRequest
from dreamtree.tools import tool
from dreamtree.values import Answer

Verdict = Literal["stands", "write", "meets"]
OWN = ""
"""Where rows go by their keys, the own fields go by this."""


@dataclass(frozen=True)
class Classified:
    """What stands, and what becomes of each part that the page posted, by key."""

    own: StoredAnswer | None
    known: Mapping[str, Record]
    verdicts: Mapping[str, Verdict]
    drops: Mapping[str, Verdict]

    @property
    def is_refused(self) -> bool:
        """Whether any text met another one: then nothing is written."""
        return "meets" in {*self.verdicts.values(), *self.drops.values()}


def touched(verdicts: Mapping[str, Verdict]) -> list[str]:
    """The keys of what does not simply stand."""
    return [key for key, verdict in verdicts.items() if verdict != "stands"]


def classify(user: User, attempt: SaveRequest) -> Classified:
    """Every row, every row taken out, and the own fields. Two queries, and one for each text that met another."""
    answer, stamp = attempt.answer, attempt.stamp
    own, known = responses.stored_answer(user, attempt.block.key), records.records_of(user, attempt.block.key)
    rows = {row["key"]: row for row in said_rows(attempt)}
    verdicts = {
        key: _weigh_text(user, known.get(key), content_of(row), row.get("was"), stamp) for key, row in rows.items()
    }
    drops = {
        key: _weigh_drop(user, known.get(key), was, stamp)
        for key, was in (answer.get("dropped") or {}).items()
        if key not in rows and (key in known or key in typed_rows(attempt))
    }
    return Classified(own, known, {**verdicts, OWN: _weigh_own(user, attempt, own)}, drops)


def said_rows(attempt: SaveRequest) -> list[dict[str, Any]]:
    """The rows that say something."""
    one = tool(attempt.block.type)
    return [row for row in attempt.answer.get("rows") or [] if not one.is_blank(content_of(row))]


def typed_rows(attempt: SaveRequest) -> dict[str, Answer]:
    """What the rows said before a button acted on them, by their keys."""
    one = tool(attempt.block.type)
    rows = {row["key"]: content_of(row) for row in (attempt.typed or {}).get("rows") or []}
    return {key: content for key, content in rows.items() if not one.is_blank(content)}


def _weigh_text(user: User, stored: StoredAnswer | None, content: Answer, was: str | None, stamp: SaveInfo) -> Verdict:
    """What becomes of one text: nothing new, the next revision, or another text that it did not know of."""
    if stored is None:
        return "write"
    is_mine, is_gone = stored.last_editor == stamp.editor, _is_gone(stored)
    mark, standing = row_hash(user, content), row_hash(user, stored.answer)
    if is_mine and (stamp.n < stored.last_n or (stamp.n == stored.last_n and mark == standing)):
        return "stands"
    if mark == standing and not (is_gone and (is_mine or was == FORCE)):
        return "stands"
    if is_mine or was == FORCE or (was == standing and not is_gone):
        return "write"
    return "stands" if mark == was or _was_saved_here(user, stored, mark, stamp) else "meets"


def _weigh_drop(user: User, stored: Record | None, was: str, stamp: SaveInfo) -> Verdict:
    if stored is None:
        return "write"
    is_mine = stored.last_editor == stamp.editor
    if _is_gone(stored) or (is_mine and stamp.n < stored.last_n):
        return "stands"
    return "write" if is_mine or was in (FORCE, row_hash(user, stored.answer)) else "meets"


def _weigh_own(user: User, attempt: SaveRequest, stored: StoredAnswer | None) -> Verdict:
    """As a row; an answer without own fields leaves them as they are."""
    content = own_fields(attempt.answer)
    if stored is None or not content:
        return "stands"
    standing = own_fields(stored.answer)
    is_based_on_it = attempt.stamp.base == stored.revision
    shown = standing if is_based_on_it else own_fields(tool(attempt.block.type).empty(attempt.block))
    was = attempt.answer.get("was") or row_hash(user, shown)
    return _weigh_text(user, replace(stored, answer=standing), content, was, attempt.stamp)


def _was_saved_here(user: User, stored: StoredAnswer, mark: str, stamp: SaveInfo) -> bool:
    """Whether this very page saved the text before somebody else went on from there."""
    last = history.last_by(user, stored, stamp.editor)
    return last is not None and row_hash(user, last) == mark


def _is_gone(stored: StoredAnswer) -> bool:
    return isinstance(stored, Record) and bool(stored.deleted_at)
