"""A copy is brought in beside everybody else: a little at a time, all that shows at once, and nothing by halves."""

import json
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, cast

import peewee
import pytest
from flask import Flask
from flask.testing import FlaskClient
from peewee import ModelDelete
from werkzeug.datastructures import FileStorage

from dreamtree import db
from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.archive import merging, turns, upload
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.merging import MergeRun, begin_with, bring_in
from dreamtree.archive.rebuilding import BEHIND, set_version
from dreamtree.archive.shapes import BadFile
from dreamtree.archive.snapshot import Snapshot
from dreamtree.profile.skills import OwnSkill, SkillOffer
from dreamtree.web.body_limits import is_long
from tests.browser.server import Server
from tests.browser.test_slow_browsers import saves
from tests.copies import copied
from tests.databases import open_copy, shut
from tests.page import Page
from tests.rules.hostile import snapshot_from, summed
from tests.rules.rebuilding import derived_models, rebuild_profile
from tests.rules.test_rebuild import change, profile
from tests.rules.test_round_trip import somebody, with_history
from tests.rules.test_schema import tables_of_people
from tests.visitor import Visitor
from tests.wire import Wire

LINE = "1.1.1.line"
LOG = "1.3.3.week"
ENTRIES = 350
MOST_STATEMENTS = 60
MOST_SECONDS = 0.3


@pytest.fixture(scope="module")
def copies(
    _opened: tuple[Flask, Path], seeded: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[bytes]]:
    """The copies of two sample people."""
    open_copy(seeded, tmp_path_factory.mktemp("good") / "dreamtree.db")
    yield [copied(with_history(name)) for name in ("mara", "tom")]
    shut()


@pytest.fixture
def whole(copies: list[bytes], app: Flask) -> list[Snapshot]:
    """Their trees; nobody is here."""
    return [snapshot_from(one, "") for one in copies]


def with_entries(good: bytes, count: int) -> bytes:
    """The copy with so many more entries in its log."""
    file = json.loads(good)
    one = next(one for one in file["tool_instances"] if one["block_key"] == LOG)
    keys = [f"more-{n}" for n in range(count)]
    file["tool_instances"] += [{**one, "id": f"{LOG}:{key}", "history": []} for key in keys]
    file["modules"]["1.3"]["exercises"]["1.3.3.v1"]["response_json"][LOG]["records"] += keys
    return summed(file)


def arrival() -> people.NewTree:
    return people.new_tree(is_shared=False, device="a test")


def rows() -> int:
    with db.reading():
        return sum(model.select().count() for model in (*tables_of_people(), User))


@pytest.fixture
def transactions(monkeypatch: pytest.MonkeyPatch, queries: list[str]) -> list[int]:
    """How many statements each of its transactions sent."""
    counts: list[int] = []

    def counted(act: Callable[[], Any], patience: float) -> Any:
        before = len(queries)
        done = db.saving(act, patience)
        counts.append(len(queries) - before)
        return done

    monkeypatch.setattr(turns, "saving", counted)
    return counts


def test_it_is_written_a_little_at_a_time(copies: list[bytes], app: Flask, transactions: list[int]) -> None:
    theirs = snapshot_from(with_entries(copies[0], ENTRIES), "")
    new = arrival()
    begin_with(new, theirs)
    assert max(transactions) <= MOST_STATEMENTS
    assert len(read_snapshot(new.current.user).instances) == len(theirs.instances)


