"""Writing an answer whose rows are records: each row by itself, on what the page was shown of it.

First everything is planned, then all is written or nothing. Pages that add or change different rows never meet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import UUID, uuid5

from dreamtree.answers import history, records, responses
from dreamtree.answers.classifying import AnswerKind, Classified, changed, classify_records
from dreamtree.answers.first_writing import write_first
from dreamtree.answers.limits import (
    ENTRY_STEP,
    TextChange,
    require_text_within_limit,
    require_within_limits,
    size_of,
)
from dreamtree.answers.records import FORCE, LogAnswer, Record, Span, own_fields, row_hash
from dreamtree.answers.stored import SaveInfo, SaveRequest, SaveResult, StoredAnswer
from dreamtree.answers.texts import sealed
from dreamtree.once import worked_once
from dreamtree.values import Answer
from dreamtree.vault import Keyholder


def plan_save(user: Keyholder, request: SaveRequest, kind: AnswerKind) -> Answer:
    """Plans a save on what its page was made of, and seals what it writes. Answers what the answer will say."""
    planned = plan(user, request, kind, *_seen_by_page(request))
    for record in (text for texts in planned.texts.values() for text in texts):
        sealed(user, records.LABEL, record.id, record.answer)
    sealed(user, responses.LABEL, planned.own.id, planned.own.answer)
    for change in planned.changes:
        size_of(change.after)
    return records.put_together(user, planned.own.answer, planned.known, _span(request))


def write_records(user: Keyholder, request: SaveRequest, kind: AnswerKind, stored: StoredAnswer | None) -> SaveResult:
    """Writes the rows and fields that this page changed, each as its next revision. `stored` is the block's own row.

    Raises `LimitReached`.
    """
    stored, known = _as_seen_by_page(request, (stored, _records_now(user, request, stored)))
    planned = plan(user, request, kind, stored, known)
    if stored is not None and planned.classified.is_refused:
        return _refuse(user, request, planned.classified, stored)
    require_within_limits(user, request.block.key, len(planned.texts.keys() - known.keys()))
    require_text_within_limit(user, planned.changes)
    for key, texts in planned.texts.items():
        _write_row(user, request, known.get(key), texts)
    own = _write_own(user, request, planned)
    has_changed = own is not stored or bool(planned.texts)
    replaced = _replaced(user, request, stored, known)
    return SaveResult("saved", records.log_answer(user, own, planned.known, _span(request)), has_changed, replaced)


def _replaced(
    user: Keyholder, request: SaveRequest, stored: StoredAnswer | None, known: Mapping[str, Record]
) -> Answer | None:
    """What the answer said until now: where nothing came between, what its page was made of."""
    before = request.before
    if isinstance(before, LogAnswer) and stored is before.own and known is before.records:
        return before.answer
    return None if stored is None else records.put_together(user, stored.answer, known, _span(request))


def _records_now(user: Keyholder, request: SaveRequest, stored: StoredAnswer | None) -> dict[str, Record]:
    """The records that stand, and of those that were taken out the ones that a save must know.

    Where its page read the answer in part, they are the same that it read. Of those only the ones are read again that
    this save may write, unless their answer's own row says that others came or went.
    """
    block_key, written = request.block.key, _keys_written(request, stored)
    before, span = request.before, _span(request)
    if span is None or not isinstance(before, LogAnswer):
        return records.records_to_save(user, block_key, written)
    again = written if stored == before.own else written | span.keys
    found = records.records_at(user, block_key, again)
    standing = {key: one for key, one in found.items() if key in written or not one.deleted_at}
    return {key: one for key, one in before.records.items() if key not in again} | standing


@worked_once
def _span(request: SaveRequest) -> Span | None:
    """What a page looked for which read an answer in part, and the rows that it posts."""
    span = request.before.span if isinstance(request.before, LogAnswer) else None
    if span is None:
        return None
    return replace(span, keys=span.keys.union(row["key"] for row in request.answer.get("rows") or ()))


def _keys_written(request: SaveRequest, stored: StoredAnswer | None) -> set[str]:
    """The rows that a save must know also where they were taken out."""
    rows = {row["key"] for row in request.answer.get("rows") or ()}.difference(request.answer.get("resting") or ())
    return rows | set(request.answer.get("dropped") or ()) | ({records.removed_key(stored.answer)} if stored else set())


# What it rests on

Parts = tuple[StoredAnswer | None, Mapping[str, Record]]
"""What a log is made of: the block's own row, and its records by their keys."""
NO_PARTS: Parts = (None, MappingProxyType({}))


