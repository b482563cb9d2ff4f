"""Saving an answer whose rows are records: each row by itself, on what the page was shown of it.

First everything is weighed, then all is written or nothing. Pages that add or change different rows never meet.
"""

import uuid
from dataclasses import dataclass, field, replace

from dreamtree.accounts.models import User
from dreamtree.answers import history, records, responses
from dreamtree.answers.records import FORCE, Record, content_of, in_order, own_fields, row_hash
from dreamtree.answers.stored import AnswerBody, SaveInfo, StoredAnswer
from dreamtree.db import Conflict
from dreamtree.saving.begin import begin
from dreamtree.saving.classifying import OWN, Classified, classify, said_rows, touched, typed_rows
from dreamtree.saving.request import SaveRequest
from dreamtree.tools import tool
from dreamtree.values import Answer


@dataclass(frozen=True)
class Written:
    """What stands after a save of records. A refused one has an id, and what met: this page's and the saved."""

    said: StoredAnswer
    has_changed: bool
    refused_id: str = ""
    mine: Answer = field(default_factory=dict)
    theirs: Answer = field(default_factory=dict)


def write_records(user: User, attempt: SaveRequest) -> Written:
    """Writes the rows and fields that this page changed, each as its next revision."""
    weighed = classify(user, attempt)
    if weighed.own is not None and weighed.is_refused:
        return _refuse(user, attempt, weighed, weighed.own)
    changed = {key: _write_row(user, attempt, weighed, key) for key in touched(weighed.verdicts) if key != OWN}
    taken_out = {key: _take_out(user, attempt, weighed.known.get(key), key) for key in touched(weighed.drops)}
    known = {**weighed.known, **changed, **taken_out}
    own, has_moved = _write_own(user, attempt, weighed, [one for one in known.values() if not one.deleted_at])
    return Written(records.whole(user, own, known.values()), has_moved or bool(changed or taken_out))


# Writing


def _write_row(user: User, attempt: SaveRequest, weighed: Classified, key: str) -> Record:
    block, stamp, known = attempt.block, attempt.stamp, weighed.known.get(key)
    content = next(content_of(row) for row in attempt.answer["rows"] if row["key"] == key)
    if known is None:
        return records.insert(user, block.key, key, block.type, attempt.exercise.version, content, stamp)
    written = records.update(user, known, content, stamp)
    if written is None:
        raise Conflict
    if written.content_hash != known.content_hash:
        history.append_previous(user, _revision_id(attempt, key), known, AnswerBody(content, True), stamp)
    return written


def _take_out(user: User, attempt: SaveRequest, known: Record | None, key: str) -> Record:
    """The record in the trash, with what was typed into it before the button took it away."""
    content = typed_rows(attempt).get(key) or (known.answer if known else {})
    if known is None:
        block, version = attempt.block, attempt.exercise.version
        known = records.insert(user, block.key, key, block.type, version, content, attempt.stamp)
    gone = records.take_out(user, known, content, attempt.stamp)
    if gone is None:
        raise Conflict
    if gone.content_hash != known.content_hash:
        history.append_previous(user, _revision_id(attempt, key), known, AnswerBody(content, True), attempt.stamp)
    return gone


def _write_own(
    user: User, attempt: SaveRequest, weighed: Classified, living: list[Record]
) -> tuple[StoredAnswer, bool]:
    """The block's own row: its fields if they changed here, and the keys of what now lives."""
    stored, stamp = weighed.own, attempt.stamp
    is_new = stored is None or weighed.verdicts[OWN] == "write"
    fields = own_fields(attempt.answer if stored is None or is_new else stored.answer)
    answer = {**fields, records.KEYS: _keys(attempt, stored, living), **_removed(attempt, living)}
    text = AnswerBody(answer, _is_complete(attempt, answer, living))
    if stored is None:
        return begin(user, attempt, text), True
    if (answer, text.is_complete) == (stored.answer, stored.is_complete):
        return stored, False
    written = responses.update(user, stored, text, _stamp_on(stored, stamp, is_new))
    if written is None:
        raise Conflict
    if is_new:
        before = replace(stored, answer=own_fields(stored.answer))
        history.append_previous(user, attempt.revision_id, before, AnswerBody(fields, text.is_complete), stamp)
    return written, True


def _stamp_on(stored: StoredAnswer, stamp: SaveInfo, is_new: bool) -> SaveInfo:
    """Whoever only adds a row has not written the own fields: those stay with whoever did."""
    if is_new:
        return replace(stamp, base=stored.revision)
    return SaveInfo(stored.revision, stored.last_editor, stored.last_n, stored.last_kind, stamp.at)


def _keys(attempt: SaveRequest, stored: StoredAnswer | None, living: list[Record]) -> list[str]:
    """The rows in the page's order, with those it did not show; those it shows unfilled keep their places."""
    alive, filled = {record.key for record in living}, {row["key"] for row in said_rows(attempt)}
    posted = [row["key"] for row in attempt.answer.get("rows") or []]
    before = stored.answer.get(records.KEYS, []) if stored else []
    shown = [key for key in posted if key in alive or key not in filled]
    return in_order(shown, [key for key in before if key in alive])


def _removed(attempt: SaveRequest, living: list[Record]) -> Answer:
    """Which row *undo* brings back, as long as it is gone; its words are in the trash alone."""
    removed, key = attempt.answer.get("removed"), records.removed_key(attempt.answer)
    alive = {record.key for record in living}
    return {"removed": {"row": {"key": key}, "at": removed["at"]}} if removed and key not in alive else {}


def _is_complete(attempt: SaveRequest, answer: Answer, living: list[Record]) -> bool:
    block = attempt.block
    rows = {record.key: record.row for record in living}
    ordered = [rows[key] for key in answer[records.KEYS] if key in rows]
    return not tool(block.type).incomplete(block, {**own_fields(answer), "rows": ordered})


def _revision_id(attempt: SaveRequest, key: str) -> str:
    """One id a row, the same whenever this save is tried again."""
    return str(uuid.uuid5(uuid.UUID(attempt.revision_id), key))


# Refusing


def _refuse(user: User, attempt: SaveRequest, weighed: Classified, own: StoredAnswer) -> Written:
    """Keeps what this page wanted to write; what it left as it was is no part of it."""
    mine = _mine(user, attempt, weighed, own)
    text = AnswerBody(mine, own.is_complete)
    refused = history.append_refused(user, attempt.revision_id, own, text, attempt.stamp)
    standing = records.whole(user, own, weighed.known.values())
    met = {*touched(weighed.verdicts), *touched(weighed.drops)}
    theirs = {
        **(own_fields(standing.answer) if OWN in met else {}),
        "rows": [row for row in standing.answer["rows"] if row["key"] in met],
    }
    return Written(standing, False, refused, mine, theirs)


def _mine(user: User, attempt: SaveRequest, weighed: Classified, own: StoredAnswer) -> Answer:
    """Ready to be saved over what it met, when the person says so; over nothing that comes later."""
    met = touched(weighed.verdicts)
    marks = {key: row_hash(user, one.answer) for key, one in weighed.known.items() if not one.deleted_at}
    rows = [{**row, "was": marks.get(row["key"], FORCE)} for row in said_rows(attempt) if row["key"] in met]
    fields = {**own_fields(attempt.answer), "was": row_hash(user, own_fields(own.answer))} if OWN in met else {}
    dropped = {key: marks.get(key, FORCE) for key in touched(weighed.drops)}
    return {**fields, "rows": rows, **({"dropped": dropped} if dropped else {})}
