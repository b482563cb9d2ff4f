"""A copy holds everything, says it once, and reads back as it was; whatever is not as it was is refused."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.accounts.naming import sealed_name
from dreamtree.answers import built_on, history, records, responses
from dreamtree.archive import locked
from dreamtree.archive.export import NEVER_EXPORTED
from dreamtree.archive.export import file_bytes as pieces_of
from dreamtree.archive.file_format import File as Copy
from dreamtree.archive.file_format import FileExercise, FileModule, sum_of
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.parsing import file_in, is_locked, snapshot_in
from dreamtree.archive.shapes import BadFile
from dreamtree.archive.snapshot import AnswerSnapshot, EarlierText, SettingsSnapshot
from dreamtree.archive.tables import INSTANCE_NAME
from dreamtree.db import BaseModel
from dreamtree.home import samples
from dreamtree.vault import SealedField, seal
from tests.conftest import Queries
from tests.copies import copied, file_of, lock, written
from tests.databases import shut, without_foreign_keys
from tests.rules.test_schema import tables_of_people

PASSPHRASE = "six plums on a blue plate"
AT = "2027-03-01T09:00:00.000Z"
File = dict[str, Any]


@pytest.fixture(scope="module", params=samples.PEOPLE)
def someone(
    request: pytest.FixtureRequest, own_tree: Callable[[str, Path], User], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[User]:
    yield own_tree(request.param, tmp_path_factory.mktemp("archive") / "dreamtree.db")
    shut()


@pytest.fixture
def mara(plant: Callable[[str], User]) -> User:
    """Mara's tree in a database that a test may change."""
    return plant("mara")


@pytest.fixture(scope="module")
def small() -> bytes:
    """A file with one answer and its history, small enough to try every byte of."""
    chosen = SettingsSnapshot("cream", "charcoal", "system", None, False, "Mara", "Europe/Vienna")
    text = EarlierText("e-1", 1, "save", "page", True, {"value": "Zwölf Pläne"}, AT, AT)
    line = AnswerSnapshot(
        id="a-1",
        block_key="1.1.1.line",
        exercise="1.1.1.v1",
        version=1,
        answer={"value": "Twelve"},
        is_complete=True,
        revision=2,
        last_kind="save",
        saved_at=AT,
        begun_at=AT,
        deleted_at=None,
        history=(text,),
    )
    exercise = FileExercise(None, None, None, AT, (), {line.block_key: line.answer}, {line.block_key: line})
    modules = {"1.1": FileModule(None, None, {line.exercise: exercise})}
    nothing: dict[str, Any] = dict.fromkeys(("tool_instances", "custom_skills", "choices", "seen", "snoozes"), ())
    file = Copy(exported_at=AT, settings=chosen, modules=modules, profile={}, offered_words=(), **nothing)
    return b"".join(pieces_of(file))


def mended(file: File) -> File:
    """The file with a sum that fits again: what only its maker could make."""
    return {**file, "sha256": sum_of(file)}


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(BadFile) as told:
        act()
    assert told.value.words.endswith("."), told.value.words
    return told.value.words


# Everything is in it


def test_a_file_reads_back_as_the_tree_it_was(someone: User) -> None:
    snapshot = read_snapshot(someone)
    assert snapshot.answers
    assert snapshot.instances
    assert snapshot_in(file_of(someone)) == snapshot
    assert snapshot_in(file_in(copied(someone))) == snapshot


def test_a_copy_is_what_all_of_it_at_once_would_be(someone: User) -> None:
    raw = copied(someone)
    file = json.loads(raw)
    assert raw == written({**file, "sha256": sum_of(file)})


def test_two_files_of_one_tree_differ_in_their_time_only(someone: User) -> None:
    one, other = file_of(someone), file_of(someone)
    assert {name for name in one if one[name] != other[name]} <= {"exported_at", "sha256"}


def test_a_tree_is_read_in_eight_queries_however_much_it_holds(mara: User, queries: Queries) -> None:
    queries.clear()
    read_snapshot(mara)
    assert len(queries) == 8, queries


NOT_IN_IT = {
    "user_settings": {"created_at", "updated_at"},
    "exercise_responses": {"content_hash", "last_editor", "part_id", "module_id", "exercise_id"},
    "tool_instances": {"content_hash", "last_editor"},
    "answer_revisions": {"answer_id", "block_key"},
    "answer_inputs": {"id", "seen_digest", "now_digest", "kept_digest", "moved_by"},
    "connection_choices": {"id"},
}
"""Columns that a copy has no use for: fingerprints, random names of pages, and what other keys of the file say."""
LABELS = {
    "response_json": responses.LABEL,
    "tool_instances.content_json": records.LABEL,
    "answer_revisions.content_json": history.LABEL,
    "seen": built_on.LABEL,
    "tool_instances.name": INSTANCE_NAME,
}
OBJECTS = ("response_json", "content_json", "seen")
PLACES = {
    "exercise_responses": {"full_exercise_id": "9.8.1.v1"},
    "answer_revisions": {"answer_id": "exercise_responses-id"},
    "user_exercises": {"id": "9.8.2"},
    "user_modules": {"module_id": "9.9"},
}
"""Where a row must say something that means something."""


