"""What pages can write into logs is what a copy may hold, and no more: one description says how many entries fit."""

import pytest

from dreamtree.answers import room
from dreamtree.answers.models import ToolInstance
from dreamtree.answers.room import FULL_LOG, FULL_TREE
from dreamtree.archive import bounds
from dreamtree.archive.merging import begin_with
from dreamtree.archive.shapes import BadFile
from tests.page import Page
from tests.pages.test_restore import copy_of, restore, state
from tests.pages.test_trash import press
from tests.rules.hostile import snapshot_from
from tests.rules.test_bringing_in import LOG, arrival, with_entries
from tests.visitor import Visitor

WEEK = "/workbook/1.3.3"


def entries(key: str = "") -> int:
    found = ToolInstance.select()
    return int((found.where(ToolInstance.block_key == key) if key else found).count())


def most(monkeypatch: pytest.MonkeyPatch, log: int, tree: int) -> None:
    """So many entries fit from now on."""
    for name, what, count in (("OF_A_LOG", "entries in one place", log), ("OF_A_TREE", "entries", tree)):
        monkeypatch.setattr(room, name, count)
        monkeypatch.setitem(bounds.MOST, what, count)


def write_one(visitor: Visitor, words: str) -> Page:
    """Another moment, in a row that is added for it."""
    add = next(one for one in visitor.open(WEEK).buttons() if f"{LOG}|add" in one)
    page = visitor.save(WEEK, add)
    names = [name for name, values in page.form().items() if name.endswith("-activity") and values == [""]]
    return visitor.send(page, fields={names[-1]: words})


def test_a_copy_may_hold_what_pages_can_write() -> None:
    assert bounds.MOST["entries in one place"] == room.OF_A_LOG
    assert bounds.MOST["entries"] == room.OF_A_TREE


@pytest.mark.parametrize("is_log", [True, False], ids=["a log", "all logs"])
def test_a_full_log_says_so_and_keeps_what_was_typed(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch, is_log: bool
) -> None:
    before, fit = entries(), entries(LOG) if is_log else entries()
    most(monkeypatch, fit if is_log else 99, 99 if is_log else fit)
    page = write_one(filled, "Mended a lamp")
    assert page.status == 422
    assert (FULL_LOG if is_log else FULL_TREE).format(most=fit) in page.words
    assert any(values == ["Mended a lamp"] for values in page.form().values())
    assert entries() == before


def test_what_lies_in_the_trash_counts_until_it_is_deleted_for_good(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    most(monkeypatch, entries(LOG), 99)
    remove = next(one for one in filled.open(WEEK).buttons() if f"{LOG}|remove|" in one)
    assert filled.save(WEEK, remove).status == 200
    assert write_one(filled, "Mended a lamp").status == 422
    asked = press(filled, filled.get("/data/trash"), "Delete it now")
    press(filled, asked, "Delete it now")
    assert write_one(filled, "Mended a lamp").status == 200


def test_a_full_log_still_takes_changes(filled: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    most(monkeypatch, entries(LOG), entries())
    page = filled.open(WEEK)
    first = next(name for name, values in page.form().items() if name.endswith("-activity") and values != [""])
    assert filled.send(page, fields={first: "Mended a lamp"}).status == 200


def test_the_copy_of_a_full_tree_is_restored_and_one_entry_more_is_not(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = copy_of(filled)
    most(monkeypatch, entries(LOG), entries())
    begin_with(arrival(), snapshot_from(raw, ""))
    with pytest.raises(BadFile, match="room for"):
        snapshot_from(with_entries(raw, 1), "")


def test_two_trees_with_more_entries_than_fit_stay_apart(filled: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = with_entries(copy_of(filled), 3)
    most(monkeypatch, entries(LOG) + 3, 99)
    assert write_one(filled, "Mended a lamp").status == 200
    before = state()
    page = restore(filled, raw)
    assert page.status == 409
    assert FULL_LOG.format(most=room.OF_A_LOG) in page.words
    assert state() == before
