"""Typing into whatever a page has text fields for, for sweeps that do not know its tools."""

import re
import secrets
from xml.etree.ElementTree import Element

from tests.page import Page
from tests.rules.seeded import BLOCKS, exercise_of
from tests.rules.test_walk import answer_the_questions, sort_the_cards
from tests.visitor import Visitor


class Canaries:
    """Words that nobody else would write: each another, all with the same beginning. Amounts too."""

    def __init__(self) -> None:
        self.song = "qz" + "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range(16))
        self.typed: dict[str, str] = {}
        self.amounts: set[str] = set()

    def for_(self, field: str, kind: str = "words") -> str:
        """What to type into one field; words and amounts asked again are others."""
        number = len(self.typed)
        typed = {"words": f"{self.song}{number:04d}", "amount": f"73491{number:04d}"}.get(kind) or PLAIN_KINDS[kind]
        self.typed[typed] = field
        if kind == "amount":
            self.amounts |= {typed, f"{typed}00"}
        return typed


PLAIN_KINDS = {"figure": "73.491", "currency": "QZX", "day": "2027-12-31"}
"""What a field takes that takes neither words nor an amount. `test_sealed` looks for figures and currencies."""
KINDS = ("words", "amount", *PLAIN_KINDS)


def fill_in(visitor: Visitor, path: str, canaries: Canaries) -> str:
    """Types into every text field of the exercise at `path`, and answers the page as it then is."""
    open_every_line(visitor, path)
    type_everywhere(visitor, path, canaries)
    if goes_deeper(visitor, path):
        type_everywhere(visitor, path, canaries)
    for button in _buttons(visitor.get(path), r"\|find\|"):
        _keep_own_words(visitor, path, button, canaries)
    return visitor.get(path).html


def open_every_line(visitor: Visitor, path: str) -> None:
    """Unlocks the exercise, and presses whatever adds a line."""
    page = visitor.get(path)
    if not page.has(".//form[@id='exercise']"):
        page = visitor.press(page, "Set aside everything up to here")
    for button in _buttons(page, r"\|add\|"):
        visitor.save(path, button)


def begin_practices(visitor: Visitor, path: str) -> None:
    for button in _buttons(visitor.get(path), r"\|begin\|"):
        visitor.save(path, button)


def goes_deeper(visitor: Visitor, path: str) -> bool:
    """Takes the steps after which a page has further fields: a practice begun, cards sorted and put in order."""
    here = {key: kind for key, kind in BLOCKS.items() if path.endswith(f"/{exercise_of(key)}")}
    begin_practices(visitor, path)
    for key in (key for key, kind in here.items() if kind == "value-cards"):
        answer_the_questions(visitor, sort_the_cards(visitor, path, key))
    return bool({"practice-log", "value-cards", "checklist"} & set(here.values()))


def type_everywhere(visitor: Visitor, path: str, canaries: Canaries) -> None:
    """Fills every field that holds nothing of ours yet: with words, or with what else it says that it takes."""
    todo = [name for name, values in _typed_now(visitor.get(path)).items() if values not in canaries.typed]
    typed: dict[str, str] = {}
    for kind in KINDS:
        typed |= {name: canaries.for_(name, kind) for name in todo}
        refused = _refused(visitor.save(path, "save", _named(visitor.get(path), typed)))
        todo = [name for name in todo if name in refused]
    assert not todo, f"these take nothing: {todo}"
    page = visitor.get(path).html
    assert not {name: words for name, words in typed.items() if words not in page}, "typed, and not kept"


def _typed_now(page: Page) -> dict[str, str]:
    """What the text fields hold, revisions taken off their names."""
    form = page.form()
    return {name.split("~")[0]: form[name][0] for name in text_fields(page) if not _is_for_own_words(name)}


def _named(page: Page, typed: dict[str, str]) -> dict[str, str]:
    """`typed` under the names that the fields have on the page now."""
    bases = _bases(page)
    return {bases.get(name, name): words for name, words in typed.items()}


def _keep_own_words(visitor: Visitor, path: str, button: str, canaries: Canaries) -> None:
    """Looks for words that no list has, then keeps them as a skill of one's own."""
    block, _, key = button.split("|", 2)
    fields = visitor.get(path).form()
    place = next(name for name, values in fields.items() if values == [key] and name.startswith(f"{block}:rows-"))
    typed = {f"{block}:find-{place.split('-')[1]}": canaries.for_(block)}
    found = visitor.save(path, button, typed)
    keep = f"{block}|keep|{key}"
    assert keep in found.buttons()
    visitor.save(path, keep, typed)


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