def _seen_by_page(request: SaveRequest) -> Parts:
    return (request.before.own, request.before.records) if isinstance(request.before, LogAnswer) else NO_PARTS


def _as_seen_by_page(request: SaveRequest, now: Parts) -> Parts:
    """What stands now. Where the page was made of the same, it is that very thing, and the save is planned already."""
    seen = _seen_by_page(request)
    return seen if seen == now else now


# Planning


@dataclass(frozen=True)
class Plan:
    """What a save writes: the next texts of each row that changes, one after another, and the block's `own` row.

    `known` are the records that a page loads after it.
    """

    classified: Classified
    own: StoredAnswer
    known: Mapping[str, Record]
    texts: Mapping[str, Sequence[Record]]

    @property
    def changes(self) -> list[TextChange]:
        """What is said before and after it, in the own row and in each row that changes."""
        stored, known = self.classified.stored, self.classified.known
        rows = [(known.get(key), texts[-1]) for key, texts in self.texts.items()]
        own = TextChange(stored.answer if stored else None, self.own.answer)
        return [own, *(TextChange(one.answer if one else None, now.answer, ENTRY_STEP) for one, now in rows)]


@worked_once
def plan(
    user: Keyholder, request: SaveRequest, kind: AnswerKind, stored: StoredAnswer | None, known: Mapping[str, Record]
) -> Plan:
    """What becomes of a log with this own row and these `known` records. Nothing, where any text is refused."""
    classified = classify_records(user, request, kind, stored, known)
    if stored is not None and classified.is_refused:
        return Plan(classified, stored, known, {})
    texts = _next_texts(user, request, classified)
    after = {**known, **{key: each[-1] for key, each in texts.items()}}
    answer = _own_answer(request, classified, {key for key, record in after.items() if not record.deleted_at})
    own = _next_own(user, request, classified, answer, _is_complete(request, answer, after, kind))
    return Plan(classified, own, _records_of_page(own, after), texts)


def _records_of_page(own: StoredAnswer, known: Mapping[str, Record]) -> dict[str, Record]:
    """The records that a page loads: those that live, and the one that *undo* brings back."""
    last = records.removed_key(own.answer)
    return {key: one for key, one in known.items() if not one.deleted_at or key == last}


def _next_texts(user: Keyholder, request: SaveRequest, classified: Classified) -> dict[str, list[Record]]:
    posted, known = classified.posted, classified.known
    written = {
        key: [_next(user, request, key, known.get(key), posted.contents[key])] for key in changed(classified.rows)
    }
    taken_out = {
        key: _taken_out(user, request, key, known.get(key), posted.typed.get(key)) for key in changed(classified.drops)
    }
    return {**written, **taken_out}


def _next(user: Keyholder, request: SaveRequest, key: str, before: Record | None, content: Answer) -> Record:
    """The first or next text of a record."""
    block_key, info = request.block.key, request.info
    if before is None:
        return records.TABLE.first(user, records.record_id(block_key, key), block_key, content, True, info)
    return records.TABLE.next(user, before, content, True, info)


def _taken_out(
    user: Keyholder, request: SaveRequest, key: str, before: Record | None, typed: Answer | None
) -> list[Record]:
    """The record in the trash, with what was typed into it before the button took it away."""
    content = typed or (before.answer if before else {})
    first = [] if before else [_next(user, request, key, None, content)]
    last = _next(user, request, key, before or first[0], content)
    return [*first, replace(last, deleted_at=request.info.at)]


def _next_own(
    user: Keyholder, request: SaveRequest, classified: Classified, answer: Answer, is_complete: bool
) -> StoredAnswer:
    """The first or next text of the block's own row; as it was when nothing of it changed."""
    stored, info = classified.stored, request.info
    if stored is None:
        return responses.TABLE.first(user, request.answer_id, request.block.key, answer, is_complete, info)
    if (answer, is_complete) == (stored.answer, stored.is_complete):
        return stored
    is_mine = classified.own == "write"
    return responses.TABLE.next(user, stored, answer, is_complete, info if is_mine else _by_others(stored, info))


def _by_others(stored: StoredAnswer, info: SaveInfo) -> SaveInfo:
    """Whoever only adds a row has not written the own fields: those stay with whoever did."""
    return SaveInfo(stored.revision, stored.last_editor, stored.last_n, stored.last_kind, info.at)