def test_nobody_opens_a_new_tree_before_all_of_it_is_there(
    whole: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    new, seen = arrival(), list[bool]()
    user_id, token = new.current.user.id, new.token
    learn = merging.learn_changed

    def look(*args: Any) -> None:
        seen.append(people.authenticate(user_id, token) is None)
        learn(*args)
        seen.append(people.authenticate(user_id, token) is None)

    monkeypatch.setattr(merging, "learn_changed", look)
    begin_with(new, whole[0])
    assert seen == [True, True]
    assert people.authenticate(user_id, token) is not None


def test_what_cannot_be_learned_from_is_taken_back_whole(
    whole: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any) -> None:
        raise peewee.InterfaceError("as a database does with values of another type")

    monkeypatch.setattr(merging, "learn_changed", refuse)
    before = rows()
    with pytest.raises(BadFile, match="isn’t in a form we can read"):
        begin_with(arrival(), whole[0])
    assert rows() == before


def test_a_tree_that_got_another_learns_what_both_say(whole: list[Snapshot]) -> None:
    user = with_history("lin")
    bring_in(user, whole[1])
    learned = profile(user)
    db.saving(lambda: rebuild_profile(user, db.now()))
    assert learned == profile(user)


def test_what_is_written_meanwhile_stays(whole: list[Snapshot]) -> None:
    """Somebody saves after the tree was read, and before the other one is brought in."""
    user = somebody()
    bring_in(user, whole[0])
    writes: list[Callable[[], None]] = [lambda: change(user, LINE, (1, 2, 3))]

    def theirs() -> Snapshot:
        return whole[1]

    class Late(MergeRun):
        def versions(self) -> tuple[Any, ...]:
            found = super().versions()
            if writes and not db.database.in_transaction():
                writes.pop()()
            return found

    before = read_snapshot(user).answers[LINE]
    merging._merge(Late(user, theirs))
    texts = [one.answer for one in read_snapshot(user).answers[LINE].history]
    assert before.answer in texts
    assert not bring_in(user, whole[1]).has_changed


def test_a_merge_that_was_broken_off_is_learned_on_return(app: Flask, whole: list[Snapshot]) -> None:
    new = arrival()
    begin_with(new, whole[0])
    user = new.current.user
    learned = profile(user)
    for model in derived_models():
        if model not in (SkillOffer, OwnSkill):
            ModelDelete(model).where(model.user_id == user.id).execute()  # type: ignore[attr-defined]
    db.saving(lambda: set_version(user, BEHIND))
    visitor = Visitor(app.test_client())
    visitor.client.set_cookie("tree", new.cookie)
    first = visitor.client.get("/what-i-bring?private=yes")
    assert first.location == "/data/catch-up?to=%2Fwhat-i-bring%3Fprivate%3Dyes"
    assert is_long(app)("GET", "/data/catch-up"), "everybody else would wait for it"
    assert visitor.get("/what-i-bring?private=yes").response.request.full_path == "/what-i-bring?private=yes"
    assert profile(user) == learned
    assert visitor.client.get("/home").status_code == 200


@pytest.mark.parametrize("to", ["//elsewhere.example", "https://elsewhere.example/home", "/\\elsewhere.example", ""])
def test_catching_up_leads_to_pages_of_ours_alone(filled: Visitor, to: str) -> None:
    assert filled.client.get("/data/catch-up", query_string={"to": to}).location == "/home"


def test_whoever_saves_beside_a_restore_does_not_wait_for_it(copies: list[bytes], seeded: Path, tmp_path: Path) -> None:
    """With one worker, as on the smallest machine. Where the machine is busy, all of it takes longer."""
    server = Server(tmp_path, seeded)
    server.start()
    try:
        save = saves(newcomer(server))
        seconds = duration(save)
        restoring = Restoring(server, with_entries(copies[0], ENTRIES // 3))
        restoring.start()
        beside = [duration(save) for _ in iter(restoring.is_alive, False)]
    finally:
        server.stop()
    assert restoring.status == 200
    assert len(beside) > 3
    assert max(beside) < max(MOST_SECONDS, 10 * seconds), (seconds, beside)


class Restoring(Thread):
    """Somebody new who restores a copy."""

    def __init__(self, server: Server, raw: bytes) -> None:
        super().__init__(daemon=True)
        self.wire, self.raw, self.status = Wire(server.url), raw, 0

    def run(self) -> None:
        form = Visitor(cast(FlaskClient, self.wire)).get("/data/restore").form(".//main//form")
        file = FileStorage(BytesIO(self.raw), "dreamtree-2027-03-01.json")
        sent = {"csrf_token": form["csrf_token"][0], "device": "own", "passphrase": "", "file": file}
        self.status = self.wire.send_file("/data/restore", sent).status_code


def newcomer(server: Server) -> Visitor:
    visitor = Visitor(cast(FlaskClient, Wire(server.url)))
    visitor.start()
    return visitor


def duration(act: Callable[[], Page]) -> float:
    began = time.perf_counter()
    assert act().status == 200
    return time.perf_counter() - began


def test_bringing_in_is_throttled_like_sending(app: Flask, person: Visitor, copies: list[bytes]) -> None:
    token = person.get("/data/restore").form(".//main//form")["csrf_token"]
    sent = {"csrf_token": token, "copy": upload.packed(b"{}")}
    answers = [person.client.post("/data/restore/confirm", data=sent).status_code for _ in range(25)]
    assert answers[0] == 422
    assert 429 in answers
