"""What `flask maintain` clears away, how often it may run, and what it leaves alone."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from peewee import IntegrityError, OperationalError
from time_machine import Traveller

from dreamtree import db
from dreamtree.accounts import people
from dreamtree.accounts.models import Session, Snooze, User
from dreamtree.answers.models import AnswerInput, AnswerRevision, ExerciseResponse, ToolInstance
from dreamtree.answers.stored import SaveInfo
from dreamtree.archive import maintaining
from dreamtree.archive.maintaining import maintain
from dreamtree.content import book
from dreamtree.db import database, moment, new_id
from dreamtree.home import samples
from dreamtree.profile.skills import OwnSkill, SkillOffer, UserSkill
from dreamtree.saving import SaveRequest, save
from dreamtree.saving.trash import block_place, bring_back_answer, move_to_trash
from tests.people import new_person

LINE = "1.1.1.line"
MOMENTS = "1.3.2.moments"
SKILLS = "1.1.3.skills"


@pytest.fixture
def user(app: Flask, frozen: Traveller) -> User:
    """Somebody with a whole tree."""
    arrival = people.new_tree(is_shared=False, device="a test")
    return samples.write_sample(arrival, "mara")


def write(user: User, words: str) -> None:
    block = book().block(LINE)
    exercise = book().exercise("1.1.1")
    assert block is not None and exercise is not None
    stamp = SaveInfo(0, new_id(), 1, "save", db.now())
    save(user, SaveRequest(exercise, block, {"value": words}, stamp, new_id(), new_id(), {}))


def put_away(user: User, block_key: str) -> None:
    place = block_place(block_key)
    assert place is not None
    assert move_to_trash(user, place)


def rows_of(block_key: str) -> int:
    models = (ExerciseResponse, ToolInstance, AnswerRevision, AnswerInput)
    return sum(model.select().where(model.block_key == block_key).count() for model in models)


def run() -> str:
    return "\n".join(done.words for done in maintain())


def test_the_trash_is_kept_for_thirty_days_and_then_cleared_with_its_history(user: User, frozen: Traveller) -> None:
    for words in ("Once", "Twice"):
        write(user, words)
    for block in (MOMENTS, SKILLS, LINE):
        put_away(user, block)
    assert AnswerRevision.select().where(AnswerRevision.block_key == LINE).exists(), "no history to clear"
    before = rows_of(MOMENTS) + rows_of(SKILLS) + rows_of(LINE)
    frozen.shift(timedelta(days=30))
    run()
    assert rows_of(MOMENTS) + rows_of(SKILLS) + rows_of(LINE) == before
    frozen.shift(timedelta(minutes=1))
    told = run()
    assert rows_of(MOMENTS) + rows_of(SKILLS) + rows_of(LINE) == 0
    assert "answers in the trash, with their history" in told
    assert "Cleared 0 answers in the trash" not in told
    assert ExerciseResponse.select().where(ExerciseResponse.deleted_at.is_null()).count() > 10, "what lives stays"


def test_what_came_back_in_time_is_not_cleared(user: User, frozen: Traveller) -> None:
    answer = ExerciseResponse.get(ExerciseResponse.block_key == MOMENTS)
    put_away(user, MOMENTS)
    frozen.shift(timedelta(days=29))
    assert bring_back_answer(user, answer.id) is not None
    before = rows_of(MOMENTS)
    frozen.shift(timedelta(days=29))
    run()
    assert rows_of(MOMENTS) == before


def test_after_the_clearing_a_question_is_answered_from_the_beginning(user: User, frozen: Traveller) -> None:
    write(user, "Before")
    put_away(user, LINE)
    frozen.shift(timedelta(days=31))
    run()
    write(user, "After")
    answer = ExerciseResponse.get(ExerciseResponse.block_key == LINE)
    assert answer.revision == 1


def test_skills_that_nothing_names_are_cleared_after_thirty_days(user: User, frozen: Traveller) -> None:
    for block in [row.block_key for row in ExerciseResponse.select()]:
        put_away(user, block)
    assert UserSkill.select().where(UserSkill.removed_at.is_null()).count() == 0
    assert UserSkill.select().count() > 0
    run()
    assert UserSkill.select().count() > 0, "undo brings their ratings back"
    frozen.shift(timedelta(days=30, minutes=1))
    run()
    assert UserSkill.select().count() == OwnSkill.select().count() == 0


def test_sessions_snoozes_and_half_finished_sign_ins_end(user: User, frozen: Traveller) -> None:
    kept = Session.get(Session.user_id == user.id)
    at, soon = moment(datetime.now(UTC)), moment(datetime.now(UTC) + timedelta(minutes=10))
    for state in ("code", "merge"):
        Session.insert({**kept.__data__, "id": state, "state": state, "expires_at": soon}).execute()
    Snooze.create(user_id=user.id, id="a line", until=soon, snoozed_at=at)
    run()
    assert (Session.select().count(), Snooze.select().count()) == (3, 1)
    frozen.shift(timedelta(minutes=11))
    run()
    assert [row.state for row in Session.select()] == ["open"]
    assert Snooze.select().count() == 0


def test_twice_is_as_once(user: User, frozen: Traveller) -> None:
    put_away(user, MOMENTS)
    new_person(is_shared=True)
    frozen.shift(timedelta(days=31))
    run()
    before = {name: database.execute_sql(f'SELECT * FROM "{name}"').fetchall() for name in database.get_tables()}
    told = run()
    assert {name: database.execute_sql(f'SELECT * FROM "{name}"').fetchall() for name in before} == before
    assert all(word == "0" for word in told.replace(",", " ").split() if word.isdigit())


def test_an_approved_word_outlives_a_tree_that_nobody_can_open(user: User) -> None:
    at = moment(datetime.now(UTC))
    for word, status in (("Welding", "approved"), ("Whistling", "pending")):
        row = {"id": f"{user.id}:{word}", "user_id": user.id, "word": word, "category": "transferable"}
        SkillOffer.insert({**row, "status": status, "offered_at": at}).execute()
    Session.delete().execute()
    run()
    assert User.select().count() == 0
    assert [(row.user_id, row.word) for row in SkillOffer.select()] == [(None, "Welding")]


def test_it_works_in_steps_so_that_people_write_in_between(
    user: User, frozen: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintaining, "BATCH", 1)
    for block in (MOMENTS, SKILLS, "1.1.1.thanks"):
        put_away(user, block)
    frozen.shift(timedelta(days=31))
    assert "Cleared 0 answers in the trash" not in run()
    assert ExerciseResponse.select().where(ExerciseResponse.deleted_at.is_null(False)).count() == 0


def test_a_row_that_cannot_go_stays_alone_and_everything_else_goes(
    app: Flask, frozen: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, *_ = sorted(new_person(is_shared=True).id for _ in range(2 * maintaining.BATCH + 5))
    delete, at = people.delete, moment(datetime.now(UTC))

    def refuse(ids: list[str]) -> int:
        if stuck in ids:
            raise IntegrityError("the row is in use")
        return delete(ids)

    monkeypatch.setattr(people, "delete", refuse)
    Snooze.create(user_id=stuck, id="a line", until=at, snoozed_at=at)
    frozen.shift(timedelta(days=31))
    result = app.test_cli_runner().invoke(args=["maintain"])
    assert result.exit_code == 1
    assert "1 of the trees that nobody can open couldn't be cleared, and stay." in result.output
    assert [row.id for row in User.select()] == [stuck]
    assert Snooze.select().count() == 0
    assert "The log is empty." in result.output


STEPS = tuple(maintaining._steps())


@pytest.mark.parametrize("broken", STEPS)
def test_a_step_that_fails_is_told_and_the_others_go_on(
    app: Flask, monkeypatch: pytest.MonkeyPatch, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_most: int, _left: int) -> int:
        raise ValueError("a person's words")

    steps = {**maintaining._steps(), broken: fail}
    monkeypatch.setattr(maintaining, "_steps", lambda: steps)
    result = app.test_cli_runner().invoke(args=["maintain"])
    assert result.exit_code == 1
    assert f"Clearing {broken} stopped early." in result.output
    assert "a person's words" not in result.output
    assert result.output.count("Cleared 0 ") == len(STEPS) - 1
    assert "The log is empty." in result.output


def test_a_database_that_is_away_is_not_asked_for_every_row(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()

    def fail(_most: int, left: int) -> int:
        asked.append(left)
        raise OperationalError("no such table: sessions")

    monkeypatch.setattr(maintaining, "_steps", lambda: {"sessions": fail})
    assert "Clearing sessions stopped early." in run()
    assert len(asked) <= 2 * maintaining.MOST_SKIPPED + 1


@pytest.mark.a_file
def test_the_log_is_empty_afterwards(user: User) -> None:
    write(user, "Something in the log")
    assert "The log is empty." in run()
    assert Path(f"{database.obj.database}-wal").read_bytes() == b""


@pytest.mark.a_file
def test_beside_people_who_write_nothing_fails(user: User, frozen: Traveller) -> None:
    """A writer of another process, again and again, while it runs."""
    frozen.shift(timedelta(days=31))
    done, failures = threading.Event(), list[Exception]()

    def write_on() -> None:
        connection = sqlite3.connect(str(database.obj.database), timeout=5, isolation_level=None)
        while not done.is_set():
            try:
                connection.execute("UPDATE users SET updated_at = updated_at || '!'")
            except sqlite3.Error as error:
                failures.append(error)
        connection.close()

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for _ in range(5):
            run()
    finally:
        done.set()
        writer.join()
    assert failures == []


def test_the_command_prints_what_it_did(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["maintain"])
    assert result.exit_code == 0
    assert "Cleared 0 ended sessions" in result.output
    assert result.output.endswith("The log is empty.\n")
