"""Two texts for one place, an answer or a record: one stays on top, the other goes into the history, none is lost."""

import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from dreamtree.answers.records import KEYS, in_order, own_fields
from dreamtree.archive.tree import Earlier, Instance, Kept
from dreamtree.values import Answer

Text = TypeVar("Text", Kept, Instance)
NOT_WORDS = ("key", "was", "removed")


def met(mine: Text, theirs: Text, theirs_wins: bool, at: str) -> Text:
    """What stands where `mine` stood: the winner's text, all others in the history. Again changes nothing.

    What lies in the trash yields to what lives. `at` is when they met. The id and what was kept before stay.
    """
    if (mine.deleted_at is None) != (theirs.deleted_at is None):
        theirs_wins = theirs.deleted_at is None
    is_same = words(mine.answer) == words(theirs.answer)
    winner = theirs if theirs_wins and not is_same else mine
    others = theirs.history if is_same or winner is theirs else (*theirs.history, as_earlier(theirs, "merged"))
    fresh: list[Earlier] = _unknown(mine, others)
    if winner is mine and not fresh:
        return _alive_if(mine, theirs)
    before: tuple[Earlier, ...] = () if is_same else (as_earlier(mine, mine.kind, recorded_at=at),)
    return _on_top(mine, theirs, winner, (*before, *_merged(mine, fresh, at)))


def words(answer: Answer) -> str:
    """An answer as one text, by which two are compared; which records it keeps is not part of what it says."""
    said = own_fields(answer) if KEYS in answer else answer
    return json.dumps({name: value for name, value in said.items() if value is not None}, sort_keys=True)


def bare_words(answer: Answer) -> str:
    """As `words`, without the keys of its items: two records that say this are exact doubles."""
    return words(_without_keys(answer))


def as_earlier(one: Kept | Instance, kind: str, recorded_at: str = "") -> Earlier:
    """The current text as an earlier one; its id is the same whenever it is asked for."""
    identity = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{one.id}|{one.revision}|{one.saved_at}|{words(one.answer)}"))
    rest = (one.saved_at, recorded_at or one.saved_at)
    return Earlier(identity, one.revision, kind, "", one.is_complete, one.answer, *rest)


def free_id(identity: str, taken: Collection[str]) -> str:
    """The id itself, or, when something else has it, one made of it."""
    while identity in taken:
        identity = str(uuid.uuid5(uuid.NAMESPACE_URL, identity))
    return identity


def with_keys(mine: Kept, theirs: Kept, woven: Kept) -> Kept:
    """A woven answer that keeps records: with the rows of both, in order, those of the text on top first."""
    if KEYS not in mine.answer or KEYS not in theirs.answer:
        return woven
    ours, others = (mine, theirs) if words(woven.answer) == words(mine.answer) else (theirs, mine)
    keys = in_order(ours.answer[KEYS], others.answer[KEYS])
    is_complete = mine.is_complete or theirs.is_complete
    return _grown(woven, keys, is_complete) if keys != woven.answer[KEYS] else replace(woven, is_complete=is_complete)


def _grown(woven: Kept, keys: list[str], is_complete: bool) -> Kept:
    answer = {**woven.answer, KEYS: keys}
    return replace(woven, answer=answer, is_complete=is_complete, revision=woven.revision + 1)


def _unknown(mine: Kept | Instance, others: Iterable[Earlier]) -> list[Earlier]:
    """Those that say what mine never said, each once."""
    known = {words(mine.answer), *(words(one.answer) for one in mine.history)}
    fresh = []
    for one in others:
        if words(one.answer) not in known:
            fresh.append(one)
            known.add(words(one.answer))
    return fresh


def _merged(mine: Kept | Instance, others: Iterable[Earlier], at: str) -> list[Earlier]:
    """Numbered on from what mine has."""
    last, taken = _last_revision(mine), {one.id for one in mine.history}
    return [
        replace(one, id=free_id(one.id, taken), revision=last + n, kind="merged", recorded_at=at)
        for n, one in enumerate(others, start=1)
    ]


def _on_top(mine: Text, theirs: Text, winner: Text, added: tuple[Earlier, ...]) -> Text:
    last = max(_last_revision(mine), *(one.revision for one in added))
    return replace(
        winner,
        id=mine.id,
        revision=last + 1,
        kind="merged",
        begun_at=min(mine.begun_at, theirs.begun_at),
        deleted_at=mine.deleted_at and theirs.deleted_at,
        history=(*mine.history, *added),
    )


def _last_revision(one: Kept | Instance) -> int:
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
