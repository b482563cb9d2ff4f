"""Places, years and tasks; an old resume to sort; a first row from what one began with."""

from typing import Any

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import User
from dreamtree.content.book import Block
from dreamtree.db import database
from dreamtree.profile.experiences import Experience, ExperienceTask
from dreamtree.text import clean_line
from dreamtree.tools import Button, Inputs, UnknownButton
from dreamtree.tools.experience_builder import tool
from dreamtree.values import Answer, Item
from tests.examples import examples
from tests.teaching import learn
from tests.tools.conftest import AT, Rendered
from tests.tools.sheets import again, posted, sheet, some_text

KEY = "1.1.2.experiences"
BLOCK = Block(KEY, "1.1.2", "tool", "experience-builder", label="What have you done?", makes="experiences")
SEED = Item("1.1.1:seed", "I drew it\nTwice", {"action": "I drew it"})


def place(key: str, title: str, *tasks: str, **parts: Any) -> dict[str, Any]:
    said = [{"key": f"{key}-t{n}", "text": text} for n, text in enumerate(tasks)]
    whole = {"kind": "job", "where": "", "from": "", "to": "", "paid": False}
    return {"key": key, "title": title, "tasks": said, **whole, **parts}


def places(*rows: dict[str, Any]) -> Answer:
    return {"rows": list(rows)}


TWO = places(
    place("a", "Shift lead", "Split the work", "Trained new ones", **{"from": "2014", "to": "now", "paid": True}),
    place("b", "Goods-in", "Unloaded", where="Northline", **{"from": "2008-03", "to": "2014"}),
)


def titles(answer: Answer) -> list[str]:
    return [row["title"] for row in answer["rows"]]


def tasks(answer: Answer, n: int = 0) -> list[str]:
    return [task["text"] for task in answer["rows"][n]["tasks"]]


def press(answer: Answer, verb: str, argument: str = "", fields: MultiDict[str, str] | None = None) -> Answer:
    return tool.act(BLOCK, answer, Button(verb, argument, fields or MultiDict()))


def read(shown: Rendered, **typed: str) -> Answer:
    answer, problems = tool.read(BLOCK, posted(shown, **typed))
    assert not problems
    return answer


def test_it_starts_with_one_blank_row() -> None:
    shown = sheet(tool, BLOCK, {"rows": []})
    assert shown.html.count('class="row"') == 1
    assert again(tool, BLOCK, {"rows": []}) == ({"rows": []}, [])
    assert tool.incomplete(BLOCK, {"rows": []})[0].field == "rows-0-title"


def test_a_place_with_a_title_and_a_task_is_enough() -> None:
    assert not tool.incomplete(BLOCK, TWO)
    assert tool.incomplete(BLOCK, places(place("a", "Porter")))[0].field == "rows-0-tasks-0-text"
    assert tool.incomplete(BLOCK, places(place("a", "", "Moved patients")))[0].field == "rows-0-title"
    assert not tool.incomplete(BLOCK, places(place("a", "Porter"), place("b", "Cook", "Cooked")))


@pytest.mark.parametrize(
    ("began", "ended", "is_backward"),
    [
        ("2019", "2018", True),
        ("2019-03", "2019-02", True),
        ("2019-03", "2019", False),
        ("2019", "now", False),
        ("2019", "", False),
        ("", "2018", False),
    ],
)
def test_a_place_that_ends_before_it_starts_is_told_once_it_is_saved(began: str, ended: str, is_backward: bool) -> None:
    answer = places({**place("a", "Porter", "Moved patients"), "from": began, "to": ended})
    told = ("rows-0-to", "This ends before it starts. Check both dates.", "Porter")
    assert [(one.field, one.message, one.question) for one in tool.incomplete(BLOCK, answer)] == [told] * is_backward
    (row,) = tool.show(BLOCK, answer, Inputs(), {}).rows
    assert row.is_open == is_backward


def test_what_is_typed_is_read() -> None:
    typed = {
        "rows_0_title": " Night\nporter ",
        "rows_0_kind": "care",
        "rows_0_from": "March 2019",
        "rows_0_to": "Present",
        "rows_0_paid": "y",
        "rows_0_tasks_1_text": "Moved patients",
    }
    row = read(sheet(tool, BLOCK, {"rows": []}), **typed)["rows"][0]
    assert (row["title"], row["kind"], row["from"], row["to"]) == ("Night porter", "care", "2019-03", "now")
    assert row["paid"] is True
    assert [task["text"] for task in row["tasks"]] == ["Moved patients"]


