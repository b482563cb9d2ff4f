"""A ranking as its page shows it."""

from dataclasses import dataclass

from dreamtree.tools.ordering.pairs import Standing
from dreamtree.tools.ordering.view import Choice, QuestionView, question_of
from dreamtree.tools.ranking_grid.items import ITEM_LIMIT, Ranked, Ranking
from dreamtree.tools.wording import begun, in_words

WAY_WORDS = {
    "one": "Do it one after another",
    "two": "Do it two at a time",
    "hand": "Do it by hand",
}


@dataclass(frozen=True)
class Place:
    """A line of the order so far; `index` counts the fields of its row.

    `is_cut`: the last that counts; `is_level`: shares the place of the one before.
    """

    row: Ranked
    index: int
    is_level: bool
    is_cut: bool


@dataclass(frozen=True)
class RankingView:
    """A ranking as its template shows it: by hand `places`, by pairs a `question`, and the order known so far.

    `rows` are all items, with their places where the way is by hand.
    """

    ask: str
    way: str
    other_ways: tuple[Choice, ...]
    rows: tuple[Ranked, ...]
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
    words, removed = ranking.words, ranking.removed
    asked = sum(len(operation) == 3 for operation in ranking.log)
    return RankingView(
        ask=terms.ask,
        way=ranking.way,
        other_ways=tuple(Choice(f"way|{way}", label) for way, label in WAY_WORDS.items() if way != ranking.way),
        rows=ranking.numbered,
        places=_places(ranking, now, terms.top),
        question=question_of(now, words, asked, terms.most) if len(words) > 1 else None,
        words=_state(ranking, now, terms) if words else "",
        count_words=_counted(len(words)),
        left_out=_left_out(terms.left_out),
        removed=removed.row.text if removed else "",
        can_undo=bool(ranking.log),
        can_add=len(words) < ITEM_LIMIT and not terms.is_fixed,
        is_fixed=terms.is_fixed,
        is_alone=len(words) == 1,
        is_done=now.is_done,
        is_list_open=len(words) < 2 or len(words) < len(ranking.rows),
    )


def _places(ranking: Ranking, now: Standing, top: int) -> tuple[Place, ...]:
    """The places that are decided; by hand all."""
    order = ranking.ordered if ranking.way == "hand" else ranking.ordered[: now.decided]
    rows = {row.key: row for row in ranking.rows}
    index = {key: at for at, key in enumerate(rows)}
    level = {key for tier in now.tiers for key in tier[1:]}
    cut = top if top < len(ranking.words) else 0
    return tuple(Place(rows[key], index[key], key in level, number == cut) for number, key in enumerate(order, 1))


def _state(ranking: Ranking, now: Standing, terms: Terms) -> str:
    """Where the ranking stands, in one sentence."""
    needed = min(terms.top, len(ranking.words))
    if now.is_done:
        of = "thing" if terms.is_fixed else "place"
        return f"{begun(in_words(needed))} {of}{'' if needed == 1 else 's'}, in your order."
    if ranking.way == "hand":
        return "Move what is not in its place, then say that this is your order."
    return f"{begun(in_words(now.decided))} of {in_words(needed)} places decided." if now.decided else ""


def _counted(count: int) -> str:
    return "nothing to put in order yet" if count == 0 else "one thing" if count == 1 else f"{in_words(count)} things"


def _left_out(count: int) -> str:
    return f"You can rank up to twenty. {begun(in_words(count))} more did not fit in." if count else ""
