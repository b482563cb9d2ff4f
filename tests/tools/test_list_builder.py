"""Lists: lines that are never lost, pasting, and the skills a line names."""

from typing import Any

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import User
from dreamtree.content.book import Block
from dreamtree.content.library import Library, LibrarySkill
from dreamtree.db import database
from dreamtree.profile import people
from dreamtree.profile.skills import OwnSkill, UserSkill
from dreamtree.tools import Given, UnknownButton, list_builder
from dreamtree.tools._typed import line, prose
from dreamtree.tools.list_builder import tool
from dreamtree.values import Answer, Item
from tests.tools.conftest import AT
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
    return tool.act(block(**options), answer, verb, argument, MultiDict())


def test_an_empty_list_shows_lines_to_fill_and_says_what_is_enough() -> None:
    shown = sheet(tool, block(enough=3), {"rows": []})
    assert shown.html.count("<li") == 3
    assert again(tool, block(enough=3), {"rows": []}) == ({"rows": []}, [])
    (problem,) = tool.missing(block(enough=3), rows("a", "b"))
    assert problem.field == "rows-2-text"
    assert problem.message == "3 lines are enough to go on. There are 2 so far."


def test_complete() -> None:
    assert not tool.missing(block(), rows("Photography"))
    assert tool.missing(block(), rows(""))
    assert tool.missing(block(enough=9, max=2), rows("a", "b")) == []


def test_a_required_field_is_asked_for_at_its_row() -> None:
    (problem,) = tool.missing(block(fields=PROOF), rows("Reliable"))
    assert problem.field == "rows-0-fields-proof"
    assert not tool.missing(block(fields=PROOF), rows("Reliable", proof="Twelve years"))


def test_a_line_without_its_first_words_is_kept_and_asked_for() -> None:
    bare = tool.bare(rows("", known="From nights"))
    assert len(bare["rows"]) == 1
    assert tool.missing(block(fields=PEOPLE), bare)[0].field == "rows-0-text"


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
    assert "5 characters too long" in problems[0].message
    assert "5 characters too long" in sheet(tool, block(), answer, problems=problems).words


def test_pasted_lines_become_rows_whatever_is_pressed() -> None:
    shown = sheet(tool, block(), rows("a"))
    sent = posted(shown, paste="Polish\r\n\r\n  wound care  \nPolish\n")
    answer, problems = tool.read(block(), sent)
    assert texts(answer) == ["a", "Polish", "wound care"]
    assert not problems
    assert tool.act(block(), answer, "paste", "", sent) == answer
    assert tool.read(block(), sent)[0] == answer, "an autosave repeated is the same answer"
    more, _ = tool.read(block(), posted(sheet(tool, block(), answer), paste="Polish\nnew"))
    assert texts(more) == ["a", "Polish", "wound care", "new"]


def test_nothing_pasted_is_cut() -> None:
    answer, problems = tool.read(block(), MultiDict({f"{KEY}:paste": "ok\n" + "x" * 301}))
    assert texts(answer) == ["ok", "x" * 301]
    assert [one.field for one in problems] == ["rows-1-text"]
    answer, problems = tool.read(block(), MultiDict({f"{KEY}:paste": "\n".join(f"line {n}" for n in range(53))}))
    assert len(answer["rows"]) == 53
    assert "Take out 3" in problems[0].message


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
    assert texts(press(tool.dress(block(), again_, gone, Given()), "undo")) == ["a", "b", "c"]
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


GIVEN = Given(draft=(Item("s1", "Reliable"), Item("s2", "Fair")))


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
    assert again(tool, asked, draft, GIVEN) == (tool.bare(draft), [])


def test_given_rows_follow_their_source() -> None:
    asked = block()
    draft = tool.start(asked, GIVEN)
    now = Given(draft=(Item("s1", "Dependable"),))
    assert texts(tool.with_rows(asked, draft, now)) == ["Dependable", "Fair"]
    assert texts(tool.with_rows(asked, rows("mine"), Given(draft=(Item("k0", "theirs"),)))) == ["mine"]
    assert texts(tool.take_in(asked, draft, Item("s3", "Patient"))) == ["Reliable", "Fair", "Patient"]
    assert texts(tool.take_in(asked, draft, Item("s1", "Dependable"))) == ["Dependable", "Fair"]
    assert texts(tool.take_out(asked, draft, "s1")) == ["Fair"]
    assert len(tool.start(block(max=1), GIVEN)["rows"]) == 1


some_row = st.fixed_dictionaries(
    {
        "text": some_text.map(line),
        "fields": st.fixed_dictionaries(
            {"known": some_text.map(line), "words": some_text.map(prose)},
            optional={"again": st.integers(-999, 999), "still": st.sampled_from(["", "y"])},
        ),
        "given": st.booleans(),
    }
)


@settings(max_examples=40, deadline=None)
@example(st.lists(some_row, max_size=5))
def test_what_is_rendered_is_read_again(some: list[dict[str, Any]]) -> None:
    answer = {"rows": [{"key": f"k:{n}", **row} for n, row in enumerate(some)]}
    asked = block(fields=PEOPLE)
    assert again(tool, asked, answer) == (tool.bare(answer), [])


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
    assert tool.summary(block(), answer) == "Rafi, Ana, Lin and 1 more"
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
    monkeypatch.setattr(list_builder, "library", lambda: LIBRARY)
    return user


def test_each_line_names_a_skill_of_the_library_or_an_own_one(mara: User) -> None:
    asked = block("user_skills.knowledge")
    answer = rows("WOUND CARE", "Dressings", "driving", "Polish")
    assert tool.learn(mara, asked, answer, AT) == {"user_skills"}
    assert tool.learn(mara, asked, answer, AT) == frozenset()
    known = {row.id: row.category for row in UserSkill.select()}
    assert set(known.values()) == {"knowledge"}
    assert "wound" in known
    assert "drive" not in known
    assert OwnSkill.select().count() == 2
    assert tool.learn(mara, asked, {"rows": []}, AT) == {"user_skills"}
    assert UserSkill.select().where(UserSkill.removed_at.is_null()).count() == 0


def test_a_reworded_line_stays_the_same_skill(mara: User) -> None:
    asked = block("user_skills.knowledge")
    tool.learn(mara, asked, rows("Polish"), AT)
    tool.learn(mara, asked, rows("Polish, enough for a building site"), AT)
    assert UserSkill.select().count() == 1


def test_people_are_testimonials_and_contacts(mara: User) -> None:
    asked = block("testimonials", fields=PEOPLE)
    assert tool.learn(mara, asked, rows("Rafi", "", known="nights"), AT) == {"testimonials", "contacts"}
    assert tool.learn(mara, asked, rows("Rafi", "", known="nights"), AT) == frozenset()
    assert (people.Testimonial.select().count(), people.Contact.select().count()) == (1, 1)
    assert tool.learn(mara, asked, {"rows": []}, AT) == {"testimonials", "contacts"}


def test_a_list_that_makes_nothing_teaches_nothing(mara: User) -> None:
    assert tool.learn(mara, block(), rows("a"), AT) == frozenset()