@pytest.mark.parametrize(
    ("typed", "iso"), [("2019", "2019"), ("2019-03", "2019-03"), ("not sure", ""), ("3/2019", "2019-03")]
)
def test_dates(typed: str, iso: str) -> None:
    assert read(sheet(tool, BLOCK, TWO), rows_0_from=typed)["rows"][0]["from"] == iso


@pytest.mark.parametrize("field", ["rows-1-from", "rows-1-to"])
def test_an_unclear_date_is_kept_and_asked_at_its_field(field: str) -> None:
    answer, problems = tool.read(BLOCK, posted(sheet(tool, BLOCK, TWO), **{field: "03/04"}))
    assert [one.field for one in problems] == [field]
    assert "03/04" in answer["rows"][1].values()
    shown = sheet(tool, BLOCK, answer, problems=problems)
    assert "March 2019" in shown.words
    assert 'value="03/04"' in shown.html


def test_an_error_stands_where_its_row_is_shown() -> None:
    fields = posted(sheet(tool, BLOCK, places(place("z", ""), *TWO["rows"])), rows_2_tasks_0_text="x" * 310)
    answer, problems = tool.read(BLOCK, fields)
    assert titles(answer) == ["Shift lead", "Goods-in"]
    assert [one.field for one in problems] == ["rows-1-tasks-0-text"]
    assert "10 characters over" in sheet(tool, BLOCK, answer, problems=problems).words


def test_limits() -> None:
    crowded = places(place("a", "Much", *(f"task {n}" for n in range(23))))
    (problem,) = again(tool, BLOCK, crowded)[1]
    assert problem.field == "rows-0-tasks-20-text"
    assert "Remove 3" in problem.message
    answer, problems = again(tool, BLOCK, places(*(place(f"k{n}", f"Place {n}") for n in range(62))))
    assert len(answer["rows"]) == 62
    assert "Remove 2" in problems[0].message


def test_row_buttons() -> None:
    assert titles(press(TWO, "up", "b")) == ["Goods-in", "Shift lead"]
    assert len(press(TWO, "add", "rows")["rows"]) == 3
    gone = press(TWO, "remove", "a")
    assert titles(gone) == ["Goods-in"]
    assert "“Shift lead” is removed." in sheet(tool, BLOCK, gone).words
    assert press(gone, "undo")["rows"] == TWO["rows"]
    with pytest.raises(UnknownButton):
        press(TWO, "explode")


def test_task_buttons() -> None:
    assert len(press(TWO, "add-task", "b")["rows"][1]["tasks"]) == 3
    assert len(press(places(place("a", "x")), "add-task", "a")["rows"][0]["tasks"]) == 3
    gone = press(TWO, "remove-task", "a:a-t0")
    assert tasks(gone) == ["Trained new ones"]
    assert "“Split the work” is removed." in sheet(tool, BLOCK, gone).words
    bare, _ = again(tool, BLOCK, gone)
    assert press(tool.merge_posted(BLOCK, bare, gone, Inputs()), "undo")["rows"] == TWO["rows"]
    assert press(TWO, "remove-task", "a:unknown") == TWO
    assert press(TWO, "remove-task", "nonsense") == TWO
    lonely = press(press(places(place("a", "", "Only")), "remove-task", "a:a-t0"), "add", "rows")
    assert tasks(press({**lonely, "rows": []}, "undo")) == ["Only"]


def test_undo_brings_back_what_was_removed_last() -> None:
    both = press(press(TWO, "remove-task", "a:a-t0"), "remove", "b")
    assert titles(press(both, "undo")) == ["Shift lead", "Goods-in"]
    both = press(press(TWO, "remove", "b"), "remove-task", "a:a-t0")
    assert tasks(press(both, "undo")) == ["Split the work", "Trained new ones"]


RESUME = "Shift lead, Northline\r\n• Split the work\r\n\r\n• Rang drivers\n- Rang drivers"


def test_an_old_resume_becomes_lines_to_sort() -> None:
    shown = sheet(tool, BLOCK, TWO)
    sent = posted(shown, paste=RESUME)
    answer, problems = tool.read(BLOCK, sent)
    assert not problems
    assert titles(answer)[-1] == "To sort"
    assert tasks(answer, 2) == ["Shift lead, Northline", "Split the work", "Rang drivers"]
    assert press(answer, "paste", "", sent) == answer
    assert tool.read(BLOCK, sent)[0] == answer
    more = read(sheet(tool, BLOCK, answer), paste="Rang drivers\nLifted")
    assert tasks(more, 2) == ["Shift lead, Northline", "Split the work", "Rang drivers", "Lifted"]
    assert again(tool, BLOCK, answer) == (answer, [])


