"""Whatever is tried too often says how long to wait, in words and in a header, and goes through after that time."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from time_machine import Traveller

from dreamtree.archive.views import copies
from dreamtree.web import Application
from tests.claimed import NAME, PASSWORD, give_account
from tests.conftest import ROOT
from tests.page import Page
from tests.pages.test_recovery import OTHER_WORDS
from tests.pages.test_second_step import set_up
from tests.visitor import Fields, Visitor

Places = Callable[[Visitor], str]
CODE = "/sign-in/code"
WRONG = {"password": "a wrong password"}
TYPED = {"name": NAME, **WRONG}
OF_ANYBODY: Mapping[str, Fields] = {
    "/data/export.json": {},
    "/data/export.zip": {},
    "/data/restore": {},
    "/data/restore/confirm": {},
    "/sample": {},
    "/sign-in": TYPED,
    "/sign-in/words": {"name": NAME, "words": OTHER_WORDS, "password": "wires in the northern hall"},
    "/account/claim": {"name": "of-somebody", "password": "wires in the northern hall"},
}
OF_AN_ACCOUNT: Mapping[str, Fields] = {
    "/account/password": WRONG,
    "/account/words": WRONG,
    "/account/words/check": {"places": "1 2 3"},
    "/account/addresses": {"address": "lin", **WRONG},
    "/account/second-step": {"key": "A" * 32, **WRONG},
    "/data/erase": {"word": "erase", **WRONG},
    CODE: {"code": "000000"},
}
LIMITED = re.compile(r"\b(?:rate_limit\w*|password_problem)\(")
IN_WORDS = re.compile(r"Wait (\d+) (second|minute)s?, then try again\.")
MANY = 45
"""More tries than any limit lets through at once."""


@pytest.fixture(autouse=True)
def _few_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "FREE_COPIES", 2)


@pytest.mark.parametrize("path", [*OF_ANYBODY, *OF_AN_ACCOUNT])
def test_what_is_tried_too_often_says_when_to_try_again(
    app: Application, person: Visitor, stranger: Visitor, frozen: Traveller, path: str
) -> None:
    give_account(app, stranger, "of-somebody")
    if path in OF_AN_ACCOUNT:
        give_account(app, person)
    if path == CODE:
        person = asked_for_the_code(app, person)
    fields = {**OF_ANYBODY, **OF_AN_ACCOUNT}[path]
    assert post(person, path, fields).status != 429
    refused = next(page for _ in range(MANY) if (page := post(person, path, fields)).status == 429)
    assert int(refused.response.headers["Retry-After"]) == seconds_in(refused)
    assert "helps us find out why" not in refused.words, "the page says why"
    frozen.shift(seconds_in(refused))
    assert post(person, path, fields).status != 429


def test_a_long_wait_is_said_in_minutes(person: Visitor, frozen: Traveller) -> None:
    for _ in range(40):
        page = post(person, "/data/restore", {})
        frozen.shift(seconds_in(page) if page.status == 429 else 0)
    pages = [post(person, "/data/restore", {}) for _ in range(2)]
    assert re.search(r"Wait \d+ minutes, then try again\.", pages[-1].words)
    assert seconds_in(pages[-1]) - 60 < int(pages[-1].response.headers["Retry-After"]) <= seconds_in(pages[-1])


def test_every_page_that_has_a_limit_is_tried_here(app: Application) -> None:
    rules = {rule.rule: rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    tried = {app.view_functions[rules[path]].__module__ for path in (*OF_ANYBODY, *OF_AN_ACCOUNT)}
    views = [path for path in (ROOT / "dreamtree").rglob("*.py") if path.parts[-2] != "sessions"]
    assert tried == {module_of(path) for path in views if LIMITED.search(path.read_text())}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def asked_for_the_code(app: Application, account: Visitor) -> Visitor:
    """Another browser, in which the password was typed of an account that has a second step."""
    set_up(account, PASSWORD)
    visitor = Visitor(app.test_client())
    visitor.press(visitor.get("/sign-in"), "Sign in on my own device", {"name": NAME, "password": PASSWORD})
    return visitor


def post(visitor: Visitor, path: str, fields: Mapping[str, Any]) -> Page:
    token = visitor.get("/sign-in/words").all(".//input[@name='csrf_token']")[0].get("value", "")
    return Page(visitor.client.post(path, data={"csrf_token": token, **fields}))


def seconds_in(page: Page) -> int:
    """How long to wait, as the page says it."""
    found = IN_WORDS.search(page.words)
    assert found, page.words
    return int(found[1]) * (60 if found[2] == "minute" else 1)
