"""A file that is cut, changed, too deep, too large or made to harm is refused in one clear sentence, at little cost."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dreamtree.accounts.models import User
from dreamtree.archive import upload
from dreamtree.archive.shapes import BadFile
from dreamtree.archive.snapshot import Snapshot
from dreamtree.archive.upload import NeedsPassphrase
from dreamtree.archive.validate import earlier_questions
from tests.copies import copied, lock
from tests.databases import DATABASE_NAME, copy, shut
from tests.rules.hostile import ANSWER, HOSTILE, OURS, PASSPHRASE, changed, snapshot_from, summed, zipped

SECONDS, MEGABYTES = 2.0, 200
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def good(own_tree: Callable[[str, Path], User], tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    """The copy of a full tree; the book is there to read it by."""
    yield copied(own_tree("mara", tmp_path_factory.mktemp("good") / DATABASE_NAME))
    shut()


@pytest.fixture(scope="module")
def costs(good: bytes, seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, float, int]]:
    """Of every hostile file: the sentence that refuses it, seconds of work and KiB of memory, each in a new process."""
    folder, own = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("hostile-database") / DATABASE_NAME
    copy(seeded, own)
    for name, (make, _) in HOSTILE.items():
        (folder / name).write_bytes(make(good))
    (folder / "good").write_bytes(good)
    child = subprocess.run(
        [sys.executable, "-m", "tests.rules.hostile", str(own), str(folder)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return {name: (words, *cost) for name, words, *cost in map(json.loads, child.stdout.splitlines())}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_in_one_sentence_at_little_cost(costs: dict[str, tuple[str, float, int]], name: str) -> None:
    words, seconds, memory = costs[name]
    assert HOSTILE[name][1] in words
    assert words.endswith(".")
    assert len(words) < 220
    assert seconds <= SECONDS
    assert memory / 1024 <= MEGABYTES


def test_a_good_file_is_taken(costs: dict[str, tuple[str, float, int]], good: bytes) -> None:
    words, seconds, memory = costs["good"]
    assert words == f"taken: {len(snapshot_from(good, '').answers)}"
    assert (seconds <= SECONDS, memory / 1024 <= MEGABYTES) == (True, True)


def test_one_that_is_cut_anywhere_is_refused(good: bytes) -> None:
    for at in range(0, len(good) - 1, 16_381):
        with pytest.raises(BadFile):
            snapshot_from(good[:at], "")


@pytest.mark.parametrize("shape", ["plain", "locked", "zipped"])
def test_one_flipped_byte_is_refused_or_changes_nothing(good: bytes, shape: str) -> None:
    """A blank that became another blank says the same."""
    raw = {"plain": good, "locked": lock(good, PASSPHRASE), "zipped": zipped((OURS, good))}[shape]
    whole = snapshot_from(raw, PASSPHRASE)
    places = {"plain": 40, "locked": 4, "zipped": 12}[shape]
    for n, at in enumerate(range(0, len(raw), len(raw) // places)):
        assert _taken(_flipped(raw, at, n % 8)) in (None, whole), at


def _flipped(raw: bytes, at: int, bit: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ (1 << bit)]) + raw[at + 1 :]


def _taken(raw: bytes) -> Snapshot | None:
    try:
        return snapshot_from(raw, PASSPHRASE)
    except BadFile:
        return None


def test_a_locked_file_asks_for_its_passphrase(good: bytes) -> None:
    raw = lock(good, PASSPHRASE)
    with pytest.raises(NeedsPassphrase):
        snapshot_from(raw, "")
    with pytest.raises(BadFile, match="that’s not its passphrase"):
        snapshot_from(raw, "not the one it was locked with")
    assert snapshot_from(raw, PASSPHRASE) == snapshot_from(good, "")


def test_our_zip_is_taken_whatever_else_is_in_it(good: bytes) -> None:
    raw = zipped(("read-me.html", b"<p>hello</p>"), (f"dreamtree/{OURS}", good))
    assert snapshot_from(raw, "") == snapshot_from(good, "")


def test_questions_that_the_book_no_longer_asks_are_kept(good: bytes) -> None:
    file = json.loads(good)
    old = file["modules"]["1.1"]["exercises"].pop("1.1.1.v1")
    file["modules"]["1.1"]["exercises"]["1.1.99.v1"] = _renamed(old, "1.1.1", "1.1.99")
    found = snapshot_from(summed(file), "")
    assert "1.1.99.line" in earlier_questions(found)
    assert found.answers["1.1.99.line"].answer["value"] == snapshot_from(good, "").answers["1.1.1.line"].answer["value"]


def _renamed(exercise: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    return {
        name: {key.replace(before, after): one for key, one in part.items()}
        if name in ("response_json", "blocks")
        else part
        for name, part in exercise.items()
    }


def test_skills_that_the_library_does_not_have_become_own_words(good: bytes) -> None:
    tag = {"skill": "11111111-2222-3333-4444-555555555555", "name": "thatching", "category": "transferable"}
    rows = [{"key": "k", "text": "A roof", "tags": [tag | {"own": False, "offered": False}]}]
    found = snapshot_from(changed(good, "modules|1.1|exercises|1.1.3.v1|response_json|1.1.3.skills|rows", rows), "")
    assert found.answers["1.1.3.skills"].answer["rows"][0]["tags"][0]["own"] is True


def test_a_look_that_is_not_offered_here_is_the_usual_one(good: bytes) -> None:
    found = snapshot_from(changed(good, "settings|font", "comic"), "")
    assert found.settings.font == "system"
    assert replace(found, settings=snapshot_from(good, "").settings) == snapshot_from(good, "")


def test_only_what_is_read_is_unpacked(good: bytes) -> None:
    """A bomb beside what is ours is never opened."""
    raw = zipped(("big.txt", b" " * 50_000_000), (OURS, good))
    assert snapshot_from(raw, "") == snapshot_from(good, "")
    assert upload.LARGEST_TEXT < 50_000_000


def test_the_answer_that_is_changed_in_these_tests_is_there(good: bytes) -> None:
    part = json.loads(good)
    for step in ANSWER.split("|"):
        part = part[step]
    assert part["value"]
