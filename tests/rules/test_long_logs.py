"""Logs that are long: a page reads the newest entries and leads to the others, and a save leaves those alone."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from dreamtree import vault
from tests.conftest import Queries
from tests.databases import ask
from tests.page import Page, words_of
from tests.rules.seeded import exercise_of
from tests.rules.test_fragments import send
from tests.rules.touching import section
from tests.visitor import Visitor

WEEK, PRACTICE = "1.3.3.week", "1.5.1.practice"
LOGS = (WEEK, PRACTICE)
WORDS = {WEEK: "activity", PRACTICE: "tried"}
MANY = 130
MOST_POSTED = 200


def written(visitor: Visitor, block: str, first: int, past: int) -> None:
    """Adds entries of their own words and keys, some at a time."""
    for begin in range(first, past, MOST_POSTED):
        form = visitor.get(f"/workbook/{exercise_of(block)}?change={block}").form()
        other = {name: value for name, value in form.items() if not name.startswith(f"{block}:rows-")}
        rows = (_row(block, n, n - begin) for n in range(begin, min(begin + MOST_POSTED, past)))
        sent = other | {name: value for row in rows for name, value in row.items()}
        assert send(visitor, block, {**sent, "do": f"{block}|save|"}).status == 200


def _row(block: str, n: int, at: int) -> dict[str, str]:
    day = f"2026-10-{n % 28 + 1:02}"
    more = {"energy": "1", "when": day} if block == WEEK else {"done_on": day}
    said = {"key": f"entry-{n}", "was": "", WORDS[block]: f"Thing {n}.", **more}
    return {f"{block}:rows-{at}-{name}": value for name, value in said.items()}


@pytest.fixture(params=LOGS)
def block(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def long(filled: Visitor, block: str) -> Visitor:
    written(filled, block, 0, MANY)
    return filled


def opened(visitor: Visitor, block: str, key: str = "") -> Page:
    row = quote(f"|{key}") if key else ""
    return visitor.get(f"/workbook/{exercise_of(block)}?change={block}{row}")


def older(visitor: Visitor, page: Page, block: str) -> Page | None:
    """What the link leads to that says so."""
    links = [one for one in section(page, block).iter("a") if words_of(one).startswith("Older")]
    return visitor.get(links[0].get("href", "")) if links else None


def pages_of(visitor: Visitor, block: str) -> Iterator[Page]:
    """The newest entries, and whatever links lead to from there."""
    page: Page | None = opened(visitor, block)
    while page is not None:
        yield page
        page = older(visitor, page, block)


def changeable(page: Page, block: str) -> set[str]:
    """The keys of the entries that the page has fields or a button for."""
    return {row for one in section(page, block).iter("li") if (row := one.get("data-row", ""))}


def stored(block: str) -> dict[str, tuple[Any, ...]]:
    """Each entry as it is on the disk, by its key."""
    rows = ask("SELECT * FROM tool_instances WHERE block_key = ? ORDER BY id", [block])
    ids = ask("SELECT id FROM tool_instances WHERE block_key = ? ORDER BY id", [block])
    return {one.removeprefix(f"{block}:"): tuple(row) for (one,), row in zip(ids, rows, strict=True)}


def learned(block: str) -> dict[str, tuple[Any, ...]]:
    table = "flow_entries" if block == WEEK else "practice_logs"
    rows = ask(f'SELECT * FROM "{table}" WHERE block_key = ? ORDER BY id', [block])
    ids = ask(f'SELECT item_key FROM "{table}" WHERE block_key = ? ORDER BY id', [block])
    return {one: tuple(row) for (one,), row in zip(ids, rows, strict=True)}


def differing(before: dict[str, tuple[Any, ...]], after: dict[str, tuple[Any, ...]]) -> set[str]:
    return {key for key in before | after if before.get(key) != after.get(key)}


def typed(page: Page, block: str, words: str) -> dict[str, list[str]]:
    """The form of the page with other words in the last entry that has fields."""
    form = page.form()
    field = [name for name, value in form.items() if f"-{WORDS[block]}" in name and value != [""]][-1]
    return {**form, field: [words]}


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
    long: Visitor, block: str, queries: Queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens, decrypt = list[str](), vault._decrypt

    def decrypted(key: bytes, envelope: str, bound_to: str) -> bytes:
        opens.append(bound_to)
        return decrypt(key, envelope, bound_to)

    monkeypatch.setattr(vault, "_decrypt", decrypted)

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
