"""A newcomer without JavaScript walks the whole book, once writing and once setting everything aside."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.page import Page, words_of
from tests.rules.seeded import BLOCKS, EXERCISES, PARTS, exercise_of, exercises_of_each, kind_of
from tests.rules.touching import fields_of, section
from tests.visitor import Visitor, at_rest

MOST_QUESTIONS = 80


def blocks_of(exercise: str) -> list[str]:
    return [key for key in BLOCKS if exercise_of(key) == exercise]


def answer_the_questions(visitor: Visitor, page: Page) -> Page:
    """Presses the first answer of whatever a ranking still asks, until it asks no more."""
    for _ in range(MOST_QUESTIONS):
        asked = [one for one in page.buttons() if one.split("|")[1:2] in (["next"], ["over"], ["in"])]
        if not asked:
            return page
        page = visitor.send(page, asked[0])
    raise AssertionError("the ranking never ends")


def sort_the_cards(visitor: Visitor, path: str, block: str) -> Page:
    """Ten cards stay and the others go, page by page; then they are there to be put in order."""
    page, left = visitor.open(path), 10
    while True:
        names = [name for name in page.form() if name.startswith(f"{block}:rows-") and name.endswith("-key")]
        piles = [name.removesuffix("key") + "pile" for name in names]
        fields = {name: ["stays" if n < left else "not-now"] for n, name in enumerate(piles)}
        turns = [one for one in page.buttons() if one.startswith(f"{block}|page|") and int(one.split("|")[2]) > 1]
        forward = next((one for one in turns if "ext" in words_of_button(page, one)), f"{block}|step|on")
        page, left = visitor.send(page, forward, fields), max(0, left - len(piles))
        if forward.endswith("|on"):
            return page


def words_of_button(page: Page, value: str) -> str:
    return next(words_of(one) for one in page.all(".//button") if one.get("value") == value)


def blanks(page: Page, fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """`fields` under the names of this page: a text's name carries the revision it stands on."""
    named = {name.split("~")[0]: name for name in page.form()}
    return {named.get(name, name): values for name, values in fields.items()}


def with_first_word(page: Page, theirs: Page, block: str) -> dict[str, list[str]]:
    """The fields of a block on their page; a first word that is not offered here is typed."""
    fields, name = fields_of(theirs, block), f"{block}:root_key"
    offered = {one.get("value", "") for one in page.all(f".//input[@name='{name}']")}
    if not set(fields.get(name, ())) <= offered | {""}:
        path = f"input[@name='{name}'][@checked]"
        (chosen,) = (one for one in theirs.all(".//label") if one.find(path) is not None)
        fields |= {name: [""], f"{block}:root": [words_of(chosen)]}
    return fields


def write_like(newcomer: Visitor, sample: Visitor, page: Page) -> Page:
    """Answers every block of the page as the sample person did."""
    path = page.response.request.path
    theirs = sample.open(path)
    for block in blocks_of(path.rsplit("/", 1)[1]):
        if BLOCKS[block] == "value-cards":
            page = sort_the_cards(newcomer, path, block)
        for one in () if BLOCKS[block] == "value-cards" else opened_one_by_one(sample, theirs, block):
            page = newcomer.send(page, "save", blanks(page, with_first_word(page, one, block)))
        if BLOCKS[block] == "bucket-sort":
            page = newcomer.send(page, "save", the_rest_sorted(page, block))
        page = answer_the_questions(newcomer, page)
    return page


def the_rest_sorted(page: Page, block: str) -> dict[str, str]:
    """What the other one didn't have goes into the last bucket."""
    last: dict[str, str] = {}
    for one in section(page, block).iter("input"):
        if one.get("type") == "radio" and not page.form().get(one.get("name", "")):
            last[one.get("name", "")] = one.get("value", "")
    return last


