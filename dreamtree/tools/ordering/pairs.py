"""Putting things in order by asking: what a log of operations says, and the next question.

Pure: the same keys and the same log give the same order and the same question, so a ranking stops and resumes
anywhere. An operation is a list of words: `over a b …` (a before each of the others), `level a b …`, `in a` (a goes
in where a tie is cut), `hand a b …` (this is the order; forgets what came before). What contradicts something already
known is passed over. Keys no longer ranked may stand in the log: what they said about the others still holds.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import ceil, log2

Keys = tuple[str, ...]
Log = Sequence[Sequence[str]]
Less = Callable[[str, str], bool]


class _Unsure(Exception):
    """Two things that nothing in the log compares."""

    def __init__(self, *pair: str) -> None:
        super().__init__(*pair)
        self.pair = pair


class Known:
    """Who stands before whom, closed under everything that follows from it; ties are allowed."""

    def __init__(self, log: Log) -> None:
        self._below: dict[str, set[str]] = {}
        self._level: dict[str, set[str]] = {}
        self.chosen: list[str] = []
        for name, *keys in log:
            self._hear(name, keys)

    def _hear(self, name: str, keys: list[str]) -> None:
        if name == "hand":
            self._below, self._level, self.chosen = {}, {}, []
            for place in range(len(keys) - 1):
                self._put_over(keys[place], keys[place + 1])
        elif name == "in":
            self.chosen += [key for key in keys if key not in self.chosen]
        elif keys:
            put = self._put_level if name == "level" else self._put_over
            for other in keys[1:]:
                put(keys[0], other)

    def is_over(self, one: str, other: str) -> bool:
        """Whether `one` stands before `other`."""
        return other in self._below.get(one, ())

    def is_level(self, one: str, other: str) -> bool:
        """Whether the two share a place."""
        return one == other or other in self._level.get(one, ())

    def below(self, one: str) -> Set[str]:
        """All that stands after it."""
        return self._below.get(one, frozenset())

    def level_with(self, one: str) -> Set[str]:
        """All that shares its place, itself among them."""
        return self._level.get(one) or {one}

    def is_sure(self, one: str, other: str) -> bool:
        """Whether it is known how the two stand to each other."""
        return self.is_level(one, other) or self.is_over(one, other) or self.is_over(other, one)

    def _put_over(self, one: str, other: str) -> None:
        if self.is_sure(one, other):
            return
        lower = self._level.get(other, {other}) | self._below.get(other, set())
        for key in self._level.get(one, {one}) | self._above(one):
            self._below.setdefault(key, set()).update(lower)

    def _put_level(self, one: str, other: str) -> None:
        if self.is_sure(one, other):
            return
        both = self._level.get(one, {one}) | self._level.get(other, {other})
        lower = self._below.get(one, set()) | self._below.get(other, set())
        for key in self._above(one) | self._above(other):
            self._below[key] |= both | lower
        for key in both:
            self._level[key] = both
            self._below[key] = set(lower)

    def _above(self, one: str) -> set[str]:
        return {key for key, lower in self._below.items() if one in lower}


@dataclass(frozen=True)
class Question:
    """What to ask next. `kind` is next (which of `keys` comes first), pair (the first or the second), late (where the
    first, which came later, goes: before or after the second) or cut (which of `keys`, `choose` of them, go in)."""

    kind: str
    keys: Keys
    choose: int = 1


@dataclass(frozen=True)
class Standing:
    """How far a ranking is. `tiers` are the decided places from the first on, level things together; `order` is the
    best order known, decided places first; `unplaced` came later and have no place yet."""

    order: Keys
    tiers: tuple[Keys, ...]
    unplaced: Keys
    question: Question | None
    is_done: bool
    is_cut_open: bool = False

    @property
    def decided(self) -> int:
        """How many items have their place."""
        return sum(map(len, self.tiers))

    def ranks(self, top: int) -> dict[str, int]:
        """Key → place for the decided places that count; level things share one. Of a tie that is cut, those let in."""
        found: dict[str, int] = {}
        for tier, before in _with_places(self.tiers):
            is_cut = before < top < before + len(tier)
            inside = () if is_cut and self.is_cut_open else tier[: max(0, top - before)]
            found |= dict.fromkeys(inside, before + 1)
        return found


def standing(keys: Keys, late: Iterable[str], log: Log, way: str, top: int) -> Standing:
    """Where the ranking of `keys` stands. `late` are those that joined after the first answer; `way` is one, two or
    hand; `top` is how many places are needed. A page asks several times: the last few answers are kept."""
    return _stands(keys, frozenset(late) if log else frozenset(), tuple(map(tuple, log)), way, top)


@lru_cache(maxsize=64)
def _stands(keys: Keys, late: frozenset[str], log: tuple[Keys, ...], way: str, top: int) -> Standing:
    known = Known(log)
    placed = tuple(key for key in keys if key not in late)
    coming = [key for key in keys if key in late]
    question = _base_question(placed, known, way, min(top, len(placed)))
    while coming and not question:
        tiers, _ = _split(placed, known)
        try:
            _place(coming[0], tiers, known)
        except _Unsure as unsure:
            question = Question("late", unsure.pair)
        else:
            placed = (*placed, coming.pop(0))
    return _standing(placed, tuple(coming), known, question, way, min(top, len(keys)))


def _standing(placed: Keys, unplaced: Keys, known: Known, question: Question | None, way: str, goal: int) -> Standing:
    tiers, rest = _split(placed, known)
    cut, tiers = _cut(tiers, known, goal)
    question = question or cut
    is_done = question is None and sum(map(len, tiers)) >= goal and not unplaced
    order = (*(key for tier in tiers for key in tier), *_best_guess(rest, known), *unplaced)
    return Standing(order, tiers, unplaced, None if way == "hand" else question, is_done, cut is not None)


def _split(keys: Keys, known: Known) -> tuple[tuple[Keys, ...], Keys]:
    """The leading places that are certain, level things together, and the rest."""
    tiers: list[Keys] = []
    rest, left = keys, set(keys)
    while rest:
        tier = next((t for key in rest if (t := _first_of(key, rest, left, known))), ())
        if not tier:
            break
        tiers.append(tier)
        left.difference_update(tier)
        rest = tuple(key for key in rest if key in left)
    return tuple(tiers), rest


def _first_of(key: str, keys: Keys, left: set[str], known: Known) -> Keys:
    """`key` and what is level with it of these keys, which are `left`, if all the others are certainly below."""
    tier = known.level_with(key) & left
    below = known.below(key) & left
    return tuple(other for other in keys if other in tier) if len(tier) + len(below) == len(left) else ()


def _best_guess(keys: Keys, known: Known) -> list[str]:
    below = {key: known.below(key) & set(keys) for key in keys}
    above = Counter(chain.from_iterable(below.values()))
    return sorted(keys, key=lambda key: above[key] - len(below[key]))


def _base_question(keys: Keys, known: Known, way: str, goal: int) -> Question | None:
    tiers, rest = _split(keys, known)
    if sum(map(len, tiers)) >= goal:
        return None
    if way == "two":
        return _pair_question(keys, known)
    return Question("next", tuple(key for key in rest if not any(known.is_over(other, key) for other in rest)))


def _pair_question(keys: Keys, known: Known) -> Question | None:
    """The first comparison of a merge insertion that the log does not answer. Level things count in their order."""

    def less(one: str, other: str) -> bool:
        if not known.is_sure(one, other):
            raise _Unsure(one, other)
        if known.is_level(one, other):
            return keys.index(one) > keys.index(other)
        return known.is_over(other, one)

    try:
        merge_insertion(keys, less)
    except _Unsure as unsure:
        return Question("pair", tuple(sorted(unsure.pair, key=keys.index)))
    return None


def _place(key: str, tiers: tuple[Keys, ...], known: Known) -> None:
    """Finds the place of a late thing among the decided ones by halving. Raises `_Unsure` with the next comparison."""
    low, high = 0, len(tiers)
    while low < high:
        middle = (low + high) // 2
        other = tiers[middle][0]
        if not known.is_sure(key, other):
            raise _Unsure(key, other)
        if known.is_level(key, other):
            return
        low, high = (low, middle) if known.is_over(key, other) else (middle + 1, high)


def _cut(tiers: tuple[Keys, ...], known: Known, goal: int) -> tuple[Question | None, tuple[Keys, ...]]:
    """The question that a tie across the last place asks, and the tiers with those let in first."""
    for index, (tier, before) in enumerate(_with_places(tiers)):
        if not before < goal < before + len(tier):
            continue
        inside = [key for key in known.chosen if key in tier][: goal - before]
        outside = tuple(key for key in tier if key not in inside)
        left = goal - before - len(inside)
        ordered = (*tiers[:index], (*inside, *outside), *tiers[index + 1 :])
        return Question("cut", outside, left) if left else None, ordered
    return None, tiers


def _with_places(tiers: Iterable[Keys]) -> Iterator[tuple[Keys, int]]:
    before = 0
    for tier in tiers:
        yield tier, before
        before += len(tier)


def merge_insertion(keys: Sequence[str], less: Less) -> list[str]:
    """`keys`, the least first, with the fewest comparisons known for so few things (Ford and Johnson)."""
    if len(keys) < 2:
        return list(keys)
    pairs = [(a, b) if less(a, b) else (b, a) for a, b in zip(keys[::2], keys[1::2], strict=False)]
    lesser = {greater: one for one, greater in pairs}
    chain = merge_insertion([greater for _, greater in pairs], less)
    waiting: list[tuple[str, str | None]] = [(lesser[greater], greater) for greater in chain]
    if len(keys) % 2:
        waiting.append((keys[-1], None))
    found = [waiting[0][0], *chain]
    for place in _insertion_places(len(waiting)):
        one, greater = waiting[place - 1]
        _insert(found, one, found.index(greater) if greater else len(found), less)
    return found


def _insertion_places(count: int) -> Iterator[int]:
    """2…count in the order that keeps every search within a power of two: 3 2, 5 4, 11 10 9 8 7 6, …"""
    before, now = 1, 3
    while before < count:
        yield from range(min(now, count), before, -1)
        before, now = now, now + 2 * before


def _insert(found: list[str], one: str, high: int, less: Less) -> None:
    low = 0
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if less(one, found[middle]) else (middle + 1, high)
    found.insert(low, one)


def most_questions(count: int) -> int:
    """The most comparisons that `count` things need two at a time: 22 for ten, 62 for twenty."""
    return sum(ceil(log2(3 * place / 4)) for place in range(2, count + 1))