def canary_row(user: User, model: type[BaseModel]) -> tuple[dict[str, Any], list[str]]:
    """A row whose every text says where it stands, and the words of it that a copy must hold."""
    table = model._meta.table_name
    row: dict[str, Any] = {}
    told: list[str] = []
    for name, column in model._meta.fields.items():
        word = PLACES.get(table, {}).get(name, f"{table}-{name}")
        row[name] = user.id if name == "user_id" else word if column.field_type == "TEXT" else 1
        if column.field_type == "TEXT" and name != "user_id" and name not in NOT_IN_IT.get(table, ()):
            told.append(word)
    for name, column in model._meta.fields.items():
        if isinstance(column, SealedField):
            label = LABELS.get(name) or LABELS.get(f"{table}.{name}") or f"{table}.{name}"
            text = json.dumps({"value": row[name]}) if name in OBJECTS else row[name]
            row[name] = seal(user, label, str(row.get("id", user.id)), text)
    return row, told


def test_every_text_of_every_column_is_in_the_file(mara: User) -> None:
    wanted, secret = [], []
    with without_foreign_keys():
        for model in tables_of_people():
            row, words = canary_row(mara, model)
            model.delete().where(model._meta.fields["user_id"] == mara.id).execute()
            model.insert(**row).execute()
            (secret if model._meta.table_name in NEVER_EXPORTED else wanted).extend(words)
    User.update(display_name=sealed_name(mara, "users-display_name")).where(User.id == mara.id).execute()
    key, mara = mara.data_key, User.get(User.id == mara.id)
    mara.data_key = key
    text = copied(mara).decode()
    assert [word for word in [*wanted, "users-display_name"] if f'"{word}' not in text] == []
    assert [word for word in secret if word in text] == []


def test_a_file_holds_nothing_that_opens_an_account(someone: User) -> None:
    text = copied(someone).decode()
    assert someone.data_key
    for secret in (base64.b64encode(someone.data_key).decode(), someone.data_key.hex(), "wrapped", "ciphertext"):
        assert secret not in text


# Locked


def test_a_locked_file_opens_with_its_passphrase_alone(small: bytes) -> None:
    closed = lock(small, PASSPHRASE)
    assert b"Twelve" not in closed
    file = file_in(closed)
    assert is_locked(file)
    assert locked.unlock(file, PASSPHRASE) == small


def test_a_passphrase_is_the_same_however_its_letters_were_typed(small: bytes) -> None:
    file = file_in(lock(small, "zwo\u0308lf Pflaumen"))
    assert locked.unlock(file, "zw\u00f6lf Pflaumen") == small


def test_another_passphrase_opens_nothing(small: bytes) -> None:
    file = file_in(lock(small, PASSPHRASE))
    for other in (PASSPHRASE + " ", PASSPHRASE.upper(), "", "another one altogether"):
        assert "that’s not its passphrase" in refused(lambda said=other: locked.unlock(file, said))


