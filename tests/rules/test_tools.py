"""What every tool keeps, whichever it is: found by walking the package, tried on every block that uses it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.accounts.sessions import TREE
from dreamtree.answers import responses
from dreamtree.answers.stored import StoredAnswer
from dreamtree.content import book, library
from dreamtree.content.blocks import PROMPT_TYPES
from dreamtree.content.book import Block
from dreamtree.tools import Inputs, Tool, all_tools, canonical, tool
from dreamtree.tools.rows.records import MOST_POSTED
from dreamtree.values import Answer
from dreamtree.workbook.context import inputs_of, load_context, shown_answer
from dreamtree.workbook.posting import PAGE_ACTIONS
from dreamtree.workbook.settling import SETTLED_BY
from tests.databases import ask, run
from tests.page import Page, words_of
from tests.rules.opened_once import opened_once
from tests.rules.seeded import (
    ANSWERED,
    BLOCKS,
    CONNECTED,
    EXERCISES,
    ONE_OF_EACH_KIND,
    exercise_of,
    exercises_of_each,
    one_of_each,
    what_it_teaches,
    what_reaches_it,
)
from tests.rules.test_schema import tables_of_people
from tests.rules.touching import (
    buttons_of,
    fields_of,
    is_pressed_only,
    own_word_fields,
    removing_buttons,
    section,
    touched,
)
from tests.teaching import learn
from tests.visitor import Visitor

ROOT = Path(__file__).parents[2]
KINDS = sorted(all_tools())
SHARED = ("tools/rows.html",)
"""Templates that several tools may draw themselves by."""
TRIAL = "a_trial_tool"
"""A tool that is there for its test alone."""


def module_of(kind: str) -> str:
    return "prompt" if kind in PROMPT_TYPES else kind.replace("-", "_")


def the(block_key: str) -> Block:
    block = book().block(block_key)
    assert block is not None
    return block


def person_of(visitor: Visitor) -> User:
    """The person behind a visitor's cookie, key in hand."""
    cookie = visitor.client.get_cookie(TREE)
    assert cookie is not None
    here = people.authenticate(*cookie.value.split(".", 1))
    assert here is not None
    return here.user


def opened(visitor: Visitor, block_key: str) -> Page:
    path = f"/workbook/{exercise_of(block_key)}"
    page = opened_once(visitor, path)
    if page.has(".//form[@id='exercise']"):
        return page
    visitor.press(visitor.get(path), "Skip everything before this")
    return visitor.open(path)


def on_the_page(visitor: Visitor, block_key: str, page: Page) -> tuple[Answer, Inputs]:
    """The answer that the page of this block shows, and what reaches it."""
    user, exercise = person_of(visitor), book().exercise(exercise_of(block_key))
    assert exercise is not None
    asked = (one.partition("|") for one in page.response.request.args.getlist("change"))
    context = replace(load_context(user, exercise), opened={key: row for key, _, row in asked})
    given = inputs_of(context, the(block_key))
    return shown_answer(context, the(block_key)), given


def blocks_of(exercise: str) -> list[str]:
    return [key for key in BLOCKS if exercise_of(key) == exercise]


def reads_back(visitor: Visitor, block_key: str, page: Page | None = None) -> tuple[Answer, Answer]:
    """What the rendered fields say, and what the answer is, both bare."""
    block, page = the(block_key), page or opened(visitor, block_key)
    answer, _ = on_the_page(visitor, block_key, page)
    posted = MultiDict([(name, one) for name, values in fields_of(page, block_key).items() for one in values])
    said, problems = tool(block.type).read(block, posted)
    assert problems == []
    return said, tool(block.type).form_part(answer)


@pytest.mark.parametrize("kind", KINDS)
def test_a_tool_is_one_name_in_its_places(kind: str) -> None:
    name = module_of(kind)
    assert all_tools()[kind].kind == kind
    assert all_tools()[kind].template in (f"tools/{name}.html", *SHARED)
    assert (ROOT / "dreamtree" / "tools" / name / "__init__.py").is_file()
    assert (ROOT / "templates" / all_tools()[kind].template).is_file()
    assert (ROOT / "tests" / "tools" / f"test_{name}.py").is_file()