def _own_answer(request: SaveRequest, classified: Classified, alive: set[str]) -> Answer:
    """The own fields, the keys of the rows that live, and which row *undo* brings back, as long as it is gone.

    Rows that the page did not read stay as they are.
    """
    stored = classified.stored
    before = stored.answer if stored else {}
    fields = own_fields(request.answer if stored is None or classified.own == "write" else before)
    removed, key = request.answer.get("removed"), records.removed_key(request.answer)
    undo = {"removed": {"row": {"key": key}, "at": _index_of_removed(before, key, removed["at"])}} if removed else {}
    left = records.unread_keys(before, classified.known, _span(request))
    return {**fields, records.KEYS: _keys(classified, alive | left), **(undo if key not in alive else {})}


def _index_of_removed(before: Answer, key: str, index: int) -> int:
    """Where a removed row stood among all rows; `index` is where it stood among those of the page."""
    keys, removed = before.get(records.KEYS, []), before.get("removed")
    if key in keys:
        return int(keys.index(key))
    return int(removed["at"]) if removed and records.removed_key(before) == key else index


def _keys(classified: Classified, alive: set[str]) -> list[str]:
    """The rows as they stood, then those that came with the page; one that came back stands where it stood.

    Those that the page shows unfilled are among them.
    """
    posted, before = classified.posted, classified.stored.answer if classified.stored else {}
    shown = dict.fromkeys(key for key in posted.keys if key in alive or key not in posted.contents)
    keys = [key for key in before.get(records.KEYS, []) if key in alive or key in shown]
    back = records.removed_key(before)
    if back in shown and back not in keys:
        keys.insert(_index_of_removed(before, back, len(keys)), back)
    return list(dict.fromkeys([*keys, *shown]))


def _is_complete(request: SaveRequest, answer: Answer, known: Mapping[str, Record], kind: AnswerKind) -> bool:
    rows = {key: record.row for key, record in known.items() if not record.deleted_at}
    ordered = [rows[key] for key in answer[records.KEYS] if key in rows]
    unread = {name: one for name, one in (request.before.answer if request.before else {}).items() if name == "unread"}
    return not kind.incomplete(request.block, {**own_fields(answer), "rows": ordered, **unread})


# Writing


def _write_row(user: Keyholder, request: SaveRequest, before: Record | None, texts: Sequence[Record]) -> None:
    for after in texts:
        if before is None:
            records.TABLE.insert(user, after, request.block.type, "exercise", request.exercise.version)
        else:
            records.TABLE.update(user, before, after)
            if after.content_hash != before.content_hash:
                history.append_previous(user, _revision_id(request, after.key), before, after)
        before = after


def _revision_id(request: SaveRequest, key: str) -> str:
    """One id a row, the same whenever this save is tried again."""
    return str(uuid5(UUID(request.revision_id), key))


def _write_own(user: Keyholder, request: SaveRequest, planned: Plan) -> StoredAnswer:
    """The block's own row, as it was when nothing of it changed."""
    stored, after = planned.classified.stored, planned.own
    if stored is None:
        return write_first(user, request, after.answer, after.is_complete)
    if after is not stored:
        responses.TABLE.update(user, stored, after)
        if planned.classified.own == "write":
            before, now = (replace(one, answer=own_fields(one.answer)) for one in (stored, after))
            history.append_previous(user, request.revision_id, before, now)
    return after


# Refusing


def _refuse(user: Keyholder, request: SaveRequest, classified: Classified, own: StoredAnswer) -> SaveResult:
    """Keeps what this page wanted to write; what it left as it was is no part of it."""
    mine = _refused_answer(user, request, classified, own)
    refused = history.append_refused(user, request, own, mine, own.is_complete)
    standing = records.log_answer(user, own, classified.known, _span(request))
    in_conflict = {*changed(classified.rows), *changed(classified.drops)}
    theirs = {
        **(own_fields(standing.answer) if classified.own != "unchanged" else {}),
        "rows": [row for row in standing.answer["rows"] if row["key"] in in_conflict],
    }
    return SaveResult("conflict", standing, refused_id=refused, mine=mine, theirs=theirs)


def _refused_answer(user: Keyholder, request: SaveRequest, classified: Classified, own: StoredAnswer) -> Answer:
    """Ready to be saved over what it met, when the person says so; over nothing that comes later."""
    contents, own_changed = classified.posted.contents, classified.own != "unchanged"
    hashes = {key: row_hash(user, one.answer) for key, one in classified.known.items() if not one.deleted_at}
    rows = [{"key": key, **contents[key], "was": hashes.get(key, FORCE)} for key in changed(classified.rows)]
    fields = {**own_fields(request.answer), "was": row_hash(user, own_fields(own.answer))} if own_changed else {}
    dropped = {key: hashes.get(key, FORCE) for key in changed(classified.drops)}
    return {**fields, "rows": rows, **({"dropped": dropped} if dropped else {})}
