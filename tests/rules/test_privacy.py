"""Private words stay where they were written: elsewhere they are folded, or not there at all.

Privacy travels with the item (connections.md): a canary in every private block, looked for on every other page, nothing
opened. While nothing is hidden, a block stands open in its own exercise and history and in what was made in its module.
"""

import json
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from tests.page import Page, words_of
from tests.rules.canaried import everything_written
from tests.rules.conftest import Story
from tests.rules.seeded import (
    BLOCKS,
    CONNECTIONS,
    EXERCISE_FILES,
    EXERCISES,
    PRIVATE,
    SUMMARIES,
    exercise_of,
    of_each_sort,
)
from tests.rules.unopened import inside_closed, unopened
from tests.visitor import Visitor

A_DAY = "2027-12-31"
BUDGET, TERMS = "1.2.4.budget", "1.2.5.terms"
NEVER = (
    "/",
    "/home",
    "/workbook",
    "/settings",
    "/what-i-bring",
    "/resume",
    "/credits",
    "/reference/skills",
    "/reference/occupations",
)
"""Pages on which nothing private stands, not even folded."""


def _is_carried(connection: Mapping[str, Any]) -> bool:
    return bool(connection.get("private")) and connection.get("gives") in ("draft", "rows")


CARRIED = {
    f"{exercise['id']}.{block['key']}": [
        CONNECTIONS[one] for one in block.get("connections", ()) if _is_carried(CONNECTIONS[one])
    ]
    for exercise in EXERCISE_FILES
    for block in exercise["block"]
}
"""The key of a block → the connections whose items become part of its answer."""
Words = dict[str, str]


@dataclass(frozen=True)
class Tree:
    """Somebody who wrote a canary into every field: words → the private block they stand in."""

    visitor: Visitor
    words: Words
    is_hidden: bool

    def told_in(self, text: str) -> set[str]:
        """The private blocks of which something stands in `text`."""
        return {block for words, block in self.words.items() if words in text}

    def get(self, path: str) -> Page:
        page = self.visitor.get(path)
        assert page.status == 200, f"{path}: {page.words[:200]}"
        return page


@pytest.fixture(params=["open", "hidden"])
def tree(request: pytest.FixtureRequest, frozen: object, story: Story) -> Tree:
    """Both ways: with *Hide private answers* off and on."""
    tell = {"open": _open, "hidden": _hidden}[request.param]
    visitor, words = story.after(f"private-{request.param}", lambda: tell(story))
    return Tree(visitor, json.loads(words), request.param == "hidden")


def _open(story: Story) -> tuple[Visitor, str]:
    visitor, (one, _) = everything_written(story)
    visitor.save("/workbook/1.2.5", "save", {f"{TERMS}:rows-0-fields-firmness": "fixed"})
    blocks = {words: field.split(":")[0] for words, field in one.canaries.typed.items() if len(words) > len(A_DAY)}
    private = {words: block for words, block in blocks.items() if block in PRIVATE}
    return visitor, json.dumps(private | {_least(visitor): BUDGET})


def _hidden(story: Story) -> tuple[Visitor, str]:
    visitor, words = story.after("private-open", lambda: _open(story))
    visitor.press(visitor.get("/settings"), "Hide private answers")
    return visitor, words


def _least(visitor: Visitor) -> str:
    """The lowest pay that was worked out, a figure that nobody typed."""
    part = next(one for one in _parts(visitor.get("/what-i-bring?private=yes")) if "The lowest pay I need" in one)
    found = re.search(r"\d[\d,.]{5,}", part)
    assert found, part
    return found[0]


def _parts(page: Page) -> list[str]:
    return [words_of(one) for one in page.all(".//section") if "brings__part" in one.get("class", "")]


def blocks_in(scope: str) -> set[str]:
    """The private blocks of an exercise or a module."""
    return {key for key in PRIVATE if exercise_of(key) == scope or exercise_of(key).startswith(f"{scope}.")}


def carried_into(scope: str) -> set[str]:
    """The private blocks of which a draft stands in the answers of a module, exercise or block, with its mark."""
    blocks = [block for block in CARRIED if block == scope or block.startswith(f"{scope}.")]
    scopes = [one for block in blocks for row in CARRIED[block] for one in row["from"]]
    return {key for scope in scopes for key in blocks_in(scope)}


