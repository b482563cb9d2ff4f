"""Jobs that could be, each made of leaves (words that one likes), or taken from the list of real ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType
from typing import Any

from dreamtree.text import as_line
from dreamtree.tools.fields import KeysField, TickField
from dreamtree.tools.rows.kinds import Kind, declared, keys_in, line, unposted, unposted_mapping
from dreamtree.tools.rows.shape import Row, RowsAnswer
from dreamtree.values import Item

MOST_CHOSEN = 12


def _is_new() -> Any:
    return declared(Kind(lambda _: TickField(), bool, False, name="new", is_optional=True, counts=False))


@dataclass(frozen=True)
class Idea(Row):
    """A job that could be. `leaves` are the keys of the words that it was made of, `leaf_words` those by their keys,
    also where such a word is gone by now. `occupation` is the slug of the real job that it is. One that `is_new`
    stands where leaves are drawn, and is made of those.
    """

    text: str = line()
    why: str = line()
    leaves: tuple[str, ...] = unposted(keys_in, (), store=list)
    leaf_words: Mapping[str, str] = unposted_mapping(name="words")
    occupation: str = unposted(as_line)
    is_new: bool = _is_new()


@dataclass(frozen=True)
class Ideas(RowsAnswer[Idea]):
    """The ideas, the keys of the leaves that are `chosen` for the next one, and how often leaves were drawn."""

    chosen: tuple[str, ...] = declared(
        Kind(lambda _: KeysField(MOST_CHOSEN), lambda one: keys_in(list(one or ())), (), list, is_optional=True)
    )
    turn: int = unposted(lambda stored: stored if isinstance(stored, int) else 0, 0)


def with_leaves(row: Idea, before: Idea | None, chosen: Iterable[str], leaves: Mapping[str, str]) -> Idea:
    """A posted idea with what its page does not post: as it was stored, and made of what is chosen while it is new."""
    if before is not None and not row.is_new:
        return replace(row, leaves=before.leaves, leaf_words=before.leaf_words, occupation=before.occupation)
    of = {key: leaves[key] for key in chosen if key in leaves} if row.is_new else {}
    return replace(row, leaves=tuple(of), leaf_words=MappingProxyType(of), is_new=False)


def without_leaf(row: Idea, key: str) -> Idea:
    """An idea that is tied no more to a leaf; the word stays."""
    return replace(row, leaves=tuple(one for one in row.leaves if one != key))


def drawn(leaves: Sequence[str], count: int, turn: int, secret: str) -> tuple[str, ...]:
    """The leaves of a turn. They are shuffled and dealt; once all were dealt, they are shuffled anew."""
    if not leaves:
        return ()
    turns = max(1, -(-len(leaves) // count))
    deck = sorted(leaves)
    Random(f"{secret}:{turn // turns}").shuffle(deck)
    first = turn % turns * count
    return tuple(deck[first : first + count] if first + count <= len(deck) else deck[-count:])


def by_tree(leaves: Iterable[Item], chosen: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """The leaves that are not chosen, by the first word of their tree: key and words."""
    found, out = dict[str, list[tuple[str, str]]](), set(chosen)
    for one in leaves:
        if one.key not in out:
            found.setdefault(str(one.fields.get("tree") or ""), []).append((one.key, as_line(one.text)))
    return found
