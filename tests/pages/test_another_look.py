"""A story: the order of what one loves changes after the musts were sorted; what used it asks, and nothing moves."""

from dataclasses import dataclass

import pytest
from flask import Flask

from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.accounts.sessions import SAMPLE
from dreamtree.answers import built_on, responses
from dreamtree.answers.stored import StoredAnswer
from dreamtree.content import book
from tests.page import words_of
from tests.rules.touching import buttons_of, section
from tests.rules.unopened import inside_closed, unopened
from tests.visitor import Visitor

LOVED, SORT = "1.4.5.values", "2.2.2.sort"
PAGE = "/workbook/2.2.2"
TOP = ("Freedom", "Curiosity", "Being yourself", "Honesty", "Friendship")
TAKEN_OUT, KEPT = ("Curiosity", "Being yourself", "Friendship"), ("Freedom", "Honesty")
LOOK = "Needs another look"


@dataclass(frozen=True)
class Tree:
    """Somebody who has come to the end of the book, with a browser."""

    visitor: Visitor
    user: User

    def answers(self) -> dict[str, StoredAnswer]:
        return responses.answers_of(self.user, [block.key for block in book().blocks])

    def sorted(self) -> dict[str, str]:
        """Words → bucket, as it is stored."""
        return {row["text"]: row["bucket"] for row in self.answers()[SORT].answer["rows"]}

    def flagged(self) -> frozenset[str]:
        return built_on.stale_keys(self.user)

    def settle(self, verb: str, words: str) -> None:
        """Presses the button that settles one line of the question."""
        page = self.visitor.open(PAGE)
        [value] = {
            one.get("value", "")
            for one in buttons_of(page, SORT)
            if f"|{verb}|" in one.get("value", "") and words in words_of(one)
        }
        assert self.visitor.send(page, value).status in (200, 422)

    def put_others_first(self) -> None:
        """Those that stood below the first five go to the top, one after another."""
        whole = self.answers()[LOVED].answer
        words = {row["key"]: row["text"] for row in whole["rows"]}
        assert tuple(words[key] for key in whole["order"][: len(TOP)]) == TOP
        for key in whole["order"][len(TOP) : 2 * len(TOP)]:
            self.visitor.save("/workbook/1.4.5", f"{LOVED}|top|{key}")


@pytest.fixture
def lin(app: Flask) -> Tree:
    visitor = Visitor(app.test_client())
    landing = visitor.get("/")
    form = next(one for one in landing.all(".//form") if one.get("action") == "/sample")
    token = next(one.get("value", "") for one in form.iter("input") if one.get("name") == "csrf_token")
    visitor.client.post("/sample", data={"csrf_token": token, "who": "lin"})
    cookie = visitor.client.get_cookie(SAMPLE)
    assert cookie is not None
    here = people.authenticate(*cookie.value.split(".", 1))
    assert here is not None
    return Tree(visitor, here.user)


def test_another_order_of_what_one_loves_asks_about_what_used_it_and_leaves_the_rest(lin: Tree) -> None:
    assert lin.flagged() == frozenset()
    before, sorted_before = lin.answers(), lin.sorted()
    assert set(TOP) <= set(sorted_before)

    lin.put_others_first()

    assert lin.flagged() == {SORT}, "exactly the blocks that used them"
    part = section(lin.visitor.open(PAGE), SORT)
    assert LOOK in words_of(part)
    assert all(f"{words} isn’t in What I love anymore" in words_of(part) for words in TOP)
    home, contents = lin.visitor.get("/home").words, lin.visitor.get("/workbook")
    assert LOOK in home
    assert "Non-negotiables" in home[home.index(LOOK) :]
    [marked] = [
        one
        for one in contents.all(".//li")
        if "needs another look" in words_of(one).lower() and not one.findall(".//li")
    ]
    assert "Non-negotiables" in words_of(marked)
    assert lin.sorted() == sorted_before, "nobody touched the answer"

    for words in TAKEN_OUT:
        lin.settle("accept", words)
    for words in KEPT:
        lin.settle("keep-mine", words)

    assert lin.flagged() == frozenset()
    assert LOOK not in words_of(section(lin.visitor.open(PAGE), SORT))
    left = {words: bucket for words, bucket in sorted_before.items() if words not in TAKEN_OUT}
    assert lin.sorted() == left, "three went, two stayed where they were sorted"
    after = lin.answers()
    touched = {key for key in before if after[key] != before[key]}
    assert touched == {LOVED, SORT}, "the rest of the answers"
    history = lin.visitor.get(f"{PAGE}/{SORT}/history")
    assert "Curiosity (Half a day a week on a question no one has asked yet)" in history.words


def test_a_private_must_stays_folded_in_what_asks_about_it(lin: Tree) -> None:
    """New terms, and one that went: the question is there, and its words aren't seen until they're opened."""
    terms = "1.2.5.terms"
    lin.visitor.save("/workbook/1.2.5", fields={f"{terms}:rows-0-fields-firmness": "change"})
    assert SORT in lin.flagged()
    page = lin.visitor.open(PAGE)
    words = "I'm blind. I work with a screen reader"
    assert LOOK in words_of(section(page, SORT))
    assert words in inside_closed(page)
    assert words not in unopened(page)
    lin.settle("accept", words)
    assert not any(row.startswith(words) for row in lin.sorted())
