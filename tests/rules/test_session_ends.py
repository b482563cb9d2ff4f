"""However a session ends under an open page, and whatever is sent from it then: the words come back, and a way on.

The words of an exercise stand on the answer, each labelled by its question. No answer is a dead end.
"""

from collections.abc import Callable

import pytest
from flask import Flask

from dreamtree import db
from dreamtree.accounts.models import Session, User
from dreamtree.content import book
from tests.page import Page, words_of
from tests.rules.strict_html import faults, fragment_faults
from tests.signing import NAME, PASSWORD, another_browser, claim
from tests.visitor import PARTIAL, Visitor

FIRST, LINE = "/workbook/1.1.1", "1.1.1.line"
TYPED = "我想换工作因为我累了"
OTHER_FORMS = {
    "/account/password": {"password": PASSWORD, "new": "another one of three words"},
    "/account/claim": {"name": NAME, "password": "a secret of three words"},
    "/settings": {"font": "serif"},
    "/data/restore": {},
}
NAVIGATION = {"/", "/home", "/credits", "/data/format"}


def lose_the_cookie(person: Visitor) -> None:
    person.client.delete_cookie("tree")


def lose_all_cookies(person: Visitor) -> None:
    lose_the_cookie(person)
    person.client.delete_cookie("csrf")


def expire(_: Visitor) -> None:
    Session.delete().execute()


def begin_another_tree(person: Visitor) -> None:
    lose_the_cookie(person)
    person.start()


def sign_in_as_another(person: Visitor) -> None:
    other = Visitor(person.client.application.test_client())
    other.start()
    claim(other, "tom")
    person.client.set_cookie("tree", other.client.get_cookie("tree").value)  # type: ignore[union-attr]


def erase_in_another_tab(person: Visitor) -> None:
    form = person.get("/data/erase").form(".//form[@action='/data/erase']")
    assert person.client.post("/data/erase", data={**form, "word": "erase", "password": PASSWORD}).status_code in (
        200,
        303,
    )
    assert not User.select().exists()


def begin_a_new_database(_: Visitor) -> None:
    db.saving(User.delete().execute)


ENDINGS = (
    lose_the_cookie,
    lose_all_cookies,
    expire,
    begin_another_tree,
    sign_in_as_another,
    erase_in_another_tab,
    begin_a_new_database,
)


def open_pages(person: Visitor) -> tuple[dict[str, list[str]], dict[str, str]]:
    """What the exercise would post, with words in it; and a token."""
    sent = {**person.get(FIRST).form(), f"{LINE}:value": [TYPED]}
    return sent, {"csrf_token": sent["csrf_token"][0]}


def sent_by_htmx(person: Visitor, address: str, sent: dict[str, list[str]]) -> Page:
    """As the script sends it: once more with the fresh token where the first was refused."""
    page = Page(person.client.post(address, data=sent, headers=PARTIAL))
    if page.status == 400 and page.has(".//input[@name='csrf_token']"):
        sent = {**sent, "csrf_token": [page.one(".//input[@name='csrf_token']").get("value", "")]}
        page = Page(person.client.post(address, data=sent, headers=PARTIAL))
    return page


def assert_words_and_a_way(page: Page) -> None:
    question = book().block(LINE)
    assert question is not None
    labels = {one.get("for"): words_of(one) for one in page.all(".//label[@for]")}
    kept = {one.text: one.get("aria-label") or labels[one.get("id")] for one in page.all(".//textarea[@readonly]")}
    assert kept[TYPED].startswith(" ".join(question.label.split()))
    assert leads_on(page), page.html


def leads_on(page: Page) -> bool:
    """Whether the page has a form or a link that goes on from here, and not only the way home that all pages have."""
    doors = {"/sign-in", "/start", "/account/words"}
    posts = {one.get("action") for one in page.all(".//form")} | {
        one.get("formaction") for one in page.all(".//button")
    }
    links = {one.get("href") for one in page.all(".//main//a")} - NAVIGATION
    return bool(posts & doors or links)


@pytest.mark.parametrize("has_account", [True, False], ids=["account", "no account"])
@pytest.mark.parametrize("end", ENDINGS)
def test_whatever_is_sent_then_is_answered_with_the_words_and_a_way_on(
    person: Visitor, end: Callable[[Visitor], None], has_account: bool
) -> None:
    if has_account:
        claim(person)
    sent, token = open_pages(person)
    end(person)
    for extra in ({"autosave": "1"}, {"do": f"{LINE}|save|"}):
        page = sent_by_htmx(person, f"{FIRST}/{LINE}", {**sent, **extra})
        assert page.status in (401, 409), extra
        assert fragment_faults(page.html) == []
        assert_words_and_a_way(page)
    for do in ("save", "go"):
        page = Page(person.client.post(FIRST, data={**sent, "do": do}))
        assert page.status in (401, 409), do
        assert faults(page.html) == []
        assert_words_and_a_way(page)
    for address, fields in OTHER_FORMS.items():
        referrer = {"Referer": f"http://localhost{address}"}
        page = Page(person.client.post(address, data={**token, **fields}, headers=referrer, follow_redirects=True))
        assert faults(page.html) == [], address
        is_same_form = page.has(f".//main//form[@action='{address}']")
        assert page.status == 200 or is_same_form or leads_on(page), (address, page.status)
        assert "three words" not in page.html


def test_the_words_are_kept_as_a_file_without_a_script_and_nowhere_else(person: Visitor) -> None:
    sent, _ = open_pages(person)
    lose_all_cookies(person)
    page = Page(person.client.post(FIRST, data={**sent, "1.1.1.thanks:value": "Two\r\nlines"}))
    answer = person.press(page, "Save these words as a file")
    assert answer.response.headers["Content-Disposition"] == 'attachment; filename="my-words.txt"'
    assert answer.response.mimetype == "text/plain"
    question = book().block(LINE)
    assert question is not None
    assert f"{question.label}\n{TYPED}\n" in answer.html
    assert "Two\nlines" in answer.html.replace("\r\n", "\n")
    assert page.status == 401


def test_a_claim_from_a_second_tab_says_that_the_account_is_made_and_offers_new_words(
    person: Visitor, app: Flask
) -> None:
    form = person.get("/account/claim?next=/workbook/1.1.1").form(".//form[@data-once]")
    claim(person)
    sent = {**form, "name": NAME, "password": PASSWORD}
    page = Page(person.client.post("/account/claim?next=/workbook/1.1.1", data=sent))
    assert page.status == 409
    assert faults(page.html) == []
    assert "You made it in another tab" in page.words
    assert "/workbook/1.1.1" in [one.get("href") for one in page.all(".//main//a")]
    words = person.press(page, "Show me new words", {"password": PASSWORD})
    assert len(words.all(".//ol[@class='twelve']/li")) == 12
    another_browser(app)
