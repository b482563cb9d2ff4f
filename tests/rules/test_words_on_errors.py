"""Whatever the answer is, the words that were sent are on it, each under its question; none of them is in the log."""

import logging
import re
from collections.abc import Callable

import pytest
from flask import Flask, abort
from peewee import OperationalError
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import Session, User
from dreamtree.content import book
from dreamtree.web import handing_back
from dreamtree.workbook import views
from tests.page import Page, words_of
from tests.rules.seeded import ONE_OF_EACH_KIND, exercise_of
from tests.rules.strict_html import faults
from tests.signing import NAME, OWN, PASSWORD, claim
from tests.visitor import PARTIAL, Visitor

FIRST, LINE = "/workbook/1.1.1", "1.1.1.line:value"
PROSE = (
    "我想换工作因为我累了",
    "ฉันเหนื่อยมากและอยากเปลี่ยนงาน",
    "考えすぎて、もう眠れない。",
    "אני רוצה לעבוד פחות.",
    "أريد عملاً أهدأ",
    "Я устала",
    "Ich kündige <b>morgen</b> & schlafe",
    "tired",
)
"""Words of several languages: some have no spaces, some are one word, some look like a page's own signs."""
BUSY = OperationalError("database is locked")


@pytest.fixture(autouse=True)
def _as_in_production(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash is answered with a page."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


FORCED = {"400": 400, "403": 403, "404": 404, "409": 409, "422": 422, "429": 429, "500": KeyError("x"), "503": BUSY}


def failing(answer: object) -> Callable[..., object]:
    """A step of the save that ends in this code or error."""

    def fail(*_: object) -> None:
        if isinstance(answer, Exception):
            raise answer
        abort(answer)  # type: ignore[arg-type]

    return fail


def typed_into(page: Page) -> MultiDict[str, str]:
    """The form of an exercise with prose in every field that takes any, in one language after another."""
    form = page.by_id("exercise")
    sent = MultiDict[str, str](page.fields_in(form))
    fields = [one for one in form.iter() if one.tag == "textarea" or (one.tag == "input" and one.get("type") == "text")]
    for n, field in enumerate(fields):
        if not field.get("inputmode"):
            sent[field.get("name", "")] = f"{PROSE[n % len(PROSE)]} {n}" if n % 2 else PROSE[n % len(PROSE)] + str(n)
    return sent


def handed_back(page: Page) -> dict[str, str]:
    """The words that the page shows, to be read and copied → the question that labels each."""
    labels = {one.get("for"): words_of(one) for one in page.all(".//label[@for]")}
    return {(one.text or ""): labels[one.get("id")] for one in page.all(".//textarea[@readonly]")}


def assert_handed_back(page: Page, sent: MultiDict[str, str]) -> None:
    shown = handed_back(page)
    for name, text in sent.items():
        key = name.partition(":")[0]
        if any(text.startswith(one) for one in PROSE):
            question = book().block(key)
            assert question is not None
            assert shown.get(text, "").startswith(" ".join(question.label.split())), (name, text)
            assert "~" not in shown[text]
    assert faults(page.html) == []


@pytest.mark.parametrize("answer", FORCED.values(), ids=FORCED)
def test_the_words_of_every_kind_of_block_are_on_every_answer(
    person: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, answer: object
) -> None:
    last = sorted(ONE_OF_EACH_KIND, key=lambda key: [int(n) for n in exercise_of(key).split(".")])[-1]
    person.press(person.get(f"/workbook/{exercise_of(last)}"), "Skip everything before this")
    paths = sorted({f"/workbook/{exercise_of(key)}" for key in ONE_OF_EACH_KIND})
    forms = {path: typed_into(person.open(path)) for path in (paths if answer == 400 else paths[:1])}
    monkeypatch.setattr(views, "load_context", failing(answer))
    caplog.set_level(logging.DEBUG)
    for path, sent in forms.items():
        page = Page(person.client.post(path, data=sent))
        assert page.status >= 400
        assert_handed_back(page, sent)
        assert page.response.headers["X-Request-Id"] in page.words
        assert page.response.headers["X-Request-Id"] in caplog.text
    assert not any(words in caplog.text for words in PROSE if words != "tired")


def test_every_typed_field_of_a_budget_is_handed_back_by_the_name_of_its_line(
    person: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = next(one for one in book().blocks if one.type == "budget-calculator")
    path, named = f"/workbook/{block.exercise_id}", f"{' '.join(block.label.split())} · "
    person.press(person.get(path), "Skip everything before this")
    page = person.open(path)
    sent = MultiDict[str, str](page.fields_in(page.by_id("exercise")))
    typed = [one.get("name", "") for one in page.all(".//input[@type='text']") if ":" in one.get("name", "")]
    mine = [name for name in typed if name.startswith(block.key)]
    for n, name in enumerate(mine):
        sent[name] = f"typed {n}"
    for name, text in (("key", "x"), ("name", "שרה"), ("amount", "12")):
        sent[f"{block.key}:out-40-{name}"] = text
    monkeypatch.setattr(views, "load_context", failing(400))
    labels = handed_back(Page(person.client.post(path, data=sent)))
    rent = next(name for name in mine if name.endswith("out-0-amount"))
    assert labels[sent[rent]] == f"{named}Rent or housing: amount"
    assert labels["12"] == f"{named}\u2068שרה\u2069: amount"
    for name in mine:
        said = labels[sent[name]].removeprefix(named)
        assert said
        assert not re.search(r"^(in|out) \d|posted\d", said), said


def end_on_the_server(person: Visitor) -> None:
    Session.delete().execute()


def erase(person: Visitor) -> None:
    User.delete().execute()


def lose_the_cookie(person: Visitor) -> None:
    person.client.delete_cookie("tree")


def lose_all_cookies(person: Visitor) -> None:
    lose_the_cookie(person)
    person.client.delete_cookie("csrf")


def sign_out(person: Visitor) -> None:
    person.press(person.get("/account"), "Sign out")


ENDINGS = (end_on_the_server, lose_the_cookie, lose_all_cookies, sign_out)


@pytest.mark.parametrize("end", ENDINGS)
def test_however_the_session_of_an_account_ends_its_words_are_saved_after_a_sign_in(
    person: Visitor, end: Callable[[Visitor], None]
) -> None:
    claim(person)
    sent = MultiDict[str, str](person.get(FIRST).form())
    sent[LINE] = PROSE[0]
    end(person)
    page = Page(person.client.post(FIRST, data=sent))
    assert page.status == 401
    assert_handed_back(page, sent)
    wrong = person.press(page, OWN, {"name": NAME, "password": "not this one"})
    assert wrong.status == 422
    assert_handed_back(wrong, sent)
    page = person.press(wrong, OWN, {"name": NAME, "password": PASSWORD})
    assert_handed_back(page, sent)
    person.press(page, "Save what I typed")
    assert person.get(FIRST).form()[LINE] == [PROSE[0]]


@pytest.mark.parametrize("end", [*ENDINGS, erase])
def test_htmx_gets_the_words_and_a_way_back_in_the_dialog(person: Visitor, end: Callable[[Visitor], None]) -> None:
    claim(person)
    sent = MultiDict[str, str](person.get(FIRST).form())
    sent[LINE] = PROSE[0]
    end(person)
    page = Page(person.client.post(f"{FIRST}/1.1.1.line", data=sent, headers=PARTIAL))
    if page.status == 400:
        sent["csrf_token"] = page.one(".//input").get("value", "")
        page = Page(person.client.post(f"{FIRST}/1.1.1.line", data=sent, headers=PARTIAL))
    assert page.status == 401
    assert page.response.headers["HX-Retarget"] == "#signin"
    assert page.has(".//*[@id='signin-form']")
    question = book().block("1.1.1.line")
    assert question is not None
    assert {one.text: one.get("aria-label") for one in page.all(".//textarea[@readonly]")}[PROSE[0]] == (
        f"{question.label}, your words"
    )


def test_who_shows_no_cookie_may_begin_a_tree_with_the_words_or_sign_in(person: Visitor) -> None:
    sent = MultiDict[str, str](person.get(FIRST).form())
    sent[LINE] = PROSE[0]
    lose_all_cookies(person)
    page = Page(person.client.post(FIRST, data=sent))
    assert page.has(".//*[@id='signin-form']")
    person.press(page, "Start on my own device")
    assert person.get(FIRST).form()[LINE] == [PROSE[0]]


def test_a_page_of_another_tree_is_saved_into_its_own_after_a_sign_in(person: Visitor, stranger: Visitor) -> None:
    claim(person)
    claim(stranger, "tom")
    sent = MultiDict[str, str](person.get(FIRST).form())
    sent[LINE] = PROSE[0]
    person.client.set_cookie("tree", stranger.client.get_cookie("tree").value)  # type: ignore[union-attr]
    page = Page(person.client.post(FIRST, data=sent))
    assert page.status == 409
    assert_handed_back(page, sent)
    page = person.press(page, OWN, {"name": NAME, "password": PASSWORD})
    person.press(page, "Save what I typed")
    assert person.get(FIRST).form()[LINE] == [PROSE[0]]


def test_what_is_too_much_at_once_is_handed_back_as_well(person: Visitor) -> None:
    sent = MultiDict[str, str](person.get(FIRST).form())
    sent[LINE] = PROSE[0]
    sent["1.1.1.thanks:value"] = "long " * 450_000
    page = Page(person.client.post(FIRST, data=sent))
    assert page.status == 413
    assert PROSE[0] in page.words


def test_without_its_templates_the_page_still_holds_them(person: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = MultiDict[str, str](person.get(FIRST).form())
    sent[LINE] = PROSE[6]
    monkeypatch.setattr(views, "load_context", failing(KeyError()))
    monkeypatch.setattr("dreamtree.web.errors.page", failing(KeyError()))
    page = Page(person.client.post(FIRST, data=sent))
    assert page.status == 500
    assert PROSE[6] in page.words


def test_a_page_of_another_site_puts_no_words_into_ours(person: Visitor) -> None:
    sent = MultiDict[str, str](person.get(FIRST).form())
    sent[LINE] = "Call this number at once"
    page = Page(person.client.post(FIRST, data=sent, headers={"Origin": "https://evil.example"}))
    assert page.status == 400
    assert "Call this number" not in page.html


SECRET = {"password", "new_password", "passphrase", "passphrase_again", "words", "word", "code"}
FORMS = ("/", "/sign-in", "/sign-in/words", "/account/claim", "/data/restore", "/data", "/data/erase", "/settings")
OF_AN_ACCOUNT = ("/account/addresses", "/account/password", "/account/words", "/account/second-step")


def test_every_typed_field_of_another_form_is_handed_back_by_its_label_or_is_a_secret(person: Visitor) -> None:
    pages = [person.get(path) for path in FORMS]
    claim(person)
    pages += [person.get(path) for path in OF_AN_ACCOUNT]
    fields = {
        (one.get("name", ""), one.get("id", ""), page)
        for page in pages
        for one in page.all(".//main//input")
        if one.get("type", "text") in ("text", "email", "search", "password", "url") and one.get("name")
    }
    assert fields
    for name, at, page in fields:
        if name.rpartition("-")[0] == "word" or name in SECRET:
            assert name not in handing_back.LABELS
        elif ":" not in name:
            assert handing_back.LABELS.get(name) == words_of(page.one(f".//label[@for='{at}']")), name


def test_the_name_is_handed_back_and_the_password_never(person: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    form = {"csrf_token": person.get("/account/claim").one(".//main//input[@name='csrf_token']").get("value", "")}
    monkeypatch.setattr("dreamtree.accounts.claiming.claim", failing(KeyError()))
    page = Page(person.client.post("/account/claim", data={**form, "name": "mara", "password": PASSWORD}))
    assert page.status == 500
    assert handed_back(page) == {"mara": "Email or name"}
    assert PASSWORD not in page.html
