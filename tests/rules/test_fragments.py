"""Every answer to htmx stands alone: its part, what it changes around it, and nothing of the page's frame."""

from collections.abc import Mapping

import html5lib
import pytest

from tests.page import Page, words_of
from tests.rules.opened_once import opened_once
from tests.rules.seeded import BLOCKS, ONE_OF_EACH_KIND, exercise_of, exercises_of_each, kind_of, what_it_teaches
from tests.rules.strict_html import fragment_faults
from tests.rules.touching import buttons_of, is_pressed_only, touched
from tests.visitor import PARTIAL, Visitor

FRAME = ("<!doctype", "<html", "<head", "<body", "<main", "<nav")
FIELDS = ("input", "textarea", "select", "button")


def send(visitor: Visitor, block: str, fields: Mapping[str, object]) -> Page:
    """Posts a whole form for one block, as htmx does."""
    return Page(visitor.client.post(f"/workbook/{exercise_of(block)}/{block}", data=fields, headers=PARTIAL))


def alone(page: Page, code: int) -> Page:
    """The fragment, if it has this status and is sound by itself."""
    assert page.status == code, page.words[:400]
    assert fragment_faults(page.html) == []
    assert not [tag for tag in FRAME if tag in page.html.lower()]
    return page


def anchor(block: str) -> str:
    return "b-" + block.replace(".", "-")


def main_part(page: Page) -> html5lib.treebuilders.base.Node:
    """The first element of the answer: the one that is not placed out of band."""
    fragment = html5lib.parseFragment(page.html, namespaceHTMLElements=False)
    inside = [one for one in fragment if one.get("data-hx-swap-oob") is None]
    assert len(inside) == 1, f"{len(inside)} parts that are not out of band"
    return inside[0]


def opened(visitor: Visitor, block: str) -> Page:
    path = f"/workbook/{exercise_of(block)}"
    page = opened_once(visitor, path)
    if page.has(".//form[@id='exercise']"):
        return page
    visitor.press(page, "Skip everything before this")
    return visitor.open(path)


@pytest.mark.parametrize("block", ONE_OF_EACH_KIND)
def test_an_autosave_answers_with_words_and_never_with_a_field(filled: Visitor, block: str) -> None:
    before = opened(filled, block)
    if is_pressed_only(before, block):
        return
    sent = touched(before, block, "Typed")
    page = alone(send(filled, block, {**sent, "autosave": "1"}), 200)
    status = main_part(page)
    assert status.get("id") == f"{anchor(block)}-status"
    assert "Saved" in words_of(status)
    assert page.by_id("progress").get("data-hx-swap-oob") is not None
    assert not [one for tag in ("input", "textarea", "select") for one in status.iter(tag)]


@pytest.mark.parametrize("exercise", exercises_of_each(what_it_teaches))
def test_an_untouched_autosave_writes_nothing(filled: Visitor, exercise: str) -> None:
    blocks = [key for key in BLOCKS if exercise_of(key) == exercise]
    form = opened(filled, blocks[0]).form()
    for block in blocks:
        assert send(filled, block, {**form, "autosave": "1"}).status == 200
    after = opened(filled, blocks[0]).form()
    assert [after[f"{block}:base"] for block in blocks] == [form[f"{block}:base"] for block in blocks]


@pytest.mark.parametrize("block", ONE_OF_EACH_KIND)
def test_every_button_of_a_block_answers_with_the_block(filled: Visitor, block: str) -> None:
    page = opened(filled, block)
    verbs = {one.get("value", "").split("|")[1]: one.get("value", "") for one in buttons_of(page, block)}
    for n, value in enumerate(verbs.values()):
        fresh = opened(filled, block) if n else page
        answer = send(filled, block, {**fresh.form(), "do": value})
        assert answer.status in (200, 422), f"{value}: {answer.status} {answer.words[:200]}"
        section = main_part(alone(answer, answer.status))
        assert (section.tag, section.get("id"), section.get("data-block")) == ("section", anchor(block), block)
        assert answer.has(f".//*[@id='{anchor(block)}-status']")
        assert any(answer.has(f".//*[@id='{anchor(block)}-{part}']") for part in ("body", "rest"))
        assert answer.by_id("progress").get("data-hx-swap-oob") is not None


@pytest.mark.parametrize("exercise", exercises_of_each(kind_of))
def test_saving_what_is_open_answers_422_with_the_block(person: Visitor, exercise: str) -> None:
    blocks = [key for key in BLOCKS if exercise_of(key) == exercise]
    empty = opened(person, blocks[0])
    for block in [key for key in blocks if _is_needed(empty, key)]:
        page = alone(send(person, block, {**opened(person, block).form(), "do": f"{block}|save"}), 422)
        section = main_part(page)
        assert section.get("id") == anchor(block)
        assert "Error:" in words_of(section)


def _is_needed(page: Page, block: str) -> bool:
    """Whether the book waits for this block: what is required and unanswered."""
    from dreamtree.content import book

    known = book().block(block)
    return bool(known and known.is_required and page.form()[f"{block}:base"] == ["0"] and block != "1.1.1.brings")