def test_a_long_resume_is_never_cut() -> None:
    answer, problems = tool.read(BLOCK, MultiDict({f"{KEY}:paste": "\n".join(f"line {n}" for n in range(280))}))
    assert len(answer["rows"][0]["tasks"]) == 280
    assert not problems
    answer, problems = tool.read(BLOCK, MultiDict({f"{KEY}:paste": "x" * 20_000}))
    assert tasks(answer) == ["x" * 20_000]
    assert problems[0].field == "rows-0-tasks-0-text"


def test_lines_are_sorted_by_a_select_and_a_button() -> None:
    unsorted = read(sheet(tool, BLOCK, TWO), paste=RESUME)
    sent = posted(sheet(tool, BLOCK, unsorted), rows_2_tasks_0_move="new", rows_2_tasks_1_move="b")
    done = press(unsorted, "move", "to-sort", sent)
    assert titles(done) == ["Shift lead", "Goods-in", "To sort", "Shift lead, Northline"]
    assert tasks(done, 1) == ["Unloaded", "Split the work"]
    assert tasks(done, 2) == ["Rang drivers"]
    one = unsorted["rows"][2]["tasks"][1]["key"]
    assert tasks(press(unsorted, "move", f"to-sort:{one}", sent), 2) == ["Shift lead, Northline", "Rang drivers"]


def test_when_all_lines_are_sorted_their_row_goes() -> None:
    unsorted = read(sheet(tool, BLOCK, TWO), paste="Lifted")
    sent = posted(sheet(tool, BLOCK, unsorted), rows_2_tasks_0_move="a")
    assert titles(press(unsorted, "move", "to-sort", sent)) == ["Shift lead", "Goods-in"]


@pytest.mark.parametrize("target", ["", "nowhere", "to-sort", "\0"])
def test_a_line_goes_nowhere_else(target: str) -> None:
    unsorted = read(sheet(tool, BLOCK, TWO), paste="Lifted")
    sent = posted(sheet(tool, BLOCK, unsorted), rows_2_tasks_0_move=target)
    assert press(unsorted, "move", "to-sort", sent) == unsorted


def test_a_first_row_from_what_one_began_with() -> None:
    draft = tool.start(BLOCK, Inputs(draft=(SEED,)))
    (row,) = draft["rows"]
    assert (row["kind"], row["title"], row["tasks"]) == ("other", "", [{"key": "1.1.1:seed", "text": "I drew it"}])
    assert "1.1.1:seed" in tool.used(draft)
    assert again(tool, BLOCK, draft) == (tool.form_part(draft), [])
    gone = press(draft, "remove-task", "1.1.1:seed:1.1.1:seed")
    assert "1.1.1:seed" not in tool.used(gone)
    long = tool.start(BLOCK, Inputs(draft=(Item("k", "word " * 100),)))
    assert len(tasks(long)[0]) <= 300
    assert tasks(long)[0].endswith("…")
    assert tool.start(BLOCK, Inputs()) == {"rows": []}


def test_it_follows_what_one_began_with_on_wish() -> None:
    draft = tool.start(BLOCK, Inputs(draft=(SEED,)))
    assert tasks(tool.apply_upstream(BLOCK, draft, Item("1.1.1:seed", "I mapped it"))) == ["I mapped it"]
    assert titles(tool.apply_upstream(BLOCK, TWO, SEED)) == ["Shift lead", "Goods-in", ""]
    assert tool.drop_upstream(BLOCK, draft, "1.1.1:seed")["rows"] == []
    assert tool.drop_upstream(BLOCK, TWO, "unknown") == TWO


def test_the_page() -> None:
    shown = sheet(tool, BLOCK, read(sheet(tool, BLOCK, TWO), paste=RESUME), at="a")
    assert not shown.unlabelled
    assert len(set(shown.ids)) == len(shown.ids)
    assert "maxlength" not in shown.html
    assert "<svg" in shown.html
    assert "Show it as a table" in shown.words
    assert shown.buttons[f"{KEY}|remove-task|a:a-t0"] == "Remove Split the work"
    assert shown.buttons[f"{KEY}|remove|a"] == "Remove this place Shift lead"
    assert f"{KEY}:paste~7" in shown.html


