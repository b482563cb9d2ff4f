"""Logs that are longer than a page reads: how they are written, opened, and looked at on the disk."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

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


def written(visitor: Visitor, block: str, first: int, past: int, **more: str) -> None:
    """Adds entries of their own words and keys, some at a time; each says `more` in other fields."""
    for begin in range(first, past, MOST_POSTED):
        form = visitor.get(f"/workbook/{exercise_of(block)}?change={block}").form()
        other = {name: value for name, value in form.items() if not name.startswith(f"{block}:rows-")}
        rows = (_row(block, n, n - begin, more) for n in range(begin, min(begin + MOST_POSTED, past)))
        sent = other | {name: value for row in rows for name, value in row.items()}
        assert send(visitor, block, {**sent, "do": f"{block}|save|"}).status == 200


def _row(block: str, n: int, at: int, more: Mapping[str, str]) -> dict[str, str]:
    day = f"2026-10-{n % 28 + 1:02}"
    dated = {"energy": "1", "when": day} if block == WEEK else {"done_on": day}
    fields = {"key": f"entry-{n}", "was": "", WORDS[block]: f"Thing {n}.", **dated, **more}
    return {f"{block}:rows-{at}-{name}": value for name, value in fields.items()}


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
