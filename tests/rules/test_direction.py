"""Words of a person run in their own direction, whatever script they are in: in fields, and wherever they are shown.

Where they stand in a sentence of ours they are set apart from it (<bdi>); where they stand alone, their element says
`dir="auto"` and begins with them. What is only spoken has no direction.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dreamtree.text import isolated
from dreamtree.tools.bucket_sort import superpowers
from dreamtree.tools.bucket_sort.things import Sorted
from dreamtree.tools.budget_calculator.words import amount_words
from dreamtree.tools.experience_builder.places import Place
from dreamtree.tools.experience_builder.words import open_in
from dreamtree.tools.flow_tracker.patterns import Shared
from dreamtree.tools.flow_tracker.view import shared_words
from dreamtree.web.direction import apart_in_text
from tests.pages.test_resume import tell_a_story
from tests.rules.canaried import everything_written
from tests.rules.conftest import Story
from tests.rules.seeded import EXERCISES, ONE_OF_EACH_KIND, OWN, exercise_of
from tests.visitor import Visitor

LETTER = re.compile(r"[^\W\d_](?!.*; $)")
"""A letter before the words, unless a sign parts them from what one chose."""
PATHS = (
    *OWN,
    *(f"{path}?private=yes" for path in OWN),
    *(f"/workbook/{one}" for one in EXERCISES),
    *(f"/workbook/{exercise_of(key)}/{key}/history" for key in ONE_OF_EACH_KIND),
)
NAME, WORDS = "שרה כהן", "לתקן אופניים."
HEBREW, ISOLATED = re.compile("[א-ת]"), re.compile("\u2068[^\u2068\u2069]*\u2069")
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


def test_words_from_the_right_are_set_apart_in_a_sentence_and_others_stay_as_they_are() -> None:
    assert isolated(NAME) == f"\u2068{NAME}\u2069"
    assert isolated("Zoë, 34 ½") == "Zoë, 34 ½"


def test_every_sentence_composed_of_words_of_a_person_sets_them_apart() -> None:
    skill = Sorted(key="a", text=WORDS, mastery=5, frequency=1, bucket="lifts")
    told = [
        *(one.message for one in open_in([Place(key="a", title=WORDS, tasks=())], 1)),
        *superpowers.sentences_of([skill]),
        shared_words(Shared("word", NAME, 3, 5)),
        amount_words(NAME, "ILS"),
    ]
    assert len(told) >= 5
    for sentence in told:
        assert "\u2068" in sentence, sentence
        assert not HEBREW.search(ISOLATED.sub("", sentence)), sentence


def test_a_line_of_plain_text_sets_apart_what_its_label_is_about() -> None:
    assert apart_in_text(f"Where: {NAME}") == f"\u2068Where: \u2068{NAME}\u2069\u2069"
    assert apart_in_text(f"{NAME} · a week") == f"\u2068\u2068{NAME}\u2069 · a week\u2069"
    assert apart_in_text("Where: Haifa\n- a list") == "Where: Haifa\n- a list"


def test_a_copy_as_text_runs_line_by_line_and_the_copy_to_restore_holds_the_bare_words(person: Visitor) -> None:
    person.save("/workbook/1.1.1", fields={"1.1.1.line:value": WORDS})
    tell_a_story(person, title="The blue gate", situation="It hung.", action="I rehung it.", result="It closes.")
    person.press(person.get("/resume"), "Save the name", {"display_name": NAME})
    assert f", \u2068{NAME}\u2069" in person.get("/home").words
    page = person.press(person.get("/data"), "Save a copy to read")
    with zipfile.ZipFile(io.BytesIO(page.response.data)) as files:
        assert f"> \u2068{WORDS}\u2069  " in files.read("text/1.1.md").decode()
        assert files.read("README.txt").decode().startswith(f"\u2068{NAME}\u2069’s tree")
        kept = json.dumps(json.loads(files.read("to-restore.json")), ensure_ascii=False)
    assert WORDS in kept
    assert "\u2068" not in kept