def test_no_template_script_or_test_is_without_its_tool() -> None:
    names = {module_of(kind) for kind in KINDS}
    own = [one for one in (ROOT / "templates" / "tools").glob("*.html") if f"tools/{one.name}" not in SHARED]
    stray = {one.stem for one in own if not one.stem.startswith("_")} - names
    stray |= {one.stem for one in (ROOT / "static" / "js" / "tools").glob("*.js")} - names
    tested = {one.stem.removeprefix("test_") for one in (ROOT / "tests" / "tools").glob("test_*.py")}
    stray |= tested - names - {TRIAL}
    assert stray == set()


def test_every_kind_the_book_uses_is_there() -> None:
    assert set(BLOCKS.values()) <= set(KINDS)


@pytest.mark.parametrize("block_key", ONE_OF_EACH_KIND)
def test_no_button_of_a_tool_is_called_like_one_of_the_page(filled: Visitor, block_key: str) -> None:
    """Those settle connections and conflicts, and would be taken for them."""
    page = opened(filled, block_key)
    body = page.by_id("b-" + block_key.replace(".", "-") + "-body")
    verbs = {one.get("value", "").split("|")[1] for one in body.iter("button") if "|" in one.get("value", "")}
    assert verbs & set(SETTLED_BY) == set()


def test_no_button_of_a_tool_leaves_the_page() -> None:
    """A block is drawn anew under a finger: where it was tapped, nothing may come that ends the exercise."""
    for template in (ROOT / "templates" / "tools").rglob("*.html"):
        assert [one for one in PAGE_ACTIONS if f'"{one}"' in template.read_text()] == [], template.name


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_empty_page_reads_back_as_what_it_shows(person: Visitor, exercise: str) -> None:
    page = opened(person, blocks_of(exercise)[0])
    for block_key in blocks_of(exercise):
        said, shown = reads_back(person, block_key, page)
        assert canonical(said) == canonical(shown), block_key


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_filled_page_reads_back_as_what_it_shows(filled: Visitor, exercise: str) -> None:
    page = opened(filled, blocks_of(exercise)[0])
    for block_key in blocks_of(exercise):
        said, shown = reads_back(filled, block_key, page)
        assert canonical(said) == canonical(shown), block_key


@pytest.mark.parametrize("block_key", one_of_each(CONNECTED, what_reaches_it))
def test_a_draft_reads_back_as_what_it_shows(filled: Visitor, block_key: str) -> None:
    take_back(block_key)
    said, shown = reads_back(filled, block_key)
    assert canonical(said) == canonical(shown)


def take_back(block_key: str) -> None:
    """As if this block had never been answered: what reaches it comes as a first draft."""
    run("DELETE FROM exercise_responses WHERE block_key = ?", (block_key,))
    run("DELETE FROM answer_inputs WHERE block_key = ?", (block_key,))


@pytest.mark.parametrize("exercise", exercises_of_each(what_it_teaches))
def test_an_untouched_page_saved_writes_nothing(filled: Visitor, exercise: str) -> None:
    before = everything_of_people()
    assert filled.save(f"/workbook/{exercise}").status in (200, 422)
    assert everything_of_people() == before


def test_the_sweeps_find_what_can_be_changed_in_most_kinds(filled: Visitor) -> None:
    """What they look at where it is there: fields, words, rows to remove."""
    pages = {key: opened(filled, key) for key in ONE_OF_EACH_KIND}
    changed = [key for key, page in pages.items() if not is_pressed_only(page, key)]
    typed, with_rows = ([key for key in pages if find(pages[key], key)] for find in (own_word_fields, removing_buttons))
    assert len(pages) - len(changed) < 3
    assert len(typed) > len(pages) / 2
    assert len(with_rows) > len(pages) / 4


@pytest.mark.parametrize("block_key", ONE_OF_EACH_KIND)
def test_saving_the_same_again_moves_nothing(filled: Visitor, block_key: str) -> None:
    page = opened(filled, block_key)
    path = f"/workbook/{exercise_of(block_key)}"
    sent = touched(page, block_key, "Once more")
    if is_pressed_only(page, block_key):
        return
    filled.client.post(path, data=sent)
    before = everything_of_people()
    filled.client.post(path, data=sent)
    assert everything_of_people() == before, "a repeat"
    filled.save(path)
    assert everything_of_people() == before, "the page as it stands"


@pytest.mark.parametrize("block_key", one_of_each(ANSWERED, what_it_teaches))
def test_learning_twice_changes_nothing(filled: Visitor, block_key: str) -> None:
    user, block = person_of(filled), the(block_key)
    said = responses.answer_to(user, block_key)
    assert said is not None
    before = everything_of_people()
    assert learn(tool(block.type), user, block, said.answer, "2031-01-01T00:00:00.000Z") == frozenset()
    assert everything_of_people() == before