@pytest.mark.parametrize("place", ["iv", "ciphertext", "salt"])
def test_a_locked_file_that_was_changed_does_not_open(small: bytes, place: str) -> None:
    file = file_in(lock(small, PASSPHRASE))
    part = file["kdf"] if place == "salt" else file
    raw = bytearray(base64.b64decode(part[place]))
    raw[len(raw) // 2] ^= 1
    part[place] = base64.b64encode(raw).decode()
    refused(lambda: locked.unlock(file, PASSPHRASE))


@pytest.mark.parametrize(
    "costs",
    [
        {"memory_kib": 64 * 1024 + 1},
        {"memory_kib": 2**40},
        {"passes": 11},
        {"passes": 0},
        {"lanes": 9},
        {"lanes": 0},
        {"memory_kib": 8},
        {"salt": "not Base64"},
        {"salt": ""},
        {"name": "scrypt"},
        {"passes": 1.5},
        {"more": 1},
    ],
)
def test_a_file_cannot_ask_for_more_work_than_ours_do(small: bytes, costs: File) -> None:
    file = file_in(lock(small, PASSPHRASE))
    refused(lambda: locked.unlock({**file, "kdf": {**file["kdf"], **costs}}, PASSPHRASE))


# Refused


def test_a_file_with_a_changed_byte_is_refused_or_says_the_same(small: bytes) -> None:
    whole = snapshot_in(file_in(small))
    for place in range(len(small)):
        raw = bytearray(small)
        raw[place] ^= 1
        with suppress(BadFile):
            assert snapshot_in(file_in(bytes(raw))) == whole, place


def test_no_byte_of_what_was_said_can_change(small: bytes) -> None:
    for word in ("Twelve", "Zwölf", AT, "a-1", "save"):
        changed = small.replace(word.encode(), word[:-1].encode() + b"x")
        assert changed != small
        refused(lambda raw=changed: snapshot_in(file_in(raw)))


def test_a_file_that_breaks_off_is_refused(someone: User) -> None:
    whole = copied(someone)
    for length in range(0, len(whole), 4093):
        refused(lambda end=length: snapshot_in(file_in(whole[:end])))


def nested(depth: int) -> Any:
    value: Any = "deep"
    for _ in range(depth):
        value = [value]
    return value


def answering(value: Any) -> Callable[[File], None]:
    def change(file: File) -> None:
        file["modules"]["1.1"]["exercises"]["1.1.1.v1"]["response_json"]["1.1.1.line"] = {"value": value}

    return change


def facts(**changes: Any) -> Callable[[File], None]:
    def change(file: File) -> None:
        file["modules"]["1.1"]["exercises"]["1.1.1.v1"]["blocks"]["1.1.1.line"] |= changes

    return change


def move_exercise(file: File) -> None:
    file["modules"]["1.2"] = file["modules"].pop("1.1")


def second_version(file: File) -> None:
    exercises = file["modules"]["1.1"]["exercises"]
    exercises["1.1.1.v2"] = exercises["1.1.1.v1"]


def forget_dates(file: File) -> None:
    file["modules"]["1.1"]["exercises"]["1.1.1.v1"]["blocks"] = {}


HOSTILE: dict[str, Callable[[File], None]] = {
    "200 deep": answering(nested(200)),
    "more than any number": answering(1e308),
    "a whole number without end": answering(10**40),
    "a NUL": answering("a\0b"),
    "an unknown key": lambda file: file.update(surprise=1),
    "a missing key": lambda file: file.pop("choices"),
    "a newer version": lambda file: file.update(version="3.0"),
    "no version": lambda file: file.update(version=["2.0"]),
    "another format": lambda file: file.update(format="other"),
    "a list for an object": lambda file: file.update(settings=[]),
    "a number for a text": lambda file: file["settings"].update(font=7),
    "a text for a flag": facts(is_complete="yes"),
    "a flag for a number": facts(revision=True),
    "a negative number": facts(revision=-1),
    "a broken time": facts(saved_at="2027-02-30T09:00:00Z"),
    "a time somewhere else": facts(saved_at="2027-02-03T09:00:00+01:00"),
    "a word nobody knows": facts(last_kind="conjured"),
    "an answer that is a list": lambda file: file["modules"]["1.1"]["exercises"]["1.1.1.v1"].update(response_json=[]),
    "an exercise of another module": move_exercise,
    "one answer in two versions": second_version,
    "answers without dates": forget_dates,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_whose_sum_fits_is_still_read_with_care(small: bytes, name: str) -> None:
    file = file_in(small)
    HOSTILE[name](file)
    refused(lambda: snapshot_in(mended(file)))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        b"[]",
        b"{}",
        b"null",
        b"\xff\xfe{}",
        b'{"format": "dreamtree"}',
        b'{"format": "dreamtree", "format": "dreamtree"}',
        b'{"format": "dreamtree", "version": NaN}',
        b'{"format": "dreamtree", "version": -Infinity}',
        b'{"format": "dreamtree", "version": ' + b"9" * 5000 + b"}",
        b'{"format": "dreamtree", "version": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"format": "dreamtree", "version": [' + b"0," * 600_000 + b"0]}",
        b'{"format": "dreamtree-locked"}',
    ],
)
def test_what_is_no_file_of_ours_is_refused(raw: bytes) -> None:
    refused(lambda: snapshot_in(file_in(raw)))


def test_a_lone_half_of_a_letter_is_refused(small: bytes) -> None:
    refused(lambda: snapshot_in(file_in(small.replace(b"Twelve", rb"Twel\ud800e"))))


def test_a_byte_order_mark_does_no_harm(small: bytes) -> None:
    assert snapshot_in(file_in(b"\xef\xbb\xbf" + small)) == snapshot_in(file_in(small))


def test_times_have_one_form() -> None:
    assert db.now().endswith("Z")
