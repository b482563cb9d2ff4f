"""Writing an answer whose rows are records: each row by itself, on what the page was shown of it.

First everything is classified, then all is written or nothing. Pages that add or change different rows never meet.
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID, uuid5

from dreamtree.answers import history, records, responses
from dreamtree.answers.begin import begin
from dreamtree.answers.classifying import (
    AnswerKind,
    Classified,
    PostedRows,
    changed,
    classify_records,
    posted_rows,
)
from dreamtree.answers.records import FORCE, Record, in_order, own_fields, row_hash
from dreamtree.answers.stored import SaveInfo, SaveRequest, SaveResult, StoredAnswer
from dreamtree.values import Answer
from dreamtree.vault import Keyholder


def write_records(user: Keyholder, request: SaveRequest, kind: AnswerKind) -> SaveResult:
    """Writes the rows and fields that this page changed, each as its next revision."""
    posted = posted_rows(request, kind)
    found = classify_records(user, request, posted, kind)
    if found.stored is not None and found.is_refused:
        return _refuse(user, request, posted, found, found.stored)
    written = {
        key: _write_row(user, request, key, found.known.get(key), posted.contents[key]) for key in changed(found.rows)
    }
    taken_out = {
        key: _take_out(user, request, key, found.known.get(key), posted.typed.get(key)) for key in changed(found.drops)
    }
    known = {**found.known, **written, **taken_out}
    answer = _own_answer(request, posted, found, known.values())
    own = _write_own(user, request, found, answer, _is_complete(request, answer, known, kind))
    has_changed = own is not found.stored or bool(written or taken_out)
    return SaveResult("saved", records.whole(user, own, known.values()), has_changed)


def _write_row(
    user: Keyholder,
    request: SaveRequest,
    key: str,
    before: Record | None,
    content: Answer,
    deleted_at: str | None = None,
) -> Record:
    """The first or next text of a record; with `deleted_at`, its last one in the trash."""
    block, info = request.block, request.info
    if before is None:
        record = records.TABLE.first(user, records.record_id(block.key, key), block.key, content, True, info)
        records.TABLE.insert(user, record, block.type, "exercise", request.exercise.version)
        return record
    after = replace(records.TABLE.next(user, before, content, True, info), deleted_at=deleted_at)
    records.TABLE.move(user, before, after)
    if after.content_hash != before.content_hash:
        history.append_previous(user, _revision_id(request, key), before, after)
    return after


def _take_out(user: Keyholder, request: SaveRequest, key: str, before: Record | None, typed: Answer | None) -> Record:
    """The record in the trash, with what was typed into it before the button took it away."""
    content = typed or (before.answer if before else {})
    standing = before or _write_row(user, request, key, None, content)
    return _write_row(user, request, key, standing, content, request.info.at)


def _revision_id(request: SaveRequest, key: str) -> str:
    """One id a row, the same whenever this save is tried again."""
    return str(uuid5(UUID(request.revision_id), key))


# The block's own row


def _write_own(
    user: Keyholder, request: SaveRequest, found: Classified, answer: Answer, is_complete: bool
) -> StoredAnswer:
    """The block's own row, as it was when nothing of it changed."""
    stored, info = found.stored, request.info
    if stored is None:
        return begin(user, request, answer, is_complete)
    if (answer, is_complete) == (stored.answer, stored.is_complete):
        return stored
    is_mine = found.own == "write"
    after = responses.TABLE.next(user, stored, answer, is_complete, info if is_mine else _by_others(stored, info))
    responses.TABLE.move(user, stored, after)
    if is_mine:
        before, fields = own_fields(stored.answer), own_fields(after.answer)
        history.append_previous(
            user, request.revision_id, replace(stored, answer=before), replace(after, answer=fields)
        )
    return after


def _by_others(stored: StoredAnswer, info: SaveInfo) -> SaveInfo:
    """Whoever only adds a row has not written the own fields: those stay with whoever did."""
    return SaveInfo(stored.revision, stored.last_editor, stored.last_n, stored.last_kind, info.at)


def _own_answer(request: SaveRequest, posted: PostedRows, found: Classified, known: Iterable[Record]) -> Answer:
    """The own fields, the keys of the rows that live, and which row *undo* brings back, as long as it is gone."""
    stored, alive = found.stored, {record.key for record in known if not record.deleted_at}
    is_new = stored is None or found.own == "write"
    fields = own_fields(request.answer if stored is None or is_new else stored.answer)
    removed, key = request.answer.get("removed"), records.removed_key(request.answer)
    undo = {"removed": {"row": {"key": key}, "at": removed["at"]}} if removed and key not in alive else {}
    return {**fields, records.KEYS: _keys(posted, stored, alive), **undo}


def _keys(posted: PostedRows, stored: StoredAnswer | None, alive: set[str]) -> list[str]:
    """The rows in the page's order, with those it did not show; those it shows unfilled keep their places."""
    before = stored.answer.get(records.KEYS, []) if stored else []
    shown = [key for key in posted.keys if key in alive or key not in posted.contents]
    return in_order(shown, [key for key in before if key in alive])


def _is_complete(request: SaveRequest, answer: Answer, known: dict[str, Record], kind: AnswerKind) -> bool:
    rows = {key: record.row for key, record in known.items() if not record.deleted_at}
    ordered = [rows[key] for key in answer[records.KEYS] if key in rows]
    return not kind.incomplete(request.block, {**own_fields(answer), "rows": ordered})


# Refusing


def _refuse(
    user: Keyholder, request: SaveRequest, posted: PostedRows, found: Classified, own: StoredAnswer
) -> SaveResult:
    """Keeps what this page wanted to write; what it left as it was is no part of it."""
    mine = _mine(user, request, posted, found, own)
    refused = history.append_refused(user, request, own, mine, own.is_complete)
    standing = records.whole(user, own, found.known.values())
    met = {*changed(found.rows), *changed(found.drops)}
    theirs = {
        **(own_fields(standing.answer) if found.own != "unchanged" else {}),
        "rows": [row for row in standing.answer["rows"] if row["key"] in met],
    }
    return SaveResult("conflict", standing, refused_id=refused, mine=mine, theirs=theirs)


def _mine(user: Keyholder, request: SaveRequest, posted: PostedRows, found: Classified, own: StoredAnswer) -> Answer:
    """Ready to be saved over what it met, when the person says so; over nothing that comes later."""
    hashes = {key: row_hash(user, one.answer) for key, one in found.known.items() if not one.deleted_at}
    rows = [{"key": key, **posted.contents[key], "was": hashes.get(key, FORCE)} for key in changed(found.rows)]
    own_is_met = found.own != "unchanged"
    fields = {**own_fields(request.answer), "was": row_hash(user, own_fields(own.answer))} if own_is_met else {}
    dropped = {key: hashes.get(key, FORCE) for key in changed(found.drops)}
    return {**fields, "rows": rows, **({"dropped": dropped} if dropped else {})}