def everything_of_people() -> dict[str, set[tuple[object, ...]]]:
    """All rows of people but those that say who is here."""
    names = {model._meta.table_name for model in tables_of_people()} - {"sessions"}
    return {name: set(ask(f'SELECT * FROM "{name}"')) for name in names}


@pytest.mark.parametrize("block_key", one_of_each(ANSWERED, what_it_teaches))
def test_an_answer_has_a_line_and_a_long_form_in_words(filled: Visitor, block_key: str) -> None:
    user, block = person_of(filled), the(block_key)
    said = responses.answer_to(user, block_key)
    assert said is not None
    summary, long = (one(block, said.answer) for one in (tool(block.type).summary, tool(block.type).long_form))
    assert summary.strip()
    assert "\n" not in summary
    assert len(summary) <= 300
    assert long.strip()
    assert not any(key in long for key in _permanent_keys(said.answer)), "a key is no word"


def _permanent_keys(value: Any) -> set[str]:
    """Ids of library skills in an answer: words that no person reads."""
    written = json.dumps(value)
    return {skill.id for skill in library().skills if skill.id in written}


@pytest.mark.parametrize("block_key", ONE_OF_EACH_KIND)
def test_an_answer_of_another_version_never_crashes(app: Flask, block_key: str) -> None:
    block = the(block_key)
    one = tool(block.type)
    strange: list[Answer] = [
        {},
        {"value": None},
        {"rows": [], "items": None, "scales": {}},
        {"rows": [{"key": "a"}], "items": [{"key": "a"}]},
        {"rows": [{"key": "a", "text": None, "tags": None, "fields": None, "tasks": None}], "something": "else"},
    ]
    for answer in [*strange, one.empty(block)]:
        whole = one.empty(block) | answer
        one.show(block, whole, Inputs(library=library()), {})
        one.summary(block, whole)
        one.long_form(block, whole)
        one.incomplete(block, whole)
        one.used(whole)
        canonical(one.form_part(whole))


LONG = "Ten thousand characters and more. " * 300


def every(fields: dict[str, list[str]], values: list[str]) -> dict[str, list[str]]:
    return {name: [*values] for name in fields}


HOSTILE = {
    "nothing at all": lambda _: {},
    "long": lambda fields: every(fields, [LONG]),
    "a NUL": lambda fields: every(fields, ["before\0after"]),
    "a bad number": lambda fields: every(fields, ["１２"]),
    "a large number": lambda fields: every(fields, ["9" * 400]),
    "a negative number": lambda fields: every(fields, ["-7"]),
    "markup": lambda fields: every(fields, ["<script>alert(1)</script>{{ 7 * 7 }}"]),
    "two of each": lambda fields: {name: [*values, *values, "again"] for name, values in fields.items()},
    "no values": lambda fields: every(fields, [""]),
    "unknown names": lambda fields: fields | {f"{name}-more-more": ["x"] for name in fields},
    "rows out of nowhere": lambda fields: fields | _rows_like(fields, 9_999, 1),
    "more rows than anything holds": lambda fields: fields | _rows_like(fields, 100, MOST_POSTED + 1),
    "one key everywhere": lambda fields: {n: ["same"] if n.endswith("-key") else v for n, v in fields.items()},
    "keys that are none": lambda fields: {n: ["../'\"<>"] if n.endswith("-key") else v for n, v in fields.items()},
    "lists for lines": lambda fields: {f"{name}-0": values for name, values in fields.items()},
    "line separators": lambda fields: every(fields, ["a\u2028b\x85c\x1cd\u202e"]),
}


def _rows_like(fields: dict[str, list[str]], first: int, count: int) -> dict[str, list[str]]:
    """Rows like the first one on the page, with keys of their own."""
    first_row = {name: values for name, values in fields.items() if "-0-" in name}
    return {
        name.replace("-0-", f"-{first + n}-", 1): [f"key-{n}"] if name.endswith("-key") else values or ["x"]
        for n in range(count)
        for name, values in first_row.items()
    }


