"""A ranking as its page shows it."""

from dataclasses import dataclass

from dreamtree.content.book import Block
from dreamtree.tools.ordering.pairs import Standing, most_questions
from dreamtree.tools.ordering.view import QuestionChoice, QuestionView, question_of
from dreamtree.tools.ranking_grid.answering import rules_of, standing_of
from dreamtree.tools.ranking_grid.items import ITEM_LIMIT, Ranked, Ranking, named_by
from dreamtree.tools.wording import capitalized, in_words

WAY_WORDS = {
    "one": "Pick one at a time",
    "two": "Compare two at a time",
    "hand": "Put them in order myself",
}


@dataclass(frozen=True)
class PlacedItem:
    """A line of the order so far.

    `is_cut`: the last place that counts; `is_level`: tied with the place before.
    """

    row: Ranked
    is_level: bool
    is_cut: bool


@dataclass(frozen=True)
class RankingView:
    """A ranking as its template shows it: by hand `places`, by pairs a `question`, and the order known so far.

    `rows` are all items.
    """

    ask: str
    way: str
    other_ways: tuple[QuestionChoice, ...]
    rows: tuple[Ranked, ...]
    places: tuple[PlacedItem, ...]
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

    @property
    def most(self) -> int:
        """How many things can be ranked."""
        return ITEM_LIMIT


def view_of(block: Block, ranking: Ranking, drafted: int) -> RankingView:
    """The page of a ranking, `drafted` of whose items were given."""
    words, removed = ranking.words, ranking.removed
    rules, is_fixed = rules_of(block), bool(named_by(block))
    now = standing_of(ranking, rules)
    asked = sum(len(operation) == 3 for operation in ranking.log)
    base = [row for row in ranking.things if not (ranking.log and row.late)]
    return RankingView(
        ask=str(block.options.get("ask", "")),
        way=ranking.way,
        other_ways=tuple(QuestionChoice(f"way|{way}", label) for way, label in WAY_WORDS.items() if way != ranking.way),
        rows=ranking.rows,
        places=_places(ranking, now, rules.top),
        question=question_of(now, words, asked, most_questions(len(base))) if len(words) > 1 else None,
        words=_state(ranking, now, rules.top, "thing" if is_fixed else "place") if words else "",
        count_words=_counted(len(words)),
        left_out=_left_out(drafted - ITEM_LIMIT) if len(ranking.rows) >= ITEM_LIMIT else "",
        removed=removed.row.text if removed else "",
        can_undo=bool(ranking.log),
        can_add=len(words) < ITEM_LIMIT and not is_fixed,
        is_fixed=is_fixed,
        is_alone=len(words) == 1,
        is_done=now.is_done,
        is_list_open=len(words) < 2 or len(words) < len(ranking.rows),
    )


def _places(ranking: Ranking, now: Standing, top: int) -> tuple[PlacedItem, ...]:
    """The places that are decided; by hand all."""
    order = ranking.ordered if ranking.way == "hand" else ranking.ordered[: now.decided]
    rows = {row.key: row for row in ranking.rows}
    level = {key for tier in now.tiers for key in tier[1:]}
    cut = top if top < len(ranking.words) else 0
    return tuple(PlacedItem(rows[key], key in level, number == cut) for number, key in enumerate(order, 1))


def _state(ranking: Ranking, now: Standing, top: int, of: str) -> str:
    """Where the ranking stands, in one sentence; `of` what it counts, a place or a thing."""
    needed = min(top, len(ranking.words))
    if now.is_done:
        return f"{capitalized(in_words(needed))} {of}{'' if needed == 1 else 's'}, in your order."
    if ranking.way == "hand":
        return "Move anything that's out of place, then say that's your order."
    return f"{capitalized(in_words(now.decided))} of {in_words(needed)} places decided." if now.decided else ""


def _counted(count: int) -> str:
    return "nothing to put in order yet" if count == 0 else "one thing" if count == 1 else f"{in_words(count)} things"


def _left_out(count: int) -> str:
    return f"You can rank up to {ITEM_LIMIT}. {capitalized(in_words(count))} more didn't fit." if count > 0 else ""
