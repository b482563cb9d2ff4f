"""The shared row buttons: add, remove, undo, up, down, to the top, to a place."""

import secrets
from collections.abc import Callable
from typing import Any

from dreamtree.values import Answer

Row = dict[str, Any]


class UnknownButton(Exception):
    """The page posted a button that no tool has."""


def new_key() -> str:
    """A permanent key for a row."""
    return secrets.token_hex(6)


def act(answer: Answer, name: str, verb: str, argument: str, blank: Callable[[], Row]) -> Answer:
    """`answer` after the button `verb` on the row named by `argument`. Raises `UnknownButton`."""
    rows: list[Row] = list(answer.get(name, []))
    match verb:
        case "add":
            return {**answer, name: [*rows, blank()]}
        case "remove":
            return without(answer, name, argument)
        case "undo":
            return _put_back(answer, name)
        case "up" | "down" | "top":
            return {**answer, name: moved(rows, argument, verb)}
        case _:
            raise UnknownButton(verb)


def without(answer: Answer, name: str, key: str) -> Answer:
    """`answer` without the row `key`, which is kept under `removed` until the next one, for *undo*."""
    rows = list(answer.get(name, []))
    at = place_of(rows, key)
    if at is None:
        return answer
    return {**answer, name: rows[:at] + rows[at + 1 :], "removed": {"row": rows[at], "at": at}}


def _put_back(answer: Answer, name: str) -> Answer:
    removed = answer.get("removed")
    if not removed:
        return answer
    rows = list(answer.get(name, []))
    rows.insert(removed["at"], removed["row"])
    return {key: value for key, value in {**answer, name: rows}.items() if key != "removed"}


def moved(rows: list[Row], key: str, verb: str) -> list[Row]:
    """`rows` with the row `key` one up, one down or at the top."""
    at = place_of(rows, key)
    if at is None:
        return rows
    to = {"up": at - 1, "down": at + 1, "top": 0}[verb]
    rest = rows[:at] + rows[at + 1 :]
    to = max(0, min(to, len(rest)))
    return [*rest[:to], rows[at], *rest[to:]]


def place_of(rows: list[Row], key: str) -> int | None:
    """Where the row `key` stands, or None."""
    return next((at for at, row in enumerate(rows) if row["key"] == key), None)
