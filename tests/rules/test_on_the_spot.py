"""Whatever an answer earns stands on the page with the save that earned it: nothing waits for a reload."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

import pytest

from dreamtree.tools import all_tools
from tests.page import Page, parsed, words_of
from tests.rules.opened_once import opened_once
from tests.rules.recipes import write
from tests.rules.seeded import BLOCKS, ONE_OF_EACH_KIND, exercise_of
from tests.rules.touching import section, touched
from tests.visitor import PARTIAL, Visitor

TEMPLATES = Path(__file__).parents[2] / "templates"
FIELDS = {"input", "select", "textarea", "label", "legend", "button"}
BUDGET = next(key for key, kind in BLOCKS.items() if kind == "budget-calculator")
APART = {"result", "brought-here", "status", "example", "recalls", "pager"}
"""Parts that come anew with a save, where one stands among rows asked one at a time, and examples."""


def results_in(element: Element) -> dict[str, str]:
    """What was earned: the id of its region → its words and pictures."""
    regions = (one for one in element.iter() if "result" in one.get("class", "").split())
    return {one.get("id", ""): _inside(one) for one in regions}


def _inside(region: Element) -> str:
    return "".join(tostring(child, encoding="unicode").strip() for child in region)


def words_beside(element: Element) -> str:
    """The words of a block that are neither fields, nor rows, nor come with a save."""
    return " ".join(" ".join(_beside(element)).split())


def _beside(element: Element) -> Iterator[str]:
    is_apart = APART & set(element.get("class", "").split()) or element.tag in FIELDS or element.get("data-row")
    if not is_apart:
        yield element.text or ""
        for child in element:
            yield from _beside(child)
    yield element.tail or ""


def opened(visitor: Visitor, block: str) -> Page:
    """The page of a block, with its form."""
    path = f"/workbook/{exercise_of(block)}"
    page = opened_once(visitor, path)
    if page.has(".//form[@id='exercise']"):
        return page
    visitor.press(visitor.get(path), "Skip everything before this")
    return visitor.open(path)


@pytest.fixture(params=["filled", "person"])
def visitor(request: pytest.FixtureRequest, planted: object) -> Visitor:
    """In a full tree and in an empty one."""
    found: Visitor = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("block", ONE_OF_EACH_KIND)
def test_what_is_earned_comes_with_the_save_that_earned_it(visitor: Visitor, block: str) -> None:
    before = opened(visitor, block)
    sent = touched(before, block, "Another word")
    is_typed = "do" not in sent
    path = f"/workbook/{exercise_of(block)}/{block}"
    saved = visitor.client.post(path, data={**sent, "autosave": ["1"]} if is_typed else sent, headers=PARTIAL)
    assert saved.status_code == 200, saved.get_data(as_text=True)[:500]
    came, after = results_in(Page(saved).root), opened(visitor, block)
    assert results_in(section(after, block)).items() <= came.items()
    assert results_in(after.root).items() - results_in(before.root).items() <= came.items()
    if is_typed and not is_begun(before, after, block):
        assert words_beside(section(after, block)) == words_beside(section(before, block))


def test_the_what_if_follows_the_names_and_amounts_of_its_lines(person: Visitor) -> None:
    path, page = f"/workbook/{exercise_of(BUDGET)}", opened(person, BUDGET)
    person.client.post(path, data={**page.form(), "do": f"{BUDGET}|add|out"})
    page = opened(person, BUDGET)
    last = max(int(name.split("-")[1]) for name in page.form() if name.startswith(f"{BUDGET}:out-"))
    typed = {"currency": "USD", f"out-{last}-name": "Cello lessons", f"out-{last}-amount": "80", "out-0-amount": "680"}
    sent = {**page.form(), **{f"{BUDGET}:{name}": [value] for name, value in typed.items()}, "autosave": ["1"]}
    saved = Page(person.client.post(f"{path}/{BUDGET}", data=sent, headers=PARTIAL))
    assert not [one for one in saved.root.iter() if one.get("name", "").startswith(f"{BUDGET}:")]
    rows = [words_of(row) for row in opened(person, BUDGET).one(".//table[@class='table whatif']/tbody")]
    assert [row for row in rows if "$" in row] == [
        "Rent or housing $680 a month What if, for Rent or housing",
        "Cello lessons $80 a month What if, for Cello lessons",
    ]
    for words in ("Rent or housing", "$680 a month", "Cello lessons", "$80 a month"):
        assert f">{words}</span>" in saved.html
    for summary in opened(person, BUDGET).all(".//summary"):
        parts = (one for one in summary.iter() if "result" in one.get("class", "").split())
        assert [words_of(one) for one in parts if words_of(one) not in saved.words] == []


def is_begun(before: Page, after: Page, block: str) -> bool:
    """Whether a practice began with this save: its fields are others then."""
    pressed = [
        [one.get("value", "").split("|")[1:2] for one in section(page, block).iter("button")]
        for page in (before, after)
    ]
    return (["begin"] in pressed[0]) != (["begin"] in pressed[1])


def test_a_tool_with_results_has_a_template_for_them() -> None:
    named = {one.results_template for one in all_tools().values() if one.has_results}
    assert named == {f"tools/results/{one.name}" for one in (TEMPLATES / "tools" / "results").glob("*.html")}


def test_words_are_read_without_fields_rows_and_results() -> None:
    element = parsed(
        "<div>Said <ul><li data-row='a'>row</li></ul><div class='result' id='r'><b>3</b></div>"
        "<label>A <input></label> here</div>"
    )
    assert words_beside(element) == "Said here"
    assert words_of(element).startswith("Said row")
    assert list(results_in(element)) == ["r"]


def test_a_story_that_begins_a_list_stands_whole_in_its_line(person: Visitor) -> None:
    """A field of one line shows its beginning only, and nobody would know that there is more."""
    story = "I took the door off the walk-in, put the gasket back in with a hair dryer, and we lost nothing that night."
    write(person, "1.1.1.thanks", {"value": story})
    page = person.press(person.get("/workbook/1.1.2"), "Skip everything before this")
    field = page.one(".//textarea[@name='1.1.2.experiences:rows-0-tasks-0-text']")
    assert (field.text or "").strip() == story
    assert int(field.get("rows", "1")) > 2