@pytest.mark.parametrize("block_key", ONE_OF_EACH_KIND)
def test_a_hostile_post_is_answered_calmly(filled: Visitor, block_key: str) -> None:
    page = opened(filled, block_key)
    own = fields_of(page, block_key)
    plain = {name: values for name, values in page.form().items() if name.split("~")[0] not in own}
    for n, (how, twist) in enumerate(HOSTILE.items()):
        before = saved(filled, block_key)
        now = {f"{block_key}:base": str(before.revision if before else 0), "editor": f"an-editor-{n}"}
        answer = filled.client.post(f"/workbook/{exercise_of(block_key)}", data=plain | twist(own) | now)
        assert answer.status_code in (303, 422), f"{how}: {answer.status_code}"
        if answer.status_code == 422 and _is_refused(answer.text, block_key):
            assert saved(filled, block_key) == before, how
            continue
        assert filled.client.get(f"/workbook/{exercise_of(block_key)}").status_code == 200, how


def _is_refused(html: str, block_key: str) -> bool:
    """Whether the block says so. Looked for in the text: a page with many rows takes long to parse."""
    status = html.partition(f'id="b-{block_key.replace(".", "-")}-status"')[2]
    return "Not saved" in status[:400]


def saved(visitor: Visitor, block_key: str) -> StoredAnswer | None:
    return responses.answer_to(person_of(visitor), block_key)


@pytest.mark.parametrize("block_key", ONE_OF_EACH_KIND)
def test_a_text_too_long_is_refused_and_stands_on_the_page_whole(filled: Visitor, block_key: str) -> None:
    page = opened(filled, block_key)
    typed = own_word_fields(page, block_key)
    if not typed:
        return
    before = saved(filled, block_key)
    answer = filled.send(page, fields={typed[0]: LONG})
    assert answer.status == 422
    assert "fit here. Cut it down" in words_of(section(answer, block_key))
    assert any(LONG.strip() == one.strip() for values in fields_of(answer, block_key).values() for one in values)
    assert saved(filled, block_key) == before


