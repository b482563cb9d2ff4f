"""Whatever copy is saved can be restored: where not all earlier texts have room, the oldest are left out."""

import json
from collections.abc import Callable, Iterable
from itertools import cycle, product
from typing import Any

import pytest

from dreamtree.accounts.models import User
from dreamtree.answers import history
from dreamtree.answers.models import AnswerRevision
from dreamtree.archive import bounds, export, upload
from dreamtree.archive.bounds import LARGEST_TEXT, MOST, Weight, weight_of
from dreamtree.archive.contents import contents_of
from dreamtree.archive.export import copy_of
from dreamtree.archive.file_format import canonical_bytes
from dreamtree.archive.fitting import HistoryText, newest
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.locked import lock
from dreamtree.archive.merging import begin_with
from dreamtree.archive.snapshot import EarlierText, Snapshot
from dreamtree.db import database
from dreamtree.home import samples
from dreamtree.vault import seal
from tests.copies import copied, written
from tests.databases import columns, run
from tests.rules.hostile import PASSPHRASE, snapshot_from
from tests.rules.test_bringing_in import arrival
from tests.rules.test_large_copies import keep_earlier
from tests.visitor import Visitor

WORDS = "I fixed what nobody else wanted to look at. "


@pytest.fixture
def lin(plant: Callable[[str], User]) -> User:
    """What Lin said in two modules, one with entries: a copy of it holds everything, and is made and read soon."""
    user = plant("lin")
    for table in (one for one in database.get_tables() if "block_key" in columns(one) and "user_id" in columns(one)):
        run(f'DELETE FROM "{table}" WHERE NOT (block_key LIKE ? OR block_key LIKE ?)', ("1.1.%", "1.3.%"))
    return user


def restored(user: User) -> Snapshot:
    """What a restore finds in the copy, after every check."""
    return snapshot_from(copied(user), "")


