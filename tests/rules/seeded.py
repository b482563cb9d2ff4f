"""What the seed asks, read from its files before any test runs: so that whatever is added is covered the day it is."""

import re
import tomllib
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import Any

import pytest

from dreamtree.profile import nouns_of
from tests.grown import answered_keys

SEED = Path(__file__).parents[2] / "seed"


def _in_order(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name)]


def _exercises() -> list[dict[str, Any]]:
    files = (SEED / "workbook").glob("*/*/*.toml")
    return sorted((tomllib.loads(file.read_text()) for file in files), key=lambda one: _in_order(one["id"]))


EXERCISE_FILES = _exercises()
EXERCISES = [one["id"] for one in EXERCISE_FILES]
PARTS = {
    part: [one for one in EXERCISES if one.startswith(f"{part}.")] for part in sorted({one[0] for one in EXERCISES})
}
"""Part → its exercises."""
MODULES = list(dict.fromkeys(one.rsplit(".", 1)[0] for one in EXERCISES))
SUMMARIES = tuple(f"/workbook/modules/{one}" for one in MODULES)
OWN = ("/home", "/workbook", "/settings", "/account", "/data", "/what-i-bring", "/my-story", "/resume", *SUMMARIES)
"""Pages of a person, beside those of the exercises."""
_ASKED = {
    f"{exercise['id']}.{block['key']}": block
    for exercise in EXERCISE_FILES
    for block in exercise["block"]
    if ("tool" in block or "prompt" in block) and "asked_if" not in block
}
"""What every page asks. What it asks only after a choice is looked at by itself, in tests/pages/test_asked_if.py."""
BLOCKS = {key: block.get("tool") or block["prompt"] for key, block in _ASKED.items()}
"""Key of each block that is answered → its kind."""
MADE = {key: block.get("makes", "") for key, block in _ASKED.items()}
"""Key of each block that is answered → what it makes."""
PRIVATE = {key for key, block in _ASKED.items() if block.get("private")}
ANSWERED = [key for key in BLOCKS if key in set(answered_keys())]
"""The blocks that are answered in the tree that `filled` shows."""
CONNECTED = [key for key, block in _ASKED.items() if block.get("connections")]
ONE_OF_EACH_KIND = sorted({kind: key for key, kind in reversed(BLOCKS.items())}.values())
CONNECTIONS = {one["id"]: one for one in tomllib.loads((SEED / "connections.toml").read_text())["connection"]}


def exercise_of(block_key: str) -> str:
    """ "1.1.4" of "1.1.4.story-1"."""
    return ".".join(block_key.split(".")[:3])


def kind_of(block_key: str) -> Hashable:
    return BLOCKS[block_key]


def what_it_teaches(block_key: str) -> Hashable:
    """The kind of a block, and what of the profile learns from it."""
    return BLOCKS[block_key], nouns_of(MADE[block_key])


def what_reaches_it(block_key: str) -> Hashable:
    """The kind of a block, the types and places of its connections, and whether it is private."""
    reaching = [CONNECTIONS[number] for number in _ASKED[block_key].get("connections", ())]
    ways = frozenset((one["type"], one.get("place"), one.get("gives")) for one in reaching)
    return BLOCKS[block_key], ways, block_key in PRIVATE


def one_of_each(block_keys: Iterable[str], sort: Callable[[str], Hashable]) -> list[Any]:
    """Parameters of a test: the first block of each sort. The others wait for `make sweep`."""
    return of_each_sort((key, {sort(key)}) for key in block_keys)


def exercises_of_each(sort: Callable[[str], Hashable]) -> list[Any]:
    """The same for exercises: those with the first block of some sort."""
    return of_each_sort((one, {sort(key) for key in BLOCKS if exercise_of(key) == one}) for one in EXERCISES)


def of_each_sort(named: Iterable[tuple[str | int, set[Hashable]]]) -> list[Any]:
    """Parameters of a test, from names with their sorts: as few as have all sorts. The others wait for `make sweep`."""
    sorts, chosen = dict(named), dict[str | int, set[Hashable]]()
    for name, its in sorts.items():
        if its - _all_of(chosen):
            chosen[name] = its
    for name in reversed([*chosen]):
        others = {one: its for one, its in chosen.items() if one != name}
        chosen = others if chosen[name] <= _all_of(others) else chosen
    return [pytest.param(name, marks=() if name in chosen else pytest.mark.everything) for name in sorts]


def _all_of(chosen: dict[str | int, set[Hashable]]) -> set[Hashable]:
    return set[Hashable]().union(*chosen.values())
