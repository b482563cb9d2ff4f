"""Earlier texts of an answer. Rows are added and never change."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dreamtree.answers.models import AnswerRevision
from dreamtree.answers.stored import AnswerBody, SaveInfo, StoredAnswer
from dreamtree.values import Answer
from dreamtree.vault import Keyholder, open_, seal

LABEL = "revision"
FOLD_WITHIN = timedelta(minutes=10)
FOLD_LOSS = 20


@dataclass(frozen=True)
class Earlier:
    """One earlier text: `kind` is how it came to be, `written_at` when it was the current one (or was refused).

    `answer_id` is the answer or record it is a text of.
    """

    id: str
    revision: int
    kind: str
    answer: Answer
    written_at: str
    answer_id: str


def append_previous(user: Keyholder, revision_id: str, said: StoredAnswer, text: AnswerBody, stamp: SaveInfo) -> None:
    """Keeps the text that a save is about to replace, unless it is one step of the same stretch of typing."""
    if not _is_same_stretch(user, said, text, stamp):
        append(user, revision_id, said, stamp)


def append(user: Keyholder, revision_id: str, said: StoredAnswer, stamp: SaveInfo) -> None:
    """Keeps a text as it was said."""
    columns = {
        "revision": said.revision,
        "kind": said.last_kind,
        "editor": said.last_editor,
        "is_complete": int(said.is_complete),
        "written_at": said.saved_at,
    }
    _append(user, revision_id, said, said.answer, stamp.at, columns)


def append_refused(user: Keyholder, revision_id: str, said: StoredAnswer, text: AnswerBody, stamp: SaveInfo) -> str:
    """Keeps a text that met a newer one, once however often it is sent; answers the id it is kept under."""
    last = _last(user, said, AnswerRevision.kind == "refused")
    if last is not None and _opened(user, last) == text.answer:
        kept: str = last.id
        return kept
    columns = {
        "revision": stamp.base,
        "kind": "refused",
        "editor": stamp.editor,
        "is_complete": int(text.is_complete),
        "written_at": stamp.at,
    }
    _append(user, revision_id, said, text.answer, stamp.at, columns)
    return revision_id


def says_more(answer: Answer, *others: Answer) -> bool:
    """Whether it holds words that none of the others does; what a row's removal keeps for *undo* does not count."""
    known = {words for other in others for words in _words({**other, "removed": None})}
    return not known.issuperset(_words({**answer, "removed": None}))


def history_of(user: Keyholder, said: StoredAnswer) -> list[Earlier]:
    """Every earlier text of an answer, newest first."""
    return _earlier(user, AnswerRevision.answer_id == said.id)


def history_of_block(user: Keyholder, block_key: str) -> list[Earlier]:
    """Every earlier text of a block, of its answer and of its records, newest first."""
    return _earlier(user, AnswerRevision.block_key == block_key)


def earlier_text(user: Keyholder, said: StoredAnswer, revision_id: str) -> Earlier | None:
    """One earlier text of this answer, or None."""
    return next((one for one in history_of(user, said) if one.id == revision_id), None)


def last_by(user: Keyholder, said: StoredAnswer, editor: str) -> Answer | None:
    """The newest earlier text that this editor wrote."""
    row = _last(user, said, (AnswerRevision.editor == editor) & (AnswerRevision.kind != "refused"))
    return _opened(user, row) if row is not None else None


def _earlier(user: Keyholder, which: Any) -> list[Earlier]:
    rows = (
        AnswerRevision.select()
        .where(AnswerRevision.user_id == user.id, which)
        .order_by(AnswerRevision.recorded_at.desc(), AnswerRevision.revision.desc())
    )
    return [Earlier(row.id, row.revision, row.kind, _opened(user, row), row.written_at, row.answer_id) for row in rows]


def _is_same_stretch(user: Keyholder, said: StoredAnswer, text: AnswerBody, stamp: SaveInfo) -> bool:
    typing = said.last_kind == stamp.kind == "autosave" and said.last_editor == stamp.editor
    if not typing or not _keeps_most(said.answer, text.answer):
        return False
    last = _last(user, said, AnswerRevision.kind != "refused")
    since = last.recorded_at if last is not None else said.begun_at
    return datetime.fromisoformat(stamp.at) - datetime.fromisoformat(since) < FOLD_WITHIN


def _keeps_most(before: Answer, after: Answer) -> bool:
    """True when every row is still there and no more than a few characters went."""
    if _row_keys(before) - _row_keys(after):
        return False
    kept = dict(_texts(after))
    lost = sum(max(0, len(words) - _common(words, kept.get(place, ""))) for place, words in _texts(before))
    return lost <= FOLD_LOSS


def _common(before: str, after: str) -> int:
    """How many characters of `before` stand at the two ends of `after`."""
    limit = min(len(before), len(after))
    head = next((at for at in range(limit) if before[at] != after[at]), limit)
    tail = next((at for at in range(limit - head) if before[-1 - at] != after[-1 - at]), limit - head)
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
        return [pair for at, one in enumerate(value) for pair in _texts(one, f"{place}.{_place(one, at)}")]
    return []


def _words(answer: Answer) -> set[str]:
    """Whatever was typed or chosen; keys of rows are neither."""
    return {words for place, words in _texts(answer) if words and not place.endswith((".key", ".was"))}


def _place(one: Any, at: int) -> str:
    return str(one["key"]) if isinstance(one, dict) and "key" in one else str(at)


def _last(user: Keyholder, said: StoredAnswer, which: Any) -> Any:
    return (
        AnswerRevision.select()
        .where(AnswerRevision.user_id == user.id, AnswerRevision.answer_id == said.id, which)
        .order_by(AnswerRevision.recorded_at.desc())
        .first()
    )


def _append(
    user: Keyholder, revision_id: str, said: StoredAnswer, answer: Answer, at: str, columns: dict[str, Any]
) -> None:
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    AnswerRevision.insert(
        user_id=user.id,
        id=revision_id,
        answer_id=said.id,
        block_key=said.block_key,
        content_json=seal(user, LABEL, revision_id, text),
        recorded_at=at,
        **columns,
    ).execute()


def _opened(user: Keyholder, row: AnswerRevision) -> Answer:
    answer: Answer = json.loads(open_(user, LABEL, row.id, row.content_json))
    return answer
