"""Whatever copy is taken, its owner can write on as much as pages take, and the copy of that is taken again.

Copies are made by hand here: with much that no page writes, each up to what a file may have of it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.answers.limits import ANSWER_STEP, LimitReached
from dreamtree.archive.bounds import MOST, Weight, total, weight_of
from dreamtree.archive.file_format import canonical_bytes
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.merging import begin_with, bring_in
from dreamtree.archive.room import MOST_OTHERS, answer_weight, load_of
from dreamtree.archive.shapes import BadFile
from dreamtree.content import book
from dreamtree.home import samples
from dreamtree.tools import all_tools
from tests.copies import copied
from tests.databases import open_copy, shut
from tests.examples import examples
from tests.rules.fullest import AT, File, full
from tests.rules.hostile import snapshot_from, summed
from tests.rules.test_bringing_in import arrival
from tests.rules.test_fitting_copies import least_of
from tests.visitor import Visitor

LINE, FIRST = "1.1.1.line", "/workbook/1.1.1"
STATE = {"first_passed_at": None, "set_aside_at": None, "last_modified_at": AT, "responded_at": None}
EMPTY = {"skills": [], "response_json": {}, "blocks": {}}


@pytest.fixture(scope="module")
def good(_opened: Any, seeded: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], File]]:
    """A sample person's copy, without its history."""
    open_copy(seeded, tmp_path_factory.mktemp("good") / "dreamtree.db")
    new = people.new_tree(is_shared=False, device="a test", is_sample=True)
    raw = json.dumps(least_of(samples.write_sample(new, "lin")))
    yield lambda: json.loads(raw)
    shut()


def exercises(file: File, module: str = "1.1") -> dict[str, Any]:
    found: dict[str, Any] = file["modules"][module]["exercises"]
    return found


def more_answers(file: File, count: int, said: Any = "x", named: str = "b") -> None:
    """Answers to questions that the book does not ask, each in an exercise of its own."""
    facts = {**exercises(file)["1.1.1.v1"]["blocks"]["1.1.1.thanks"], "history": []}
    for n in range(count):
        key = f"1.1.{100 + n % 900}.{named}{n}"
        one = exercises(file).setdefault(f"{key.rpartition('.')[0]}.v1", {**STATE, **EMPTY, "last_modified_at": None})
        one["response_json"] = {**one["response_json"], key: {"value": said}}
        one["blocks"] = {**one["blocks"], key: {**facts, "id": key}}


def more_values(file: File, count: int, value: Any) -> None:
    """Values in an answer that its tool knows nothing of."""
    exercises(file)["1.1.1.v1"]["response_json"][LINE]["more"] = [value] * count


def more_exercises(file: File, count: int) -> None:
    for n in range(count):
        number = f"{10 + n // 5_000}.{10 + n // 100 % 50}"
        module = {"first_completed_at": None, "last_modified_at": None, "exercises": {}}
        exercises = file["modules"].setdefault(number, module)["exercises"]
        exercises[f"{number}.{n % 100}.v1"] = {**STATE, **EMPTY}


def more_choices(file: File, count: int) -> None:
    file["choices"] += [
        {"block_key": LINE, "connection_id": 9_000 + n, "is_off": True, "chosen_at": AT} for n in range(count)
    ]


def more_notes(file: File, count: int) -> None:
    note = {**file["seen"][0], "words": {"a": "b"}}
    file["seen"] += [{**note, "block_key": LINE, "connection_id": 9_000 + n} for n in range(count)]


def more_tools(file: File, count: int) -> None:
    """Tools used by themselves, under long names."""
    one = {**file["tool_instances"][0], "origin": "standalone", "block_key": None, "content_json": {}}
    file["tool_instances"] += [{**one, "id": f"{n:04}{'🌳' * 290}", "tool_type": "🌳" * 300} for n in range(count)]


