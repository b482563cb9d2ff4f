"""Every address and every form of one person, asked for by somebody else, changes nothing of theirs and shows nothing.

The pages are found by following every link from home, so that whatever is added is covered the day it is.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.sessions import SAMPLE, TREE
from dreamtree.answers.models import ExerciseResponse
from dreamtree.db import BaseModel
from tests.databases import ask, rows_changed, run
from tests.examples import examples
from tests.page import Page
from tests.rules.crawl import links_in
from tests.rules.test_routes import ACCESS, CODE, PUBLIC
from tests.rules.test_schema import models
from tests.signing import PASSWORD, another_browser, claim
from tests.visitor import PARTIAL, Visitor

BEGINNINGS = ("/home", "/data", "/account")
COUNTS_ONLY = {"throttles"}
"""Tables in which being refused may leave a count."""
MOVES_BY_BEING_THERE = {"sessions"}
NOT_REACHED = {
    ("POST", "/my-skills"),
    ("POST", "/leave"),
    ("POST", "/snooze"),
    ("GET", "/account/claim"),
    ("POST", "/account/claim"),
    ("POST", "/account/second-step/codes"),
    ("POST", "/account/second-step/file"),
    ("POST", "/account/second-step/off"),
    ("POST", "/account/words/file"),
    ("POST", "/account/words/not-now"),
    ("GET", "/data/catch-up"),
    ("GET", "/data/merge"),
    ("POST", "/data/merge"),
    ("POST", "/data/merge/cancel"),
    ("POST", "/data/restore/confirm"),
    ("POST", "/workbook/<exercise:exercise_id>/<block_key>"),
    ("POST", "/workbook/<exercise:exercise_id>/open"),
    ("POST", "/workbook/<exercise:exercise_id>/take-up"),
    ("POST", "/workbook/take-up"),
}
"""What a page offers only on a shared device, without an account, once the second step is on, after a week, between two
trees, to scripts, before a locked exercise, or when it is set aside; or what a page
is sent through after a merge broke off. None of them takes an id of somebody's row."""
ALIKE = 8
"""So many addresses of one rule are tried, and so many forms with the same kind of button that are sent there."""
FORMS_AT_ONCE = 10
"""So many forms are sent before all rows of the other are looked at again, which takes longer than a form does."""
REFUSED = {303, 401, 403, 404, 409}


@dataclass(frozen=True)
class Sent:
    """A form as its page would send it: where to, and its fields with one of its buttons pressed."""

    page: str
    path: str
    fields: MultiDict[str, str]

    @property
    def mark(self) -> tuple[str, str]:
        """Forms with the same address and the same kind of button are tried once."""
        verb = "|".join(self.fields.get("do", "").split("|")[1:2])
        return self.path, verb


@dataclass(frozen=True)
class Seen:
    """All that one person can reach."""

    pages: tuple[str, ...]
    forms: tuple[Sent, ...]


def walk(visitor: Visitor) -> Seen:
    """Follows every link of this house from home on, and collects every form on the way."""
    waiting, known, forms = list(BEGINNINGS), set(BEGINNINGS), {}
    while waiting:
        path = waiting.pop(0)
        page = Page(visitor.client.get(path))
        if page.status != 200 or page.response.mimetype != "text/html":
            continue
        for sent in _forms(path, page):
            forms.setdefault(sent.mark, sent)
        for link in links_in(page.root, path):
            if link not in known:
                known.add(link)
                waiting.append(link)
    return Seen(tuple(sorted(known)), tuple(forms.values()))


