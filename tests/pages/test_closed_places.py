"""Places that are finished stand as a line each; one is open at a time, and nothing of the others is lost."""

from tests.page import Page
from tests.visitor import Visitor

PATH, PLACES = "/workbook/1.1.2", "1.1.2.experiences"


def open_rows(page: Page) -> list[str]:
    return [one.rpartition("|")[2] for one in page.buttons() if one.startswith(f"{PLACES}|add-task|")]


def pressed(visitor: Visitor, verb: str, **typed: str) -> Page:
    """The page after a button without a script, with fields typed into before."""
    page = visitor.get(PATH)
    button = next(one for one in page.buttons() if one.startswith(f"{PLACES}|{verb}"))
    sent = page.form() | {f"{PLACES}:{name.replace('_', '-')}": value for name, value in typed.items()}
    return Page(visitor.client.post(PATH, data=sent | {"do": button}, follow_redirects=True))


def test_edit_opens_one_place_and_saving_closes_it(filled: Visitor) -> None:
    before = filled.get(PATH).form()
    assert open_rows(filled.get(PATH)) == []
    page = pressed(filled, "change|")
    assert open_rows(page) == [before[f"{PLACES}:rows-0-key"][0]]
    sent = page.form() | {f"{PLACES}:rows-0-title": "Night nurse", "do": "save"}
    after = Page(filled.client.post(PATH, data=sent, follow_redirects=True))
    assert open_rows(after) == []
    said = {name: value for name, value in after.form().items() if name.startswith(f"{PLACES}:rows-")}
    assert said == {name: value for name, value in before.items() if name in said} | {
        f"{PLACES}:rows-0-title": ["Night nurse"]
    }


def test_a_line_added_to_an_open_place_leaves_it_open(filled: Visitor) -> None:
    opened = pressed(filled, "change|")
    (key,) = open_rows(opened)
    sent = opened.form() | {"do": f"{PLACES}|add-task|{key}"}
    assert open_rows(Page(filled.client.post(PATH, data=sent, follow_redirects=True))) == [key]


def test_a_new_place_is_the_open_one(filled: Visitor) -> None:
    before = filled.get(PATH).form()
    page = pressed(filled, "add|rows")
    (fresh,) = open_rows(page)
    assert fresh not in [value for values in before.values() for value in values]


def test_two_places_let_one_go_on(person: Visitor) -> None:
    page = person.open(PATH)
    page = page if page.has(".//form[@id='exercise']") else person.press(page, "Skip everything before this")
    said = {"title": "Nurse", "tasks-0-text": "Calmed people"}
    person.save(PATH, fields={f"{PLACES}:rows-0-{name}": value for name, value in said.items()})
    told = person.save(PATH, do="go")
    assert "Add at least two places, and one thing you did at each." in told.words
