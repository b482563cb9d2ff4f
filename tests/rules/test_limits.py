"""What pages can write is what a copy may hold, and no more: one description says how many entries fit, and how much
text."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamtree.answers import limits, responses
from dreamtree.answers.limits import FULL_LOG, FULL_OF_TEXT, FULL_TREE, STEP_OF_AN_ANSWER, STEP_OF_AN_ENTRY
from dreamtree.answers.models import ToolInstance
from dreamtree.answers.texts import sealed
from dreamtree.archive import bounds
from dreamtree.archive.bounds import MEGABYTE, Weight
from dreamtree.archive.file_format import canonical
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.merging import begin_with
from dreamtree.archive.shapes import BadFile
from dreamtree.content import book
from dreamtree.tools import all_tools, tool
from tests.conftest import Queries
from tests.copies import copied
from tests.databases import ask
from tests.page import Page
from tests.pages.test_restore import copy_of, restore, state
from tests.pages.test_trash import press, put_away
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
    for name, what, count in (("OF_A_LOG", "entries in one place", log), ("OF_A_TREE", "entries", tree)):
        monkeypatch.setattr(limits, name, count)
        monkeypatch.setitem(bounds.MOST, what, count)


def write_one(visitor: Visitor, words: str) -> Page:
    """Another moment, in a row that is added for it."""
    add = next(one for one in visitor.open(WEEK).buttons() if f"{LOG}|add" in one)
    page = visitor.save(WEEK, add)
    names = [name for name, values in page.form().items() if name.endswith("-activity") and values == [""]]
    return visitor.send(page, fields={names[-1]: words})


def test_a_copy_may_hold_what_pages_can_write() -> None:
    assert bounds.MOST["entries in one place"] == limits.OF_A_LOG
    assert bounds.MOST["entries"] == limits.OF_A_TREE


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
    assert FULL_LOG.format(most=limits.OF_A_LOG) in page.words
    assert state() == before


# Text


def lengths() -> list[tuple[int, int]]:
    """How many characters each answer and entry has as it is sealed, and the step that it counts by."""
    return [
        *((size, STEP_OF_AN_ANSWER) for (size,) in ask("SELECT LENGTH(response_json) FROM exercise_responses")),
        *((size, STEP_OF_AN_ENTRY) for (size,) in ask("SELECT LENGTH(content_json) FROM tool_instances")),
    ]


def text_of_all() -> int:
    """How many characters of all answers and entries count."""
    return sum(size // step * step for size, step in lengths())


def room_for(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """So many characters of text fit from now on, beside those that count already."""
    monkeypatch.setattr(limits, "OF_TEXT", text_of_all() + more)


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
    monkeypatch.setattr(limits, "OF_TEXT", 0)
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
    line = file["modules"]["1.1"]["exercises"]["1.1.1.v1"]
    line["response_json"]["1.1.1.thanks"]["value"] = LONG[:9_000]
    file["tool_instances"] += [{**file["tool_instances"][0], "id": "alone", "origin": "standalone", "block_key": None}]
    room_for(monkeypatch, 0)
    before = state()
    page = restore(filled, summed(file))
    assert page.status == 409
    assert FULL_OF_TEXT in page.words
    assert state() == before


def test_whoever_has_more_than_fits_saves_it_restores_it_and_deletes_of_it(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert write(filled, LONG).status == 200
    monkeypatch.setattr(limits, "OF_TEXT", 10)
    raw = copy_of(filled)
    assert restore(filled, raw).status == 200
    new = arrival()
    begin_with(new, snapshot_from(raw, ""))
    assert read_snapshot(new.current.user).answers.keys() == snapshot_from(raw, "").answers.keys()
    put_away(filled, AFTER)
    asked = press(filled, filled.get("/data/trash"), "Delete it now")
    assert press(filled, asked, "Delete it now").status == 200


# At its real size

MOMENTS = "1.3.2.moments"
WORDS = 'Déjà vu: “the week” was "long," with [brackets], {braces} and \\ 🌳.\n'


def full(raw: bytes) -> bytes:
    """The copy, without its history, with as many entries as fit, and as much text as there may be in them."""
    file = json.loads(raw)
    there = file["tool_instances"]
    count, size = (limits.OF_A_TREE - len(there)) // 2, limits.OF_TEXT + limits.OF_A_TREE * STEP_OF_AN_ENTRY
    words = WORDS * (size * 3 // 4 // (2 * count) // len(json.dumps(WORDS, ensure_ascii=False).encode()))
    one = {**next(one for one in there if one["block_key"] == LOG), "history": []}
    one["content_json"] |= {"reason": words.strip()}
    for block in (LOG, MOMENTS):
        keys = [f"00000000-0000-4000-8000-{n:012}" for n in range(count)]
        there += [{**one, "block_key": block, "id": f"{block}:{key}"} for key in keys]
        exercise = block.rpartition(".")[0]
        answers = file["modules"]["1.3"]["exercises"][f"{exercise}.v1"]["response_json"]
        answers[block]["records"] += keys
    return summed(file)


@pytest.mark.everything
def test_a_tree_that_is_full_of_entries_and_text_is_restored_from_its_copy(filled: Visitor) -> None:
    tree = snapshot_from(full(copy_of(filled)), "")
    new = arrival()
    begin_with(new, tree)
    user = new.current.user
    assert len(tree.instances) >= limits.OF_A_TREE - 1
    assert sum(limits.size_of(one.answer) for one in tree.texts) > limits.OF_TEXT
    back = snapshot_from(copied(user), "")
    assert {key: one.answer for key, one in back.instances.items()} == {k: o.answer for k, o in tree.instances.items()}
    assert (back.answers.keys(), len(back.seen)) == (tree.answers.keys(), len(tree.seen))


# The arithmetic of a tree that is full of entries and of text: besides, what answers were built on has 2 MB


def around_an_entry(one: dict[str, Any]) -> dict[str, Any]:
    """All of an entry but what it says, where each value is as long as it gets."""
    at = one["saved_at"]
    return {
        **one,
        "id": f"{one['block_key']}:{'k' * 80}",
        "content_json": "",
        "skills": [],
        "history": [],
        "deleted_at": at,
    }


def around_an_answer(key: str, facts: dict[str, Any]) -> dict[str, Any]:
    """All of an answer but what it says."""
    return {"response_json": {key: ""}, "blocks": {key: {**facts, "history": [], "deleted_at": facts["saved_at"]}}}


def test_the_copy_of_a_tree_that_is_full_of_entries_and_text_is_short_enough(filled: Visitor) -> None:
    file = json.loads(copy_of(filled))
    exercises = [one for module in file["modules"].values() for one in module["exercises"].values()]
    facts = [pair for one in exercises for pair in one["blocks"].items()]
    entry = max(len(canonical(around_an_entry(one))) for one in file["tool_instances"])
    answer = max(len(canonical(around_an_answer(*pair))) for pair in facts)
    bare = [{**one, "response_json": {}, "blocks": {}} for one in exercises]
    unseen = (
        limits.OF_A_TREE * STEP_OF_AN_ENTRY + sum(one.type in all_tools() for one in book().blocks) * STEP_OF_AN_ANSWER
    )
    text = (limits.OF_TEXT + unseen) * 3 // 4
    around = limits.OF_A_TREE * entry + bounds.MOST["answers"] * answer + len(canonical([bare, file["settings"]]))
    assert text + around + 2 * MEGABYTE < bounds.LARGEST_TEXT, f"{text:,} + {around:,}"


def fullest(kind: str, answers: list[dict[str, Any]]) -> list[float]:
    """How many marks the fullest answer of a kind has, with as many rows as there may be."""
    most = getattr(tool(kind), "most", 1)
    rows = [next((len(one[name]) for name in ("rows", "items") if one.get(name)), most) for one in answers]
    every = [[count * max(most / here, 1) for count in walked(one)] for one, here in zip(answers, rows, strict=True)]
    return [max(counts) for counts in zip(*every, strict=True)]


def test_the_copy_of_a_tree_that_is_full_of_entries_and_rows_is_not_too_full(filled: Visitor) -> None:
    file = json.loads(copy_of(filled))
    exercises = [one for module in file["modules"].values() for one in module["exercises"].values()]
    entry = [
        max(counts) for counts in zip(*(walked({**one, "history": []}) for one in file["tool_instances"]), strict=True)
    ]
    kinds: dict[str, list[dict[str, Any]]] = {}
    for key, answer in (pair for one in exercises for pair in one["response_json"].items()):
        kinds.setdefault(_kind(key), []).append(answer)
    asked = [one.type for one in book().blocks if one.type in kinds]
    rows = [sum(counts) for counts in zip(*(fullest(kind, kinds[kind]) for kind in asked), strict=True)]
    around = walked(around_an_answer(*next(iter(exercises[0]["blocks"].items()))))
    counts = (
        limits.OF_A_TREE * 2 * one + more + bounds.MOST["answers"] * beside
        for one, more, beside in zip(entry, rows, around, strict=True)
    )
    assert not Weight(0, *map(int, counts)).is_full


def _kind(key: str) -> str:
    block = book().block(key)
    assert block is not None
    return block.type