def test_a_finished_place_closes_to_one_line_and_is_posted_all_the_same() -> None:
    shown = sheet(tool, BLOCK, TWO)
    assert "Goods-in Northline · 2008–2014 · one task" in shown.words
    assert not [one for one in shown.buttons if "|add-task|" in one]
    assert shown.buttons[f"{KEY}|change|b"] == "Edit Goods-in"
    assert shown.buttons[f"{KEY}|remove|b"] == "Remove this place Goods-in"
    assert read(shown) == tool.store(tool.load(TWO))


def test_one_place_is_open_at_a_time() -> None:
    def is_open(shown: Rendered) -> list[str]:
        return [one.rpartition("|")[2] for one in shown.buttons if "|add-task|" in one]

    assert is_open(sheet(tool, BLOCK, TWO, at="b")) == ["b"]
    assert is_open(sheet(tool, BLOCK, places(place("z", "Untold"), *TWO["rows"]))) == ["z"]
    assert is_open(sheet(tool, BLOCK, places(place("z", "Untold"), *TWO["rows"], place("y", "")))) == ["y"]
    assert len(is_open(sheet(tool, BLOCK, press(TWO, "add-task", "a")))) == 1


some_date = st.sampled_from(["", "2019", "2019-03", "1999-12"])
some_place = st.fixed_dictionaries(
    {
        "title": some_text.map(clean_line),
        "where": some_text.map(clean_line),
        "kind": st.sampled_from(["job", "care", "other"]),
        "from": some_date,
        "to": some_date | st.just("now"),
        "paid": st.booleans(),
        "texts": st.lists(some_text.map(clean_line), max_size=3),
    }
)


@settings(max_examples=examples(40), deadline=None)
@example(st.lists(some_place, max_size=4))
def test_what_is_rendered_is_read_again(some: list[dict[str, Any]]) -> None:
    answer = places(*(place(f"k:{n}", row.pop("title"), *row.pop("texts"), **row) for n, row in enumerate(some)))
    assert again(tool, BLOCK, answer) == (tool.form_part(answer), [])


HOSTILE = [
    "rows-²-title",
    "rows-0-tasks-²-text",
    "rows-0-tasks",
    "rows-0-tasks-" + "9" * 5000 + "-text",
    "rows",
    "rows-9-kind",
    "paste",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("value", ["x", "", "\0", "<script>", "99999999999999999999"])
def test_hostile_fields_never_raise(name: str, value: str) -> None:
    fields = MultiDict({f"{KEY}:{name}": value, f"{KEY}:rows-1-title": "a", f"{KEY}:rows-1-key": "k"})
    answer, _ = tool.read(BLOCK, fields)
    assert "a" in titles(answer)
    sheet(tool, BLOCK, answer)


def test_keys_and_kinds_are_checked() -> None:
    fields = {f"{KEY}:rows-0-title": "a", f"{KEY}:rows-0-key": "a b", f"{KEY}:rows-0-kind": "king"}
    _, problems = tool.read(BLOCK, MultiDict(fields))
    assert {one.field for one in problems} >= {"rows-0-key", "rows-0-kind"}
    twins = MultiDict({f"{KEY}:rows-{n}-{part}": "k" for n in (0, 1) for part in ("key", "title")})
    assert [one.field for one in tool.read(BLOCK, twins)[1]] == [""]


@pytest.mark.parametrize(
    "old", [{}, {"rows": [{"key": "k"}]}, {"rows": [{"key": "k", "title": "a", "from": "long ago"}]}]
)
def test_an_answer_of_another_version_still_shows(old: Answer) -> None:
    sheet(tool, BLOCK, old)
    tool.long_form(BLOCK, old)
    tool.incomplete(BLOCK, old)
    assert tool.summary(BLOCK, old)


def test_words() -> None:
    assert tool.summary(BLOCK, TWO) == "Shift lead, Goods-in"
    assert "Shift lead · Job · 2014 to now · paid\n– Split the work" in tool.long_form(BLOCK, TWO)
    assert tool.items(TWO)[1].fields == {"tasks": ("Unloaded",)}


def test_it_teaches_once_and_takes_back(user: User) -> None:
    database.create_tables((Experience, ExperienceTask))
    blanks = press(press(TWO, "add", "rows"), "add-task", "a")
    assert learn(tool, user, BLOCK, {"rows": []}, AT) == frozenset()
    assert learn(tool, user, BLOCK, blanks, AT) == {"experiences", "seen_skills"}
    assert learn(tool, user, BLOCK, blanks, AT) == frozenset()
    assert (Experience.select().count(), ExperienceTask.select().count()) == (2, 3)
    assert learn(tool, user, BLOCK, {"rows": []}, AT) == {"experiences", "seen_skills"}
    assert ExperienceTask.select().count() == 0
