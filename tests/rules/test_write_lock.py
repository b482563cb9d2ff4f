"""What takes long is done before a save holds the write lock: everybody else's save waits for as long as it does."""

import pytest

from dreamtree import vault
from dreamtree.answers import built_on, records, responses
from dreamtree.db import database, engine
from dreamtree.tools import all_tools
from tests.databases import ask, run
from tests.rules.seeded import ANSWERED, BLOCKS, exercise_of, kind_of, one_of_each, what_it_teaches
from tests.rules.test_fragments import send
from tests.rules.touching import buttons_of, touched
from tests.visitor import Visitor

LONG = (responses.LABEL, records.LABEL, built_on.LABEL)
"""What is sealed under these was opened with the page."""
RENAMING = "1.1.8."
"""Where a skill in one's own words gets another name, it is looked for in every answer (`MORE_OF_AN_AUTOSAVE`)."""
LOGS = one_of_each([key for key in ANSWERED if all_tools()[BLOCKS[key]].keeps_records], kind_of)
OTHERS = [key for key in ANSWERED if not key.startswith(RENAMING)]


class Lock:
    """Whether the write lock is held, and what was done with it in hand."""

    def __init__(self) -> None:
        self.is_held = self.was_held = False
        self.done: list[str] = []

    def take(self, *, is_held: bool) -> None:
        """A transaction begins or ends."""
        self.is_held, self.was_held = is_held, self.was_held or is_held

    def note(self, what: str) -> None:
        """Something long was done."""
        if self.is_held:
            self.done.append(what)


@pytest.fixture
def lock(monkeypatch: pytest.MonkeyPatch, filled: Visitor) -> Lock:
    lock, kind = Lock(), type(database.obj)
    begin, decrypt = kind.begin, vault._decrypt

    def begun(self: object, level: str | None = None) -> None:
        begin(self, level)
        lock.take(is_held=level == engine().SAVING)

    def decrypted(key: bytes, envelope: str, bound_to: str) -> bytes:
        if bound_to.split("|")[1:2] and bound_to.split("|")[1] in LONG:
            lock.note(bound_to)
        return decrypt(key, envelope, bound_to)

    monkeypatch.setattr(kind, "begin", begun)
    for name in ("commit", "rollback"):
        monkeypatch.setattr(kind, name, _ending(lock, getattr(kind, name)))
    monkeypatch.setattr(vault, "_decrypt", decrypted)
    for one in all_tools().values():
        for name in ("lessons", "incomplete", "is_blank"):
            monkeypatch.setattr(type(one), name, _noted(lock, f"{one.kind}.{name}", getattr(type(one), name)))
    return lock


def _ending(lock: Lock, end: object) -> object:
    def ended(self: object) -> None:
        lock.take(is_held=False)
        end(self)  # type: ignore[operator]

    return ended


def _noted(lock: Lock, what: str, act: object) -> object:
    def noted(*args: object) -> object:
        lock.note(what)
        return act(*args)  # type: ignore[operator]

    return noted


@pytest.mark.parametrize("block", one_of_each(OTHERS, what_it_teaches))
def test_an_autosave_opens_no_answer_and_asks_no_tool_while_it_holds_the_lock(
    filled: Visitor, lock: Lock, block: str
) -> None:
    page = filled.open(f"/workbook/{exercise_of(block)}")
    for n, words in enumerate(("Typed", "Typed on", "Typed on and on"), 1):
        assert send(filled, block, {**touched(page, block, words), "autosave": ["1"], "n": [str(n)]}).status == 200
    assert lock.was_held or all_tools()[BLOCKS[block]].wants_own_skills
    assert lock.done == []


@pytest.mark.parametrize("block", LOGS)
def test_the_first_save_of_a_log_opens_no_answer_and_asks_no_tool_while_it_holds_the_lock(
    filled: Visitor, lock: Lock, block: str
) -> None:
    for table in ("exercise_responses", "tool_instances", "answer_inputs"):
        run(f'DELETE FROM "{table}" WHERE block_key = ?', (block,))
    page = filled.get(f"/workbook/{exercise_of(block)}?change={block}")
    assert send(filled, block, {**touched(page, block, "Begun"), "autosave": ["1"]}).status == 200
    assert ask("SELECT COUNT(*) FROM exercise_responses WHERE block_key = ?", [block]) == [(1,)]
    assert lock.was_held
    assert lock.done == []


def test_entries_of_a_log_come_from_nowhere_else() -> None:
    """So what an answer was built on is compared with no entry of it, and none is read for that."""
    keeping = [one for one in all_tools().values() if one.keeps_records]
    assert keeping
    assert [one.kind for one in keeping if one.rows.marks] == []  # type: ignore[attr-defined]


def test_a_save_that_met_another_works_out_anew_what_differs(filled: Visitor, lock: Lock) -> None:
    """What was worked out before the lock rests on a text that no longer stands."""
    block = next(key for key in OTHERS if BLOCKS[key] == "textarea")
    page = filled.open(f"/workbook/{exercise_of(block)}")
    first = touched(page, block, "Typed here")
    assert send(filled, block, {**first, "editor": ["a" * 16]}).status == 200
    assert send(filled, block, {**touched(page, block, "Typed there"), "editor": ["b" * 16]}).status == 409
    assert lock.done == []


def test_a_button_that_only_shows_opens_no_answer_of_another_page(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a save may have to compare those with what they were built on."""
    page = filled.open("/workbook/1.1.3?change=1.1.3.skills")
    find = next(one.get("value", "") for one in buttons_of(page, "1.1.3.skills") if "|find|" in one.get("value", ""))
    field = next(name for name in page.form() if name.startswith("1.1.3.skills:find-"))
    here = {row[0] for row in ask("SELECT id FROM exercise_responses WHERE block_key LIKE ?", ["1.1.3.%"])}
    opened, decrypt = set[str](), vault._decrypt

    def decrypted(key: bytes, envelope: str, bound_to: str) -> bytes:
        _, label, row_id, *_ = [*bound_to.split("|"), "", ""]
        opened.update({row_id} if label == responses.LABEL else ())
        return decrypt(key, envelope, bound_to)

    monkeypatch.setattr(vault, "_decrypt", decrypted)
    found = send(filled, "1.1.3.skills", {**page.form(), "do": [find], field: ["explaining"]})
    assert found.status == 200
    assert opened and opened <= here