def some_of_each(app: Flask, seen: Seen) -> Seen:
    """Of what differs only in the ids of rows, exercises and blocks, a few; `make sweep` tries more of them."""
    pages, forms = defaultdict(list), defaultdict(list)
    for path in seen.pages:
        pages[_rule_of(app, path)].append(path)
    for sent in seen.forms:
        forms[_rule_of(app, sent.path), sent.mark[1]].append(sent)
    return Seen(
        tuple(path for alike in pages.values() for path in alike[:: -(-len(alike) // examples(ALIKE))]),
        tuple(sent for alike in forms.values() for sent in alike[:: -(-len(alike) // examples(ALIKE))]),
    )


def _forms(path: str, page: Page) -> Iterator[Sent]:
    for form in page.all(".//form[@method='post']"):
        fields: MultiDict[str, str] = MultiDict(page.fields_in(form))
        for button in form.iter("button"):
            pressed = MultiDict(fields)
            if name := button.get("name"):
                pressed.setlist(name, [button.get("value", "")])
            yield Sent(path, urljoin(path, button.get("formaction") or form.get("action") or path), pressed)


def rows_of(user_id: str) -> str:
    """A digest of every row of this person, but for what moves by coming in."""
    owners = {model._meta.table_name: _owner(model) for model in models()}
    told = hashlib.sha256()
    for table, owner in owners.items():
        if owner and table not in MOVES_BY_BEING_THERE:
            told.update(_all_of(f'SELECT * FROM "{table}" WHERE {owner} = ?', user_id))
    return told.hexdigest()


def _owner(model: type[BaseModel]) -> str:
    """The column that says whose row it is."""
    return "user_id" if "user_id" in model._meta.fields else "id" if model._meta.table_name == "users" else ""


def everything() -> str:
    """A digest of the whole database, but for counts of attempts."""
    told = hashlib.sha256()
    for model in models():
        if model._meta.table_name not in COUNTS_ONLY:
            told.update(_all_of(f'SELECT * FROM "{model._meta.table_name}"'))
    return told.hexdigest()


def _all_of(select: str, *values: str) -> bytes:
    return "\n".join(sorted(map(repr, ask(select, values)))).encode()


def user_of(visitor: Visitor) -> str:
    cookie = visitor.client.get_cookie(TREE) or visitor.client.get_cookie(SAMPLE)
    assert cookie is not None
    return cookie.value.partition(".")[0]


def is_public(method: str, path: str) -> bool:
    rules = [rule for (one, rule), way in ACCESS.items() if one == method and way == PUBLIC]
    return urlsplit(path).path in rules


def with_own_token(visitor: Visitor, forms: tuple[Sent, ...]) -> Iterator[tuple[Sent, MultiDict[str, str]]]:
    """Each form that is not public, and what this visitor's browser would send in it."""
    token = visitor.get("/").all(".//input[@name='csrf_token']")[0].get("value", "")
    for sent in forms:
        if not is_public("POST", sent.path):
            fields = MultiDict(sent.fields)
            fields.setlist("csrf_token", [token])
            yield sent, fields


@pytest.fixture
def owner(app: Flask, filled: Visitor) -> Visitor:
    """Somebody with a full tree, who changed an answer, put one away, has an account and is signed in twice.

    One answer is to a question that the book asks no more.
    """
    gone, asked = "1.3.1.gone", "1.3.1.why"
    ExerciseResponse.update(block_key=gone).where(ExerciseResponse.block_key == asked).execute()
    filled.save("/workbook/1.1.1", fields={"1.1.1.line:value": "Another line than before"})
    filled.press(filled.get("/workbook/1.2.1/1.2.1.reach/history"), "Move this answer to the trash")
    claim(filled)
    added = {"address": "a second name", "password": PASSWORD}
    filled.press(filled.get("/account/addresses"), "Add it", added)
    another_browser(app, name="a second name")
    return filled


_walked: dict[str, Seen] = {}


@pytest.fixture
def seen(owner: Visitor) -> Seen:
    """The same for each test: they begin with copies of one file."""
    whose = user_of(owner)
    if whose not in _walked:
        _walked[whose] = walk(owner)
    return _walked[whose]


def test_the_walk_finds_the_house(app: Flask, seen: Seen) -> None:
    """A walk that finds little would prove little: each address is among them, but for what only a button can reach."""
    asked = {("GET", _rule_of(app, path)) for path in seen.pages}
    sent = {("POST", _rule_of(app, one.path)) for one in seen.forms}
    missed = {one for one, way in ACCESS.items() if way not in (PUBLIC, CODE)} - asked - sent
    assert missed <= NOT_REACHED, missed - NOT_REACHED


def _rule_of(app: Flask, path: str) -> str:
    adapter, parts = app.url_map.bind("localhost"), urlsplit(path)
    for method in ("GET", "POST"):
        if adapter.test(parts.path, method):
            rule, _ = adapter.match(parts.path, method, return_rule=True)
            return str(rule.rule)
    return ""


def test_a_visitor_reads_and_changes_nothing(app: Flask, seen: Seen) -> None:
    before, seen = everything(), some_of_each(app, seen)
    visitor = Visitor(app.test_client())
    for path in seen.pages:
        if not is_public("GET", path):
            answer = visitor.client.get(path)
            assert answer.status_code in REFUSED, path
    for sent, fields in with_own_token(visitor, seen.forms):
        for headers in ({}, PARTIAL):
            answer = visitor.client.post(sent.path, data=fields, headers=headers)
            assert answer.status_code in {401, 404}, (sent.page, sent.path, answer.status_code)
    assert everything() == before


def test_somebody_else_reads_and_changes_nothing_of_theirs(
    app: Flask, owner: Visitor, stranger: Visitor, seen: Seen
) -> None:
    whose, seen = user_of(owner), some_of_each(app, seen)
    before, words = rows_of(whose), _own_words(owner)
    assert words
    for path in seen.pages:
        html = stranger.client.get(path, follow_redirects=True).get_data(as_text=True)
        assert not [one for one in words if one in html], path
    for sent, fields in with_own_token(stranger, seen.forms):
        so_far = rows_changed()
        answer = stranger.client.post(sent.path, data=fields)
        assert answer.status_code < 500, (sent.page, sent.path)
        assert rows_changed() == so_far or rows_of(whose) == before, (sent.page, sent.path)
        if not stranger.client.get_cookie(TREE):
            stranger.start()


@pytest.fixture
def twin(app: Flask, owner: Visitor) -> Visitor:
    """Somebody else in whose tree the same answers stand; in both trees all of them wait for another look."""
    visitor = Visitor(app.test_client())
    visitor.press(visitor.get("/"), "Look at a sample tree")
    cookie = visitor.client.get_cookie(SAMPLE)
    assert cookie is not None
    visitor.client.delete_cookie(SAMPLE)
    visitor.client.set_cookie(TREE, cookie.value)
    run("UPDATE users SET is_sample = 0")
    run("UPDATE answer_inputs SET is_stale = 1")
    return visitor


def test_what_somebody_does_in_a_tree_alike_changes_nothing_of_the_other(
    app: Flask, owner: Visitor, twin: Visitor
) -> None:
    before, own, shown = rows_of(user_of(owner)), rows_of(user_of(twin)), _about_the_tree(owner)
    forms = iter([*with_own_token(twin, some_of_each(app, walk(twin)).forms)])
    while some := [*islice(forms, FORMS_AT_ONCE)]:
        for sent, fields in some:
            twin.client.post(sent.path, data=fields)
        assert rows_of(user_of(owner)) == before, [(sent.page, sent.path) for sent, _ in some]
    for words in ("A line", "Another line"):
        twin.save("/workbook/1.1.1", fields={"1.1.1.line:value": words})
    assert rows_of(user_of(twin)) != own
    assert _about_the_tree(owner) == shown


def _about_the_tree(visitor: Visitor) -> dict[str, str]:
    """What the pages say that count, list or sum up what a tree holds."""
    return {
        path: visitor.get(path).words for path in ("/home", "/workbook", "/what-i-bring", "/resume", "/data", *ENDS)
    }


ENDS = ("/data/trash", "/data/erase", "/account/devices", "/account/addresses")


def test_whoever_signed_out_reads_and_changes_nothing(app: Flask, owner: Visitor, seen: Seen) -> None:
    """The same browser with the cookie of a session that ended."""
    seen = some_of_each(app, seen)
    run("UPDATE sessions SET expires_at = '2000-01-01T00:00:00.000Z'")
    before = everything()
    for path in seen.pages:
        if not is_public("GET", path):
            assert owner.client.get(path).status_code in REFUSED, path
    for sent, fields in with_own_token(owner, seen.forms):
        answer = owner.client.post(sent.path, data=fields)
        assert answer.status_code in {401, 404}, (sent.page, sent.path, answer.status_code)
    assert everything() == before


def test_the_cookie_of_one_with_the_token_of_another_is_nobody(owner: Visitor, stranger: Visitor) -> None:
    mine, theirs = owner.client.get_cookie(TREE), stranger.client.get_cookie(TREE)
    assert mine is not None
    assert theirs is not None
    mixed = f"{mine.value.partition('.')[0]}.{theirs.value.partition('.')[2]}"
    stranger.client.set_cookie(TREE, mixed)
    assert stranger.client.get("/home").status_code == 303


def _own_words(visitor: Visitor) -> list[str]:
    """Texts that only this person wrote, as their pages show them in a field."""
    texts = [
        area.text or ""
        for path in ("/workbook/1.1.4", "/workbook/1.4.1")
        for area in visitor.get(path).all(".//textarea")
    ]
    return [text.strip() for text in texts if len(text.strip()) > 40 and not set(text) & set("&<>'\"’“”\n")]
