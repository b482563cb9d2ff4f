"""A ranking as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dreamtree.tools.ordering.pairs import Standing
from dreamtree.tools.ordering.view import Choice, QuestionView, question_of
from dreamtree.tools.ranking_grid.items import ITEM_LIMIT, Ranking
from dreamtree.tools.wording import begun, in_words

WAY_WORDS = {
    "one": "Do it one after another",
    "two": "Do it two at a time",
    "hand": "Do it by hand",
}


@dataclass(frozen=True)
class Entry:
    """An item in the list of what is ranked; `index` counts the fields. `place` is 0 unless the way is by hand."""

    index: int
    key: str
    text: str
    is_own: bool
    place: int


@dataclass(frozen=True)
class Place:
    """A line of the order so far. `is_cut`: the last that counts; `is_level`: shares the place of the one before."""

    key: str
    text: str
    index: int
    number: int
    is_level: bool
    is_cut: bool


@dataclass(frozen=True)
class RankingView:
    """A ranking as its template shows it: by hand `places`, by pairs a `question`, and the order known so far."""

    ask: str
    way: str
    other_ways: tuple[Choice, ...]
    entries: tuple[Entry, ...]
    places: tuple[Place, ...]
    question: QuestionView | None
    words: str
    count_words: str
    left_out: str
    removed: str
    can_undo: bool
    can_add: bool
    is_fixed: bool
    is_alone: bool
    is_done: bool
    is_list_open: bool


@dataclass(frozen=True)
class Terms:
    """What an exercise asks: the question, how many places count, whether it names the items itself.

    `most` is the most questions two at a time; `left_out` how many items did not fit in.
    """

    ask: str
    top: int
    is_fixed: bool
    most: int
    left_out: int


def view_of(ranking: Ranking, now: Standing, terms: Terms) -> RankingView:
    """The page of a ranking that stands so."""
    words, order, removed = ranking.words, ranking.ordered, ranking.removed
    is_by_hand, is_fixed = ranking.way == "hand", terms.is_fixed
    of = "thing" if is_fixed else "place"
    asked = sum(len(operation) == 3 for operation in ranking.log)
    return RankingView(
        ask=terms.ask,
        way=ranking.way,
        other_ways=tuple(Choice(f"way|{way}", label) for way, label in WAY_WORDS.items() if way != ranking.way),
        entries=_entries(ranking),
        places=_places(ranking, order if is_by_hand else order[: now.decided], now, terms.top),
        question=question_of(now, words, asked, terms.most) if len(words) > 1 else None,
        words=_state(now, terms.top, len(words), by_hand=is_by_hand, of=of),
        count_words=_counted(len(words)),
        left_out=_left_out(terms.left_out),
        removed=removed.row.text if removed else "",
        can_undo=bool(ranking.log),
        can_add=len(words) < ITEM_LIMIT and not is_fixed,
        is_fixed=is_fixed,
        is_alone=len(words) == 1,
        is_done=now.is_done,
        is_list_open=len(words) < 2 or len(words) < len(ranking.rows),
    )


def _entries(ranking: Ranking) -> tuple[Entry, ...]:
    places = ranking.by_hand
    return tuple(
        Entry(index, row.key, row.text, row.is_own, places.get(row.key, 0)) for index, row in enumerate(ranking.rows)
    )


def _places(ranking: Ranking, order: Sequence[str], now: Standing, top: int) -> tuple[Place, ...]:
    words, index = ranking.words, {row.key: at for at, row in enumerate(ranking.rows)}
    level = {key for tier in now.tiers for key in tier[1:]}
    return tuple(
        Place(key, words[key], index[key], number, key in level, number == top < len(words))
        for number, key in enumerate(order, 1)
    )


def _state(now: Standing, top: int, count: int, *, by_hand: bool, of: str) -> str:
    """Where the ranking stands, in one sentence."""
    if count == 0:
        return ""
    if now.is_done:
        needed = min(top, count)
        return f"{begun(in_words(needed))} {of}{'' if needed == 1 else 's'}, in your order."
    if by_hand:
        return "Move what is not in its place, then say that this is your order."
    if now.decided == 0:
        return ""
    return f"{begun(in_words(now.decided))} of {in_words(min(top, count))} places decided."


def _counted(count: int) -> str:
    return "nothing to put in order yet" if count == 0 else "one thing" if count == 1 else f"{in_words(count)} things"


def _left_out(count: int) -> str:
    return f"You can rank up to twenty. {begun(in_words(count))} more did not fit in." if count else ""
