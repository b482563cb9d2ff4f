"""A list with slots: so many lines, each under its label, and ideas that may give one its words."""

from dreamtree.content.book import Block
from dreamtree.tools import Button, Inputs, tool
from dreamtree.values import Answer, Item
from tests.rules.strict_html import fragment_faults
from tests.tools.sheets import again, posted, sheet

KEY = "9.9.9.paths"
SLOTS = (
    {"value": "now", "label": "The path you're on"},
    {"value": "instead", "label": "What you'd do if it disappeared"},
    {"value": "free", "label": "What you'd do if money didn't count"},
)
OPTIONS = {"line": "Title", "paste": False, "slots": SLOTS, "fields": ({"name": "why", "label": "Why this one"},)}
BLOCK = Block(KEY, "9.9.9", "tool", "list-builder", label="What are your three paths?", options=OPTIONS)
KIND = tool("list-builder")
IDEAS = (Item("idea-1", "Writes what the bus says"), Item("idea-2", "Plumber on the air"))
OFFERED = Inputs(draft=IDEAS, offers={"career_ideas": IDEAS})


def said(before: Answer | None = None, inputs: Inputs = OFFERED, **typed: str) -> Answer:
    page = posted(sheet(KIND, BLOCK, before or KIND.empty(BLOCK), inputs))
    for name, value in typed.items():
        page[f"{KEY}:{name.replace('_', '-')}"] = value
    part, problems = KIND.read(BLOCK, page)
    assert problems == []
    return KIND.merge_posted(BLOCK, part, before, inputs)


def test_every_slot_has_its_label_and_its_fields_from_the_start() -> None:
    shown = sheet(KIND, BLOCK, KIND.empty(BLOCK), OFFERED)
    assert not fragment_faults(shown.html)
    assert not shown.unlabelled
    for slot in SLOTS:
        assert slot["label"] in shown.words
    assert not any(verb in value for value in shown.buttons for verb in ("|add|", "|remove|", "|up|"))
    assert KIND.start(BLOCK, OFFERED) == KIND.empty(BLOCK), "ideas are offered, and no draft"


def test_a_line_keeps_its_slot_whichever_is_filled_in_first() -> None:
    answer = said(rows_2_text="Kids fix their own", rows_2_fields_why="I do it Saturdays")
    assert [(row["key"], row["text"]) for row in answer["rows"]] == [("free", "Kids fix their own")]
    assert [one.field for one in KIND.incomplete(BLOCK, answer)] == ["rows-0-text", "rows-1-text"]
    more = said(answer, rows_0_text="Fixes bikes")
    assert [row["key"] for row in more["rows"]] == ["now", "free"]
    assert again(KIND, BLOCK, more, OFFERED) == (KIND.form_part(more), [])


def test_all_slots_are_needed_and_only_their_titles() -> None:
    answer = said(rows_0_text="Fixes bikes", rows_1_text="Keeps buses running", rows_2_text="Kids fix their own")
    assert not KIND.incomplete(BLOCK, answer)
    assert [item.key for item in KIND.lessons(BLOCK, answer)] == ["now", "instead", "free"]


def test_what_is_too_long_is_said_at_its_slot() -> None:
    page = posted(sheet(KIND, BLOCK, KIND.empty(BLOCK)))
    page[f"{KEY}:rows-2-text"] = "m" * 400
    _, problems = KIND.read(BLOCK, page)
    assert [one.field for one in problems] == ["rows-2-text"]


def test_an_idea_gives_a_slot_its_words_which_are_ones_own_from_then_on() -> None:
    used = KIND.act(BLOCK, KIND.empty(BLOCK), Button("use", "instead:idea-1", inputs=OFFERED))
    assert [(row["key"], row["text"]) for row in used["rows"]] == [("instead", "Writes what the bus says")]
    assert KIND.goes_on_at(BLOCK, used, Button("use", "instead:idea-1")) == "rows-1-fields-why"
    assert KIND.used(used) == {"idea-1"}
    kept = said(used, rows_1_text="Writes what the bus says next")
    assert (kept["rows"][0]["text"], kept["rows"][0]["idea"]) == ("Writes what the bus says next", "idea-1")
    assert KIND.apply_upstream(BLOCK, kept, Item("idea-1", "Reworded")) == kept
    untied = KIND.drop_upstream(BLOCK, kept, "idea-1")
    assert untied["rows"][0]["text"] == kept["rows"][0]["text"]
    assert KIND.used(untied) == frozenset()


def test_an_idea_that_is_not_offered_changes_nothing() -> None:
    answer = said(rows_0_text="Fixes bikes")
    for chosen in ("now:idea-9", "nowhere:idea-1", "", "now"):
        after = KIND.act(BLOCK, answer, Button("use", chosen, inputs=OFFERED))
        assert KIND.form_part(after) == KIND.form_part(answer)


def test_a_slot_that_was_emptied_comes_from_no_idea() -> None:
    used = KIND.act(BLOCK, KIND.empty(BLOCK), Button("use", "now:idea-1", inputs=OFFERED))
    assert said(used, rows_0_text="")["rows"] == []


def test_a_line_of_no_slot_is_not_taken() -> None:
    page = posted(sheet(KIND, BLOCK, KIND.empty(BLOCK)))
    page[f"{KEY}:rows-3-key"], page[f"{KEY}:rows-3-text"] = "elsewhere", "A fourth path"
    part, _ = KIND.read(BLOCK, page)
    assert part["rows"] == []
