"""However somebody saves, all their text stays within what copies have room for, and shorter texts are always taken."""

from collections.abc import Callable, Mapping
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dreamtree.accounts.models import User
from dreamtree.answers import limits, records
from dreamtree.answers.limits import (
    ENTRY_STEP,
    LimitReached,
    TextChange,
    require_text_within_limit,
    size_of,
)
from dreamtree.answers.models import ExerciseResponse, ToolInstance
from dreamtree.answers.texts import sealed
from dreamtree.db import database
from dreamtree.values import Answer, FrozenAnswer
from tests.examples import examples

ROOM = 3 * ENTRY_STEP
ROWS = 6
SAVES = st.lists(st.dictionaries(st.integers(0, ROWS - 1), st.integers(60, 2_500), min_size=1), min_size=5, max_size=40)
"""One save after another: which rows of a log each writes, and how long they are then."""


@pytest.fixture
def user(plant: Callable[[str], User], monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody whose answers all count nothing, with room for little more."""
    made = plant("lin")
    ToolInstance.delete().where(ToolInstance.user_id == made.id).execute()
    ExerciseResponse.delete().where(ExerciseResponse.user_id == made.id).execute()
    monkeypatch.setattr(limits, "TEXT_LIMIT", ROOM)
    return made


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAVES)
def test_a_log_stays_within_its_room_and_a_step_for_each_row(user: User, saves: list[Mapping[int, int]]) -> None:
    with database.atomic() as changes:
        rows: dict[int, Answer] = {}
        for save in saves:
            with suppress(LimitReached):
                keep(user, rows, {row: as_long_as(size) for row, size in save.items()})
        assert sum(map(size_of, rows.values())) < ROOM + ROWS * ENTRY_STEP
        changes.rollback()


def test_a_row_that_shrinks_gives_no_room_to_one_that_grows_at_the_same_time(user: User) -> None:
    rows: dict[int, Answer] = {}
    with suppress(LimitReached):
        keep(user, rows, {0: as_long_as(1_000), 1: as_long_as(500)})
        for step in range(1, 30):
            keep(user, rows, {0: as_long_as(900), 1: as_long_as(step * ENTRY_STEP + 20)})
            keep(user, rows, {0: as_long_as(1_000), 1: as_long_as((step + 1) * ENTRY_STEP - 10)})
    assert size_of(rows[1]) > ENTRY_STEP
    assert sum(map(size_of, rows.values())) < ROOM + 2 * ENTRY_STEP


def as_long_as(size: int) -> Answer:
    """A row that has about so many characters once it is sealed."""
    return FrozenAnswer({"activity": "x" * ((size - size_of({"activity": ""})) * 3 // 4)})


def keep(user: User, rows: dict[int, Answer], new: Mapping[int, Answer]) -> None:
    """One save of a log: these rows say something new."""
    require_text_within_limit(user, [TextChange(rows.get(row), said, ENTRY_STEP) for row, said in new.items()])
    rows.update(new)
    for row, said in new.items():
        write(user, f"row-{row}", said)


def write(user: User, row_id: str, said: Answer) -> None:
    rows, at, text = ToolInstance, "2027-03-01T09:00:00.000Z", sealed(user, records.LABEL, row_id, said)
    insert = rows.insert(
        user_id=user.id, id=row_id, tool_type="flow-tracker", origin="exercise", block_key="1.3.3.week", version=1,
        content_json=text, content_hash="", is_complete=1, revision=1, last_editor="", last_n=0, last_kind="save",
        created_at=at, updated_at=at, saved_at=at,
    )  # fmt: skip
    insert.on_conflict(conflict_target=[rows.user_id, rows.id], update={"content_json": text}).execute()
