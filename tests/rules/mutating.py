"""Copies changed at random, with a sum that is right: in what they say, and in what stands around it."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

File = dict[str, Any]
Place = tuple[Any, Any, str]
"""An object or a list, a name or a number in it, and the name that it goes by: an entry goes by that of its list."""

STRANGE: tuple[Any, ...] = (None, 17, 1.5, True, "x", "", [], {}, [1], {"a": 1}, -5, 10**12)
WORDS = ("a b", "é!<", "k" * 81, "k" * 299, "two\nlines", "x" * 301, "x" * 10_001, "9999-12-31", "hacked", "🌳", "10%")
NUMBERS = (-1, 0, 2, 4, 9, 366, 10_000, 10**8 - 1, 10**8, 10**9, 2**31, 2**53)
MOMENTS = ("1000-01-01T00:00:00Z", "2999-12-31T23:59:59Z", "2026-02-30T00:00:00Z", "yesterday")
NAMED = {"revision": NUMBERS, "version": NUMBERS, "connection_id": NUMBERS, "at": NUMBERS, "key": WORDS, "id": WORDS}
"""Names whose values are tried with what belongs there, and does not fit."""


def said_places(file: File) -> list[Place]:
    """Every place in what the answers, the records and their earlier texts say."""
    return [place for text in texts_of(file) for place in places(text)]


def texts_of(file: File) -> Iterator[dict[str, Any]]:
    for exercise in exercises_of(file):
        yield from exercise["response_json"].values()
        yield from (before["content_json"] for one in exercise["blocks"].values() for before in one["history"])
    for one in file["tool_instances"]:
        yield from (one["content_json"], *(before["content_json"] for before in one["history"]))


def exercises_of(file: File) -> Iterator[dict[str, Any]]:
    for module in file["modules"].values():
        yield from module["exercises"].values()


def around_places(file: File) -> list[Place]:
    """Every place that stands around what was said."""
    around = [one for exercise in exercises_of(file) for one in exercise["blocks"].values()]
    objects = [file["settings"], *around, *file["tool_instances"], *file["seen"], *file["choices"]]
    return [place for one in objects for place in places(one) if place[1] != "content_json"]


def places(value: Any, called: str = "") -> Iterator[Place]:
    names = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in names:
        its = f"entry of {called}" if isinstance(name, int) else name
        yield value, name, its
        yield from places(one, its)


# One change


def change_value(chance: random.Random, place: Place) -> None:
    part, name, _ = place
    part[name] = copy.deepcopy(chance.choice(NAMED.get(name) or (*STRANGE, *WORDS, *NUMBERS, *MOMENTS)))


def change_a_little(chance: random.Random, place: Place) -> None:
    """Of the same type, and another value."""
    part, name, _ = place
    match part[name]:
        case bool():
            part[name] = not part[name]
        case int():
            part[name] = chance.choice(NUMBERS)
        case str():
            part[name] = chance.choice((*WORDS, *MOMENTS, part[name] + "!", part[name] * 40))
        case list():
            part[name] = [*part[name], *part[name][:1]] if chance.random() < 0.5 else part[name][:-1]
        case dict():
            part[name] = {**part[name], chance.choice(("more", "a b", "own", "live", "key", "was", "removed")): "x"}


def take_away(chance: random.Random, place: Place) -> None:
    part, name, _ = place
    del part[name]


def rename(chance: random.Random, place: Place) -> None:
    part, name, _ = place
    if isinstance(part, dict):
        part[chance.choice(("a b", "x", "é!", "k" * 81, "item"))] = part.pop(name)


CHANGES: tuple[Callable[[random.Random, Place], None], ...] = (change_value, change_a_little, take_away, rename)


def changed_at_random(good: bytes, chance: random.Random) -> File:
    """The good file with one change, half of them in what is said."""
    file: File = json.loads(good)
    found = said_places(file) if chance.random() < 0.5 else around_places(file)
    wanted = chance.choice(sorted({called for _, _, called in found}))
    chance.choice(CHANGES)(chance, chance.choice([one for one in found if one[2] == wanted]))
    return file
