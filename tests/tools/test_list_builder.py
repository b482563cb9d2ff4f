"""Lists: lines that are never lost, pasting, and the skills a line names."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as example
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import User
from dreamtree.content.book import Block, Book, Connection
from dreamtree.content.library import Library, LibrarySkill
from dreamtree.db import database
from dreamtree.profile import people, provenance, skill_lessons
from dreamtree.profile.constraints import CONSTRAINTS, Constraint
from dreamtree.profile.locations import LOCATIONS, Location
from dreamtree.profile.preferences import PREFERENCES, WorkPreference
from dreamtree.profile.reflections import Note, Reflection, reflections
from dreamtree.profile.rows import opened_column
from dreamtree.profile.skills import OwnSkill, UserSkill
from dreamtree.text import clean_line, clean_prose
from dreamtree.tools import Button, Inputs, UnknownButton
from dreamtree.tools import tool as textarea
from dreamtree.tools.list_builder import tool
from dreamtree.values import Answer, Item
from tests.databases import ask
from tests.examples import examples
from tests.teaching import learn
from tests.tools.conftest import AT, Rendered, words_of
from tests.tools.sheets import again, posted, sheet, some_text

KEY = "1.1.8.work"
PEOPLE = (
    {"name": "known", "label": "How they know my work", "kind": "text"},
    {"name": "words", "label": "Their words", "kind": "textarea"},
    {"name": "again", "label": "Asked how often", "kind": "number"},
    {"name": "still", "label": "Still in touch", "kind": "choice", "choices": [{"value": "y", "label": "Yes"}]},
)
PROOF = ({"name": "proof", "label": "One line of proof", "kind": "text", "required": True},)


def block(makes: str = "", **options: Any) -> Block:
    return Block(KEY, "1.1.8", "tool", "list-builder", label="What I know", makes=makes, options=options)


def rows(*texts: str, **fields: Any) -> Answer:
    return {"rows": [{"key": f"k{n}", "text": text, "fields": dict(fields)} for n, text in enumerate(texts)]}


def texts(answer: Answer) -> list[str]:
    return [row["text"] for row in answer["rows"]]


def press(answer: Answer, verb: str, argument: str = "", **options: Any) -> Answer:
    return tool.act(block(**options), answer, Button(verb, argument, MultiDict()))


def test_an_empty_list_shows_lines_to_fill_and_says_what_is_enough() -> None:
    shown = sheet(tool, block(enough=3), {"rows": []})
    assert shown.html.count("<li") == 3
    assert again(tool, block(enough=3), {"rows": []}) == ({"rows": []}, [])
    (problem,) = tool.incomplete(block(enough=3), rows("a", "b"))
    assert problem.field == "rows-2-text"
    assert problem.message == "Add at least three lines. You have two so far."


def test_complete() -> None:
    assert not tool.incomplete(block(), rows("Photography"))
    assert tool.incomplete(block(), rows(""))
    assert tool.incomplete(block(enough=9, max=2), rows("a", "b")) == []


def test_a_required_field_is_asked_for_at_its_row() -> None:
    (problem,) = tool.incomplete(block(fields=PROOF), rows("Reliable"))
    assert problem.field == "rows-0-fields-proof"
    assert not tool.incomplete(block(fields=PROOF), rows("Reliable", proof="Twelve years"))


def test_a_line_without_its_first_words_is_kept_and_asked_for() -> None:
    bare = tool.form_part(rows("", known="From nights"))
    assert len(bare["rows"]) == 1
    assert tool.incomplete(block(fields=PEOPLE), bare)[0].field == "rows-0-text"


def test_typed_lines_are_read_and_blank_ones_left_out() -> None:
    shown = sheet(tool, block(enough=3), rows("a"))
    answer, problems = tool.read(block(enough=3), posted(shown, rows_2_text=" wound\r\ncare "))
    assert texts(answer) == ["a", "wound care"]
    assert not problems


def test_an_error_stands_at_the_row_that_is_shown_for_it() -> None:
    shown = sheet(tool, block(enough=3), {"rows": []})
    answer, problems = tool.read(block(enough=3), posted(shown, rows_2_text="x" * 305))
    assert texts(answer) == ["x" * 305]
    assert problems[0].field == "rows-0-text"
    assert "5 characters over" in problems[0].message
    assert "5 characters over" in sheet(tool, block(), answer, problems=problems).words


def test_pasted_lines_become_rows_whatever_is_pressed() -> None:
    shown = sheet(tool, block(), rows("a"))
    sent = posted(shown, paste="Polish\r\n\r\n  wound care  \nPolish\n")
    answer, problems = tool.read(block(), sent)
    assert texts(answer) == ["a", "Polish", "wound care"]
    assert not problems
    assert tool.act(block(), answer, Button("paste", "", sent)) == answer
    assert tool.read(block(), sent)[0] == answer, "an autosave repeated is the same answer"
    more, _ = tool.read(block(), posted(sheet(tool, block(), answer), paste="Polish\nnew"))
    assert texts(more) == ["a", "Polish", "wound care", "new"]


def test_nothing_pasted_is_cut() -> None:
    answer, problems = tool.read(block(), MultiDict({f"{KEY}:paste": "ok\n" + "x" * 301}))
    assert texts(answer) == ["ok", "x" * 301]
    assert [one.field for one in problems] == ["rows-1-text"]
    answer, problems = tool.read(block(), MultiDict({f"{KEY}:paste": "\n".join(f"line {n}" for n in range(53))}))
    assert len(answer["rows"]) == 53
    assert "Remove 3" in problems[0].message


def test_pasting_can_be_turned_off() -> None:
    assert "paste" not in sheet(tool, block(paste=False), rows("a")).html
    assert tool.read(block(paste=False), MultiDict({f"{KEY}:paste": "x"}))[0] == {"rows": []}


def test_the_buttons() -> None:
    answer = rows("a", "b", "c")
    assert texts(press(answer, "up", "k2")) == ["a", "c", "b"]
    assert texts(press(answer, "down", "k0")) == ["b", "a", "c"]
    assert texts(press(answer, "top", "k2")) == ["c", "a", "b"]
    gone = press(answer, "remove", "k1")
    assert texts(gone) == ["a", "c"]
    assert "“b” is removed." in sheet(tool, block(), gone).words
    again_, _ = again(tool, block(), gone)
    assert texts(press(tool.merge_posted(block(), again_, gone, Inputs()), "undo")) == ["a", "b", "c"]
    with pytest.raises(UnknownButton):
        press(answer, "explode")


def test_adding_gives_one_line_more_than_was_shown_up_to_the_most() -> None:
    assert len(press({"rows": []}, "add", "rows", enough=3)["rows"]) == 4
    assert len(press(rows("a", "b"), "add", "rows")["rows"]) == 3
    full = rows("a", "b")
    assert press(full, "add", "rows", max=2) == full
    assert "|add|" not in sheet(tool, block(max=2), full).html


def test_buttons_are_named_with_the_item_and_fields_are_labelled() -> None:
    shown = sheet(tool, block(fields=PEOPLE, enough=3), rows("Rafi", "Ana"))
    assert shown.buttons[f"{KEY}|remove|k0"] == "Remove Rafi"
    assert shown.buttons[f"{KEY}|up|k1"] == "Move Ana up"
    assert not shown.unlabelled
    assert len(set(shown.ids)) == len(shown.ids)
    assert "maxlength" not in shown.html
    assert f"{KEY}:rows-0-fields-words~7" in shown.html
    assert "|up|" not in sheet(tool, block(reorder=False), rows("a", "b")).html


def folds_of(shown: Rendered) -> dict[str, tuple[str, bool]]:
    """The folded rows: words → what stands beside them, and whether the fields are open."""
    rows = [one for one in shown.root.iter("details") if one.find("summary/span/b") is not None]
    said = [(one, " ".join(words_of(small) for small in one.iterfind("summary/span/small"))) for one in rows]
    return {words_of(one.find("summary/span/b")): (words, one.get("open") is not None) for one, words in said}


def test_a_row_folds_once_its_further_fields_are_told() -> None:
    answer = rows("Rafi", "Ana")
    answer["rows"][0]["fields"] = {"known": "From nights", "still": "y"}
    shown = folds_of(sheet(tool, block(fields=PEOPLE), answer))
    assert shown == {"Rafi": ("Yes How they know my work: From nights", False)}
    assert folds_of(sheet(tool, block(fields=PROOF), rows("Reliable"))) == {}
    assert folds_of(sheet(tool, block(), rows("Photography"))) == {}


def test_a_row_with_an_error_does_not_fold() -> None:
    long = rows("Reliable", proof="x" * 301)
    _, problems = tool.read(block(fields=PROOF), posted(sheet(tool, block(fields=PROOF), long)))
    assert folds_of(sheet(tool, block(fields=PROOF), long, problems=problems)) == {}


GIVEN = Inputs(draft=(Item("s1", "Reliable"), Item("s2", "Fair")))


def test_given_rows_are_a_draft_with_their_words_as_text() -> None:
    asked = block(fields=PROOF, max=5, enough=5)
    draft = tool.start(asked, GIVEN)
    assert texts(draft) == ["Reliable", "Fair"]
    assert tool.used(draft) == {"s1", "s2"}
    shown = sheet(tool, asked, draft, GIVEN)
    assert "Reliable" in shown.words
    answer, problems = tool.read(asked, posted(shown, rows_0_fields_proof="Twelve years"))
    assert not problems
    assert answer["rows"][0] == {
        "key": "s1",
        "text": "Reliable",
        "fields": {"proof": "Twelve years"},
        "given": True,
    }
    assert again(tool, asked, draft, GIVEN) == (tool.form_part(draft), [])


def test_given_rows_follow_their_source() -> None:
    asked = block()
    draft = tool.start(asked, GIVEN)
    now = Inputs(draft=(Item("s1", "Dependable"),))
    assert texts(tool.with_live_rows(asked, draft, now)) == ["Dependable", "Fair"]
    assert texts(tool.with_live_rows(asked, rows("mine"), Inputs(draft=(Item("k0", "theirs"),)))) == ["mine"]
    assert texts(tool.apply_upstream(asked, draft, Item("s3", "Patient"))) == ["Reliable", "Fair", "Patient"]
    assert texts(tool.apply_upstream(asked, draft, Item("s1", "Dependable"))) == ["Dependable", "Fair"]
    assert texts(tool.drop_upstream(asked, draft, "s1")) == ["Fair"]
    assert len(tool.start(block(max=1), GIVEN)["rows"]) == 1


some_row = st.fixed_dictionaries(
    {
        "text": some_text.map(clean_line),
        "fields": st.fixed_dictionaries(
            {"known": some_text.map(clean_line), "words": some_text.map(clean_prose)},
            optional={"again": st.integers(-999, 999), "still": st.sampled_from(["", "y"])},
        ),
        "given": st.booleans(),
    }
)


@settings(max_examples=examples(40), deadline=None)
@example(st.lists(some_row, max_size=5))
def test_what_is_rendered_is_read_again(some: list[dict[str, Any]]) -> None:
    answer = {"rows": [{"key": f"k:{n}", **row} for n, row in enumerate(some)]}
    asked = block(fields=PEOPLE)
    assert again(tool, asked, answer) == (tool.form_part(answer), [])


HOSTILE = [
    "rows-²-text",
    "rows-" + "9" * 5000 + "-text",
    "rows--1-text",
    "rows-0-key",
    "rows-x",
    "rows",
    "rows-0-0-0",
    "paste",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("value", ["x", "", "\0", "<script>", "k" * 200])
def test_hostile_fields_never_raise(name: str, value: str) -> None:
    fields = MultiDict({f"{KEY}:{name}": value, f"{KEY}:rows-3-text": "a", f"{KEY}:rows-3-key": "k"})
    answer, _ = tool.read(block(), fields)
    assert "a" in texts(answer)


def test_keys_are_checked() -> None:
    bad = MultiDict({f"{KEY}:rows-0-key": 'a" onclick', f"{KEY}:rows-0-text": "a"})
    assert tool.read(block(), bad)[1]
    twice = MultiDict({f"{KEY}:rows-{n}-{part}": "k" for n in (0, 1) for part in ("key", "text")})
    assert tool.read(block(), twice)[1][0].field == ""
    choice = MultiDict({f"{KEY}:rows-0-key": "k", f"{KEY}:rows-0-text": "a", f"{KEY}:rows-0-fields-still": "maybe"})
    assert tool.read(block(fields=PEOPLE), choice)[1][0].field == "rows-0-fields-still"


@pytest.mark.parametrize("old", [{}, {"rows": [{"key": "k"}]}, {"rows": [{"key": "k", "text": "a"}], "removed": None}])
def test_an_answer_of_another_version_still_shows(old: Answer) -> None:
    sheet(tool, block(fields=PEOPLE), old)
    tool.long_form(block(fields=PEOPLE), old)
    assert tool.summary(block(), old)


def test_words() -> None:
    answer = rows("Rafi", "Ana", "Lin", "Mara", known="nights", words="one\ntwo", still="y")
    assert tool.summary(block(), answer) == "Rafi, Ana, Lin, and 1 more"
    assert (
        "– Rafi\n  How they know my work: nights\n  Their words: one\n  two\n  Still in touch: Yes"
        in tool.long_form(block(fields=PEOPLE), answer)
    )
    assert tool.items(rows("a", "")) == (Item("k0", "a", {}),)


LIBRARY = Library(
    [
        LibrarySkill("wound", "wound-care", "Wound care", "knowledge", "health", ("dressings",)),
        LibrarySkill("drive", "driving", "Driving", "transferable", "moving"),
    ]
)


@pytest.fixture
def mara(user: User, monkeypatch: pytest.MonkeyPatch) -> User:
    database.create_tables((people.Testimonial, people.Contact))
    monkeypatch.setattr(skill_lessons, "library", lambda: LIBRARY)
    return user


def test_each_line_names_a_skill_of_the_library_or_an_own_one(mara: User) -> None:
    asked = block("user_skills.knowledge")
    answer = rows("WOUND CARE", "Dressings", "driving", "Polish")
    assert learn(tool, mara, asked, answer, AT) == {"user_skills", "work_factors"}
    assert learn(tool, mara, asked, answer, AT) == frozenset()
    known = {row.id: row.category for row in UserSkill.select()}
    assert (known["wound"], known["drive"]) == ("knowledge", "transferable")
    assert OwnSkill.select().count() == 1
    assert learn(tool, mara, asked, {"rows": []}, AT) == {"user_skills", "work_factors"}
    assert UserSkill.select().where(UserSkill.removed_at.is_null()).count() == 0


def test_a_reworded_line_stays_the_same_skill(mara: User) -> None:
    asked = block("user_skills.knowledge")
    learn(tool, mara, asked, rows("Polish"), AT)
    learn(tool, mara, asked, rows("Polish, enough for a building site"), AT)
    assert UserSkill.select().count() == 1


def test_a_line_that_was_named_before_stays_the_skill_that_it_was_there(mara: User) -> None:
    asked, given = block("user_skills.knowledge"), {"given": True, "fields": {}}
    answer = {
        "rows": [{"key": "own-1", "text": "Old presses", **given}, {"key": "wound", "text": "Wound care", **given}]
    }
    learn(tool, mara, asked, tool.store(tool.load(answer)), AT)
    assert {row.id for row in UserSkill.select()} == {"own-1", "wound"}


def test_where_some_lines_are_enough_only_those_need_what_is_required() -> None:
    asked = block(enough=2, all_whole=False, fields=({"name": "proof", "label": "Proof", "required": True},))
    proof, none = {"proof": "A day"}, {}
    answers = {"rows": [{"key": f"k{n}", "text": "Fair", "fields": one} for n, one in enumerate((proof, none, none))]}
    assert [one.field for one in tool.incomplete(asked, answers)] == ["rows-1-fields-proof"]
    answers["rows"][2]["fields"] = proof
    assert tool.incomplete(asked, answers) == []


def test_people_are_testimonials_and_contacts(mara: User) -> None:
    asked = block("testimonials", fields=PEOPLE)
    assert learn(tool, mara, asked, rows("Rafi", "", known="nights"), AT) == {"testimonials", "contacts"}
    assert learn(tool, mara, asked, rows("Rafi", "", known="nights"), AT) == frozenset()
    assert (people.Testimonial.select().count(), people.Contact.select().count()) == (1, 1)
    assert learn(tool, mara, asked, {"rows": []}, AT) == {"testimonials", "contacts"}


def test_a_list_that_makes_nothing_teaches_nothing(mara: User) -> None:
    assert learn(tool, mara, block(), rows("a"), AT) == frozenset()


PAST = (
    {"name": "helped", "label": "What helped", "kind": "text"},
    {"name": "hindered", "label": "What hindered", "kind": "text"},
)
WARD, KITCHEN, SHED = Item("w", "Ward B"), Item("k", "School kitchen"), Item("s", "My father’s shed")
LIVE = Inputs(rows=(WARD, KITCHEN))


def live(**options: Any) -> Block:
    rows = Connection(20, ("1.1.2",), "1.2.2", "auto_populate", "rows", "experiences")
    return replace(block(fields=PAST, enough=0, line="Place", **options), connections=(rows,))


def of_ward(words: str = "Two windows") -> Answer:
    return {"rows": [{"key": "w", "text": "Ward B", "fields": {"helped": words}, "live": True}]}


def test_live_rows_are_the_items_and_unanswered_ones_are_no_answer() -> None:
    shown = sheet(tool, live(), tool.empty(live()), LIVE)
    assert "Ward B" in shown.words
    assert "School kitchen" in shown.words
    assert f"{KEY}|remove|w" not in shown.buttons
    assert not [name for name in shown.posted if name.endswith("-text")], "their words are not edited here"
    assert again(tool, live(), tool.empty(live()), LIVE) == ({"rows": []}, [])
    standing = tool.with_live_rows(live(), tool.empty(live()), LIVE)
    assert tool.form_part(standing) == {"rows": []}
    assert tool.items(standing) == ()
    assert tool.used(standing) == frozenset()
    assert tool.summary(live(), standing) == "Nothing on the list yet"


def test_what_is_said_of_a_live_row_is_kept_by_its_key() -> None:
    shown = sheet(tool, live(), tool.empty(live()), LIVE)
    bare, problems = tool.read(live(), posted(shown, rows_1_fields_helped="Steady hours"))
    assert not problems
    answer = tool.merge_posted(live(), bare, None, LIVE)
    assert answer["rows"] == [
        {"key": "k", "text": "School kitchen", "fields": {"helped": "Steady hours"}, "live": True}
    ]
    assert tool.used(answer) == {"k"}
    now = Inputs(rows=(SHED, Item("k", "The kitchen"), WARD))
    standing = tool.with_live_rows(live(), answer, now)
    assert texts(standing) == ["My father’s shed", "The kitchen", "Ward B"]
    assert again(tool, live(), standing, now) == (tool.form_part(answer), [])


def test_of_live_rows_the_next_to_be_told_is_open() -> None:
    untold = folds_of(sheet(tool, live(), tool.empty(live()), LIVE))
    assert untold == {"Ward B": ("nothing said yet", True), "School kitchen": ("nothing said yet", False)}
    assert folds_of(sheet(tool, live(), of_ward(), LIVE))["School kitchen"] == ("nothing said yet", True)


def test_emptying_a_live_row_takes_the_answer_back() -> None:
    shown = sheet(tool, live(), of_ward(), LIVE)
    bare, _ = tool.read(live(), posted(shown, rows_0_fields_helped=" "))
    assert tool.merge_posted(live(), bare, of_ward(), LIVE) == {"rows": []}


def test_a_live_row_that_is_gone_is_folded_with_what_was_said_of_it() -> None:
    now = Inputs(rows=(KITCHEN,))
    shown = sheet(tool, live(), of_ward(), now)
    assert "You removed where these came from: 1" in shown.words
    assert shown.buttons[f"{KEY}|remove|w"] == "Remove Ward B"
    bare, problems = again(tool, live(), of_ward(), now)
    assert (bare, problems) == (tool.form_part(of_ward()), [])
    assert tool.merge_posted(live(), bare, of_ward(), now) == of_ward()
    assert tool.drop_upstream(live(), of_ward(), "w")["rows"] == []


def test_rows_of_ones_own_can_be_added_to_live_ones() -> None:
    more = tool.act(live(), tool.empty(live()), Button("add", "rows", MultiDict(), LIVE))
    shown = sheet(tool, live(), more, LIVE)
    assert shown.html.count("<li") == 3
    bare, problems = tool.read(live(), posted(shown, rows_2_text="The allotment", rows_2_fields_hindered="Rain"))
    assert not problems
    answer = tool.merge_posted(live(), bare, None, LIVE)
    assert texts(answer) == ["The allotment"]
    assert texts(tool.with_live_rows(live(), answer, LIVE)) == ["Ward B", "School kitchen", "The allotment"]
    assert tool.apply_upstream(live(), answer, SHED) == answer


def test_an_error_in_a_live_list_stands_at_its_own_row() -> None:
    shown = sheet(tool, live(), tool.empty(live()), LIVE)
    bare, problems = tool.read(live(), posted(shown, rows_1_fields_helped="x" * 301))
    assert [one.field for one in problems] == ["rows-1-fields-helped"]
    answer = tool.merge_posted(live(), bare, None, LIVE)
    page = sheet(tool, live(), answer, LIVE, problems)
    assert "1 character over" in page.words
    assert page.html.index("School kitchen") < page.html.index("1 character over")


def test_what_was_said_of_a_live_row_that_is_gone_stays() -> None:
    made_up = MultiDict({f"{KEY}:rows-0-key": "x", f"{KEY}:rows-0-live": "1", f"{KEY}:rows-0-fields-helped": "a"})
    bare, _ = tool.read(live(), made_up)
    (row,) = tool.merge_posted(live(), bare, None, LIVE)["rows"]
    assert (row["text"], row["fields"]) == ("Something you've removed", {"helped": "a"})


@settings(max_examples=examples(30), deadline=None)
@example(st.sets(st.sampled_from("wks")), st.sets(st.sampled_from("wks")), st.booleans())
def test_live_rows_are_rendered_and_read_again(here: set[str], said: set[str], own: bool) -> None:
    items = tuple(one for one in (WARD, KITCHEN, SHED) if one.key in here)
    answer: Answer = {
        "rows": [{"key": key, "text": key, "fields": {"helped": key}, "live": True} for key in sorted(said)]
        + ([{"key": "o", "text": "own", "fields": {}}] if own else [])
    }
    given = Inputs(rows=items)
    standing = tool.with_live_rows(live(), answer, given)
    assert again(tool, live(), standing, given) == (tool.form_part(standing), [])
    assert {row["key"] for row in tool.form_part(standing)["rows"]} == said | ({"o"} if own else set())


PICKS = (
    {"value": "hours", "label": "Hours and days"},
    {"value": "care", "label": "People I care for"},
    {"value": "nothing", "label": "Nothing of this kind right now"},
)
UNTIL = ({"name": "until", "label": "Until or from when", "kind": "text"},)


def picking() -> Block:
    return block(pick=PICKS, fields=UNTIL)


def tick(answer: Answer, *values: str, **typed: str) -> Answer:
    sent = posted(sheet(tool, picking(), answer), **typed)
    sent.update({f"{KEY}:pick": list(values)})
    bare, problems = tool.read(picking(), sent)
    assert problems == []
    return tool.merge_posted(picking(), bare, answer, Inputs())


def test_ticked_ones_become_lines_and_are_offered_no_more() -> None:
    first = sheet(tool, picking(), {"rows": []})
    assert first.buttons[f"{KEY}|pick|"] == "Add the checked ones"
    assert not first.unlabelled
    answer = tick({"rows": []}, "care", "hours")
    assert [(row["key"], row["text"], row["kind"]) for row in answer["rows"]] == [
        ("pick-hours", "Hours and days", "hours"),
        ("pick-care", "People I care for", "care"),
    ]
    assert press(answer, "pick") == answer
    shown = sheet(tool, picking(), answer)
    assert shown.html.count('type="checkbox"') == 1
    assert again(tool, picking(), answer) == (tool.form_part(answer), [])


def test_the_same_ticks_again_are_the_same_answer() -> None:
    sent = posted(sheet(tool, picking(), {"rows": []}), pick="hours")
    assert tool.read(picking(), sent) == tool.read(picking(), sent)
    answer = tick({"rows": []}, "hours")
    assert tick(answer, "hours") == answer


def test_the_words_of_a_picked_line_may_be_changed_and_it_stays_what_it_is() -> None:
    answer = tick(tick({"rows": []}, "hours"), rows_0_text="Not before nine", rows_0_fields_until="June")
    (row,) = answer["rows"]
    assert (row["text"], row["kind"], row["fields"]) == ("Not before nine", "hours", {"until": "June"})
    assert "kind" not in tick({"rows": []}, rows_0_text="A guide dog")["rows"][0]


def test_a_picked_line_that_is_removed_is_offered_again_and_never_doubled() -> None:
    gone = press(tick({"rows": []}, "hours"), "remove", "pick-hours")
    assert sheet(tool, picking(), gone).html.count('type="checkbox"') == 3
    back = tick(gone, "hours")
    assert "removed" not in back
    assert len(press(back, "undo")["rows"]) == 1


def test_in_a_tree_the_keys_tell_nobody_what_was_picked_or_pasted() -> None:
    sent = posted(sheet(tool, picking(), {"rows": []}), pick="hours", paste="Porto")
    bare, _ = tool.read(picking(), sent)
    mine, same, theirs = (
        tool.merge_posted(picking(), bare, None, Inputs(secret=one)) for one in ("mine", "mine", "theirs")
    )
    assert mine == same
    keys = [[row["key"] for row in answer["rows"]] for answer in (bare, mine, theirs)]
    assert len({key for some in keys for key in some}) == 6
    shown = posted(sheet(tool, picking(), mine), pick="hours", paste="Porto")
    again_ = tool.merge_posted(picking(), tool.read(picking(), shown)[0], mine, Inputs(secret="mine"))
    assert [row["key"] for row in again_["rows"]] == keys[1], "neither comes twice"


def test_the_line_that_says_nothing_applies_asks_no_more() -> None:
    shown = sheet(tool, picking(), tick({"rows": []}, "nothing"))
    assert "Until or from when" not in shown.words


def test_ticks_and_kinds_that_are_not_on_the_list() -> None:
    strange = MultiDict({f"{KEY}:pick": "<b>", f"{KEY}:rows-0-key": "k", f"{KEY}:rows-0-text": "a"})
    answer, problems = tool.read(picking(), strange)
    assert texts(answer) == ["a"]
    assert problems[0].field == "pick"
    made_up = MultiDict({f"{KEY}:rows-0-key": "k", f"{KEY}:rows-0-text": "a", f"{KEY}:rows-0-kind": "king"})
    assert tool.read(picking(), made_up) == ({"rows": [{"key": "k", "text": "a", "fields": {}}]}, [])


ROOTS = (Location, WorkPreference, Constraint, Reflection, Note)


@pytest.fixture
def lin(user: User, monkeypatch: pytest.MonkeyPatch) -> User:
    database.create_tables(ROOTS)
    monkeypatch.setattr(provenance, "book", Book)
    return user


def rows_of(user: User, model: Any, *columns: str) -> list[Any]:
    found = model.select().where(model.user_id == user.id).order_by(model.position, model.id)
    return [tuple(opened_column(user, row, column) for column in columns) for row in found]


def ranked(user: User, ranks: dict[str, int]) -> bool:
    """Teaches the ranks of places, as their ranking does."""
    items = [Item(key, "", {"rank": rank}) for key, rank in ranks.items()]
    ranking = replace(block("locations.rank"), key="1.9.9.rank")
    return bool(LOCATIONS.learn(user, ranking, items, AT))


LESSONS = [
    ("locations", "locations", Location),
    ("work_preferences.past", "work_preferences", WorkPreference),
    ("work_preferences.workplace", "work_preferences", WorkPreference),
    ("work_preferences.people", "work_preferences", WorkPreference),
    ("work_preferences.benefit", "work_preferences", WorkPreference),
    ("constraints", "constraints", Constraint),
    ("reflections.group", "reflections", Reflection),
    ("reflections.event", "reflections", Reflection),
    ("topics", "reflections", Note),
]
SAYS = {"draws": "the sea", "helped": "light", "level": "must", "who": "boss", "firmness": "fixed", "gets": "soup"}
FIELDS = tuple({"name": name, "label": name, "kind": "text"} for name in (*SAYS, "better", "when", "until"))


def lines(*keys: str, words: str = "about") -> Answer:
    return {"rows": [{"key": key, "text": f"{words} {key}", "fields": dict(SAYS)} for key in keys]}


@pytest.mark.parametrize(("makes", "source", "model"), LESSONS)
def test_every_list_teaches_once_and_takes_back_only_its_own(lin: User, makes: str, source: str, model: Any) -> None:
    asked, other = block(makes, fields=FIELDS), replace(block(makes, fields=FIELDS), key="1.9.9.other")
    assert source in learn(tool, lin, asked, lines("a", "b"), AT)
    assert learn(tool, lin, asked, lines("a", "b"), "2031") == frozenset(), "twice is once"
    learn(tool, lin, other, lines("a"), AT)
    before = set(ask(f'SELECT * FROM "{model._meta.table_name}"'))
    assert source in learn(tool, lin, asked, lines("a"), AT)
    after = set(ask(f'SELECT * FROM "{model._meta.table_name}"'))
    assert after < before, "what is taken out takes only itself"
    assert {row.item_key.partition(":")[0] for row in model.select()} == {"a"}
    learn(tool, lin, asked, {"rows": []}, AT)
    assert {row.block_key for row in model.select()} == {"1.9.9.other"}
    assert learn(tool, lin, asked, {"rows": [{"key": "z", "text": "", "fields": {}}]}, AT) == frozenset()


def test_places_keep_their_rank_when_the_list_is_saved_again(lin: User) -> None:
    asked = block("locations", fields=FIELDS)
    learn(tool, lin, asked, lines("a", "b", "c"), AT)
    assert ranked(lin, {"c": 1, "a": 2})
    assert not ranked(lin, {"c": 1, "a": 2})
    assert [item.key for item in LOCATIONS.items(lin, {})] == ["c", "a", "b"]
    learn(tool, lin, asked, lines("b", "a", "c", words="again"), AT)
    assert [(item.key, item.fields["rank"]) for item in LOCATIONS.items(lin, {})] == [("c", 1), ("a", 2), ("b", None)]
    learn(tool, lin, asked, lines("b", "a"), AT)
    assert [item.key for item in LOCATIONS.items(lin, {})] == ["a", "b"]
    learn(tool, lin, asked, lines("b", "a", "c"), AT)
    assert [item.key for item in LOCATIONS.items(lin, {})] == ["c", "a", "b"], "an undo brings the rank back too"
    learn(tool, lin, asked, {"rows": []}, AT)
    ranked(lin, {})
    assert Location.select().count() == 0


TOWNS = st.lists(st.sampled_from("abcd"), unique=True)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(st.lists(st.tuples(st.booleans(), TOWNS), max_size=8))
def test_any_edits_of_a_list_and_its_order_leave_what_was_said_last(
    lin: User, edits: list[tuple[bool, list[str]]]
) -> None:
    asked = block("locations", fields=FIELDS)
    here: list[str] = []
    ranks: dict[str, int] = {}
    for is_list, keys in [(True, []), (False, []), *edits]:
        if is_list:
            here = keys
            learn(tool, lin, asked, lines(*keys), AT)
            assert learn(tool, lin, asked, lines(*keys), "2031") == frozenset()
        else:
            known = {*here, *ranks}
            ranks = {key: n for n, key in enumerate(keys, 1) if key in known}
            ranked(lin, dict(zip(keys, range(1, 9), strict=False)))
        found = [(item.key, item.fields["rank"]) for item in LOCATIONS.items(lin, {})]
        wanted = sorted(here, key=lambda key: (ranks.get(key, 999), here.index(key)))
        assert found == [(key, ranks.get(key)) for key in wanted]


def test_of_a_place_taken_out_no_word_is_left(lin: User) -> None:
    asked = block("locations", fields=FIELDS)
    learn(tool, lin, asked, lines("a"), AT)
    ranked(lin, {"a": 1})
    learn(tool, lin, asked, {"rows": []}, AT)
    assert LOCATIONS.items(lin, {}) == []
    assert rows_of(lin, Location, "name", "draws", "holds") == [("", "", "")]


def test_what_helped_and_what_hindered_are_a_row_each(lin: User) -> None:
    answer = of_ward()
    answer["rows"][0]["fields"]["hindered"] = "Nights"
    learn(tool, lin, live(), answer, AT)
    assert learn(tool, lin, replace(live(), makes="work_preferences.past"), answer, AT)
    assert rows_of(lin, WorkPreference, "item_key", "kind", "text") == [
        ("w:helped", "helped", "Two windows"),
        ("w:hindered", "hindered", "Nights"),
    ]
    assert [item.text for item in PREFERENCES.items(lin, {"kinds": ["hindered"]})] == ["Nights"]


def test_people_have_who_and_level(lin: User) -> None:
    learn(tool, lin, block("work_preferences.people", fields=FIELDS), lines("a"), AT)
    (item,) = PREFERENCES.items(lin, {"levels": ["must"]})
    assert (item.text, item.fields["who"], item.fields["kind"]) == ("about a", "boss", "people")


def test_constraints_know_their_kind_and_nothing_is_none(lin: User) -> None:
    asked = replace(picking(), makes="constraints")
    learn(tool, lin, asked, tick({"rows": []}, "hours", "nothing", rows_0_text="A guide dog"), AT)
    found = CONSTRAINTS.items(lin, {})
    assert [(item.text, item.fields["kind"]) for item in found] == [
        ("A guide dog", "other"),
        ("Hours and days", "hours"),
    ]
    assert [item.text for item in CONSTRAINTS.items(lin, {"kinds": ["hours"]})] == ["Hours and days"]
    assert CONSTRAINTS.items(lin, {"firmness": ["fixed"]}) == []


def test_reflections_and_topics_are_read_together(lin: User) -> None:
    groups = replace(block("reflections.group", fields=FIELDS), key="1.4.2.groups")
    learn(tool, lin, groups, lines("choir"), AT)
    worries = {"rows": [{"key": "t", "text": "Loneliness", "fields": {"better": "More doors open"}}]}
    assert learn(tool, lin, block("topics"), worries, AT) == {"topics", "reflections"}
    lesson = Block("1.4.1.lesson", "1.4.1", "prompt", "textarea", makes="reflections.lesson")
    assert learn(textarea("textarea"), lin, lesson, {"value": "Ask first"}, AT) == {"reflections"}
    assert [(item.fields["kind"], item.text) for item in reflections(lin, {})] == [
        ("lesson", "Ask first"),
        ("group", "soup"),
        ("topic", "Loneliness"),
    ]
    assert [item.text for item in reflections(lin, {"kinds": ["topic"]})] == ["Loneliness"]
    assert reflections(lin, {})[2].fields["better"] == "More doors open"
    learn(textarea("textarea"), lin, lesson, {"value": ""}, AT)
    assert "Ask first" not in [item.text for item in reflections(lin, {})]
