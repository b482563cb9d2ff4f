"""*Forget for good*: every text of one block goes, also where other answers remember what they were built on."""

from dataclasses import replace

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import built_on, responses, trash
from dreamtree.answers.all_texts import KeptText, all_texts
from dreamtree.answers.built_on import Seen
from dreamtree.connections.resolve import resolve, seen_words
from dreamtree.connections.sources import SOURCES
from dreamtree.content import book
from dreamtree.profile import fills_rows, teach, unteach
from dreamtree.profile.orphans import forget_orphans
from dreamtree.saving.phrases import Phrases, phrases_of
from dreamtree.saving.trash import block_place, unlearn
from dreamtree.saving.typed import typed_words
from dreamtree.saving.upstream import notice_changes
from dreamtree.tools import tool
from dreamtree.values import Item


def forget_for_good(user: User, key: str) -> list[KeptText]:
    """Deletes answer, entries, history and trash of a block, un-teaches it, and wipes it from what others quote.

    The book need not ask it any more. Answers the texts of other blocks in which the same words still stand.
    """
    at, phrases = db.now(), _phrases(user, key)
    db.saving(lambda: _forget(user, key, phrases, at))
    db.checkpoint()
    others = [text for text in all_texts(user) if text.block_key != key]
    return [text for text in others if any(phrases.are_in(words) for words in typed_words(text.answer))]


def _phrases(user: User, key: str) -> Phrases:
    block = book().block(key)
    if block is not None and not tool(block.type).is_typed:
        return phrases_of(())
    mine = (text for text in all_texts(user) if text.block_key == key)
    return phrases_of(words for text in mine for words in typed_words(text.answer))


def _forget(user: User, key: str, phrases: Phrases, at: str) -> None:
    others = [seen for seen in built_on.all_seen(user) if seen.block_key != key]
    given = {seen.id: _given_by(user, key, seen) for seen in others}
    place = block_place(key)
    trash.erase_block(user, key)
    if place is not None:
        unlearn(user, place, at)
    else:
        notice_changes(user, unteach(user, key, at) | _taught_again(user, at), key, at)
    for seen in others:
        _wipe(user, seen, given[seen.id], phrases)
    forget_orphans(user)


def _taught_again(user: User, at: str) -> frozenset[str]:
    """Makes the rows that several blocks fill what living answers say; answers the sources that changed by it."""
    blocks = [block for block in book().blocks if fills_rows(block)]
    stored = responses.answers_of(user, [block.key for block in blocks])
    changed = frozenset[str]()
    for block in blocks:
        own = stored.get(block.key)
        lessons = tool(block.type).lessons(block, own.answer) if own else ()
        changed |= teach(user, block, lessons, own.saved_at if own else at)
    return changed


def _wipe(user: User, seen: Seen, given: set[str], phrases: Phrases) -> None:
    """What another answer remembers of this one: the items it gave, and its words; not what is still said elsewhere."""
    now = seen_words(_items(user, seen))
    words = {
        key: "" if (key in given or phrases.are_in(text)) and now.get(key) != text else text
        for key, text in seen.words.items()
    }
    if words != seen.words:
        built_on.rewrite_words(user, replace(seen, words=words))


def _given_by(user: User, key: str, seen: Seen) -> set[str]:
    """The keys of the items that this block gives through a connection."""
    items = _items(user, seen)
    return {one.key for one in items if one.provenance and one.provenance.block_key == key}


def _items(user: User, seen: Seen) -> tuple[Item, ...]:
    connection = book().connection(seen.connection_id)
    if connection is None or connection.source not in SOURCES:
        return ()
    return resolve(user, [connection])[connection.id]
