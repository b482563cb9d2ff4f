"""What pages can write is what a copy may hold, and no more: one description says how many entries fit, and how much
text."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamtree.answers import limits, responses
from dreamtree.answers.limits import ANSWER_STEP, ENTRY_STEP, FULL_LOG, FULL_OF_TEXT, FULL_TREE
from dreamtree.answers.models import ToolInstance
from dreamtree.answers.texts import sealed
from dreamtree.archive import bounds
from dreamtree.archive.bounds import Weight, total, weight_of
from dreamtree.archive.file_format import canonical_bytes
from dreamtree.archive.merging import begin_with
from dreamtree.archive.room import ENTRY_WEIGHT, MOST_OTHERS, SPARE_WEIGHT, answer_weight
from dreamtree.archive.shapes import BadFile
from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.tools import all_tools, tool
from dreamtree.tools.rows.row_tool import RowsAnswerTool
from tests.conftest import Queries
from tests.copies import copied
from tests.databases import ask
from tests.page import Page
from tests.pages.test_restore import copy_of, restore, state
from tests.pages.test_trash import press, put_away
from tests.rules.fullest import full
from tests.rules.hostile import snapshot_from, summed
from tests.rules.test_bringing_in import LOG, arrival, with_entries
from tests.units.test_vault import MARA
from tests.units.test_weights import walked
from tests.visitor import Visitor

WEEK = "/workbook/1.3.3"
FIRST = "/workbook/1.1.1"
AFTER, THANKS = "1.1.1.after", "1.1.1.thanks"


def entries(key: str = "") -> int:
    found = ToolInstance.select()
    return int((found.where(ToolInstance.block_key == key) if key else found).count())


def most(monkeypatch: pytest.MonkeyPatch, log: int, tree: int) -> None:
    """So many entries fit from now on."""
    for name, what, count in (("LOG_LIMIT", "entries in one place", log), ("TREE_LIMIT", "entries", tree)):
        monkeypatch.setattr(limits, name, count)
        monkeypatch.setitem(bounds.MOST, what, count)


def write_one(visitor: Visitor, words: str) -> Page:
    """Another moment, in a row that is added for it."""
    add = next(one for one in visitor.open(WEEK).buttons() if f"{LOG}|add" in one)
    page = visitor.save(WEEK, add)
    names = [name for name, values in page.form().items() if name.endswith("-activity") and values == [""]]
    return visitor.send(page, fields={names[-1]: words})


def test_a_copy_may_hold_what_pages_can_write() -> None:
    assert bounds.MOST["entries in one place"] == limits.LOG_LIMIT
    assert bounds.MOST["entries"] == limits.TREE_LIMIT


@pytest.mark.parametrize("is_log", [True, False], ids=["a log", "all logs"])
def test_a_full_log_says_so_and_keeps_what_was_typed(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch, is_log: bool
) -> None:
    before, fit = entries(), entries(LOG) if is_log else entries()
    most(monkeypatch, fit if is_log else 99, 99 if is_log else fit)
    page = write_one(filled, "Mended a lamp")
    assert page.status == 422
    assert (FULL_LOG if is_log else FULL_TREE).format(most=fit) in page.words
    assert any(values == ["Mended a lamp"] for values in page.form().values())
    assert entries() == before


def test_what_lies_in_the_trash_counts_until_it_is_deleted_for_good(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    most(monkeypatch, entries(LOG), 99)
    remove = next(one for one in filled.open(WEEK).buttons() if f"{LOG}|remove|" in one)
    assert filled.save(WEEK, remove).status == 200
    assert write_one(filled, "Mended a lamp").status == 422
    asked = press(filled, filled.get("/data/trash"), "Delete it now")
    press(filled, asked, "Delete it now")
    assert write_one(filled, "Mended a lamp").status == 200


def test_a_full_log_still_takes_changes(filled: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    most(monkeypatch, entries(LOG), entries())
    page = filled.open(WEEK)
    first = next(name for name, values in page.form().items() if name.endswith("-activity") and values != [""])
    assert filled.send(page, fields={first: "Mended a lamp"}).status == 200


def test_the_copy_of_a_full_tree_is_restored_and_one_entry_more_is_not(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = copy_of(filled)
    most(monkeypatch, entries(LOG), entries())
    begin_with(arrival(), snapshot_from(raw, ""))
    with pytest.raises(BadFile, match="room for"):
        snapshot_from(with_entries(raw, 1), "")


def test_two_trees_with_more_entries_than_fit_stay_apart(filled: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = with_entries(copy_of(filled), 3)
    most(monkeypatch, entries(LOG) + 3, 99)
    assert write_one(filled, "Mended a lamp").status == 200
    before = state()
    page = restore(filled, raw)
    assert page.status == 409
    assert FULL_LOG.format(most=limits.LOG_LIMIT) in page.words
    assert state() == before


# Text


def lengths() -> list[tuple[int, int]]:
    """How many characters each answer and entry has as it is sealed, and the step that it counts by."""
    return [
        *((size, ANSWER_STEP) for (size,) in ask("SELECT LENGTH(response_json) FROM exercise_responses")),
        *((size, ENTRY_STEP) for (size,) in ask("SELECT LENGTH(content_json) FROM tool_instances")),
    ]


def text_of_all() -> int:
    """How many characters of all answers and entries count."""
    return sum(size // step * step for size, step in lengths())


def room_for(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """So many characters of text fit from now on, beside those that count already."""
    monkeypatch.setattr(limits, "TEXT_LIMIT", text_of_all() + more)


def write(visitor: Visitor, words: str, block: str = AFTER) -> Page:
    """Other words in a text of several lines."""
    page = visitor.open(FIRST)
    return visitor.send(page, fields={next(name for name in page.form() if name.startswith(f"{block}:value")): words})


def measured(queries: Queries) -> int:
    """How often all text was measured."""
    return sum("SUM(" in sql and "LENGTH(" in sql for sql in queries)


@given(st.recursive(st.text() | st.integers() | st.none(), lambda one: st.lists(one, max_size=3), max_leaves=5))
def test_the_size_of_a_text_is_that_of_what_is_stored(value: Any) -> None:
    answer = {"value": json.loads(json.dumps(value).replace("\\ud", "x"))}
    assert limits.size_of(answer) == len(sealed(MARA, responses.LABEL, "row", answer).envelope)


LONG = "Mended a lamp, and then another one. " * 250
WRITTEN: dict[str, Callable[[Visitor, str], Page]] = {"an answer": write, "an entry": write_one}


@pytest.mark.parametrize(("what", "words"), [("an answer", LONG), ("an entry", LONG[:299])])
def test_a_text_that_has_no_room_is_refused_in_words_and_stays_on_the_page(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch, what: str, words: str
) -> None:
    room_for(monkeypatch, 100)
    before = text_of_all(), entries()
    page = WRITTEN[what](filled, words)
    assert page.status == 422
    assert FULL_OF_TEXT in page.words
    assert any([one.strip() for one in values] == [words.strip()] for values in page.form().values())
    assert text_of_all() <= before[0] + 100 and entries() == before[1]
    room_for(monkeypatch, 40_000)
    assert WRITTEN[what](filled, words).status == 200
    assert text_of_all() > before[0] + 100


def test_a_full_tree_still_takes_what_makes_it_no_longer(filled: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert write(filled, LONG).status == 200
    monkeypatch.setattr(limits, "TEXT_LIMIT", 0)
    for words in (LONG[:-500], "A lamp", "A lamp and a chair", LONG[:50]):
        assert write(filled, words).status == 200
    assert write_one(filled, "A lamp").status == 200
    assert write(filled, LONG).status == 422


def test_what_is_deleted_for_good_makes_room_and_what_lies_in_the_trash_does_not(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert write(filled, LONG).status == 200
    room_for(monkeypatch, 0)
    put_away(filled, AFTER)
    assert write(filled, LONG[:7_000], THANKS).status == 422
    asked = press(filled, filled.get("/data/trash"), "Delete it now")
    press(filled, asked, "Delete it now")
    assert write(filled, LONG[:7_000], THANKS).status == 200


def test_a_short_save_measures_nothing_and_typing_on_only_now_and_then(filled: Visitor, queries: Queries) -> None:
    for words in ("A lamp", "A lamp and a chair", LONG[:5_000]):
        write(filled, words)
    write_one(filled, "A lamp")
    assert measured(queries) == 0
    for length in range(5_100, 9_000, 100):
        write(filled, LONG[:length])
    assert measured(queries) == 1


def test_two_trees_with_more_text_than_fits_stay_apart(filled: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = copy_of(filled)
    assert write_one(filled, "Mended a lamp").status == 200
    assert write(filled, LONG).status == 200
    file = json.loads(raw)
    alone = {"id": "alone", "origin": "standalone", "block_key": None, "content_json": {"value": LONG[:1_000]}}
    file["tool_instances"] += [{**file["tool_instances"][0], **alone}]
    room_for(monkeypatch, 0)
    before = state()
    page = restore(filled, summed(file))
    assert page.status == 409
    assert FULL_OF_TEXT in page.words
    assert state() == before


def test_whoever_has_more_than_fits_saves_a_copy_and_deletes_of_it(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert write(filled, LONG).status == 200
    monkeypatch.setattr(limits, "TEXT_LIMIT", 10)
    with pytest.raises(BadFile, match="more text in this file than a tree has room for"):
        snapshot_from(copy_of(filled), "")
    put_away(filled, AFTER)
    asked = press(filled, filled.get("/data/trash"), "Delete it now")
    assert press(filled, asked, "Delete it now").status == 200


# At its real size

WORDS = 'Déjà vu: “the week” was "long," with [brackets], {braces} and \\ 🌳.\n'


@pytest.mark.everything
def test_a_tree_that_is_full_of_entries_and_text_is_restored_from_its_copy(filled: Visitor) -> None:
    tree = snapshot_from(summed(full(json.loads(copy_of(filled)), WORDS)), "")
    new = arrival()
    begin_with(new, tree)
    user = new.current.user
    assert len(tree.instances) >= limits.TREE_LIMIT - 1
    assert sum(limits.size_of(one.answer) for one in tree.texts) > limits.TEXT_LIMIT
    back = snapshot_from(copied(user), "")
    assert {key: one.answer for key, one in back.instances.items()} == {k: o.answer for k, o in tree.instances.items()}
    assert (back.answers.keys(), len(back.seen)) == (tree.answers.keys(), len(tree.seen))


# The arithmetic of a tree that is full of entries and of text


def weight(one: Any) -> Weight:
    return weight_of([canonical_bytes(one)])


def exercises_in(file: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for module in file["modules"].values() for one in module["exercises"].values()]


def around_an_entry(one: dict[str, Any]) -> Weight:
    """An entry but for its text, where each value is as long as it gets."""
    at, key = one["saved_at"], f"{one['block_key']}:{'k' * 80}"
    whole = {**one, "id": key, "skills": [], "history": [], "deleted_at": at}
    return replace(weight(whole), size=weight({**whole, "content_json": ""}).size)


def around_an_answer(key: str, facts: dict[str, Any]) -> Weight:
    """All of an answer but what it says."""
    return weight({"response_json": {key: ""}, "blocks": {key: {**facts, "history": [], "deleted_at": ""}}})


def fullest(block: Block, answers: list[dict[str, Any]]) -> Weight:
    """What the fullest answer of a kind weighs, with as many rows as there may be, and its text apart."""
    kind = tool(block.type)
    most = kind.limit(block) if isinstance(kind, RowsAnswerTool) else 1
    rows = [next((len(one[name]) for name in ("rows", "items") if one.get(name)), most) for one in answers]
    every = [[count * max(most / here, 1) for count in walked(one)] for one, here in zip(answers, rows, strict=True)]
    return Weight(0, *(int(max(counts)) for counts in zip(*every, strict=True)))


def test_whatever_pages_write_weighs_no_more_than_is_allowed_for_it(filled: Visitor) -> None:
    file = json.loads(copy_of(filled))
    kinds: dict[str, list[dict[str, Any]]] = {}
    for key, answer in (pair for one in exercises_in(file) for pair in one["response_json"].items()):
        kinds.setdefault(_block(key).type, []).append(answer)
    for key, facts in (pair for one in exercises_in(file) for pair in one["blocks"].items()):
        whole = total([around_an_answer(key, facts), fullest(_block(key), kinds[_block(key).type])])
        assert whole.beyond(answer_weight(_block(key))) == Weight(), key
    for one in file["tool_instances"]:
        assert around_an_entry(one).beyond(ENTRY_WEIGHT) == Weight(), one["id"]


def test_a_copy_has_room_for_all_that_is_allowed(filled: Visitor) -> None:
    file = json.loads(copy_of(filled))
    for one in exercises_in(file):
        one |= {"response_json": {}, "blocks": {}, "skills": []}
    learned = ("profile", "custom_skills", "offered_words", "seen", "tool_instances")
    bare = weight({name: value for name, value in file.items() if name not in learned})
    asked = [one for one in book().blocks if one.type in all_tools()]
    unseen = limits.TREE_LIMIT * ENTRY_STEP + len(asked) * ANSWER_STEP
    text = Weight(size=(limits.TEXT_LIMIT + unseen) * 3 // 4)
    every = [bare, text, *map(answer_weight, asked), ENTRY_WEIGHT.times(limits.TREE_LIMIT), SPARE_WEIGHT]
    assert total(every).is_readable, total(every)
    connections = sum(len(one.connections) for one in book().blocks)
    assert len(asked) + MOST_OTHERS <= bounds.MOST["answers"]
    assert connections + MOST_OTHERS <= min(
        bounds.MOST[what] for what in ("choices", "notes of what answers were built on")
    )


def _block(key: str) -> Block:
    block = book().block(key)
    assert block is not None
    return block
