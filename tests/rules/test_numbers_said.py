"""A number said is the number used: in the words of the book, and in what a tool says is still open."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.tools import tool
from dreamtree.tools.wording import in_words
from tests.rules.seeded import BLOCKS, ONE_OF_EACH_KIND

NUMBERS = {in_words(n): n for n in range(1, 21)}
SAID = re.compile(rf"\b({'|'.join(NUMBERS)})\b[^.:;?]{{0,40}}? (?:is|are) enough", re.IGNORECASE)


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
    said = [NUMBERS[found.lower()] for found in SAID.findall(f"{block.label} {block.help}")]
    if said and "enough" in one.options:
        assert set(said) == {int(one.option(block, "enough"))}, block.help


@pytest.mark.parametrize("enough", [3, 4])
@pytest.mark.parametrize("key", ONE_OF_EACH_KIND)
def test_what_a_tool_calls_enough_is_what_it_asks_for(app: Flask, key: str, enough: int) -> None:
    block = the(key)
    one = tool(block.type)
    if "enough" not in one.options or one.kind in ("skill-rater", "bucket-sort"):
        return
    asked = with_enough(block, enough)
    words = " ".join(problem.message for problem in one.incomplete(asked, one.empty(asked)))
    assert re.search(rf"\b({in_words(enough)}|{enough})\b", words, re.IGNORECASE), words
