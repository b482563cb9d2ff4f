"""Words of a person run in their own direction, whatever script they are in: in fields, and wherever they are shown.

Where they stand in a sentence of ours they are set apart from it (<bdi>); where they stand alone, their element says
`dir="auto"` and begins with them. What is only spoken has no direction.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.rules.canaried import everything_written
from tests.rules.conftest import Story
from tests.rules.seeded import EXERCISES, ONE_OF_EACH_KIND, OWN, exercise_of

LETTER = re.compile(r"[^\W\d_](?!.*; $)")
"""A letter before the words, unless a sign parts them from what one chose."""
PATHS = (
    *OWN,
    *(f"{path}?private=yes" for path in OWN),
    *(f"/workbook/{one}" for one in EXERCISES),
    *(f"/workbook/{exercise_of(key)}/{key}/history" for key in ONE_OF_EACH_KIND),
)
NOT_SHOWN = ("script", "title", "desc")


def test_every_field_and_every_word_of_a_person_has_its_own_direction(story: Story) -> None:
    visitor, people = everything_written(story)
    song = re.compile(re.escape(people[0].canaries.song))
    faults = {f"{path}: {fault}" for path in PATHS for fault in without_direction(visitor.get(path).root, song)}
    assert not faults, "\n".join(sorted(faults))


def without_direction(one: Element, song: re.Pattern[str], holder: Element | None = None) -> Iterator[str]:
    """The fields, and the elements with words of a person, of which nothing says how they run."""
    if one.tag in NOT_SHOWN or "visually-hidden" in one.get("class", "").split():
        return
    if one.get("dir") == "auto" or one.tag == "bdi":
        holder = one
    if is_written_in(one) and holder is not one:
        yield f"the field {one.get('name')}"
    own = "".join([one.text or "", *(each.tail or "" for each in one)])
    if song.search(own) and not is_apart(one, holder, song):
        yield f"<{one.tag} class={one.get('class', '')}> {' '.join(own.split())[:80]}"
    for each in one:
        yield from without_direction(each, song, holder)


def is_written_in(one: Element) -> bool:
    return one.tag == "textarea" or (one.tag == "input" and one.get("type", "text") == "text")


def is_apart(one: Element, holder: Element | None, song: re.Pattern[str]) -> bool:
    if one.tag in ("text", "tspan"):
        return one.get("unicode-bidi") == "plaintext"
    if holder is None:
        return False
    words = "".join(holder.itertext())
    begins = song.search(words)
    return is_told(holder) or (begins is not None and not LETTER.search(words[: begins.start()]))


def is_told(one: Element) -> bool:
    """Whether this is a whole answer, told line by line: each line runs in the direction of its first letter."""
    return bool({"words", "on-paper"} & set(one.get("class", "").split()))