HELD: Mapping[str, tuple[Callable[[File, int], None], int]] = {
    "answers": (more_answers, MOST["answers"] - 128),
    "long answers": (lambda file, count: more_answers(file, count, "x" * 19_000, "long"), 600),
    "lists in an answer": (lambda file, count: more_values(file, count, [[]]), 45_000),
    "numbers in an answer": (lambda file, count: more_values(file, count, 1e15), 380_000),
    "words in an answer": (lambda file, count: more_values(file, count, ""), 380_000),
    "exercises": (more_exercises, 24_000),
    "choices": (more_choices, MOST["choices"] - 79),
    "notes": (more_notes, MOST["notes of what answers were built on"] - 79),
    "tools": (more_tools, 4_000),
}
"""What is put into a copy, and how much of it a file may have."""
AMOUNTS = st.sampled_from([0.002, 0.02, 0.1, 0.2, 0.4, 0.7, 0.9, 1.0])


def taken(file: File) -> bool:
    """Whether this copy is taken."""
    try:
        snapshot_from(summed(file), "")
    except BadFile:
        return False
    return True


def answers_in(file: File) -> int:
    return sum(len(one["blocks"]) for module in file["modules"].values() for one in module["exercises"].values())


@settings(
    max_examples=examples(5),
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.dictionaries(st.sampled_from(sorted(HELD)), AMOUNTS, min_size=1, max_size=3))
def test_a_copy_that_is_taken_has_room_for_all_that_pages_can_add(
    good: Callable[[], File], app: Flask, amounts: dict[str, float]
) -> None:
    file = good()
    for what, share in amounts.items():
        put, most = HELD[what]
        put(file, int(share * most))
    if taken(file):
        later, asked = full(file), [block for block in book().blocks if block.type in all_tools()]
        unseen = Weight(size=len(asked) * ANSWER_STEP * 3 // 4)
        now = weight_of([canonical_bytes({**later, "seen": []})])
        assert total([now, unseen, *map(answer_weight, asked)]).is_readable, now
        assert answers_in(later) + len(asked) - answers_in(good()) <= MOST["answers"]


@pytest.mark.parametrize("what", HELD)
def test_a_little_of_it_is_taken_and_as_much_as_a_file_may_have_is_not(
    good: Callable[[], File], app: Flask, what: str
) -> None:
    put, most = HELD[what]
    for share, is_taken in ((0.02, True), (1.0, False)):
        file = good()
        put(file, int(share * most))
        assert taken(file) is is_taken


def test_the_sample_people_hold_nothing_that_pages_do_not_write(plant: Callable[[str], User]) -> None:
    for name in samples.PEOPLE:
        load = load_of(read_snapshot(plant(name)))
        assert (load.beside, load.others) == (Weight(), 0)


# Through pages


@pytest.mark.parametrize("count", [MOST_OTHERS, MOST["answers"]])
def test_whoever_has_many_other_answers_writes_on_and_restores_that(
    good: Callable[[], File], app: Flask, count: int
) -> None:
    file = good()
    for name in ("response_json", "blocks"):
        del exercises(file)["1.1.1.v1"][name][LINE]
    more_answers(file, min(count, MOST["answers"] - answers_in(file)))
    assert taken(file) is (count == MOST_OTHERS)
    visitor = Visitor(app.test_client())
    if taken(file):
        new = arrival()
        begin_with(new, snapshot_from(summed(file), ""))
        visitor.client.set_cookie("tree", new.cookie)
        assert visitor.save(FIRST, fields={f"{LINE}:value": "A boat"}).status == 200
        assert LINE in snapshot_from(copied(new.current.user), "").answers


def test_two_copies_with_many_other_answers_do_not_come_together(good: Callable[[], File], app: Flask) -> None:
    first, second = (good() for _ in range(2))
    more_answers(first, MOST_OTHERS * 2 // 3, named="b")
    more_answers(second, MOST_OTHERS * 2 // 3, named="c")
    new = arrival()
    begin_with(new, snapshot_from(summed(first), ""))
    with pytest.raises(LimitReached, match="than there’s room for"):
        bring_in(new.current.user, snapshot_from(summed(second), ""))
    assert taken(json.loads(copied(new.current.user)))
