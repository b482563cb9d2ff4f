"""The profile learned anew from answers that came from elsewhere, as if each were saved once more."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from peewee import Case

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import built_on, responses
from dreamtree.answers.built_on import Seen
from dreamtree.answers.models import AnswerInput
from dreamtree.answers.stored import StoredAnswer
from dreamtree.archive.loading import TreeVersion, tree_version
from dreamtree.archive.turns import in_turn
from dreamtree.connections.resolve import digest_of, resolve, seen_words
from dreamtree.content import book
from dreamtree.content.book import Block, Connection
from dreamtree.profile import nouns_of, teach
from dreamtree.saving.staleness import Changes, changes
from dreamtree.tools import tool
from dreamtree.values import Item
from dreamtree.vault import OPENED, digest

SAME, OTHER = "same", "other"
"""In the place of digests, on a row that came from another tree: whether what was seen had changed since."""
FOREIGN = (SAME, OTHER)
ITEMS_AT_ONCE = 300
BEHIND, LEARNED = 0, 1
"""In `users.data_version`."""


@dataclass(frozen=True)
class Compared:
    """What an answer saw through a connection, the digest of what is there now, and how the two differ."""

    seen: Seen
    now: str
    changed: Changes


def learn_changed(user: User, changed: Collection[str], at: str) -> None:
    """Learns the answers to these blocks, in the order of the book, as if each were saved once more.

    A block at a time, so that others can write in between. At the end, what each answer was built on is compared anew.
    """
    blocks = [block for block in book().blocks if block.key in changed and nouns_of(block.makes)]
    with OPENED.open():
        for first in (ITEMS_AT_ONCE, None):
            for block in blocks:
                while not _learn_one(user, block, first):
                    continue
        for connection in _seen_through(user):
            while not _look_through(user, connection, at):
                continue
    in_turn(partial(set_version, user, LEARNED))


def is_behind(user: User) -> bool:
    """Whether a merge was broken off before it had learned from the answers."""
    return user.data_version < LEARNED


def set_version(user: User, version: int) -> None:
    """Says whether the profile is behind the answers; within a transaction."""
    User.update(data_version=version).where(User.id == user.id).execute()
    user.data_version = version


def _learn_one(user: User, block: Block, at_once: int | None) -> bool:
    """Learns an answer that was read before, `at_once` items more at a time; False when somebody wrote meanwhile."""
    with db.reading():
        before, stored = tree_version(user), responses.answer_to(user, block.key)
    if stored is None:
        return True
    items, at = tool(block.type).lessons(block, stored.answer), stored.saved_at
    counts = range(at_once, len(items), at_once) if at_once else ()
    parts = (*(items[:count] for count in counts), items)
    return all(in_turn(partial(_taught, user, before, block, part, at)) for part in parts)


def _taught(user: User, before: TreeVersion, block: Block, items: Sequence[Item], at: str) -> bool:
    if tree_version(user) != before:
        return False
    teach(user, block, items, at)
    return True


def _seen_through(user: User) -> list[Connection]:
    numbers: Any = AnswerInput.select(AnswerInput.connection_id).where(AnswerInput.user_id == user.id).distinct()
    with db.reading():
        return [one for (number,) in numbers.tuples() if (one := book().connection(number))]


def _look_through(user: User, connection: Connection, at: str) -> bool:
    """Compares what answers saw through one connection with what is there now; False as in `_learn_one`."""
    with db.reading():
        before, seen = tree_version(user), built_on.seen_through(user, [connection.id])
        stored = responses.answers_of(user, [one.block_key for one in seen])
        items = resolve(user, [connection]).get(connection.id)
    if items is None:
        return True
    compared = _compared(user, connection, seen, stored, items)
    return in_turn(lambda: tree_version(user) == before and _noted(user, compared, at))


def _noted(user: User, compared: Iterable[Compared], at: str) -> bool:
    for one in compared:
        _note(user, one, at)
    return True


def _compared(
    user: User,
    connection: Connection,
    seen: Iterable[Seen],
    stored: Mapping[str, StoredAnswer],
    items: tuple[Item, ...],
) -> list[Compared]:
    """What an answer saw through a connection, beside what is there now. Writes nothing."""
    now, words = digest_of(user, connection, items), seen_words(items)
    blocks = ((one, book().block(one.block_key), stored.get(one.block_key)) for one in seen)
    return [
        Compared(one, now, changes(block, answer.answer, one.words, words) if block and answer else Changes())
        for one, block, answer in blocks
    ]


def _note(user: User, one: Compared, at: str) -> None:
    seen, now, changed = one.seen, one.now, one.changed
    if seen.seen_digest not in FOREIGN:
        built_on.notice(user, [seen.moved(now, changed.is_stale)], at)
        return
    has_changed = seen.has_changed or bool(changed.gone or changed.reworded or changed.new)
    AnswerInput.update(
        seen_digest=digest(user, "seen", seen.id) if has_changed else now,
        now_digest=now,
        kept_digest=Case(None, [(AnswerInput.kept_digest.is_null(), None)], now),
        is_stale=int(changed.is_stale),
    ).where(AnswerInput.user_id == user.id, AnswerInput.id == seen.id).execute()
