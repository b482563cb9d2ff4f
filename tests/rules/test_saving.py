"""Saving: nothing typed is lost, and what is said to be saved is."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import history, responses
from dreamtree.answers.stored import SaveInfo
from dreamtree.content import book
from dreamtree.saving import SaveRequest, SaveResult, save
from tests.examples import examples
from tests.people import new_person

THANKS = "1.1.1.thanks"
BEGAN = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def user(app: Flask) -> User:
    return new_person()


def said(
    user: User, text: str, base: int, editor: str, n: int, kind: str = "autosave", minutes: float = 0
) -> SaveResult:
    """One save of the first question's text, as a page would send it."""
    block = book().block(THANKS)
    exercise = book().exercise("1.1.1")
    assert block is not None and exercise is not None
    stamp = SaveInfo(base, editor, n, kind, db.moment(BEGAN + timedelta(minutes=minutes)))
    return save(user, SaveRequest(exercise, block, {"value": text}, stamp, db.new_id(), db.new_id(), {}))


def current(user: User) -> str:
    answer = responses.answer_to(user, THANKS)
    return answer.answer["value"] if answer else ""


def all_texts(user: User) -> set[str]:
    """Everything that can still be found: the answer and its history."""
    answer = responses.answer_to(user, THANKS)
    assert answer is not None
    return {answer.answer["value"], *(one.answer["value"] for one in history.history_of(user, answer))}


def test_a_save_on_the_revision_it_was_based_on_passes(user: User) -> None:
    assert said(user, "one", 0, "tab-a", 1).status == "saved"
    assert said(user, "two", 1, "tab-b", 1).status == "saved"
    assert current(user) == "two"


def test_a_text_that_moved_on_meanwhile_is_not_written_over(user: User) -> None:
    """As between two servers: the save that comes second begins again from what now stands."""
    said(user, "one", 0, "tab-a", 1)
    before = responses.stored_answer(user, THANKS)
    assert before is not None
    said(user, "two", 1, "tab-b", 1)
    late = replace(before, answer={"value": "three"}, revision=before.revision + 1)
    with pytest.raises(db.Conflict):
        responses.TABLE.update(user, before, late)
    assert current(user) == "two"


def test_an_editors_own_queue_passes_with_an_old_base(user: User) -> None:
    for n, text in enumerate(("a", "ab", "abc"), start=1):
        assert said(user, text, 0, "tab-a", n).status == "saved"
    assert current(user) == "abc"


def test_a_repeat_and_a_latecomer_write_nothing(user: User) -> None:
    said(user, "first", 0, "tab-a", 1)
    said(user, "second", 0, "tab-a", 2)
    assert said(user, "second", 0, "tab-a", 2).status == "repeat"
    assert said(user, "first", 0, "tab-a", 1).status == "repeat"
    answer = responses.answer_to(user, THANKS)
    assert answer is not None
    assert (answer.answer["value"], answer.revision) == ("second", 2)


def test_another_tab_with_an_old_base_is_a_conflict_and_both_texts_survive(user: User) -> None:
    said(user, "from the first tab", 0, "tab-a", 1)
    outcome = said(user, "from the second tab", 0, "tab-b", 1)
    assert outcome.status == "conflict"
    assert current(user) == "from the first tab"
    assert "from the second tab" in all_texts(user)


def test_the_same_text_from_two_tabs_is_no_conflict(user: User) -> None:
    said(user, "the same", 0, "tab-a", 1)
    assert said(user, "the same", 0, "tab-b", 1).status == "saved"
    answer = responses.answer_to(user, THANKS)
    assert answer is not None
    assert answer.revision == 1


def test_a_refused_text_is_kept_once_however_often_it_comes(user: User) -> None:
    said(user, "first", 0, "tab-a", 1)
    for n in range(1, 6):
        said(user, "second", 0, "tab-b", n)
    answer = responses.answer_to(user, THANKS)
    assert answer is not None
    assert [one.kind for one in history.history_of(user, answer)] == ["refused"]


def test_two_tabs_in_any_order_lose_nothing(app: Flask) -> None:
    """Interleavings at random: whatever was ever sent is the answer, in its history, or part of a longer own text."""
    for seed in range(examples(300)):
        _two_tabs(new_person(), random.Random(seed))


def _two_tabs(user: User, chance: random.Random) -> None:
    tabs = {"tab-a": [0, 0], "tab-b": [0, 0]}
    typed: dict[str, str] = {"tab-a": "", "tab-b": ""}
    sent: list[str] = []
    for _ in range(chance.randint(3, 7)):
        tab = chance.choice(list(tabs))
        typed[tab] = f"{typed[tab]} {tab}{chance.randint(0, 9)}"
        tabs[tab][1] += 1
        outcome = said(user, typed[tab], tabs[tab][0], tab, tabs[tab][1], chance.choice(("autosave", "save")))
        if chance.random() < 0.3:
            said(user, typed[tab], tabs[tab][0], tab, tabs[tab][1])
        if outcome.status == "conflict" and chance.random() < 0.7:
            tabs[tab][0] = outcome.stored.revision
        sent.append(typed[tab])
    found = all_texts(user)
    for text in sent:
        assert any(text in one for one in found), f"{text!r} is nowhere in {found}"


def test_typing_on_folds_into_one_entry_and_a_pause_begins_another(user: User) -> None:
    for n, text in enumerate(("I", "I wrote", "I wrote a letter"), start=1):
        said(user, text, 0, "tab-a", n, minutes=n / 10)
    said(user, "I wrote a letter to the council", 0, "tab-a", 4, minutes=15)
    answer = responses.answer_to(user, THANKS)
    assert answer is not None
    assert [one.answer["value"] for one in history.history_of(user, answer)] == ["I wrote a letter"]


def test_deleting_much_at_once_keeps_the_text_that_was_there(user: User) -> None:
    said(user, "A long story about a bridge that nobody else remembers", 0, "tab-a", 1)
    said(user, "", 0, "tab-a", 2, minutes=0.1)
    assert "A long story about a bridge that nobody else remembers" in all_texts(user)


def test_an_explicit_save_is_always_an_entry(user: User) -> None:
    for n, text in enumerate(("a", "ab", "abc"), start=1):
        said(user, text, n - 1, "tab-a", n, kind="save")
    answer = responses.answer_to(user, THANKS)
    assert answer is not None
    assert [one.answer["value"] for one in history.history_of(user, answer)] == ["ab", "a"]


def test_saving_twice_teaches_once(user: User) -> None:
    said(user, "I fixed the pump", 0, "tab-a", 1)
    assert said(user, "I fixed the pump", 1, "tab-a", 2).changed_sources == frozenset()
