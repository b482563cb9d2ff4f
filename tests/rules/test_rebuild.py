"""What the tree has learned is what its answers say, whatever was changed on the way (data.md, rule 5).

Every tool that teaches, with the sample person's answers, changed at random.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from peewee import ModelDelete

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import responses
from dreamtree.answers.models import ExerciseResponse
from dreamtree.answers.stored import SaveInfo
from dreamtree.archive.loading import read_snapshot
from dreamtree.connections.sources import SOURCES
from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.db import PersonModel
from dreamtree.profile import nouns_of, teach
from dreamtree.profile.rows import open_column
from dreamtree.profile.skills import ExerciseSkill, ExperienceSkill, OwnSkill, SkillOffer, UserSkill
from dreamtree.saving import SaveRequest, save_within
from dreamtree.values import Answer
from tests.databases import ask, open_copy, run, shut
from tests.examples import examples
from tests.grown import grown_tree
from tests.rules.editing import Edit, edited, forced, keys_in, without
from tests.rules.rebuilding import derived_models, rebuild_profile
from tests.rules.seeded import BLOCKS, MADE, exercise_of, one_of_each, what_it_teaches

TEACHING = [key for key, makes in MADE.items() if nouns_of(makes)]
NOT_SAID = {"user_id", "written_at", "named_at", "rated_at", "updated_at", "position"}
TOTALS = {"budgets", "interests", "life_dashboards", "skill_states", "personality_scores", "starting_points"}
"""One row about all the rows of an answer."""
Rows = dict[str, dict[str, Any]]
Profile = dict[str, Rows]
EDIT = st.tuples(*(st.integers(0, 60) for _ in range(3)))
QUICK = settings(
    max_examples=examples(3), phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Undone(Exception):
    """Takes an example back, so that the next one begins where this one did."""


@pytest.fixture(scope="module")
def mara(_opened: tuple[Flask, Path], seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[User]:
    """The sample person, planted once: every example is taken back."""
    path = tmp_path_factory.mktemp("learned") / "dreamtree.db"
    open_copy(seeded, path)
    yield grown_tree()
    shut()


def trying(act: Callable[[], None]) -> None:
    """Runs `act` in a transaction that is taken back."""

    def once() -> None:
        act()
        raise Undone

    with pytest.raises(Undone):
        db.saving(once)


def the(key: str) -> Block:
    block = book().block(key)
    assert block is not None
    return block


def said(user: User, key: str) -> Answer | None:
    found = responses.answer_to(user, key)
    return found.answer if found else None


def say(user: User, key: str, answer: Answer) -> None:
    before, exercise = responses.answer_to(user, key), book().exercise(exercise_of(key))
    assert exercise is not None
    stamp = SaveInfo(before.revision if before else 0, db.new_id(), 1, "save", db.now())
    outcome = save_within(user, SaveRequest(exercise, the(key), answer, stamp, db.new_id(), db.new_id(), {}))
    assert outcome.status == "saved", key


def change(user: User, key: str, edit: Edit) -> None:
    if (answer := said(user, key)) is not None:
        say(user, key, edited(the(key), answer, edit))


def profile(user: User) -> Profile:
    """Every row the tree has learned, opened, without the times."""
    return {
        model._meta.table_name: {row[0]: _read_row(user, model, row) for row in ask(_asking(model), (user.id,))}
        for model in _learned()
    }


@cache
def _learned() -> list[Any]:
    """The tables of the profile. Own words are kept with the answers that hold them; they are seen in the skills."""
    return [model for model in derived_models() if model not in (SkillOffer, OwnSkill)]


@cache
def _tables() -> list[str]:
    return [model._meta.table_name for model in _learned()]


@cache
def _asking(model: type[PersonModel]) -> str:
    """The statement for all rows of somebody; to build it takes longer than to run it."""
    names = ", ".join(f'"{one.column_name}"' for one in _columns(model))
    return f'SELECT {names} FROM "{model._meta.table_name}" WHERE user_id = ?'


@cache
def _columns(model: type[PersonModel]) -> list[Any]:
    """The id, and what is said."""
    return [model.id, *(field for name, field in model._meta.fields.items() if name not in NOT_SAID)]


_seen: dict[tuple[Any, ...], dict[str, Any]] = {}
"""A row as it lies there → what it says. Most are the same from one example to the next."""


def _read_row(user: User, model: type[PersonModel], row: tuple[Any, ...]) -> dict[str, Any]:
    lies = (user.id, model, *(bytes(one) if isinstance(one, memoryview) else one for one in row))
    if lies not in _seen:
        columns = zip(_columns(model)[1:], lies[3:], strict=True)
        _seen[lies] = _plainly({one.name: open_column(user, model, row[0], one.name, said) for one, said in columns})
    return _seen[lies]


def _plainly(row: dict[str, Any]) -> dict[str, Any]:
    """A row that several blocks of one page write bears the name of the one that was first: the page will do."""
    is_shared = "block_key" in row and not row["id"].startswith(row["block_key"])
    return row | {"block_key": exercise_of(row["block_key"])} if is_shared else row


def on_the_disk(user: User) -> dict[str, Any]:
    """Every row of the profile byte for byte, and how many revisions and earlier texts there are."""
    found: dict[str, Any] = {
        name: sorted(map(repr, ask(f'SELECT * FROM "{name}" WHERE user_id = ?', (user.id,))))
        for name in (*_tables(), "own_skills", "answer_revisions")
    }
    for name in ("exercise_responses", "tool_instances"):
        rows = ask(f"SELECT id, revision, content_hash FROM {name} WHERE user_id = ?", (user.id,))
        found[name] = sorted(map(repr, rows))
    return found


def test_every_tool_that_teaches_has_an_answer_to_change(mara: User) -> None:
    answered = {BLOCKS[key] for key in responses.answers_of(mara, TEACHING)}
    assert answered >= {BLOCKS[key] for key in TEACHING} - {"number", "date", "checkboxes"}
    assert len(profile(mara)) > 20


@pytest.mark.parametrize("key", one_of_each(TEACHING, what_it_teaches))
@QUICK
@given(edits=st.lists(EDIT, min_size=1, max_size=4))
def test_the_same_answer_twice_changes_no_row(mara: User, key: str, edits: list[Edit]) -> None:
    def act() -> None:
        for edit in edits:
            change(mara, key, edit)
        before, answer = on_the_disk(mara), said(mara, key)
        if answer is not None:
            say(mara, key, forced(the(key), answer, answer))
        assert on_the_disk(mara) == before

    trying(act)


@pytest.mark.parametrize("key", one_of_each(TEACHING, what_it_teaches))
def test_every_source_that_gives_something_else_is_named(mara: User, key: str) -> None:
    def act() -> None:
        before = {name: source(mara, {}) for name, source in SOURCES.items()}
        changed = teach(mara, the(key), (), db.now())
        assert {name for name, source in SOURCES.items() if source(mara, {}) != before[name]} <= changed

    trying(act)


@pytest.mark.parametrize("key", one_of_each(TEACHING, what_it_teaches))
@QUICK
@given(number=st.integers(0, 60), edit=EDIT)
def test_a_row_dropped_takes_its_own_and_leaves_what_is_said_of_the_others(
    mara: User, key: str, number: int, edit: Edit
) -> None:
    def act() -> None:
        change(mara, key, edit)
        found = without(the(key), said(mara, key) or {}, number)
        if found is None:
            return
        answer, row = found
        before = profile(mara)
        say(mara, key, answer)
        strangers = _touched_besides(before, profile(mara), row)
        assert strangers == {}

    trying(act)


def _touched_besides(before: Profile, after: Profile, row: dict[str, Any]) -> dict[str, list[str]]:
    """Rows that went or changed and have nothing to do with `row`."""
    touched = {
        table: [one for one in rows if after[table].get(one) != rows[one]]
        for table, rows in before.items()
        if table not in TOTALS
    }
    lines = touched.pop("budget_lines")
    assert len(lines) <= 1
    keys = keys_in(row) | _skills_of(before, keys_in(row))
    strange = {table: [one for one in names if not any(key in one for key in keys)] for table, names in touched.items()}
    return {table: names for table, names in strange.items() if names}


def _skills_of(before: Profile, keys: set[str]) -> set[str]:
    """The skills that this row, or the line that it is about, was evidence for."""
    evidence = [*before["exercise_skills"].values(), *before["experience_skills"].values()]
    return {row["skill_id"] for row in evidence if row["subject_key"] in keys}


@settings(QUICK, max_examples=examples(8))
@given(edits=st.lists(st.tuples(st.sampled_from(TEACHING), EDIT), min_size=1, max_size=12), is_empty=st.booleans())
def test_learning_all_answers_in_book_order_gives_what_the_tree_has(
    mara: User, edits: list[tuple[str, Edit]], is_empty: bool
) -> None:
    def act() -> None:
        for key, edit in edits:
            change(mara, key, edit)
        live = living(profile(mara))
        if is_empty:
            forget_everything(mara)
            assert living(profile(mara)) == living({table: {} for table in live})
        rebuild_profile(mara, db.now())
        again = living(profile(mara))
        if any(BLOCKS[key] == "skill-rater" for key, _ in edits):
            live, again = unjudged(live), unjudged(again)
        assert differing(live, again) == {}

    trying(act)


@QUICK
@given(edits=st.lists(st.tuples(st.sampled_from(TEACHING), EDIT), min_size=1, max_size=6))
def test_rebuilding_twice_changes_no_row(mara: User, edits: list[tuple[str, Edit]]) -> None:
    def act() -> None:
        for key, edit in edits:
            change(mara, key, edit)
        rebuild_profile(mara, db.now())
        before, seen = profile(mara), read_snapshot(mara).seen
        rebuild_profile(mara, db.now())
        assert differing(before, profile(mara)) == {}
        assert read_snapshot(mara).seen == seen

    trying(act)


def test_ratings_of_a_skill_that_waits_for_an_undo_are_kept(mara: User) -> None:
    def act() -> None:
        skill = UserSkill.get(UserSkill.user_id == mara.id, UserSkill.mastery.is_null(False))
        mine = (UserSkill.user_id == mara.id, UserSkill.id == skill.id)
        for model in (ExerciseSkill, ExperienceSkill):
            ModelDelete(model).where(model.user_id == mara.id, model.skill_id == skill.id).execute()
        UserSkill.update(removed_at=db.now(), mastery=3).where(*mine).execute()
        ExerciseResponse.update(deleted_at=db.now()).where(ExerciseResponse.user_id == mara.id).execute()
        rebuild_profile(mara, db.now())
        kept = UserSkill.get(*mine)
        assert (kept.removed_at is not None, kept.mastery) == (True, 3)

    trying(act)


def unjudged(found: Profile) -> Profile:
    """Without the mark of a superpower, which follows a new rating from what it was, not from the answer alone."""
    skills = {one: {**row, "is_superpower": None} for one, row in found["user_skills"].items()}
    return {**found, "user_skills": skills}


def differing(one: Profile, other: Profile) -> dict[str, list[Any]]:
    """Table → the rows of which the two do not say the same."""
    names = {table: sorted(set(one[table]) | set(other[table])) for table in one}
    pairs = {
        table: [(key, one[table].get(key), other[table].get(key)) for key in keys] for table, keys in names.items()
    }
    unlike = {table: [pair for pair in found if pair[1] != pair[2]] for table, found in pairs.items()}
    return {table: found for table, found in unlike.items() if found}


def living(found: Profile) -> Profile:
    """Without what waits for an undo: a skill that nothing names any more, a place that was taken out."""
    skills = {one: row for one, row in found["user_skills"].items() if row["removed_at"] is None}
    places = {one: row for one, row in found["locations"].items() if row["name"]}
    return {**found, "user_skills": skills, "locations": places}


def forget_everything(user: User) -> None:
    for table in [*_tables(), "own_skills"]:
        run(f'DELETE FROM "{table}" WHERE user_id = ?', (user.id,))
