"""What answers were built on: recorded at the first save, compared after each one, moved when the person agrees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dreamtree.accounts.models import User
from dreamtree.answers import built_on, responses
from dreamtree.answers.built_on import BlockConnection, Seen
from dreamtree.answers.responses import StoredAnswers
from dreamtree.answers.stored import StoredAnswer
from dreamtree.connections.resolve import Resolved, digest_of, resolve, seen_words
from dreamtree.connections.sources import SOURCES
from dreamtree.content import book
from dreamtree.content.book import Block, Connection
from dreamtree.profile import may_change
from dreamtree.saving.staleness import changes
from dreamtree.tools import tool
from dreamtree.values import Answer, Item


def stored_before(user: User, block: Block) -> StoredAnswers:
    """What stands when a block is saved, and all that its answer rests on or may reach. One query."""
    return responses.stored_answers_to_save(user, block.key, readers_of(block), _connections_reading(may_change(block)))


def readers_of(block: Block) -> frozenset[str]:
    """The keys of the other blocks whose answers may need another look once this one is saved."""
    return frozenset[str]().union(*map(book().readers, may_change(block))) - {block.key}


def open_ahead(stored: StoredAnswers, block_keys: Iterable[str]) -> None:
    """Opens the answers of these blocks before a save that may have to compare them with what they were built on."""
    for key in block_keys:
        block, one = book().block(key), stored.own_row(key)
        if block is not None and one is not None:
            tool(block.type).used(one.answer)


@dataclass(frozen=True)
class Written:
    """An answer that was just written: whose, in which block, and when. `before` is what stood until then."""

    user: User
    block: Block
    stored: StoredAnswer
    before: StoredAnswers
    at: str


def record_first(
    written: Written, shown: Mapping[int, str], known: Mapping[BlockConnection, Seen]
) -> dict[BlockConnection, Seen]:
    """Remembers the items each connection gave, the first time a block is saved; answers what is not `known` yet.

    An item that the page did not show counts as new: its source was saved together with it, or after it was opened.
    """
    user, block = written.user, written.block
    fresh = [one for one in block.connections if one.source in SOURCES and (block.key, one.id) not in known]
    found = resolve(user, fresh)
    recorded = []
    for connection in fresh:
        items = found[connection.id]
        digest, words = digest_of(user, connection, items), seen_words(items)
        seen_digest = shown.get(connection.id, digest)
        if seen_digest != digest:
            used = tool(block.type).used(written.stored.answer)
            words = {key: text for key, text in words.items() if key in used}
        recorded.append(built_on.record(user, block.key, connection.id, words, (seen_digest, digest), written.at))
    return built_on.by_connection(recorded)


def compare_after_save(
    written: Written, seen: Mapping[BlockConnection, Seen], changed_sources: frozenset[str]
) -> tuple[dict[BlockConnection, Seen], Resolved]:
    """Compares what answers have `seen` with what this block has changed, and its own answer with what moved under it.

    An answer that no longer holds what changed upstream needs no other look. Answers what moved, and what the
    connections that were looked through give now.
    """
    user, key, through = written.user, written.block.key, _connections_reading(changed_sources)
    relevant = [one for one in seen.values() if one.connection_id in through or (one.block_key == key and one.is_stale)]
    now = _given_now(user, relevant)
    differing = [
        one for one in relevant if one.block_key == key or now.digests.get(one.connection_id) != one.now_digest
    ]
    answers = written.before.own_rows({one.block_key for one in differing} - {key}) | {key: written.stored}
    moved = [_moved(one, answers.get(one.block_key), now, key) for one in differing]
    return built_on.by_connection(built_on.notice(user, moved, written.at)), now.items


def notice_changes(user: User, changed_sources: Iterable[str], by: str, at: str) -> None:
    """Flags the answers built on connections that read what the answer to a block, by its key, just changed."""
    through = _connections_reading(changed_sources)
    built = built_on.seen_through(user, through) if through else []
    now = _given_now(user, built)
    answers = responses.answers_of(user, {seen.block_key for seen in built}) if built else {}
    built_on.notice(user, [_moved(seen, answers.get(seen.block_key), now, by) for seen in built], at)


def compare_answer(user: User, stored: StoredAnswer, at: str) -> None:
    """Looks at everything an answer was built on again: it was away, and its sources may have moved."""
    seen_there = list(built_on.seen_at(user, [stored.block_key]).values())
    now = _given_now(user, seen_there)
    built_on.notice(user, [_moved(seen, stored, now) for seen in seen_there], at)


def agree_to_all(user: User, block: Block, connection: Connection, at: str) -> None:
    """*Got it*, or *Keep all of mine*: what is upstream now is what was seen."""
    seen = _seen_of(user, block, connection)
    if seen is None:
        return
    items = resolve(user, [connection]).get(connection.id, ())
    digest = digest_of(user, connection, items)
    agreed = replace(seen, words=seen_words(items), seen_digest=digest, now_digest=digest, is_stale=False)
    built_on.agree(user, agreed, at)


def agree_to_one(user: User, block: Block, answer: Answer, connection: Connection, key: str, at: str) -> Item | None:
    """One item accepted or kept: from now on it was seen as it is. Answers the item, None when it is gone."""
    seen = _seen_of(user, block, connection)
    items = resolve(user, [connection]).get(connection.id, ())
    item = next((one for one in items if one.key == key), None)
    if seen is not None:
        now = seen_words(items)
        words = {known: text for known, text in seen.words.items() if known != key}
        words |= {key: now[key]} if item else {}
        digest = digest_of(user, connection, items)
        left = changes(block, answer, words, now)
        is_all = not (left.gone or left.reworded or left.new)
        seen_digest = digest if is_all else seen.seen_digest
        agreed = replace(seen, words=words, seen_digest=seen_digest, now_digest=digest, is_stale=left.is_stale)
        built_on.agree(user, agreed, at)
    return item


def _connections_reading(sources: Iterable[str]) -> dict[int, Connection]:
    """The connections that read one of these sources, by their numbers."""
    return {one.id: one for source in sorted(sources) for one in book().reading(source)}


def _connections(seen: Iterable[Seen]) -> list[Connection]:
    """The connections that something was seen through, each once."""
    numbers = dict.fromkeys(one.connection_id for one in seen)
    return [found for number in numbers if (found := book().connection(number))]


@dataclass(frozen=True)
class _Given:
    """What connections give now, and the digest of what is shown of it, by their numbers."""

    items: Resolved
    digests: Mapping[int, str]


def _given_now(user: User, seen: Iterable[Seen]) -> _Given:
    """What the connections give now that something was seen through."""
    items = resolve(user, _connections(seen))
    found = ((book().connection(number), given) for number, given in items.items())
    return _Given(items, {one.id: digest_of(user, one, given) for one, given in found if one})


def _moved(seen: Seen, stored: StoredAnswer | None, now: _Given, by: str | None = None) -> Seen | None:
    """What was seen, with what its connection gives now; None where that is known, or nobody asks for it any more."""
    block, number = book().block(seen.block_key), seen.connection_id
    if block is None or stored is None or number not in now.digests:
        return None
    is_stale = changes(block, stored.answer, seen.words, seen_words(now.items[number])).is_stale
    return seen.moved(now.digests[number], is_stale, by)


def _seen_of(user: User, block: Block, connection: Connection) -> Seen | None:
    return built_on.seen_at(user, [block.key]).get((block.key, connection.id))
