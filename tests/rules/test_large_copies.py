"""However long a history is, a copy is made with little of it in memory, and is whole or isn't made at all."""

import gzip
import json
import tracemalloc
from collections.abc import Callable

import pytest
from flask import Flask

from dreamtree.accounts.models import User
from dreamtree.accounts.people import authenticate
from dreamtree.accounts.sessions import TREE
from dreamtree.answers import history, records, responses
from dreamtree.answers.models import AnswerRevision, ExerciseResponse, ToolInstance
from dreamtree.archive import locked
from dreamtree.archive.batches import MOST_ROWS, MOST_TEXT, in_batches
from dreamtree.archive.export import copy_of
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.parsing import file_in, snapshot_in
from dreamtree.archive.pieces import CHUNK
from dreamtree.archive.readable.zipped import write_zip
from dreamtree.content import book
from dreamtree.db import database
from dreamtree.gateway.spool import MEGABYTE, Memory, Spool
from dreamtree.vault import seal
from tests.copies import copied
from tests.databases import run
from tests.visitor import Visitor

PASSPHRASE = "six plums on a blue plate"
LONG = "I fixed what nobody else wanted to look at. " * 2_000
TEXTS = 150
HALF = MEGABYTE * 6
"""Less than half of the texts; as a whole they'd be in memory several times."""


def keep_earlier(user: User, count: int, words: str) -> None:
    """So many earlier texts of one answer."""
    answer = ExerciseResponse.select().where(ExerciseResponse.user_id == user.id).first()
    for number in range(count):
        row_id, at = f"earlier-{number:04}", f"2027-01-01T00:00:00.{number:03}Z"
        said = json.dumps({"value": f"{number} {words}"})
        AnswerRevision.insert(
            user_id=user.id, id=row_id, answer_id=answer.id, block_key=answer.block_key, revision=number, kind="save",
            editor="", is_complete=1, content_json=seal(user, history.LABEL, row_id, said), written_at=at,
            recorded_at=at,
        ).execute()  # fmt: skip


def keep_entries(user: User, count: int, words: str, block_key: str = "1.3.2.moments") -> None:
    """So many entries of a tool, each like its first."""
    mine = ToolInstance.user_id == user.id, ToolInstance.block_key == block_key
    first = ToolInstance.select().where(*mine).dicts().first()
    for number in range(count):
        row_id = f"entry-{block_key}-{number:04}"
        said = seal(user, records.LABEL, row_id, json.dumps({"activity": f"{number} {words}"}))
        ToolInstance.insert({**first, "id": row_id, "name": None, "content_json": said}).execute()


