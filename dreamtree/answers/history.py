"""Earlier texts of an answer. Rows are added and never change."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from dreamtree.answers.models import AnswerRevision
from dreamtree.answers.stored import SaveRequest, StoredAnswer
from dreamtree.answers.texts import opened_answer, sealed
from dreamtree.db import Statement
from dreamtree.once import worked_once
from dreamtree.values import Answer
from dreamtree.vault import Keyholder

LABEL = "revision"
FOLD_WITHIN = timedelta(minutes=10)
FOLD_LOSS = 20


@dataclass(frozen=True)
class EarlierRevision:
    """One earlier text: `kind` is how it came to be, `written_at` when it was the current one (or was refused).

    `answer_id` is the answer or record it is a text of.
    """

    id: str
    revision: int
    kind: str
    answer: Answer
    written_at: str
    answer_id: str
    block_key: str


def append_previous(
    user: Keyholder, revision_id: str, before: StoredAnswer, after: StoredAnswer, since: str | None = None
) -> None:
    """Keeps the text that a save replaces, unless it is one step of the same stretch of typing.

    `since` is when a text was kept last, or the first one written; where it isn't known, it is asked for.
    """
    if not _is_same_stretch(user, before, after, since):
        append(user, revision_id, before, after.saved_at)


def append(user: Keyholder, revision_id: str, text: StoredAnswer, at: str) -> None:
    """Keeps a text as it was stored."""
    _APPEND.run(
        user.id,
        revision_id,
        text.id,
        text.block_key,
        text.revision,
        text.last_kind,
        text.last_editor,
        int(text.is_complete),
        sealed(user, LABEL, revision_id, text.answer).envelope,
        text.saved_at,
        at,
    )


def append_refused(
    user: Keyholder, request: SaveRequest, standing: StoredAnswer, answer: Answer, is_complete: bool
) -> str:
    """Keeps a text that met a newer one, once however often it is sent; answers the id it is kept under."""
    last = _last(user, standing, AnswerRevision.kind == "refused")
    if last is not None and _opened(user, last) == answer:
        refused_id: str = last.id
        return refused_id
    info = request.info
    refused = replace(
        standing,
        answer=answer,
        is_complete=is_complete,
        revision=info.base,
        last_editor=info.editor,
        last_kind="refused",
        saved_at=info.at,
    )
    append(user, request.revision_id, refused, info.at)
    return request.revision_id


def says_more(answer: Answer, *others: Answer) -> bool:
    """Whether it holds words that none of the others does; what a row's removal keeps for *undo* does not count."""
    known = {words for other in others for words in _words({**other, "removed": None})}
    return not known.issuperset(_words({**answer, "removed": None}))


def history_of(user: Keyholder, stored: StoredAnswer) -> list[EarlierRevision]:
    """Every earlier text of an answer, newest first."""
    return _earlier(user, AnswerRevision.answer_id == stored.id)


def history_of_block(user: Keyholder, block_key: str) -> list[EarlierRevision]:
    """Every earlier text of a block, of its answer and of its records, newest first."""
    return _earlier(user, AnswerRevision.block_key == block_key)


def whole_history(user: Keyholder) -> list[EarlierRevision]:
    """Every earlier text of this person, newest first."""
    return _earlier(user)


def earlier_text(user: Keyholder, stored: StoredAnswer, revision_id: str) -> EarlierRevision | None:
    """One earlier text of this answer, or None."""
    return next((one for one in history_of(user, stored) if one.id == revision_id), None)


def last_by(user: Keyholder, stored: StoredAnswer, editor: str) -> Answer | None:
    """The newest earlier text that this editor wrote; None where it wrote none."""
    row = _last(user, stored, (AnswerRevision.editor == editor) & (AnswerRevision.kind != "refused"))
    return _opened(user, row) if row is not None else None