@pytest.mark.parametrize("block_key", ONE_OF_EACH_KIND)
def test_a_lone_surrogate_or_broken_bytes_are_no_crash(filled: Visitor, block_key: str) -> None:
    page = opened(filled, block_key)
    body = "&".join(f"{_quoted(name)}={_quoted(one)}" for name, values in page.form().items() for one in values)
    body += "".join(f"&{_quoted(name)}=%ED%A0%80%FF" for name in fields_of(page, block_key))
    answer = filled.client.post(
        f"/workbook/{exercise_of(block_key)}", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in (303, 200, 400, 422)


def _quoted(text: str) -> str:
    from urllib.parse import quote_plus

    return quote_plus(text)


@pytest.mark.parametrize("block_key", ONE_OF_EACH_KIND)
def test_every_button_is_a_submit_of_its_block_with_a_name_of_its_own(filled: Visitor, block_key: str) -> None:
    page = opened(filled, block_key)
    found = buttons_of(page, block_key)
    assert all(one.get("type", "submit") == "submit" for one in found)
    assert all(one.get("value", "").startswith(f"{block_key}|") for one in found)
    assert section(page, block_key).get("data-post") == f"/workbook/{exercise_of(block_key)}/{block_key}"
    spoken = [one.get("aria-label") or words_of(one) for one in found]
    assert all(spoken)
    twice = {one for one in spoken if spoken.count(one) > 1}
    assert not twice, f"buttons that sound alike: {sorted(twice)[:5]}"


@pytest.mark.parametrize("block_key", ONE_OF_EACH_KIND)
def test_a_removed_row_comes_back_with_undo(filled: Visitor, block_key: str) -> None:
    page = opened(filled, block_key)
    removing = removing_buttons(page, block_key)
    if not removing:
        return
    before, _ = reads_back(filled, block_key, page)
    assert filled.send(page, removing[0]).status in (200, 422)
    removed = opened(filled, block_key)
    assert canonical(reads_back(filled, block_key, removed)[0]) != canonical(before)
    undo = [one.get("value", "") for one in buttons_of(removed, block_key) if "|undo" in one.get("value", "")]
    assert undo, "no undo"
    assert filled.send(removed, undo[-1]).status in (200, 422)
    assert canonical(reads_back(filled, block_key)[0]) == canonical(before)


@pytest.mark.parametrize("block_key", ONE_OF_EACH_KIND)
def test_a_made_up_button_answers_400(filled: Visitor, block_key: str) -> None:
    form = opened(filled, block_key).form()
    answer = filled.client.post(f"/workbook/{exercise_of(block_key)}", data=form | {"do": f"{block_key}|made-up|x"})
    assert answer.status_code == 400


RESTING = [key for key in ONE_OF_EACH_KIND if type(all_tools()[BLOCKS[key]]).rest is not Tool.rest]
"""Of each kind that says in words what was answered, once it is."""
MOST_LINES = 10


@pytest.mark.parametrize("block_key", RESTING)
def test_a_finished_block_rests_as_a_short_list_of_words(filled: Visitor, block_key: str) -> None:
    page = filled.get(f"/workbook/{exercise_of(block_key)}")
    assert fields_of(page, block_key) == {}
    part = section(page, block_key)
    lines = [one for one in part.iter() if one.get("class") == "rest__lines"]
    assert len(lines) == 1
    assert 0 < len(list(lines[0].iter("li"))) <= MOST_LINES
    assert f"{block_key}|change|" in [one.get("value") for one in buttons_of(page, block_key)]
    assert f"{block_key}:base" not in page.form()


@pytest.mark.parametrize("block_key", RESTING)
def test_a_picture_at_rest_has_other_ids_than_in_the_form(filled: Visitor, block_key: str) -> None:
    """A morph from one to the other would make an HTML element of it, without its size."""
    page = filled.get(f"/workbook/{exercise_of(block_key)}")
    at_rest, in_form = (ids_in_pictures(one, block_key) for one in (page, opened(filled, block_key)))
    assert not at_rest & in_form


def ids_in_pictures(page: Page, block_key: str) -> set[str]:
    inside = (one for svg in section(page, block_key).iter("svg") for one in svg.iter())
    return {one.get("id", "") for one in inside} - {""}


@pytest.mark.parametrize("block_key", RESTING)
def test_saving_around_what_rests_loses_nothing(filled: Visitor, block_key: str) -> None:
    path, before = f"/workbook/{exercise_of(block_key)}", everything_of_people()
    for do in ("save", "go"):
        filled.send(filled.get(path), do)
        assert everything_of_people() == before


@pytest.mark.parametrize("block_key", RESTING)
def test_change_opens_what_rests_and_done_closes_it(filled: Visitor, block_key: str) -> None:
    path, before = f"/workbook/{exercise_of(block_key)}", saved(filled, block_key)
    opened_ = filled.send(filled.get(path), f"{block_key}|change|")
    assert f"{block_key}:base" in opened_.form()
    closed = filled.send(opened_, f"{block_key}|save|")
    assert f"{block_key}:base" not in closed.form()
    assert saved(filled, block_key) == before


@pytest.mark.parametrize("block_key", RESTING)
def test_nothing_is_called_saved_beside_an_error_where_nothing_was_said(person: Visitor, block_key: str) -> None:
    page = person.send(opened(person, block_key), f"{block_key}|save|")
    words = words_of(section(page, block_key))
    assert "Error:" not in words or "Saved" not in words


@pytest.mark.parametrize("block_key", RESTING)
def test_a_button_without_the_form_acts_on_what_stands(filled: Visitor, block_key: str) -> None:
    """The page of another day, say: it never takes the missing fields for emptied ones."""
    form = filled.get(f"/workbook/{exercise_of(block_key)}").form()
    before = saved(filled, block_key)
    for button in ("save", "change", "change|no-such-row"):
        filled.client.post(f"/workbook/{exercise_of(block_key)}", data=form | {"do": f"{block_key}|{button}"})
        assert saved(filled, block_key) == before


ONE_BY_ONE = [key for key in ONE_OF_EACH_KIND if "then" in all_tools()[BLOCKS[key]].finishing] + ["1.4.5.values"]


@pytest.mark.parametrize("block_key", ONE_BY_ONE)
def test_one_thing_is_asked_at_a_time_as_the_server_draws_it(filled: Visitor, block_key: str) -> None:
    """With what goes on, what takes back, and the way to the list; a press goes on to the next."""
    take_back(block_key)
    page = opened(filled, block_key)
    verbs = [one.get("value", "").split("|")[1] for one in buttons_of(page, block_key)]
    assert {"then", "list"} <= set(verbs)
    assert verbs.count("then") == 1
    first = _current(page, block_key)
    after = filled.send(page, f"{block_key}|then|{first}")
    assert _current(after, block_key) not in ("", first)
    listed = filled.send(after, f"{block_key}|list|")
    assert _current(listed, block_key) == ""


def _current(page: Page, block_key: str) -> str:
    """The row that is asked for, "" where the list is shown."""
    now = [one for one in section(page, block_key).iter("li") if one.get("data-current") is not None]
    assert len(now) <= 1
    return now[0].get("data-row", "") if now else ""