def answer_at_length(user: User, size: int) -> int:
    """Every text of several lines says as much as the others, so many characters in all; answers how many those are."""
    keys = [block.key for block in book().blocks if block.type == "textarea"]
    mine = list(ExerciseResponse.select().where(ExerciseResponse.user_id == user.id))
    rows = [row for row in mine if row.block_key in keys]
    words = LONG[: len(LONG) // 20] * (size // len(rows) // (len(LONG) // 20))
    for row in rows:
        said = seal(user, responses.LABEL, row.id, json.dumps({"value": words}))
        which = ExerciseResponse.user_id == user.id, ExerciseResponse.id == row.id
        ExerciseResponse.update(response_json=said).where(*which).execute()
    return len(words) * len(rows)


@pytest.fixture
def mara(plant: Callable[[str], User]) -> User:
    return plant("mara")


def plain(user: User, target: Spool) -> None:
    target.writelines(copy_of(user))


def closed(user: User, target: Spool) -> None:
    target.writelines(locked.lock(copy_of(user), PASSPHRASE))


def to_read(user: User, target: Spool) -> None:
    write_zip(user, target, without_private=False)


EVERY = pytest.mark.parametrize("write", [plain, closed, to_read])


@EVERY
def test_a_copy_is_made_with_a_few_earlier_texts_in_memory(
    app: Flask, mara: User, write: Callable[[User, Spool], None]
) -> None:
    with app.test_request_context(), Spool(Memory(MEGABYTE)) as target:
        write(mara, target)
    with database.atomic():
        keep_earlier(mara, TEXTS, LONG)
    with app.test_request_context(), Spool(Memory(MEGABYTE)) as target:
        tracemalloc.start()
        write(mara, target)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert len(LONG) * TEXTS > 2 * HALF
    assert most < HALF, f"{most:,} bytes"


@EVERY
def test_a_copy_is_made_with_a_few_long_answers_in_memory(
    app: Flask, mara: User, write: Callable[[User, Spool], None]
) -> None:
    size = answer_at_length(mara, HALF)
    with app.test_request_context(), Spool(Memory(MEGABYTE)) as target:
        write(mara, target)
    with app.test_request_context(), Spool(Memory(MEGABYTE)) as target:
        tracemalloc.start()
        write(mara, target)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert size > 0.9 * HALF
    assert most < HALF, f"{most:,} bytes"


def test_a_copy_to_restore_is_made_with_a_few_entries_in_memory(mara: User) -> None:
    with database.atomic():
        keep_entries(mara, TEXTS, LONG)
    tracemalloc.start()
    size = sum(len(piece) for piece in copy_of(mara))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 2 * HALF
    assert most < HALF, f"{most:,} bytes"


def test_no_piece_of_a_copy_is_much_longer_than_a_text(mara: User) -> None:
    keep_earlier(mara, 50, LONG)
    longest = max(len(piece) for piece in copy_of(mara))
    assert CHUNK <= longest < CHUNK + 2 * len(LONG)


def test_rows_are_read_a_few_at_a_time_and_long_ones_fewer(mara: User) -> None:
    keep_earlier(mara, MOST_ROWS + 1, "short")
    assert len(next(in_batches(mara, AnswerRevision, "id"))) == MOST_ROWS
    AnswerRevision.delete().where(AnswerRevision.user_id == mara.id).execute()
    keep_earlier(mara, 3, "x" * MOST_TEXT)
    assert [len(rows) for rows in in_batches(mara, AnswerRevision, "id")] == [1, 1, 1]


def test_histories_longer_than_a_batch_are_in_it_in_their_order(mara: User) -> None:
    keep_earlier(mara, 2 * MOST_ROWS + 1, "short")
    assert snapshot_in(file_in(copied(mara))) == read_snapshot(mara)


def test_whoever_stops_half_way_leaves_no_transaction_open(mara: User) -> None:
    pieces = copy_of(mara)
    next(pieces)
    assert database.in_transaction()
    pieces.close()
    assert not database.in_transaction()


# As it is sent


@pytest.fixture
def owner(person: Visitor) -> Visitor:
    """Somebody with an answer and an earlier text of it."""
    for words in ("A boat", "A house with a long table"):
        person.save("/workbook/1.1.1", fields={"1.1.1.line:value": words})
    return person


def user_of(visitor: Visitor) -> User:
    cookie = visitor.client.get_cookie(TREE)
    assert cookie is not None
    found = authenticate(*cookie.value.split("."))
    assert found is not None
    return found.user


BUTTONS = {
    "Save a copy": {},
    "Save a locked copy": {"passphrase": PASSPHRASE, "passphrase_again": PASSPHRASE},
    "Save a copy to read": {},
}


@pytest.mark.parametrize("button", BUTTONS)
def test_a_copy_that_cannot_be_made_is_a_page_that_says_so_and_no_part_of_a_file(owner: Visitor, button: str) -> None:
    with database.atomic():
        run("UPDATE answer_revisions SET content_json = (SELECT response_json FROM exercise_responses LIMIT 1)")
    page = owner.press(owner.get("/data"), button, BUTTONS[button])
    assert page.status == 500
    assert "Content-Disposition" not in page.response.headers
    assert page.has(".//h1")
    assert not database.in_transaction()


def test_a_copy_says_how_long_it_is_so_that_a_browser_sees_when_it_was_cut(owner: Visitor) -> None:
    answer = owner.press(owner.get("/data"), "Save a copy").response
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_a_copy_is_packed_for_a_browser_that_takes_it(owner: Visitor) -> None:
    page = owner.get("/data")
    form = page.fields_in(page.all(".//main//form")[0])
    answer = owner.client.post("/data/export.json", data=form, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < len(copied(user_of(owner))) / 2
    assert snapshot_in(file_in(gzip.decompress(answer.data))) == read_snapshot(user_of(owner))