def what_its_history_may_tell(block: str) -> Hashable:
    """The kind of a block, whether it is private, and which private ones are carried into it."""
    return BLOCKS[block], block in PRIVATE, frozenset(carried_into(block))


def test_every_private_block_has_its_canary(tree: Tree) -> None:
    assert set(tree.words.values()) == PRIVATE
    assert ("Show private answers" in tree.get("/settings").words) == tree.is_hidden


def test_nothing_private_is_on_pages_for_everything(tree: Tree) -> None:
    for path in NEVER:
        assert tree.told_in(tree.get(path).html) == set(), path


@pytest.mark.parametrize("exercise", EXERCISES)
def test_on_the_page_of_an_exercise_only_its_own_are_seen(tree: Tree, exercise: str) -> None:
    page = tree.get(f"/workbook/{exercise}")
    own = set() if tree.is_hidden else blocks_in(exercise)
    assert tree.told_in(unopened(page)) - _skills_on(page) == own
    assert tree.told_in(inside_closed(page)) <= blocks_in(exercise) | _recalled_in(exercise)


def _skills_on(page: Page) -> set[str]:
    """A skill is one among the others in the list that is rated, whoever named it; who saw it in one stays private."""
    kinds = {BLOCKS.get(section.get("data-block", "")) for section in page.all(".//section[@data-block]")}
    return {key for key in PRIVATE if BLOCKS[key] == "skill-tagger"} if "skill-rater" in kinds else set()


def _recalled_in(exercise: str) -> set[str]:
    """The private blocks that a connection brings here."""
    scopes = [one for row in CONNECTIONS.values() if row["to"] == exercise for one in row["from"]]
    return {key for scope in scopes for key in blocks_in(scope)}


def test_what_others_wrote_is_recalled_folded(tree: Tree) -> None:
    page = tree.get("/workbook/1.4.5")
    assert tree.told_in(inside_closed(page)) >= {"1.4.2.groups"}
    assert "1.4.2.groups" in tree.told_in(_under_locks(page)), "nothing says that it is private"
    assert "1.1.9.skills" in tree.told_in(inside_closed(tree.get("/workbook/1.3.4")))


def _under_locks(page: Page) -> str:
    """What is recalled in folds that say *private*."""
    folds = [one for recall in page.all(".//div[@class='recall']") for one in recall.iter("details")]
    return "\n".join("".join(one.itertext()) for one in folds if "private" in words_of(next(one.iter("summary"))))


@pytest.mark.parametrize("path", SUMMARIES)
@pytest.mark.parametrize("asked", ["", "?private=yes"])
def test_in_what_was_made_they_are_folded_while_hidden_and_on_paper_only_when_ticked(
    tree: Tree, path: str, asked: str
) -> None:
    module = path.rsplit("/", 1)[1]
    page, own = tree.get(path + asked), blocks_in(module) | carried_into(module)
    assert tree.told_in(page.html) <= own
    assert not (tree.is_hidden and tree.told_in(unopened(page)))
    printed = tree.told_in("\n".join(_on_paper(page.root)))
    assert (blocks_in(module) <= printed and bool(own) == bool(printed)) if asked else not printed


def _on_paper(element: Element) -> Iterator[str]:
    """What is printed: folds are opened then, and what is marked for the screen alone is left out."""
    if {"unprinted", "on-screen"} & set(element.get("class", "").split()):
        return
    yield element.text or ""
    for child in element:
        yield from _on_paper(child)
        yield child.tail or ""


def test_what_i_bring_has_pay_only_when_it_is_ticked(tree: Tree) -> None:
    assert tree.told_in(tree.get("/what-i-bring?private=yes").html) >= {BUDGET, TERMS}


@pytest.mark.parametrize("block", of_each_sort((key, {what_its_history_may_tell(key)}) for key in BLOCKS))
def test_a_history_has_its_own_words_and_is_folded_while_hidden(tree: Tree, block: str) -> None:
    page = tree.visitor.get(f"/workbook/{exercise_of(block)}/{block}/history")
    assert page.status in (200, 404)
    own = blocks_in(exercise_of(block)) if block in PRIVATE else set()
    assert tree.told_in(page.html) <= own | carried_into(block)
    assert tree.told_in(unopened(page)) <= (set() if tree.is_hidden else own)
