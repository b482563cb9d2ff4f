"""Somebody erased their tree, or merged it away, on another device while this one was sending."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.db import saving
from tests.page import Page
from tests.rules.strict_html import faults, fragment_faults
from tests.rules.test_session_ends import FIRST, LINE, OTHER_FORMS, assert_words_and_a_way, leads_on, open_pages
from tests.visitor import PARTIAL, Visitor


@pytest.fixture
def vanishes(app: Flask) -> Iterator[Callable[[], None]]:
    """Once called, everybody is erased in each request after it has found whose it is, before its view begins."""
    steps = app.before_request_funcs[None]

    def erase() -> None:
        saving(lambda: people.delete([str(row.id) for row in User.select(User.id)]))

    yield lambda: steps.append(erase)
    steps[:] = [one for one in steps if one is not erase]


@pytest.mark.parametrize("is_fragment", [True, False], ids=["autosave", "page"])
def test_a_save_is_answered_as_that_of_nobody_with_the_words(
    person: Visitor, vanishes: Callable[[], None], is_fragment: bool
) -> None:
    sent, _ = open_pages(person)
    vanishes()
    if is_fragment:
        answer = person.client.post(f"{FIRST}/{LINE}", data={**sent, "autosave": "1"}, headers=PARTIAL)
    else:
        answer = person.client.post(FIRST, data={**sent, "do": "save"})
    page = Page(answer)
    assert page.status == 401
    assert (fragment_faults if is_fragment else faults)(page.html) == []
    assert_words_and_a_way(page)


@pytest.mark.parametrize("button", ["Save a copy", "Save a copy to read"])
def test_a_copy_of_nobody_is_not_made(person: Visitor, vanishes: Callable[[], None], button: str) -> None:
    page = person.get("/data")
    vanishes()
    refused = person.press(page, button)
    assert refused.status == 401
    assert faults(refused.html) == []


@pytest.mark.parametrize("address", OTHER_FORMS)
def test_every_other_form_is_answered_without_an_error_of_ours(
    person: Visitor, vanishes: Callable[[], None], address: str
) -> None:
    _, token = open_pages(person)
    vanishes()
    page = Page(person.client.post(address, data={**token, **OTHER_FORMS[address]}, follow_redirects=True))
    assert page.status < 500
    assert faults(page.html) == []
    assert page.status == 200 or leads_on(page) or page.has(f".//main//form[@action='{address}']")
