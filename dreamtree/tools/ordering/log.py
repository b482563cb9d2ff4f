"""The log of an order: operations as `pairs` reads them, and what a button adds to them."""

from typing import Any

from dreamtree.tools.ordering.pairs import Standing

UNDO_LIMIT = 20
OPERATIONS = frozenset({"over", "level", "in", "hand"})


def log_of(stored: Any) -> list[list[str]]:
    """The operations of a stored log, those that this version knows."""
    return [one for one in stored if _is_operation(one)] if isinstance(stored, list) else []


def _is_operation(one: object) -> bool:
    return (
        isinstance(one, list) and all(isinstance(word, str) for word in one) and one[:1] != [] and one[0] in OPERATIONS
    )


def keys_of(stored: Any) -> tuple[str, ...]:
    """The keys of a stored order, each once."""
    return tuple(dict.fromkeys(map(str, stored))) if isinstance(stored, list) else ()


def shortened(log: list[list[str]]) -> list[list[str]]:
    """The log without what so many orders by hand ago was forgotten anyway."""
    hands = [index for index, (name, *_) in enumerate(log) if name == "hand"]
    return log[hands[-UNDO_LIMIT] :] if len(hands) > UNDO_LIMIT else log


def operation_of(now: Standing, verb: str, argument: str, keys: frozenset[str]) -> list[str] | None:
    """What a button says, or None when it says nothing about the present question or `keys`."""
    if verb in ("over", "level"):
        one, _, other = argument.partition(">")
        return [verb, one, other] if {one, other} <= keys and one != other else None
    question = now.question
    if verb == "in":
        return ["in", argument] if question and question.kind == "cut" and argument in question.keys else None
    place, _, key = argument.partition(">")
    if not question or question.kind != "next" or place != str(now.decided + 1):
        return None
    rest = [one for one in now.order[now.decided :] if one not in now.unplaced and one != key]
    if verb == "rest":
        return ["level", *rest]
    return ["over", key, *rest] if key in question.keys else None
