"""Which cards are kept, how they stand in order, and the step of the way that is open."""

from collections.abc import Sequence
from dataclasses import replace

from dreamtree.tools.ordering.log import operation_of, shortened
from dreamtree.tools.ordering.pairs import Standing, standing
from dreamtree.tools.rows.moving import moved_key
from dreamtree.tools.value_cards.piles import STAYS, Card, Cards, Rules, on_page, unsorted

STEPS = ("piles", "ten", "order", "words")
WISHES = ("piles", "ten", "on")


def chosen(answer: Cards, rules: Rules) -> list[Card]:
    """The cards that are kept: the first pile, or what is ticked of it when it holds more."""
    stay = answer.in_pile(STAYS)
    return stay if len(stay) <= rules.keep else [row for row in stay if row.kept]


def is_chosen(answer: Cards, rules: Rules) -> bool:
    """Whether as many are kept as can be put in order."""
    return rules.enough <= len(chosen(answer, rules)) <= rules.keep


def standing_of(answer: Cards, rules: Rules) -> Standing:
    """How far the order of the kept cards is, asked one after another."""
    keys = tuple(row.key for row in chosen(answer, rules))
    return standing(keys, _late(keys, answer.log), answer.log, "one", max(rules.keep, len(keys)))


def _late(keys: tuple[str, ...], log: list[list[str]]) -> list[str]:
    """Those that joined after the first answer, or after the last order by hand: it names all that were there."""
    first = next((one for one in reversed(log) if one[0] == "hand"), log[0] if log else [])
    return [key for key in keys if key not in first[1:]]


def ranks_of(answer: Cards, rules: Rules) -> dict[str, int]:
    """Key → place of the cards that have one; level ones share it. None has one before the first question."""
    return standing_of(answer, rules).ranks(rules.keep) if answer.log else {}


def settled(answer: Cards, rules: Rules) -> Cards:
    """The answer with its order, the open step, and the keys of the cards whose fields that step shows."""
    order = standing_of(answer, rules).order
    step = answer.stuck or _open_step(answer, rules)
    return replace(answer, order=order, at=step, shown=tuple(_shown(step, order, answer, rules)))


def _open_step(answer: Cards, rules: Rules) -> str:
    """The step asked for, where there is such a step; else piles until all are sorted, then as far as it goes."""
    wish, stay = answer.step, len(answer.in_pile(STAYS))
    if wish == "piles" or (wish not in WISHES and unsorted(answer, rules)):
        return "piles"
    if wish == "ten" and stay > rules.keep:
        return "ten"
    if stay < rules.enough:
        return "piles"
    if not is_chosen(answer, rules):
        return "ten"
    return "words" if standing_of(answer, rules).is_done else "order"


def _shown(at: str, order: Sequence[str], answer: Cards, rules: Rules) -> list[str]:
    if at == "piles":
        return [*on_page(answer, rules), *(row.key for row in answer.own)]
    if at == "ten":
        return [row.key for row in answer.in_pile(STAYS)]
    with_words = {row.key for row in answer.named if row.meaning}
    asked = [key for place, key in enumerate(order) if place < rules.words or key in with_words]
    return asked if at == "words" else []


# Buttons


def apply_choice(answer: Cards, rules: Rules, verb: str, argument: str) -> Cards:
    """After an answer to the open question; one to another question changes nothing."""
    now = standing_of(answer, rules)
    is_asked = is_chosen(answer, rules) and now.question is not None
    if not is_asked or (verb == "rest" and now.decided < rules.enough) or not _is_about(now, verb, argument):
        return answer
    operation = operation_of(now, verb, argument, frozenset(now.order))
    return _logged(answer, operation) if operation else answer


def _is_about(now: Standing, verb: str, argument: str) -> bool:
    """Whether a comparison of two is the one that is asked for."""
    pair = now.question.keys if now.question and now.question.kind == "late" else ()
    return verb not in ("over", "level") or sorted(argument.split(">")) == sorted(pair)


def moved(answer: Cards, rules: Rules, verb: str, key: str) -> Cards:
    """After a move by hand, which is possible once all have a place."""
    now = standing_of(answer, rules)
    if not is_chosen(answer, rules) or not now.is_done or key not in now.order:
        return answer
    order = moved_key(now.order, key, verb)
    return answer if order == [*now.order] else _logged(answer, ["hand", *order])


def _logged(answer: Cards, operation: list[str]) -> Cards:
    return replace(answer, log=shortened([*answer.log, operation]))
