"""Logs that are long: a page reads the newest entries and leads to the others, and a save leaves those alone."""

import pytest

from tests.conftest import Queries
from tests.rules.long_logs import (
    LOGS,
    MANY,
    changeable,
    differing,
    learned,
    older,
    opened,
    pages_of,
    stored,
    typed,
    written,
)
from tests.rules.test_fragments import send
from tests.visitor import Visitor

pytestmark = pytest.mark.parametrize("block", LOGS)


def test_links_lead_to_every_entry_and_back(long: Visitor, block: str) -> None:
    pages = list(pages_of(long, block))
    assert f"entry-{MANY - 1}" in changeable(pages[0], block)
    assert "entry-0" not in changeable(pages[0], block)
    assert set().union(*(changeable(page, block) for page in pages)) >= {f"entry-{n}" for n in range(MANY)}
    assert "Back to the newest" not in pages[0].words
    assert "Back to the newest" in pages[-1].words


def test_a_short_log_says_nothing_of_older_entries(filled: Visitor, block: str) -> None:
    assert older(filled, opened(filled, block), block) is None


def test_a_save_writes_the_entry_that_says_something_else_and_no_other(long: Visitor, block: str) -> None:
    entries, lessons = stored(block), learned(block)
    sent = typed(opened(long, block, f"entry-{MANY - 2}"), block, "Said another way.")
    assert send(long, block, {**sent, "autosave": ["1"]}).status == 200
    assert differing(entries, stored(block)) == {f"entry-{MANY - 2}"}
    assert differing(lessons, learned(block)) == {f"entry-{MANY - 2}"}


def test_an_old_entry_is_changed_removed_and_brought_back(long: Visitor, block: str) -> None:
    entries = stored(block)
    page = long.send(opened(long, block, "entry-3"), f"{block}|change|entry-3")
    sent = typed(opened(long, block, "entry-3"), block, "Found again.")
    assert send(long, block, {**sent, "do": [f"{block}|save|"]}).status == 200
    assert "Found again." in page.words or "Found again." in opened(long, block, "entry-3").html
    assert differing(entries, stored(block)) == {"entry-3"}
    page = long.send(opened(long, block, "entry-3"), f"{block}|remove|entry-3")
    assert "entry-3" not in learned(block)
    assert page.status == 200
    long.send(opened(long, block), f"{block}|undo|entry-3")
    assert differing(entries, stored(block)) == {"entry-3"}
    assert "entry-3" in learned(block)
    assert "Found again." in opened(long, block, "entry-3").html


def test_what_another_page_wrote_meanwhile_stands(long: Visitor, block: str) -> None:
    here = typed(opened(long, block, f"entry-{MANY - 2}"), block, "Typed here.")
    written(long, block, MANY, MANY + 2)
    assert long.send(opened(long, block, "entry-7"), f"{block}|remove|entry-7").status == 200
    before = learned(block)
    assert send(long, block, {**here, "autosave": ["1"]}).status == 200
    assert differing(before, learned(block)) == {f"entry-{MANY - 2}"}
    found = set().union(*(changeable(page, block) for page in pages_of(long, block)))
    assert {f"entry-{MANY}", f"entry-{MANY + 1}"} <= found
    assert "entry-7" not in found


def test_a_page_and_a_save_open_no_more_of_a_longer_log(
    long: Visitor, block: str, queries: Queries, opens: list[str]
) -> None:
    def cost(n: int) -> tuple[int, int, int]:
        """What is opened for a page and for a save, and how often the database is asked."""
        page = opened(long, block, f"entry-{n}")
        opens.clear()
        queries.clear()
        page = opened(long, block, f"entry-{n}")
        for_page = len(opens)
        sent = typed(page, block, f"Said another way, {n}.")
        opens.clear()
        assert send(long, block, {**sent, "autosave": ["1"]}).status == 200
        return for_page, len(opens), len(queries)

    at_first = cost(MANY - 1)
    written(long, block, MANY, 3 * MANY)
    assert all(now < 1.1 * then for now, then in zip(cost(3 * MANY - 1), at_first, strict=True))