def opened_one_by_one(visitor: Visitor, page: Page, block: str) -> Iterator[Page]:
    """The page, which has the fields of the first row that rests in a block; then one with those of each other row."""
    yield page
    shown = visitor.get(page.response.request.path)
    for row in at_rest(shown).get(block, [])[1:]:
        yield visitor.open(page.response.request.path, {block: row})


def onward(visitor: Visitor, page: Page) -> Page:
    """The page that the end of a module leads on to; any other page as it stands."""
    if not page.response.request.path.startswith("/workbook/modules/"):
        return page
    return visitor.get(page.one(".//section[@class='goon unprinted']//a").get("href", ""))


def test_writing_everything_leads_to_the_end(app: Flask, sample: Visitor) -> None:
    newcomer = Visitor(app.test_client())
    page = newcomer.start()
    for exercise in EXERCISES:
        path = f"/workbook/{exercise}"
        assert page.response.request.path == path
        assert page.has(".//form[@id='exercise']"), f"{exercise} is locked"
        page = onward(newcomer, newcomer.send(write_like(newcomer, sample, page), "go"))
        assert page.status == 200, page.words[:600]
    assert page.response.request.path == "/home"
    for part in PARTS.values():
        assert f"{len(part)} of {len(part)} done" in page.words
    assert "Needs another look" not in page.words


def test_setting_everything_aside_leads_to_the_end_too(person: Visitor) -> None:
    page = person.get(f"/workbook/{EXERCISES[0]}")
    for exercise in EXERCISES:
        assert page.response.request.path == f"/workbook/{exercise}"
        page = onward(person, person.press(page, "Skip for now"))
    assert page.response.request.path == "/home"
    assert "Skipped for now" in page.words
    for part in PARTS.values():
        assert f"{len(part)} skipped" in page.words


LOCKED = [one for one in exercises_of_each(kind_of) if one.values != (EXERCISES[0],)]


@pytest.mark.parametrize("exercise", LOCKED)
def test_a_locked_exercise_can_be_read_and_not_written(person: Visitor, exercise: str) -> None:
    page = person.get(f"/workbook/{exercise}")
    assert page.status == 200
    assert not page.has(".//form[@id='exercise']")
    assert not page.has(".//main//textarea")
    form = person.get(f"/workbook/{EXERCISES[0]}").form()
    for key in (one for one in BLOCKS if exercise_of(one) == exercise):
        sent = form | {f"{key}:base": "0", f"{key}:value": "Too early"}
        assert person.client.post(f"/workbook/{exercise}", data=sent).status_code == 403
        assert person.client.post(f"/workbook/{exercise}/{key}", data=sent).status_code == 403
        assert person.client.get(f"/workbook/{exercise}/{key}/history").status_code == 404


def test_setting_aside_up_to_here_opens_it_and_locks_nothing_behind(person: Visitor) -> None:
    last = EXERCISES[-1]
    page = person.press(person.get(f"/workbook/{last}"), "Skip everything before this")
    assert page.has(".//form[@id='exercise']")
    for exercise in EXERCISES:
        assert person.get(f"/workbook/{exercise}").has(".//form[@id='exercise']")


def test_emptying_an_early_answer_locks_nobody_out(person: Visitor) -> None:
    first = "/workbook/1.1.1"
    person.press(person.get(first), "Skip for now")
    page = person.save(first, fields={"1.1.1.when:value": []})
    assert page.status in (200, 422)
    assert person.get("/workbook/1.1.2").has(".//form[@id='exercise']")


def test_a_page_that_was_passed_stays_passed_when_an_answer_is_taken_back(app: Flask, sample: Visitor) -> None:
    newcomer = Visitor(app.test_client())
    page = newcomer.send(write_like(newcomer, sample, newcomer.start()), "go")
    assert page.response.request.path == f"/workbook/{EXERCISES[1]}"
    newcomer.save(f"/workbook/{EXERCISES[0]}", fields={"1.1.1.when:value": []})
    assert newcomer.get(f"/workbook/{EXERCISES[1]}").has(".//form[@id='exercise']")
