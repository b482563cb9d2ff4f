"""Two texts for one place, an answer or a record: one stays on top, the other goes into the history, none is lost."""

import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from dreamtree.answers.records import KEYS, keys_in_order, own_fields
from dreamtree.archive.snapshot import AnswerSnapshot, EarlierText, InstanceSnapshot
from dreamtree.values import Answer

Text = TypeVar("Text", AnswerSnapshot, InstanceSnapshot)
NOT_WORDS = ("key", "was", "removed")


def resolve_conflict(mine: Text, theirs: Text, theirs_wins: bool, at: str) -> Text:
    """What stands where `mine` stood: the winner's text, all others in the history. Again changes nothing.

    What lies in the trash yields to what lives. `at` is the moment of the merge. The id and what was kept before stay.
    """
    if (mine.deleted_at is None) != (theirs.deleted_at is None):
        theirs_wins = theirs.deleted_at is None
    is_same = text_to_compare(mine.answer) == text_to_compare(theirs.answer)
    winner = theirs if theirs_wins and not is_same else mine
    others = theirs.history if is_same or winner is theirs else (*theirs.history, as_earlier_text(theirs, "merged"))
    fresh: list[EarlierText] = _unknown(mine, others)
    if winner is mine and not fresh:
        return _alive_if(mine, theirs)
    before: tuple[EarlierText, ...] = () if is_same else (as_earlier_text(mine, mine.last_kind, recorded_at=at),)
    return _on_top(mine, theirs, winner, (*before, *_renumbered(mine, fresh, at)))


def text_to_compare(answer: Answer) -> str:
    """An answer as one text, by which two are compared; which records it keeps is not part of what it says."""
    own = own_fields(answer) if KEYS in answer else answer
    return json.dumps({name: value for name, value in own.items() if value is not None}, sort_keys=True)


def text_without_keys(answer: Answer) -> str:
    """As `text_to_compare`, without the keys of its items: two records that say this are exact doubles."""
    return text_to_compare(_without_keys(answer))


def as_earlier_text(one: AnswerSnapshot | InstanceSnapshot, kind: str, recorded_at: str = "") -> EarlierText:
    """The current text as an earlier one; its id is the same whenever it is asked for."""
    identity = str(
        uuid.uuid5(uuid.NAMESPACE_URL, f"{one.id}|{one.revision}|{one.saved_at}|{text_to_compare(one.answer)}")
    )
    rest = (one.saved_at, recorded_at or one.saved_at)
    return EarlierText(identity, one.revision, kind, "", one.is_complete, one.answer, *rest)


def free_id(identity: str, taken: Collection[str]) -> str:
    """The id itself, or, when something else has it, one made of it."""
    while identity in taken:
        identity = str(uuid.uuid5(uuid.NAMESPACE_URL, identity))
    return identity


def with_keys(mine: AnswerSnapshot, theirs: AnswerSnapshot, merged: AnswerSnapshot) -> AnswerSnapshot:
    """The merged answer that keeps records: with the rows of both, in order, those of the text on top first."""
    if KEYS not in mine.answer or KEYS not in theirs.answer:
        return merged
    on_top, below = (mine, theirs) if text_to_compare(merged.answer) == text_to_compare(mine.answer) else (theirs, mine)
    keys = keys_in_order(on_top.answer[KEYS], below.answer[KEYS])
    is_complete = mine.is_complete or theirs.is_complete
    return (
        _grown(merged, keys, is_complete) if keys != merged.answer[KEYS] else replace(merged, is_complete=is_complete)
    )


def _grown(merged: AnswerSnapshot, keys: list[str], is_complete: bool) -> AnswerSnapshot:
    answer = {**merged.answer, KEYS: keys}
    return replace(merged, answer=answer, is_complete=is_complete, revision=merged.revision + 1)


def _unknown(mine: AnswerSnapshot | InstanceSnapshot, others: Iterable[EarlierText]) -> list[EarlierText]:
    """Those that say what mine never held, each once."""
    known = {text_to_compare(mine.answer), *(text_to_compare(one.answer) for one in mine.history)}
    fresh = []
    for one in others:
        if text_to_compare(one.answer) not in known:
            fresh.append(one)
            known.add(text_to_compare(one.answer))
    return fresh


def _renumbered(mine: AnswerSnapshot | InstanceSnapshot, others: Iterable[EarlierText], at: str) -> list[EarlierText]:
    """Numbered on from what mine has."""
    last, taken = _last_revision(mine), {one.id for one in mine.history}
    return [
        replace(one, id=free_id(one.id, taken), revision=last + n, kind="merged", recorded_at=at)
        for n, one in enumerate(others, start=1)
    ]


def _on_top(mine: Text, theirs: Text, winner: Text, added: tuple[EarlierText, ...]) -> Text:
    last = max(_last_revision(mine), *(one.revision for one in added))
    return replace(
        winner,
        id=mine.id,
        revision=last + 1,
        last_kind="merged",
        begun_at=min(mine.begun_at, theirs.begun_at),
        deleted_at=mine.deleted_at and theirs.deleted_at,
        history=(*mine.history, *added),
    )


def _last_revision(one: AnswerSnapshot | InstanceSnapshot) -> int:
    return max([one.revision, *(before.revision for before in one.history)])


def _alive_if(mine: Text, theirs: Text) -> Text:
    """Mine; out of the trash, by one more revision, when the same text lives there."""
    if not mine.deleted_at or theirs.deleted_at:
        return mine
    return replace(mine, deleted_at=None, revision=_last_revision(mine) + 1)


def _without_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_keys(one) for name, one in value.items() if name not in NOT_WORDS}
    return [_without_keys(one) for one in value] if isinstance(value, list) else value
