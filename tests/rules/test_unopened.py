"""That the sweep over private words sees what a person sees, and no less."""

from dataclasses import dataclass

import pytest

from tests.page import Page
from tests.rules.unopened import inside_closed, unopened

SONG = "qzcanary"


@dataclass(frozen=True)
class Written:
    """An answer of the server that says only its body."""

    body: str

    def get_data(self, as_text: bool = False) -> str:
        return self.body


def page(body: str) -> Page:
    return Page(Written(f"<!doctype html><html><head><title>A page</title></head><body>{body}</body></html>"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{SONG}</p>",
        f"<details open><summary>Show</summary><p>{SONG}</p></details>",
        f"<details><summary>Show <b>{SONG}</b></summary><p>More</p></details>",
        f"<details><summary>Show</summary></details>{SONG}",
        f"<p title='{SONG}'>A word</p>",
        f"<a href='/x' aria-label='Change {SONG}'>Change</a>",
        f"<input type='hidden' value='{SONG}'>",
        f"<textarea>{SONG}</textarea>",
        f"<p hidden>{SONG}</p>",
        f"<figure><svg><title>{SONG}</title><desc>x</desc></svg></figure>",
        f"<details open><summary>Show</summary><details><summary>{SONG}</summary><p>x</p></details></details>",
    ],
)
def test_what_is_told_at_once_is_seen(body: str) -> None:
    assert SONG in unopened(page(body))
    assert SONG not in inside_closed(page(body))


@pytest.mark.parametrize(
    "body",
    [
        f"<details><summary>Show</summary><p>{SONG}</p></details>",
        f"<details><summary>Show</summary>{SONG}</details>",
        f"<details><summary>Show</summary><input value='{SONG}'></details>",
        f"<details><summary>Show</summary><details open><summary>{SONG}</summary><p>x</p></details></details>",
    ],
)
def test_what_is_folded_is_told_when_it_is_opened(body: str) -> None:
    assert SONG not in unopened(page(body))


def test_a_title_in_the_head_counts() -> None:
    shown = Page(Written(f"<html><head><title>{SONG}</title></head><body><p>x</p></body></html>"))  # type: ignore[arg-type]
    assert SONG in unopened(shown)
