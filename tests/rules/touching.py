"""Changing whatever can be changed in a block, for sweeps that do not know its tool."""

from xml.etree.ElementTree import Element

from dreamtree.tools import all_tools
from tests.page import Page
from tests.rules.seeded import BLOCKS, ONE_OF_EACH_KIND

Fields = dict[str, list[str]]


UNTOUCHED = frozenset({"ranking-grid"})
"""Kinds in which nothing is typed or chosen: places are ranked with buttons."""
UNTYPED = frozenset(
    {"bucket-sort", "choice", "competency-assessment", "personality-selector", "ranking-grid", "skill-rater", "slider"}
)
"""Kinds in which nothing is typed: what they show was named elsewhere, or is chosen."""
PARTLY_TYPED = frozenset({"bucket-sort"})
"""Of these, kinds in which some blocks ask for words besides."""
WITHOUT_ROWS = frozenset(
    {
        *(
            "career-assessment",
            "career-timeline",
            "choice",
            "idea-tree",
            "competency-assessment",
            "life-dashboard",
            "personality-selector",
            "skill-rater",
            "skill-tagger",
            "slider",
            "soared-story",
        ),
        *("failure-reframer", "mindset-profiles", "text", "textarea", "value-cards"),
    }
)
"""Kinds of which no row can be removed."""
FOUND = frozenset(kind for kind, tool in all_tools().items() if tool.wants_own_skills)
"""Kinds whose only words are those to look for a skill with."""


def _of_each_kind_but(kinds: frozenset[str]) -> list[str]:
    return [key for key in ONE_OF_EACH_KIND if BLOCKS[key] not in kinds]


WRITTEN = _of_each_kind_but(UNTOUCHED)
"""One block of each kind in which something is typed or chosen."""
TYPED = _of_each_kind_but(UNTYPED | FOUND)
"""One block of each kind in which the sample person has words of their own to type over."""
WITH_ROWS = _of_each_kind_but(WITHOUT_ROWS)
"""One block of each kind of which a row can be removed. `misplaced` says where a kind is missing in these."""
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


def misplaced(page: Page, block_key: str) -> list[str]:
    """What to write in this file, or to take out of it, so that it says of a kind what its page shows."""
    kind = BLOCKS[block_key]
    shown = {
        "UNTOUCHED": "do" not in touched(page, block_key, "x"),
        "UNTYPED": bool(word_fields(page, block_key)) or kind in FOUND,
        "WITHOUT_ROWS": any("|remove|" in one.get("value", "") for one in buttons_of(page, block_key)),
    }
    told = {"UNTOUCHED": UNTOUCHED, "UNTYPED": UNTYPED, "WITHOUT_ROWS": WITHOUT_ROWS}
    return [
        f"{kind} {'should not' if is_there else 'has to'} be in {name} of tests/rules/touching.py"
        for name, is_there in shown.items()
        if is_there == (kind in told[name])
    ]


def word_fields(page: Page, block_key: str) -> list[str]:
    """The names of the block's fields that take words."""
    return [one.get("name", "") for one in section(page, block_key).iter() if _takes_words(one)]


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
