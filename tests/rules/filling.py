"""Typing into whatever a page has text fields for, for sweeps that do not know its tools."""

import re
import secrets
from html import unescape
from xml.etree.ElementTree import Element

from tests.page import Page
from tests.rules.test_walk import answer_the_questions, sort_the_cards
from tests.visitor import Visitor

MARKUP = "<qz>"


class Canaries:
    """Words that nobody else would write: each another, all with the same beginning. Amounts too.

    There are two kinds of people, who write differently whatever can be written, and at different length; the words
    of the second look like markup.
    """

    def __init__(self, which: int = 0) -> None:
        self.which = which
        self.song = "qz" + "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range((16, 19)[which]))
        self.typed: dict[str, str] = {}
        self.amounts: set[str] = set()

    def for_(self, field: str, kind: str = "words") -> str:
        """What to type into one field; words and amounts asked again are others."""
        number = len(self.typed)
        own = {
            "words": f"{('', MARKUP)[self.which]}{self.song}{number:04d}",
            "amount": f"{self.which + 7}3491{number:04d}",
        }
        typed = own.get(kind) or PLAIN_KINDS[kind][self.which]
        self.typed[typed] = field
        if kind == "amount":
            self.amounts |= {typed, f"{typed}00"}
        return typed


PLAIN_KINDS = {
    "figure": ("73.49", "37.51"),
    "currency": ("QZX", "ZXQ"),
    "day": ("12/31/2027", "12/31/2027"),
    "past": ("12/31/2020", "12/31/2020"),
    "number": ("7", "3"),
}
"""What a field takes that takes neither words nor an amount; a day is plain."""
SHOWN_AS = {f"12/31/{year}": (f"December 31, {year}", f"{year}-12-31") for year in (2020, 2027)}
"""What was typed → how a page shows it later, and how it carries it where it is not shown: in a closed place, say."""
KINDS = ("words", "amount", *PLAIN_KINDS)


def fill_in(visitor: Visitor, path: str, canaries: Canaries) -> str:
    """Types into every text field of the exercise at `path`, and answers the page as it then is."""
    page = type_everywhere(visitor, open_every_line(visitor, path), canaries)
    page = type_everywhere(visitor, go_deeper(visitor, page), canaries)
    return keep_own_words(visitor, page, canaries).html


def open_every_line(visitor: Visitor, path: str) -> Page:
    """Unlocks the exercise, and presses whatever adds a line."""
    page = visitor.open(path)
    if not page.has(".//form[@id='exercise']"):
        visitor.press(page, "Skip everything before this")
        page = visitor.open(path)
    for button in _buttons(page, r"\|add\|"):
        page = opened(visitor, visitor.send_and_open(page, button))
    return page


def opened(visitor: Visitor, page: Page) -> Page:
    """The exercise with the form of every block, whether it was refused something or not."""
    return page if page.status == 200 else visitor.open(page.response.request.path)


def begin_practices(visitor: Visitor, page: Page) -> Page:
    for button in _buttons(page, r"\|begin\|"):
        page = opened(visitor, visitor.send_and_open(page, button))
    return page


def go_deeper(visitor: Visitor, page: Page) -> Page:
    """The page with the further fields that it has after some steps: practices begun, cards sorted and put in order."""
    path = page.response.request.path
    begin_practices(visitor, page)
    for button in _buttons(page, r"\|step\|on$"):
        answer_the_questions(visitor, sort_the_cards(visitor, path, button.split("|")[0]))
    return visitor.open(path)


def type_everywhere(visitor: Visitor, page: Page, canaries: Canaries) -> Page:
    """Fills every field that holds nothing of ours yet: with words, or with what else it says that it takes."""
    unfilled = [name for name, values in _typed_now(page).items() if values not in canaries.typed]
    typed: dict[str, str] = {}
    kinds = iter(KINDS)
    while unfilled and (kind := next(kinds, "")):
        typed |= {name: canaries.for_(name, kind) for name in unfilled}
        page = visitor.send_and_open(page, "save", _named(page, typed))
        refused = _refused(page)
        unfilled = [name for name in unfilled if name in refused]
    assert not unfilled, f"these take nothing: {unfilled}"
    page = opened(visitor, page)
    html = unescape(page.html)
    lost = {name: text for name, text in typed.items() if not any(one in html for one in SHOWN_AS.get(text, (text,)))}
    assert not lost, f"typed, and not kept: {lost}"
    return page


def _typed_now(page: Page) -> dict[str, str]:
    """What the text fields hold, revisions taken off their names."""
    form = page.form()
    return {name.split("~")[0]: form[name][0] for name in text_fields(page) if not _is_for_own_words(name)}


def _named(page: Page, typed: dict[str, str]) -> dict[str, str]:
    """`typed` under the names that the fields have on the page now."""
    bases = _bases(page)
    return {bases.get(name, name): words for name, words in typed.items()}


def keep_own_words(visitor: Visitor, page: Page, canaries: Canaries) -> Page:
    """Looks in every list for words that it does not have, then keeps them as a skill of one's own."""
    for button in _buttons(page, r"\|find\|"):
        block, _, key = button.split("|", 2)
        fields = page.form()
        place = next(name for name, values in fields.items() if values == [key] and name.startswith(f"{block}:rows-"))
        typed = {f"{block}:find-{place.split('-')[1]}": canaries.for_(block)}
        found = visitor.send(page, button, typed)
        keep = f"{block}|keep|{key}"
        assert keep in found.buttons()
        page = opened(visitor, visitor.send_and_open(found, keep, typed))
    return page


def text_fields(page: Page) -> list[str]:
    form = page.by_id("exercise")
    return [name for field in form.iter() if ":" in (name := field.get("name", "")) and _takes_words(field)]


def _takes_words(field: Element) -> bool:
    return field.tag == "textarea" or (field.tag == "input" and field.get("type", "text") == "text")


def _is_for_own_words(name: str) -> bool:
    return ":find-" in name


def _refused(page: Page) -> set[str]:
    """The names of the fields that have an error, without revisions."""
    return {
        field.get("name", "").split("~")[0]
        for field in page.by_id("exercise").iter()
        if field.get("aria-invalid") == "true"
    }


def _bases(page: Page) -> dict[str, str]:
    """Field names without the revision → as they are on the page now."""
    return {name.split("~")[0]: name for name in page.form()}


def _buttons(page: Page, pattern: str) -> list[str]:
    return [value for value in page.buttons() if re.search(pattern, value)]
