"""What the seed asks, read from its files before any test runs: so that whatever is added is covered the day it is."""

import re
import tomllib
from pathlib import Path
from typing import Any

SEED = Path(__file__).parents[2] / "seed"


def _in_order(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name)]


def _exercises() -> list[dict[str, Any]]:
    files = (SEED / "workbook").glob("*/*/*.toml")
    return sorted((tomllib.loads(file.read_text()) for file in files), key=lambda one: _in_order(one["id"]))


EXERCISE_FILES = _exercises()
EXERCISES = [one["id"] for one in EXERCISE_FILES]
MODULES = list(dict.fromkeys(one.rsplit(".", 1)[0] for one in EXERCISES))
BLOCKS = {
    f"{exercise['id']}.{block['key']}": block.get("tool") or block["prompt"]
    for exercise in EXERCISE_FILES
    for block in exercise["block"]
    if "tool" in block or "prompt" in block
}
"""Key of each block that is answered → its kind."""
PRIVATE = {
    f"{exercise['id']}.{block['key']}"
    for exercise in EXERCISE_FILES
    for block in exercise["block"]
    if block.get("private")
}
_MARA = tomllib.loads((SEED / "personas" / "mara.toml").read_text())
ANSWERED = [key for key in BLOCKS if key in {one["block"] for one in _MARA["answer"]}]
"""The blocks that the first sample person, whom `filled` shows, has answered."""
CONNECTED = [
    f"{exercise['id']}.{block['key']}"
    for exercise in EXERCISE_FILES
    for block in exercise["block"]
    if block.get("connections")
]
ONE_OF_EACH_KIND = sorted({kind: key for key, kind in reversed(BLOCKS.items())}.values())
CONNECTIONS = {one["id"]: one for one in tomllib.loads((SEED / "connections.toml").read_text())["connection"]}


def exercise_of(block_key: str) -> str:
    """ "1.1.4" of "1.1.4.story-1"."""
    return ".".join(block_key.split(".")[:3])