def _earlier(user: Keyholder, *which: Any) -> list[EarlierRevision]:
    rows = (
        AnswerRevision.select()
        .where(AnswerRevision.user_id == user.id, *which)
        .order_by(AnswerRevision.recorded_at.desc(), AnswerRevision.revision.desc())
    )
    return [
        EarlierRevision(
            row.id, row.revision, row.kind, _opened(user, row), row.written_at, row.answer_id, row.block_key
        )
        for row in rows
    ]


def _is_same_stretch(user: Keyholder, before: StoredAnswer, after: StoredAnswer, since: str | None) -> bool:
    typing = before.last_kind == after.last_kind == "autosave" and before.last_editor == after.last_editor
    if not typing or not keeps_most(before.answer, after.answer):
        return False
    since = since or next((at for (at,) in _KEPT_LAST.rows(user.id, before.id)), before.begun_at)
    return timedelta(0) <= datetime.fromisoformat(after.saved_at) - datetime.fromisoformat(since) < FOLD_WITHIN


@worked_once
def keeps_most(before: Answer, after: Answer) -> bool:
    """True when every row is still there and no more than a few characters went."""
    if _row_keys(before) - _row_keys(after):
        return False
    after_texts = dict(_texts(after))
    moved = [(words, after_texts.get(place, "")) for place, words in _texts(before) if after_texts.get(place) != words]
    return sum(max(0, len(words) - _common(words, now)) for words, now in moved) <= FOLD_LOSS


def _common(before: str, after: str) -> int:
    """How many characters of `before` stand at the two ends of `after`."""
    limit = min(len(before), len(after))
    head = next((index for index in range(limit) if before[index] != after[index]), limit)
    tail = next((index for index in range(limit - head) if before[-1 - index] != after[-1 - index]), limit - head)
    return head + tail


def _row_keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["key"]} if isinstance(value.get("key"), str) else set()
        return own.union(*(_row_keys(one) for one in value.values()))
    return set().union(*(_row_keys(one) for one in value)) if isinstance(value, list) else set()


def _texts(value: Any, place: str = "") -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(place, value)]
    if isinstance(value, dict):
        return [pair for name, one in value.items() for pair in _texts(one, f"{place}.{name}")]
    if isinstance(value, list):
        return [pair for index, one in enumerate(value) for pair in _texts(one, f"{place}.{_place(one, index)}")]
    return []


def _words(answer: Answer) -> set[str]:
    """Whatever was typed or chosen; keys of rows are neither."""
    return {words for place, words in _texts(answer) if words and not place.endswith((".key", ".was"))}


def _place(one: Any, index: int) -> str:
    return str(one["key"]) if isinstance(one, dict) and "key" in one else str(index)


def _last(user: Keyholder, stored: StoredAnswer, which: Any) -> Any:
    return (
        AnswerRevision.select()
        .where(AnswerRevision.user_id == user.id, AnswerRevision.answer_id == stored.id, which)
        .order_by(AnswerRevision.recorded_at.desc())
        .first()
    )


def _opened(user: Keyholder, row: AnswerRevision) -> Answer:
    return opened_answer(user, LABEL, row.id, row.content_json)


_COLUMNS = [
    *(AnswerRevision.user_id, AnswerRevision.id, AnswerRevision.answer_id, AnswerRevision.block_key),
    *(AnswerRevision.revision, AnswerRevision.kind, AnswerRevision.editor, AnswerRevision.is_complete),
    *(AnswerRevision.content_json, AnswerRevision.written_at, AnswerRevision.recorded_at),
]
_APPEND = Statement(lambda *values: AnswerRevision.insert(dict(zip(_COLUMNS, values, strict=True))))
_KEPT_LAST = Statement(
    lambda user_id, answer_id: (
        AnswerRevision.select(AnswerRevision.recorded_at)
        .where(
            AnswerRevision.user_id == user_id, AnswerRevision.answer_id == answer_id, AnswerRevision.kind != "refused"
        )
        .order_by(AnswerRevision.recorded_at.desc())
        .limit(1)
    )
)
