"""A number said is the number used: in the words of the book, and in what a tool says is still open."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.content.voice.enough import enough_numbers
from dreamtree.tools import Inputs, tool
from dreamtree.tools.wording import in_words
from dreamtree.values import Item
from tests.rules.seeded import BLOCKS, ONE_OF_EACH_KIND

TEMPLATES = Path(__file__).parents[2] / "templates"
TYPED = re.compile(rf"\b({'|'.join(in_words(n) for n in range(2, 13))}|twenty|forty)\b", re.IGNORECASE)
IDIOMS = ("two at a time", "what the six questions", "three letters", "four letters", "six months")
"""Numbers that stand for no limit and no option."""


def the(key: str) -> Block:
    block = book().block(key)
    assert block is not None
    return block


def with_enough(block: Block, enough: int) -> Block:
    return replace(block, options={**block.options, "enough": enough})


@pytest.mark.parametrize("key", BLOCKS)
def test_what_the_book_calls_enough_is_enough(app: Flask, key: str) -> None:
    block = the(key)
    one = tool(block.type)
    said = enough_numbers(f"{block.label} {block.help}")
    if said and "enough" in one.options:
        assert set(said) == {int(one.option(block, "enough"))}, block.help


@pytest.mark.parametrize("enough", [3, 4])
@pytest.mark.parametrize("key", ONE_OF_EACH_KIND)
def test_what_a_tool_calls_enough_is_what_it_asks_for(app: Flask, key: str, enough: int) -> None:
    block = the(key)
    one = tool(block.type)
    if "enough" not in one.options:
        return
    asked = with_enough(block, enough)
    rows = tuple(Item(f"k{n}", f"Thing {n}", {"category": "transferable"}) for n in range(9))
    empty = one.empty(asked)
    answers = (empty, one.with_live_rows(asked, empty, Inputs(rows=rows)))
    words = " ".join(problem.message for answer in answers for problem in one.incomplete(asked, answer))
    assert re.search(rf"\b({in_words(enough)}|{enough})\b", words, re.IGNORECASE), words


@pytest.mark.parametrize("file", sorted(TEMPLATES.glob("tools/**/*.html")), ids=lambda file: file.name)
def test_no_number_is_typed_by_hand_where_a_tool_knows_it(file: Path) -> None:
    told = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL).lower()
    for idiom in IDIOMS:
        told = told.replace(idiom, "")
    words = " ".join(re.findall(r"[\w’' ]+ [\w’' ]+", re.sub(r"\bit\.\w+(\.\w+)*|\bview\.\w+", "", told)))
    assert TYPED.findall(words) == []
