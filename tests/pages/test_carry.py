"""A page whose session ended: its words come back, and a new tree can begin with them."""

from flask.testing import FlaskClient

from tests.page import Page
from tests.visitor import PARTIAL, Visitor

WORDS = "I carried the piano down four floors"


def ended_while_writing(person: Visitor) -> Page:
    """Types into the first exercise, with the session gone in the meantime, and presses Save."""
    page = person.get("/workbook/1.1.1")
    fields = dict(page.form().items())
    name = next(one for one in fields if one.startswith("1.1.1.thanks:value"))
    person.client.delete_cookie("tree")
    return Page(person.client.post("/workbook/1.1.1", data=fields | {name: [WORDS], "do": ["save"]}))


def test_without_a_session_the_words_come_back(person: Visitor) -> None:
    page = ended_while_writing(person)
    assert page.status == 401
    assert WORDS in page.words


def test_a_new_tree_begins_with_them(person: Visitor) -> None:
    page = person.press(ended_while_writing(person), "Start on my own device")
    assert page.response.request.path == "/workbook/1.1.1"
    assert WORDS in page.html
    assert WORDS in person.get("/workbook/1.1.1").html


def test_a_later_page_is_opened_for_them(person: Visitor) -> None:
    person.press(person.get("/workbook/1.1.4"), "Skip everything before this")
    page = person.get("/workbook/1.1.4")
    fields = page.form()
    name = next(one for one in fields if one.startswith("1.1.4.story-1:action"))
    person.client.delete_cookie("tree")
    posted = Page(person.client.post("/workbook/1.1.4", data=fields | {name: [WORDS], "do": ["save"]}))
    begun = person.press(posted, "Start on a shared device")
    assert begun.response.request.path == "/workbook/1.1.4"
    assert WORDS in begun.html


def test_htmx_gets_a_dialog_that_posts_the_whole_page(person: Visitor) -> None:
    fields = person.get("/workbook/1.1.1").form()
    person.client.delete_cookie("tree")
    answer = Page(person.client.post("/workbook/1.1.1/1.1.1.thanks", data=fields, headers=PARTIAL))
    assert answer.status == 401
    button = answer.one(".//button[@formaction='/start']")
    assert button.get("form") == "exercise"


def test_a_form_of_nowhere_begins_nothing(client: FlaskClient) -> None:
    visitor = Visitor(client)
    page = visitor.get("/")
    fields = page.form(".//form[@id='start']") | {"9.9.9.nothing:base": ["0"], "device": ["own"]}
    assert client.post("/start", data=fields).status_code == 422


def test_a_page_of_another_tree_is_not_saved_and_its_words_come_back(person: Visitor, stranger: Visitor) -> None:
    fields = person.get("/workbook/1.1.1").form()
    name = next(one for one in fields if one.startswith("1.1.1.thanks:value"))
    own = stranger.get("/workbook/1.1.1").form()["csrf_token"]
    sent = fields | {name: [WORDS], "csrf_token": own, "do": ["save"]}
    page = Page(stranger.client.post("/workbook/1.1.1", data=sent))
    assert (page.status, WORDS in page.words) == (409, True)
    assert "another tree" in page.words
    assert WORDS not in stranger.get("/workbook/1.1.1").html
    fragment = Page(stranger.client.post("/workbook/1.1.1/1.1.1.thanks", data=sent, headers=PARTIAL))
    assert (fragment.status, "another tree" in fragment.words) == (409, True)
