"""How far a ranking is, and what a button adds to what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dreamtree.content.book import Block
from dreamtree.text import isolated
from dreamtree.tools.base import Rest, RestLine, UnknownButton
from dreamtree.tools.ordering.log import operation_of, shortened
from dreamtree.tools.ordering.pairs import Standing, standing
from dreamtree.tools.ranking_grid.items import ITEM_LIMIT, WAYS, Ranking
from dreamtree.tools.rows.moving import moved_key
from dreamtree.tools.rows.row_tool import undone
from dreamtree.tools.wording import capitalized, in_words, listed


@dataclass(frozen=True)
class RankingRules:
    """How a block asks: the way it begins with, and how many places count."""

    way: str
    top: int


def rules_of(block: Block) -> RankingRules:
    """The rules that an exercise sets."""
    way = str(block.options.get("way"))
    return RankingRules(way if way in WAYS else WAYS[0], int(block.options.get("top") or ITEM_LIMIT))


def standing_of(ranking: Ranking, rules: RankingRules) -> Standing:
    """How far a ranking is."""
    return standing(tuple(ranking.words), ranking.late, ranking.log, ranking.way or rules.way, rules.top)


def settled(ranking: Ranking, rules: RankingRules) -> Ranking:
    """A ranking with its order, and whether that is all."""
    now = standing_of(ranking, rules)
    return replace(ranking, order=now.order, done=now.is_done)


SHOWN = 3


def still_open(ranking: Ranking, rules: RankingRules) -> str:
    """What is still to be said, and how; "" when that is all."""
    now, words = standing_of(ranking, rules), ranking.words
    if now.is_done:
        return ""
    if now.unplaced:
        return f"{listed([isolated(words[key]) for key in now.unplaced])}: no place yet. Say where it goes."
    if ranking.way == "hand":
        return "Put them in your order, then press “That's my order.”"
    if now.question and now.question.kind == "cut":
        return f"Choose which {in_words(now.question.choose)} of the tied ones still go in."
    needed = in_words(min(rules.top, len(words)))
    decided = (
        f"{capitalized(in_words(now.decided))} of {needed} places decided" if now.decided else "Nothing is in order yet"
    )
    return f"{decided}. Answer the question, or do it by hand."


def in_a_line(ranking: Ranking, rules: RankingRules) -> str:
    """The first items that have a place, and how many have none while that is still asked."""
    now = standing_of(ranking, rules)
    decided = {key for tier in now.tiers for key in tier}
    words = [isolated(ranking.words[key]) for key in now.order if key in decided]
    if not words:
        return "No place yet" if ranking.words else "Nothing to put in order yet"
    more = [f"{len(words) - SHOWN} more"] if len(words) > SHOWN else []
    left = 0 if now.is_done else len(ranking.words) - len(words)
    return listed([*words[:SHOWN], *more]) + (f"; {in_words(left)} without a place yet" if left else "")


def in_lines(ranking: Ranking, rules: RankingRules) -> list[str]:
    """The items with their places, then those that have none yet."""
    now, words = standing_of(ranking, rules), ranking.words
    places = {key: 1 + sum(map(len, now.tiers[:index])) for index, tier in enumerate(now.tiers) for key in tier}
    open_ = [f"– {words[key]}" for key in now.order if key not in places]
    decided = [f"{places[key]}. {words[key]}" for key in now.order if key in places]
    return [*decided, *(["Without a place yet:", *open_] if open_ else [])]


def at_rest(ranking: Ranking, rules: RankingRules) -> Rest:
    """The places that count, in their order."""
    ranks = standing_of(ranking, rules).ranks(rules.top)
    before = [0, *ranks.values()]
    lines = (
        RestLine(ranking.words[key], "tied with the one above" if rank == above else "")
        for (key, rank), above in zip(ranks.items(), before, strict=False)
    )
    return Rest(tuple(lines), is_order=True)


# Buttons


def answered(ranking: Ranking, rules: RankingRules, verb: str, argument: str) -> Ranking:
    """After an answer to the open question; one to another question changes nothing."""
    operation = operation_of(standing_of(ranking, rules), verb, argument, frozenset(ranking.words))
    return _logged(ranking, rules, operation) if operation else ranking


def moved(ranking: Ranking, rules: RankingRules, verb: str, key: str) -> Ranking:
    """After a move by hand, or after *That’s my order*."""
    order = ranking.ordered if verb == "order" else moved_key(ranking.ordered, key, verb)
    return ranking if ranking.log[-1:] == [["hand", *order]] else in_order(ranking, rules, order)


def in_order(ranking: Ranking, rules: RankingRules, order: Sequence[str]) -> Ranking:
    """The ranking in `order`; items the order does not name follow it."""
    words, rest = ranking.words, [key for key in ranking.ordered if key not in order]
    return _logged(ranking, rules, ["hand", *(key for key in order if key in words), *rest])


def in_way(ranking: Ranking, rules: RankingRules, way: str) -> Ranking:
    """The ranking asked another way, with what is known. Raises `UnknownButton` where there is none."""
    if way not in WAYS:
        raise UnknownButton(way)
    return settled(replace(ranking, way=way), rules)


def stepped_back(ranking: Ranking, rules: RankingRules, argument: str) -> Ranking:
    """With the item that was removed last, or without the last answer (`log`)."""
    is_item = ranking.removed and argument != "log"
    return settled(undone(ranking) if is_item else replace(ranking, log=ranking.log[:-1]), rules)


def _logged(ranking: Ranking, rules: RankingRules, operation: list[str]) -> Ranking:
    rows = ranking.rows if ranking.log else tuple(replace(row, late=False) for row in ranking.rows)
    log = shortened([*ranking.log, operation])
    return settled(replace(ranking, rows=rows, log=log, removed=None), rules)
