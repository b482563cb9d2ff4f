"""Checklists: ticks you kept with their line, dates as people write them, and lines of one's own."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as example
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import User
from dreamtree.content.book import Block, Book
from dreamtree.db import database
from dreamtree.profile import provenance
from dreamtree.profile.checklists import CHECKLISTS, ChecklistItem
from dreamtree.tools import Button, Inputs, UnknownButton
from dreamtree.tools.checklist import tool
from dreamtree.values import Answer, Item
from tests.examples import examples
from tests.rules.strict_html import fragment_faults
from tests.teaching import learn
from tests.tools.conftest import AT
from tests.tools.sheets import again, posted, sheet, some_text

KEY = "1.5.2.list"
READY = ({"key": "ask", "text": "Ask one person"}, {"key": "date", "text": "Set a date"})
NOTHING = Inputs()
BESIDE = Inputs(rows=(Item("stop", "Job ads in bed"), Item("start", "One message")))


def block(makes: str = "checklists", **options: Any) -> Block:
    return Block(KEY, "1.5.2", "tool", "checklist", label="First steps", makes=makes, options=options)


def own(*texts: str, **said: Any) -> Answer:
    return {"rows": [{"key": f"k{n}", "text": text, "own": True, **said} for n, text in enumerate(texts)]}


def texts(answer: Answer) -> list[str]:
    return [row["text"] for row in answer["rows"]]


def shown(answer: Answer, given: Inputs = NOTHING, **options: Any) -> Answer:
    return tool.with_live_rows(block(**options), answer, given)


def send(answer: Answer, given: Inputs = NOTHING, **typed: str) -> Answer:
    bare, problems = tool.read(block(), posted(sheet(tool, block(), answer, given), **typed))
    assert not problems
    return tool.merge_posted(block(), bare, answer, given)


def press(answer: Answer, verb: str, argument: str = "", given: Inputs = NOTHING, **options: Any) -> Answer:
    return tool.act(block(**options), answer, Button(verb, argument, MultiDict(), given))


def test_an_empty_list_shows_a_line_to_fill_and_says_what_is_enough() -> None:
    page = sheet(tool, block(), {"rows": []})
    assert page.html.count("<li") == 1
    assert "|remove|" not in page.html
    assert not page.unlabelled
    assert not fragment_faults(page.html)
    assert again(tool, block(), {"rows": []}) == ({"rows": []}, [])
    (problem,) = tool.incomplete(block(), {"rows": []})
    assert problem.field == "rows-0-text"
    assert problem.message == "Add at least one thing to do."
    (problem,) = tool.incomplete(block(enough=3), own("a"))
    assert problem.message == "Add at least three things to do. You have one so far."
    assert sheet(tool, block(enough=3), own("a")).html.count("<li") == 3
    assert not tool.incomplete(block(), own("a"))


def test_a_line_has_a_tick_a_date_and_a_note() -> None:
    page = sheet(tool, block(), own("Charger to the kitchen"))
    typed = {"rows_0_done": "1", "rows_0_date": "14 March 2027", "rows_0_note": " Slept  well "}
    answer, problems = tool.read(block(), posted(page, **typed))
    assert not problems
    assert answer["rows"] == [
        {
            "key": "k0",
            "own": True,
            "text": "Charger to the kitchen",
            "done": True,
            "date": "2027-03-14",
            "note": "Slept well",
        }
    ]
    assert again(tool, block(), answer) == (answer, [])
    assert "Done." in sheet(tool, block(), answer).words
    assert tool.long_form(block(), answer) == "[x] Charger to the kitchen\n  March 14, 2027\n  Slept well"


def test_what_is_unclear_or_too_long_is_said_at_the_field_with_the_words_kept() -> None:
    page = sheet(tool, block(), own("a"))
    answer, problems = tool.read(block(), posted(page, rows_0_date="x" * 45, rows_0_note="x" * 305))
    assert [one.field for one in problems] == ["rows-0-date", "rows-0-note"]
    again_ = sheet(tool, block(), tool.merge_posted(block(), answer, own("a"), Inputs()), problems=problems)
    assert "5 characters over" in again_.words
    assert "x" * 45 in again_.posted.values()


def test_a_date_may_be_words() -> None:
    answer = send(own("a"), rows_0_date=" On  Tuesday ")
    assert answer["rows"][0]["date"] == "On Tuesday"
    assert again(tool, block(), answer) == (tool.form_part(answer), [])
    assert send(own("a"), rows_0_date="March 2027")["rows"][0]["date"] == "2027-03"


def test_a_line_without_its_first_words_is_kept_and_asked_for() -> None:
    answer = send({"rows": []}, rows_0_note="from Rafi")
    assert answer["rows"][0]["note"] == "from Rafi"
    assert tool.incomplete(block(), answer)[0].field == "rows-0-text"


def test_ready_made_lines_and_those_of_other_blocks_come_by_themselves() -> None:
    answer = shown({"rows": []}, BESIDE, items=READY)
    assert texts(answer) == ["Ask one person", "Set a date", "Job ads in bed", "One message"]
    page = sheet(tool, block(items=READY), answer, BESIDE)
    assert "|remove|" not in page.html
    assert page.buttons[f"{KEY}|up|stop"] == "Move Job ads in bed up"
    assert not page.unlabelled
    assert not fragment_faults(page.html)
    assert again(tool, block(items=READY), answer, BESIDE) == (tool.form_part(answer), [])
    assert press(answer, "remove", "stop", BESIDE) == answer
    assert not tool.incomplete(block(), answer)


def test_a_reworded_line_keeps_what_is_said_of_it() -> None:
    answer = send(shown({"rows": []}, BESIDE), BESIDE, rows_0_done="1", rows_0_date="2027")
    now = Inputs(rows=(Item("start", "Two messages"), Item("stop", "Job ads at night")))
    assert shown(answer, now)["rows"][0] == {
        "key": "stop",
        "text": "Job ads at night",
        "done": True,
        "date": "2027",
        "note": "",
    }
    assert texts(shown(answer, now)) == ["Job ads at night", "Two messages"]


def test_a_line_that_is_gone_stays_while_something_is_said_of_it() -> None:
    answer = send(shown({"rows": []}, BESIDE), BESIDE, rows_0_done="1")
    gone = shown(answer)
    assert texts(gone) == ["Job ads in bed"]
    assert "You removed where this came from" in sheet(tool, block(), gone).words
    removed = press(gone, "remove", "stop")
    assert texts(removed) == []
    assert press(removed, "undo")["rows"] == gone["rows"]
    assert shown(answer, BESIDE)["rows"] == answer["rows"]


def test_a_line_that_the_page_did_not_have_is_not_lost() -> None:
    before = send(shown({"rows": []}, BESIDE), BESIDE, rows_1_done="1")
    bare = {"rows": [{"key": "stop", "done": True, "date": "", "note": ""}]}
    now = tool.merge_posted(block(), bare, before, BESIDE)
    assert [(row["key"], row["done"]) for row in now["rows"]] == [("stop", True), ("start", True)]


def test_the_buttons() -> None:
    answer = own("a", "b", "c", done=True)
    assert texts(press(answer, "up", "k2")) == ["a", "c", "b"]
    assert texts(press(answer, "down", "k0")) == ["b", "a", "c"]
    gone = press(answer, "remove", "k1")
    assert texts(gone) == ["a", "c"]
    assert "“b” is removed." in sheet(tool, block(), gone).words
    assert texts(press(send(gone), "undo")) == ["a", "b", "c"]
    assert press(send(gone), "undo")["rows"][1]["done"]
    assert len(press({"rows": []}, "add", "rows")["rows"]) == 2
    assert len(press(answer, "add", "rows")["rows"]) == 4
    assert press(answer, "add", "rows", max=3) == answer
    assert "Add another" not in sheet(tool, block(max=3), answer).words
    with pytest.raises(UnknownButton):
        press(answer, "explode")


def test_hostile_fields_are_refused_or_ignored() -> None:
    def fields(**said: str) -> MultiDict[str, str]:
        return MultiDict({f"{KEY}:rows-0-{name}": value for name, value in said.items()})

    bare, _ = tool.read(block(), fields(key="nobody", done="1"))
    assert tool.merge_posted(block(), bare, None, BESIDE)["rows"] == shown({"rows": []}, BESIDE)["rows"]
    assert tool.read(block(), fields(key='" onclick', own="1", text="a"))[1]
    renamed, _ = tool.read(block(), fields(key="stop", own="1", text="mine", done="1"))
    first = tool.merge_posted(block(), renamed, None, BESIDE)["rows"][0]
    assert (first["text"], first["done"], "own" in first) == ("Job ads in bed", True, False)
    twice = MultiDict({f"{KEY}:rows-{n}-key": "stop" for n in range(2)})
    assert "twice" in tool.read(block(), twice)[1][0].message
    many = MultiDict({f"{KEY}:rows-{n}-key": f"k{n}" for n in range(90)})
    assert "Remove 40" in tool.read(block(), many)[1][0].message


@pytest.mark.parametrize("name", ["rows-²-text", "rows--1-text", "rows-0-key", "rows-x", "rows", "rows-0-0-0"])
@pytest.mark.parametrize("value", ["x", "", "\0", "<script>", "k" * 200])
def test_strange_names_never_raise(name: str, value: str) -> None:
    some = {f"{KEY}:{name}": value, f"{KEY}:rows-3-text": "a", f"{KEY}:rows-3-key": "k", f"{KEY}:rows-3-own": "1"}
    answer, _ = tool.read(block(), MultiDict(some))
    assert "a" in [row.get("text") for row in answer["rows"]]


@pytest.mark.parametrize(
    "old", [{}, {"rows": None}, {"rows": [{"key": "k"}], "removed": None}, {"rows": [{"key": "a", "text": None}]}]
)
def test_an_answer_of_another_version_still_shows(old: Answer) -> None:
    sheet(tool, block(), shown(old))
    tool.long_form(block(), old)
    assert tool.summary(block(), old) == "Nothing on the list yet"
    assert tool.incomplete(block(), old)


def test_words() -> None:
    answer = own("a", "b")
    answer["rows"][0]["done"] = True
    assert tool.summary(block(), answer) == "One of two done. Next: b"
    assert tool.items(answer) == (
        Item("k0", "a", {"done": True, "date": "", "note": ""}),
        Item("k1", "b", {"done": False, "date": "", "note": ""}),
    )


@pytest.fixture
def mara(user: User, monkeypatch: pytest.MonkeyPatch) -> User:
    database.create_tables((ChecklistItem,), safe=True)
    monkeypatch.setattr(provenance, "book", Book)
    return user


_LATER = [{"key": "later", "text": "c", "own": True, "date": "on Tuesday"}]


def taught(user: User) -> dict[str, tuple[str, Any]]:
    return {item.key: (item.text, dict(item.fields)) for item in CHECKLISTS.items(user, {})}


def test_lines_are_taught_and_again_changes_nothing(mara: User) -> None:
    answer = {
        "rows": [*own("a", "b", date="2027-03")["rows"], *_LATER, {"key": "e", "text": "", "own": True, "note": "x"}]
    }
    assert learn(tool, mara, block(), answer, AT) == {"checklist"}
    assert learn(tool, mara, block(), answer, "2030-01-01T00:00:00.000Z") == frozenset()
    assert taught(mara)["later"] == ("c", {"done": False, "date": "", "note": ""})
    assert taught(mara)["k1"] == ("b", {"done": False, "date": "2027-03", "note": ""})
    assert learn(tool, mara, block(), own("a", done=True), AT) == {"checklist"}
    assert [item.key for item in CHECKLISTS.items(mara, {"done": True})] == ["k0"]
    assert CHECKLISTS.items(mara, {"done": False}) == []
    assert learn(tool, mara, block(makes=""), own("a"), AT) == frozenset()


some_line = some_text.map(lambda text: " ".join(text.split()))
some_row = st.fixed_dictionaries(
    {
        "text": some_line,
        "note": some_text,
        "done": st.booleans(),
        "date": st.sampled_from(["", "2027", "2027-03", "2027-03-14", "on Tuesday"]),
        "own": st.booleans(),
    }
)


@settings(max_examples=examples(40), deadline=None)
@example(st.lists(some_row, max_size=5), st.booleans())
def test_what_is_rendered_is_read_again(some: list[dict[str, Any]], beside: bool) -> None:
    given = BESIDE if beside else Inputs()
    answer = shown({"rows": [{"key": f"k:{n}", **row} for n, row in enumerate(some)]}, given)
    assert again(tool, block(), answer, given) == (tool.form_part(answer), [])
    assert not fragment_faults(sheet(tool, block(), answer, given).html)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(data=st.data())
def test_any_edits_touch_only_their_own_lines(mara: User, data: st.DataObject) -> None:
    answer = own(*(f"thing {n}" for n in range(data.draw(st.integers(2, 6)))))
    for _ in range(data.draw(st.integers(1, 6))):
        rows = answer["rows"]
        place = data.draw(st.integers(0, max(0, len(rows) - 1)))
        said = {
            f"rows_{place}_note": data.draw(some_line),
            f"rows_{place}_date": data.draw(st.sampled_from(["", "2027"])),
        }
        learn(tool, mara, block(), answer, AT)
        before = taught(mara)
        if rows and data.draw(st.booleans()):
            key = rows[place]["key"]
            answer = press(answer, data.draw(st.sampled_from(["remove", "up", "down"])), key)
        else:
            key = rows[place]["key"] if rows else ""
            answer = send(answer, NOTHING, **(said if rows else {}))
        learn(tool, mara, block(), answer, AT)
        now = taught(mara)
        assert {one: line for one, line in now.items() if one != key} == {
            one: line for one, line in before.items() if one != key
        }
        assert [*now] == [row["key"] for row in answer["rows"]]
        assert learn(tool, mara, block(), answer, AT) == frozenset()
        assert learn(tool, mara, block(), send(answer), AT) == frozenset()
