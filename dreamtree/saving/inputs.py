"""Keeping score of what answers were built on: recorded at the first save, moved only when the person agrees."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dreamtree.accounts.models import User
from dreamtree.answers import inputs, responses
from dreamtree.answers.inputs import Seen
from dreamtree.connections.resolve import digest_of, resolve, words_of
from dreamtree.connections.sources import SOURCES
from dreamtree.content import book
from dreamtree.content.book import Block, Connection
from dreamtree.saving.staleness import changes
from dreamtree.tools import tool
from dreamtree.values import Answer, Item


def record_first(user: User, block: Block, answer: Answer, shown: Mapping[int, str], at: str) -> list[Seen]:
    """Remembers the items each connection gave, the first time this block is saved; answers what it knew before.

    What the page did not show yet (a source that was saved with it, or meanwhile) is new since.
    """
    if not block.connections:
        return []
    known = inputs.seen_at(user, [block.key])
    fresh = [one for one in block.connections if one.source in SOURCES and (block.key, one.id) not in known]
    found = resolve(user, fresh)
    for connection in fresh:
        items = found[connection.id]
        digest, words = digest_of(user, connection, items), words_of(items)
        seen_digest = shown.get(connection.id, digest)
        if seen_digest != digest:
            used = tool(block.type).used(answer)
            words = {key: text for key, text in words.items() if key in used}
        inputs.record(user, block.key, connection.id, words, (seen_digest, digest), at)
    return list(known.values())


def notice_changes(user: User, changed_sources: Iterable[str], by: str, at: str) -> None:
    """Flags the answers built on connections that read what the answer to a block, by its key, just changed."""
    nouns = frozenset(changed_sources)
    if not nouns:
        return
    readers = {one.id: one for one in book().connections if one.source in nouns}
    built = inputs.seen_through(user, readers)
    current = resolve(user, (readers[number] for number in {seen.connection_id for seen in built}))
    stored = responses.answers_of(user, {seen.block_key for seen in built})
    moved = [
        _moved(user, seen, stored[seen.block_key].answer, current[seen.connection_id], by)
        for seen in built
        if seen.block_key in stored
    ]
    inputs.notice(user, moved, at)


def recheck(user: User, answer: Answer, built_on: Iterable[Seen], at: str) -> None:
    """An answer that no longer holds what changed upstream needs no other look."""
    _compare(user, answer, [seen for seen in built_on if seen.is_stale], at)


def compare(user: User, block: Block, answer: Answer, at: str) -> None:
    """Looks at everything an answer was built on again: it was away, and its sources may have moved."""
    _compare(user, answer, list(inputs.seen_at(user, [block.key]).values()), at)


def agree_to_all(user: User, block: Block, connection: Connection, at: str) -> None:
    """*It is fine as it is*, *keep mine*, *noted*: what is upstream now is what was seen."""
    seen = _seen_of(user, block, connection)
    if seen is None:
        return
    items = resolve(user, [connection]).get(connection.id, ())
    digest = digest_of(user, connection, items)
    agreed = replace(seen, words=words_of(items), seen_digest=digest, now_digest=digest, is_stale=False)
    inputs.agree(user, agreed, at)


def agree_to_one(user: User, block: Block, answer: Answer, connection: Connection, key: str, at: str) -> Item | None:
    """One item accepted or kept: from now on it was seen as it is. Answers the item, None when it is gone."""
    seen = _seen_of(user, block, connection)
    items = resolve(user, [connection]).get(connection.id, ())
    item = next((one for one in items if one.key == key), None)
    if seen is not None:
        now = words_of(items)
        words = {known: text for known, text in seen.words.items() if known != key}
        words |= {key: now[key]} if item else {}
        digest = digest_of(user, connection, items)
        left = changes(block, answer, words, now)
        is_all = not (left.gone or left.reworded or left.new)
        seen_digest = digest if is_all else seen.seen_digest
        agreed = replace(seen, words=words, seen_digest=seen_digest, now_digest=digest, is_stale=left.is_stale)
        inputs.agree(user, agreed, at)
    return item


def _compare(user: User, answer: Answer, built_on: Sequence[Seen], at: str) -> None:
    through = {seen.connection_id: book().connection(seen.connection_id) for seen in built_on}
    current = resolve(user, (one for one in through.values() if one is not None))
    moved = [_moved(user, seen, answer, current.get(seen.connection_id)) for seen in built_on]
    inputs.notice(user, moved, at)


def _moved(
    user: User, seen: Seen, answer: Answer, items: tuple[Item, ...] | None, by: str | None = None
) -> Seen | None:
    """What was seen, with what its connection gives now; None where that is known, or the book no longer asks."""
    block, connection = book().block(seen.block_key), book().connection(seen.connection_id)
    if block is None or connection is None or items is None:
        return None
    digest, is_stale = digest_of(user, connection, items), changes(block, answer, seen.words, words_of(items)).is_stale
    return seen.moved(digest, is_stale, by)


def _seen_of(user: User, block: Block, connection: Connection) -> Seen | None:
    return inputs.seen_at(user, [block.key]).get((block.key, connection.id))