def room_for(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """No longer text is read from now on."""
    for module in (bounds, upload):
        monkeypatch.setattr(module, "LARGEST_TEXT", size)


def histories(tree: Snapshot) -> dict[str, tuple[EarlierText, ...]]:
    return {one.id: one.history for one in (*tree.answers.values(), *tree.instances.values())}


def without_history(tree: Snapshot) -> dict[str, Any]:
    return {key: (one.answer, one.revision) for key, one in tree.answers.items()}


def say(user: User, row_id: str, answer: dict[str, Any]) -> None:
    """Another answer in an earlier text."""
    said = seal(user, history.LABEL, row_id, json.dumps(answer))
    AnswerRevision.update(content_json=said).where(AnswerRevision.id == row_id).execute()


def assert_newest(tree: Snapshot, whole: Snapshot) -> None:
    """All that stands now is there, and of every history the end."""
    assert without_history(tree) == without_history(whole)
    every = histories(whole)
    for key, kept in histories(tree).items():
        assert every[key][len(every[key]) - len(kept) :] == tuple(kept)


def test_a_tree_that_fits_is_in_its_copy_whole(lin: User) -> None:
    keep_earlier(lin, 20, WORDS)
    assert restored(lin) == read_snapshot(lin)


@pytest.mark.parametrize(("what", "counted"), [("earlier texts of one answer", max), ("earlier texts", sum)])
def test_there_are_no_more_than_a_copy_may_have(
    lin: User, monkeypatch: pytest.MonkeyPatch, what: str, counted: Callable[[Iterable[int]], int]
) -> None:
    keep_earlier(lin, 20, WORDS)
    monkeypatch.setitem(MOST, what, 7)
    tree = restored(lin)
    assert counted(map(len, histories(tree).values())) == 7
    assert_newest(tree, read_snapshot(lin))


@pytest.mark.parametrize(
    ("limit", "room"),
    [("LARGEST_TEXT", "size"), ("MOST_NESTS", "nests"), ("MOST_PARTS", "parts"), ("MOST_STRINGS", "strings")],
)
def test_no_more_than_is_read(lin: User, monkeypatch: pytest.MonkeyPatch, limit: str, room: str) -> None:
    bare = getattr(weight_of(copy_of(lin)), room)
    keep_earlier(lin, 60, WORDS * 20)
    whole = getattr(weight_of(copy_of(lin)), room)
    most = (bare + whole) // 2
    monkeypatch.setattr(bounds, limit, most)
    monkeypatch.setattr(upload, "LARGEST_TEXT", bounds.LARGEST_TEXT)
    assert bare < getattr(weight_of(copy_of(lin)), room) <= most
    assert_newest(restored(lin), read_snapshot(lin))


def test_a_copy_says_how_many_texts_it_leaves_out_and_only_then(lin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_earlier(lin, 20, WORDS)
    every = sum(map(len, histories(read_snapshot(lin)).values()))
    assert "left_out" not in json.loads(copied(lin))
    monkeypatch.setitem(MOST, "earlier texts", 9)
    assert json.loads(copied(lin))["left_out"] == every - 9


@pytest.mark.parametrize("is_locked", [False, True], ids=["plain", "locked"])
def test_a_tree_comes_back_from_a_copy_that_left_texts_out(
    lin: User, monkeypatch: pytest.MonkeyPatch, is_locked: bool
) -> None:
    keep_earlier(lin, 20, WORDS)
    monkeypatch.setitem(MOST, "earlier texts of one answer", 7)
    raw = copied(lin)
    tree = snapshot_from(b"".join(lock([raw], PASSPHRASE)) if is_locked else raw, PASSPHRASE)
    arrived = arrival()
    begin_with(arrived, tree)
    back = read_snapshot(arrived.current.user)
    assert histories(back) == histories(tree)
    assert_newest(back, read_snapshot(lin))


def test_where_what_stands_now_is_too_much_the_profile_goes_first(lin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    file = json.loads(copied(lin))
    least = len(written({**file, "profile": {}}))
    keep_earlier(lin, 60, WORDS * 20)
    room_for(monkeypatch, least + 20_000)
    made = json.loads(copied(lin))
    assert made["profile"] == {}
    assert made["left_out"] < 60
    tree = restored(lin)
    assert any(histories(tree).values())
    assert_newest(tree, read_snapshot(lin))


def least_of(user: User, **others: Any) -> dict[str, Any]:
    """The copy without what no restore reads, and without earlier texts."""
    file = json.loads(copied(user))
    exercises = exercises_in(file)
    for facts in (*file["tool_instances"], *(one for exercise in exercises for one in exercise["blocks"].values())):
        facts["history"] = []
    for learned in (*file["tool_instances"], *exercises):
        learned["skills"] = []
    return {**file, "profile": {}, "custom_skills": [], **others}


def exercises_in(file: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for module in file["modules"].values() for one in module["exercises"].values()]


def test_then_what_was_learned_goes_and_then_the_blanks(lin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    least, tree = least_of(lin), read_snapshot(lin)
    for room in (len(written(least)) + 100, len(canonical_bytes(least)) + 100):
        room_for(monkeypatch, room)
        raw = copied(lin)
        file = json.loads(raw)
        assert {name: file[name] for name in ("profile", "custom_skills", "tool_instances")} == {
            name: least[name] for name in ("profile", "custom_skills", "tool_instances")
        }
        assert len(raw) <= room
        assert without_history(snapshot_from(raw, "")) == without_history(tree)
        assert snapshot_from(raw, "").seen == tree.seen
    assert b"\n" not in raw


def test_at_last_what_answers_were_built_on_goes_too(lin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = read_snapshot(lin)
    room_for(monkeypatch, len(canonical_bytes(least_of(lin, seen=[]))) + 100)
    copy = restored(lin)
    assert tree.seen and not copy.seen
    assert without_history(copy) == without_history(tree)


def test_the_right_share_is_found_after_a_few_tries_however_unlike_the_texts_are(
    lin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = weight_of(copy_of(lin)).nests
    keep_earlier(lin, 80, WORDS * 100)
    for number in range(40, 80):
        say(lin, f"earlier-{number:04}", {"value": "", "more": [[]] * 1_000})
    monkeypatch.setattr(bounds, "MOST_NESTS", bare + 20_000)
    tries: list[int] = []
    measured = export._summed
    monkeypatch.setattr(export, "_summed", lambda file: tries.append(1) or measured(file))
    assert_newest(restored(lin), read_snapshot(lin))
    assert 2 < len(tries) <= 2 + len(export.MARGINS)


def test_a_locked_copy_may_be_as_much_longer_as_it_is(lin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = copied(lin)
    monkeypatch.setattr(upload, "LARGEST_TEXT", len(raw))
    monkeypatch.setattr(upload, "LARGEST_LOCKED", len(raw) * 4 // 3 + 4096)
    closed = b"".join(lock([raw], PASSPHRASE))
    assert len(closed) > len(raw)
    assert snapshot_from(closed, PASSPHRASE) == snapshot_from(raw, "")


@pytest.mark.everything
def test_a_copy_of_the_real_size_is_restored_plain_and_locked(lin: User) -> None:
    with database.atomic():
        keep_earlier(lin, 1_000, WORDS * 400)
    raw = copied(lin)
    assert 0.8 * LARGEST_TEXT < len(raw) <= LARGEST_TEXT
    assert_newest(snapshot_from(raw, ""), read_snapshot(lin))
    assert snapshot_from(b"".join(lock([raw], PASSPHRASE)), PASSPHRASE) == snapshot_from(raw, "")


def test_what_stands_now_is_saved_whole_even_where_it_alone_is_too_much(
    lin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_earlier(lin, 20, WORDS)
    monkeypatch.setattr(bounds, "MOST_NESTS", 10)
    file = json.loads(copied(lin))
    said = file["modules"]["1.1"]["exercises"]["1.1.1.v1"]
    assert said["response_json"]
    assert not any(one["history"] for one in said["blocks"].values())


def test_the_share_that_has_room_is_that_of_the_scarcest() -> None:
    bare, whole = Weight(size=LARGEST_TEXT // 2), Weight(LARGEST_TEXT, nests=bounds.MOST_NESTS * 4)
    assert whole.share_beside(bare) == pytest.approx(0.25)
    assert bare.share_beside(bare) == 1.0


@pytest.mark.parametrize(("share", "count"), [(1.0, 3), (0.5, 2), (0.1, 0), (-1.0, 0), (7.0, 3)])
def test_each_time_at_least_one_is_left_out(share: float, count: int) -> None:
    texts = [HistoryText(str(number), "answer", 100) for number in range(4)]
    assert newest(texts, share) == texts[:count]


def test_the_page_says_when_the_oldest_may_be_left_out(person: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in ("A boat", "A house with a long table", "A barn"):
        person.save("/workbook/1.1.1", fields={"1.1.1.line:value": words})
    assert "leaves out the oldest" not in person.get("/data").words
    monkeypatch.setattr(bounds, "LARGEST_TEXT", 10)
    assert "leaves out the oldest" in person.get("/data").words
    monkeypatch.undo()
    monkeypatch.setitem(MOST, "earlier texts of one answer", 1)
    assert "leaves out the oldest" in person.get("/data").words


def test_nothing_earlier_is_left_out_where_there_is_nothing_earlier(
    person: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.save("/workbook/1.1.1", fields={"1.1.1.line:value": "A boat"})
    monkeypatch.setattr(bounds, "LARGEST_TEXT", 10)
    assert "leaves out the oldest" not in person.get("/data").words


NUMBERS = json.dumps(list(range(10))) * 200
LONG = {"short texts": (200, ""), "long texts": (30, WORDS * 200), "dense texts": (30, NUMBERS), "one": (1, "")}


ONE_EACH = set(zip(cycle(samples.PEOPLE), LONG, strict=False))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param(name, kind, marks=() if (name, kind) in ONE_EACH else pytest.mark.everything)
        for name, kind in product(samples.PEOPLE, LONG)
    ],
)
def test_the_page_never_misses_a_copy_that_leaves_texts_out(
    plant: Callable[[str], User], monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    user = plant(name)
    keep_earlier(user, *LONG[kind])
    size = weight_of(copy_of(user)).size
    assert not contents_of(user).may_leave_out
    room_for(monkeypatch, size - 1)
    assert json.loads(copied(user))["left_out"]
    assert contents_of(user).may_leave_out
