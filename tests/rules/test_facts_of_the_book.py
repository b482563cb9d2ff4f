"""What only the book can know stands in the book: code names no exercise, no block, and no tool.

A fact of one block is a line of the seed, a fact of a kind is an attribute of its tool.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dreamtree.content.book import PROMPT_TYPES
from dreamtree.tools import all_tools

CODE = Path(__file__).parents[2] / "dreamtree"
ROOMS = ("accounts", "answers", "connections", "content", "home", "resume", "saving", "web", "workbook")
NUMBERED = re.compile(r"(?<![\w.])\d+\.\d+\.\d+(?!\.toml)(\.[\w-]+)?(?![\w.])")
"""An exercise or a block; the name of a file is neither."""
COMMON = {"text", "number", "choice", "date"}
"""Types of prompts that mean something else as well."""


def words(path: Path) -> Iterator[str]:
    """Every text in a file but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in documented:
            yield one.value


def facts(room: str, path: Path) -> list[str]:
    """What a file says of the book. The types of prompts are words of `content`: the seed is checked by them."""
    kinds = all_tools().keys() - (PROMPT_TYPES if room == "content" else COMMON)
    return [one for one in words(path) if one in kinds or NUMBERED.search(one)]


@pytest.mark.parametrize("room", ROOMS)
def test_no_fact_of_the_book_stands_in_code(room: str) -> None:
    found = {path.name: facts(room, path) for path in (CODE / room).rglob("*.py")}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "line", ['KEY = "1.1.4.story-1"', 'if block.type == "soared-story": pass', 'url = f"/{a}/1.1.7"']
)
def test_a_fact_of_the_book_would_be_found(line: str, tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text(f'"""Of 1.1.4."""\n{line}\n', encoding="utf-8")
    assert facts("workbook", path)
