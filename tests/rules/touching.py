"""Changing whatever can be changed in a block, for sweeps that do not know its tool."""

from xml.etree.ElementTree import Element

from tests.page import Page

Fields = dict[str, list[str]]
PLUMBING = ("base", "served", "shown")


def fields_of(page: Page, block_key: str) -> Fields:
    """What the block's own fields hold, without the page's plumbing; revisions taken off the names."""
    prefix = f"{block_key}:"
    own = {name: values for name, values in page.form().items() if name.startswith(prefix)}
    return {name.split("~")[0]: values for name, values in own.items() if name.removeprefix(prefix) not in PLUMBING}


def touched(page: Page, block_key: str, words: str) -> Fields:
    """The whole form with one change in this block: `words` typed, another choice made, a number moved on.

    Where there is nothing to type or choose, a button that takes the first thing away is pressed.
    """
    sent = page.form()
    for field in section(page, block_key).iter():
        name = field.get("name", "")
        if name.startswith(f"{block_key}:") and (value := _another(field, sent.get(name, []), words)) is not None:
            return {**sent, name: [value]}
    return {**sent, "do": [_a_button(page, block_key)]}


def is_pressed_only(page: Page, block_key: str) -> bool:
    """Whether nothing is typed or chosen in a block: all that can be changed in it are buttons to press."""
    return "do" in touched(page, block_key, "x")


def word_fields(page: Page, block_key: str) -> list[str]:
    """The names of the block's fields that take words, those to look for a skill with too."""
    return [one.get("name", "") for one in section(page, block_key).iter() if _takes_words(one)]


def own_word_fields(page: Page, block_key: str) -> list[str]:
    """Those whose words are part of its answer."""
    return [name for name in word_fields(page, block_key) if ":find-" not in name]


def removing_buttons(page: Page, block_key: str) -> list[str]:
    """The buttons that remove a row of the block."""
    return [value for one in buttons_of(page, block_key) if "|remove|" in (value := one.get("value", ""))]


def _takes_words(field: Element) -> bool:
    is_line = field.tag == "input" and field.get("type", "text") == "text" and field.get("inputmode") is None
    return field.tag == "textarea" or (is_line and not is_day(field.get("name", "")))


def section(page: Page, block_key: str) -> Element:
    return page.by_id("b-" + block_key.replace(".", "-"))


def buttons_of(page: Page, block_key: str) -> list[Element]:
    return [one for one in section(page, block_key).iter("button") if one.get("name") == "do"]


def _another(field: Element, now: list[str], words: str) -> str | None:
    kind = "number" if field.get("inputmode") == "numeric" else field.get("type", "text")
    if is_day(field.get("name", "")):
        return None
    if _takes_words(field):
        return words
    if kind == "radio":
        return field.get("value") if [field.get("value")] != now else None
    if kind == "number":
        return str((int((now or ["0"])[0] or 0) + len(words)) % 10)
    return None


def is_day(name: str) -> bool:
    """Whether a field takes a day, which is no text."""
    return name.endswith("_on")


def _a_button(page: Page, block_key: str) -> str:
    values = [one.get("value", "") for one in buttons_of(page, block_key)]
    assert values, f"nothing to type, choose or press in {block_key}"
    return next((one for one in values if "|remove|" in one), values[0])
