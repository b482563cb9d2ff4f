"""Writing an answer whose rows are records: each row by itself, on what the page was shown of it.

First everything is classified, then all is written or nothing. Pages that add or change different rows never meet.
"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid5

from dreamtree.answers import history, records, responses
from dreamtree.answers.begin import begin
from dreamtree.answers.classifying import AnswerKind, Classified, changed, classify_records
from dreamtree.answers.records import FORCE, Record, in_order, own_fields, row_hash
from dreamtree.answers.room import require_room
from dreamtree.answers.stored import SaveInfo, SaveRequest, SaveResult, StoredAnswer
from dreamtree.values import Answer
from dreamtree.vault import Keyholder


def write_records(user: Keyholder, request: SaveRequest, kind: AnswerKind, stored: StoredAnswer | None) -> SaveResult:
    """Writes the rows and fields that this page changed, each as its next revision. `stored` is the block's own row.

    Raises `NoRoom`.
    """
    classified = classify_records(user, request, kind, stored)
    posted, known = classified.posted, classified.known
    if stored is not None and classified.is_refused:
        return _refuse(user, request, classified, stored)
    require_room(user, known, (*changed(classified.rows), *changed(classified.drops)))
    written = {
        key: _write_row(user, request, key, known.get(key), posted.contents[key]) for key in changed(classified.rows)
    }
    taken_out = {
        key: _take_out(user, request, key, known.get(key), posted.typed.get(key)) for key in changed(classified.drops)
    }
    after = {**known, **written, **taken_out}
    answer = _own_answer(request, classified, {key for key, record in after.items() if not record.deleted_at})
    own = _write_own(user, request, classified, answer, _is_complete(request, answer, after, kind))
    has_changed = own is not stored or bool(written or taken_out)
    replaced = records.whole(user, stored, known.values()).answer if stored is not None else None
    return SaveResult("saved", records.whole(user, own, after.values()), has_changed, replaced)


def _write_row(
    user: Keyholder, request: SaveRequest, key: str, before: Record | None, content: Answer, deleted_at: str = ""
) -> Record:
    """The first or next text of a record; with `deleted_at`, its last one in the trash."""
    block, info = request.block, request.info
    if before is None:
        record = records.TABLE.first(user, records.record_id(block.key, key), block.key, content, True, info)
        records.TABLE.insert(user, record, block.type, "exercise", request.exercise.version)
        return record
    after = replace(records.TABLE.next(user, before, content, True, info), deleted_at=deleted_at or None)
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
    user: Keyholder, request: SaveRequest, classified: Classified, answer: Answer, is_complete: bool
) -> StoredAnswer:
    """The block's own row, as it was when nothing of it changed."""
    stored, info = classified.stored, request.info
    if stored is None:
        return begin(user, request, answer, is_complete)
    if (answer, is_complete) == (stored.answer, stored.is_complete):
        return stored
    is_mine = classified.own == "write"
    after = responses.TABLE.next(user, stored, answer, is_complete, info if is_mine else _by_others(stored, info))
    responses.TABLE.move(user, stored, after)
    if is_mine:
        before, now = (replace(one, answer=own_fields(one.answer)) for one in (stored, after))
        history.append_previous(user, request.revision_id, before, now)
    return after


def _by_others(stored: StoredAnswer, info: SaveInfo) -> SaveInfo:
    """Whoever only adds a row has not written the own fields: those stay with whoever did."""
    return SaveInfo(stored.revision, stored.last_editor, stored.last_n, stored.last_kind, info.at)


def _own_answer(request: SaveRequest, classified: Classified, alive: set[str]) -> Answer:
    """The own fields, the keys of the rows that live, and which row *undo* brings back, as long as it is gone."""
    stored = classified.stored
    fields = own_fields(request.answer if stored is None or classified.own == "write" else stored.answer)
    removed, key = request.answer.get("removed"), records.removed_key(request.answer)
    undo = {"removed": {"row": {"key": key}, "at": removed["at"]}} if removed and key not in alive else {}
    return {**fields, records.KEYS: _keys(classified, alive), **undo}


def _keys(classified: Classified, alive: set[str]) -> list[str]:
    """The rows in the page's order, with those it did not show; those it shows unfilled keep their places."""
    posted, stored = classified.posted, classified.stored
    before = stored.answer.get(records.KEYS, []) if stored else []
    shown = [key for key in posted.keys if key in alive or key not in posted.contents]
    return in_order(shown, [key for key in before if key in alive])


def _is_complete(request: SaveRequest, answer: Answer, known: Mapping[str, Record], kind: AnswerKind) -> bool:
    rows = {key: record.row for key, record in known.items() if not record.deleted_at}
    ordered = [rows[key] for key in answer[records.KEYS] if key in rows]
    return not kind.incomplete(request.block, {**own_fields(answer), "rows": ordered})


# Refusing


def _refuse(user: Keyholder, request: SaveRequest, classified: Classified, own: StoredAnswer) -> SaveResult:
    """Keeps what this page wanted to write; what it left as it was is no part of it."""
    mine = _mine(user, request, classified, own)
    refused = history.append_refused(user, request, own, mine, own.is_complete)
    standing = records.whole(user, own, classified.known.values())
    met = {*changed(classified.rows), *changed(classified.drops)}
    theirs = {
        **(own_fields(standing.answer) if classified.own != "unchanged" else {}),
        "rows": [row for row in standing.answer["rows"] if row["key"] in met],
    }
    return SaveResult("conflict", standing, refused_id=refused, mine=mine, theirs=theirs)


def _mine(user: Keyholder, request: SaveRequest, classified: Classified, own: StoredAnswer) -> Answer:
    """Ready to be saved over what it met, when the person says so; over nothing that comes later."""
    contents, own_is_met = classified.posted.contents, classified.own != "unchanged"
    hashes = {key: row_hash(user, one.answer) for key, one in classified.known.items() if not one.deleted_at}
    rows = [{"key": key, **contents[key], "was": hashes.get(key, FORCE)} for key in changed(classified.rows)]
    fields = {**own_fields(request.answer), "was": row_hash(user, own_fields(own.answer))} if own_is_met else {}
    dropped = {key: hashes.get(key, FORCE) for key in changed(classified.drops)}
    return {**fields, "rows": rows, **({"dropped": dropped} if dropped else {})}