def test_a_text_that_cannot_be_stored_comes_back_whole(person: Visitor) -> None:
    long = "A line that goes on. " * 600
    form = person.get("/workbook/1.1.1").form()
    name = next(one for one in form if one.startswith("1.1.1.thanks:value"))
    page = alone(send(person, "1.1.1.thanks", {**form, name: long, "do": "1.1.1.thanks|save"}), 422)
    assert page.by_id("b-1-1-1-thanks-value").text.strip() == long.strip()
    assert "Not saved" in words_of(page.by_id("b-1-1-1-thanks-status"))


def test_an_autosave_that_cannot_be_stored_says_so_in_the_status(person: Visitor) -> None:
    form = person.get("/workbook/1.1.1").form()
    name = next(one for one in form if one.startswith("1.1.1.thanks:value"))
    page = alone(send(person, "1.1.1.thanks", {**form, name: "x" * 10_001, "autosave": "1"}), 422)
    status = main_part(page)
    assert status.get("id") == "b-1-1-1-thanks-status"
    assert "1 character over" in words_of(status)
    assert "Saved" not in words_of(status)


def test_two_versions_come_with_both_texts_and_three_ways_out(person: Visitor) -> None:
    here, there = person.get("/workbook/1.1.1").form(), person.get("/workbook/1.1.1").form()
    name = "1.1.1.line:value"
    alone(send(person, "1.1.1.line", {**here, name: "From the first tab", "autosave": "1"}), 200)
    page = alone(send(person, "1.1.1.line", {**there, name: "From the second tab", "autosave": "1"}), 409)
    section = main_part(page)
    assert section.get("id") == "b-1-1-1-line"
    assert page.response.headers["HX-Retarget"] == "#b-1-1-1-line"
    assert "From the first tab" in words_of(section)
    assert "From the second tab" in words_of(section)
    verbs = [one.get("value", "").split("|")[1] for one in section.iter("button") if one.get("name") == "do"]
    assert verbs == ["mine", "theirs", "join"]


def test_a_session_that_is_gone_answers_401_into_the_dialog_and_hands_the_text_back(person: Visitor) -> None:
    form = person.get("/workbook/1.1.1").form()
    person.client.delete_cookie("tree")
    name = next(one for one in form if one.startswith("1.1.1.thanks:value"))
    page = alone(send(person, "1.1.1.thanks", {**form, name: "Words I would miss", "autosave": "1"}), 401)
    assert page.response.headers["HX-Retarget"] == "#signin"
    assert "Words I would miss" in page.words
    assert page.has(".//*[@id='signin-title']")


def test_a_token_that_is_gone_answers_400_with_a_fresh_one(person: Visitor) -> None:
    form = person.get("/workbook/1.1.1").form()
    sent = {**form, "1.1.1.line:value": "Sent once more", "csrf_token": "an old one", "autosave": "1"}
    page = alone(send(person, "1.1.1.line", sent), 400)
    assert page.response.headers["HX-Reswap"] == "none"
    assert page.by_id("csrf").get("data-hx-swap-oob") is not None
    fresh = page.one(".//*[@id='csrf']/input[@name='csrf_token']").get("value", "")
    alone(send(person, "1.1.1.line", {**sent, "csrf_token": fresh}), 200)
    assert "Sent once more" in person.get("/workbook/1.1.1").html


@pytest.mark.parametrize(("path", "code"), [("/nowhere", 404), ("/leave", 405), ("/workbook/9.9.9", 404)])
def test_an_error_goes_to_the_notice_where_it_covers_no_field(person: Visitor, path: str, code: int) -> None:
    page = alone(Page(person.client.get(path, headers=PARTIAL)), code)
    assert page.response.headers["HX-Retarget"] == "#notice"


def test_another_trees_page_hands_the_words_back_and_offers_the_way_in(person: Visitor, stranger: Visitor) -> None:
    form = person.get("/workbook/1.1.1").form() | {"person": stranger.get("/workbook/1.1.1").form()["person"]}
    page = alone(send(person, "1.1.1.line", {**form, "1.1.1.line:value": "Not theirs"}), 409)
    assert page.response.headers["HX-Retarget"] == "#signin"
    assert "Not theirs" in page.words
    assert "Sign in to your tree" in page.words


def test_a_save_refreshes_what_it_feeds_on_the_same_page_and_no_field(person: Visitor) -> None:
    """Answered targets get their recalls and status anew; only unanswered ones their first draft."""
    path, thanks = "/workbook/1.1.1", "1.1.1.thanks"
    form = person.open(path).form()
    name = next(one for one in form if one.startswith(f"{thanks}:value"))
    page = alone(send(person, thanks, {**form, name: "I explained the schedule to everybody", "autosave": "1"}), 200)
    fed = page.by_id("b-1-1-1-skills")
    assert fed.get("data-hx-swap-oob") is not None
    assert "Explaining" in words_of(fed)
