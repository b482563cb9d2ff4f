"""Numbers for the operator, counted from the rows that are there anyway. Nobody is followed, and few are hidden."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dreamtree.content import book
from dreamtree.db import database, reading

FEW = 5
"""Fewer people than this are not told apart: in a small house one could guess who."""
WEEKS = 12
NOT_SAMPLES = '"user_id" IN (SELECT "id" FROM "users" WHERE "is_sample" = 0)'
WRITTEN = (("exercise_responses", "saved_at"), ("tool_instances", "saved_at"), ("answer_revisions", "written_at"))


def numbers() -> Iterator[str]:
    """The lines of `flask numbers`; one snapshot. Sample trees are left out."""
    with reading():
        yield from _people()
        yield from _active()
        yield from _exercises()
        yield from _tools()
        yield from _errors()


def shown(count: int) -> str:
    """A count of people, where it is large enough to be told."""
    return str(count) if count == 0 or count >= FEW else f"fewer than {FEW}"


def _people() -> Iterator[str]:
    statement = 'SELECT COUNT(*), COALESCE(SUM(1 - "is_anonymous"), 0) FROM "users" WHERE "is_sample" = 0'
    everybody, accounts = _rows(statement)[0]
    yield f"People: {shown(everybody)}. With an account: {shown(accounts)}."


def _active() -> Iterator[str]:
    """Who wrote in a week: whatever is now, or was until it was changed, from that week."""
    today = datetime.now(UTC).date()
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    wrote: dict[date, set[str]] = {first + timedelta(weeks=number): set() for number in range(WEEKS)}
    for table, column in WRITTEN:
        statement = (
            f'SELECT DISTINCT "user_id", SUBSTR("{column}", 1, 10) FROM "{table}" WHERE "{column}" >= {database.param}'
        )
        for user_id, day in _rows(f"{statement} AND {NOT_SAMPLES}", first.isoformat()):
            day_written = date.fromisoformat(day)
            wrote.setdefault(day_written - timedelta(days=day_written.weekday()), set()).add(user_id)
    yield from _table("Wrote in the week from", ((week.isoformat(), [len(who)]) for week, who in wrote.items()))


def _exercises() -> Iterator[str]:
    statement = 'SELECT "id", COUNT(*), COUNT("first_passed_at"), COUNT("set_aside_at") FROM "user_exercises"'
    found = {row[0]: list(row[1:]) for row in _rows(f'{statement} WHERE {NOT_SAMPLES} GROUP BY "id"')}
    lines = ((one.id, found.get(one.id, [0, 0, 0])) for one in book().exercises)
    yield from _table("Exercise: begun, done, skipped", lines)


def _tools() -> Iterator[str]:
    users_of: dict[str, set[str]] = defaultdict(set)
    for table, column in WRITTEN[:2]:
        statement = f'SELECT DISTINCT "user_id", "block_key" FROM "{table}" WHERE "{column}" <> \'\' AND {NOT_SAMPLES}'
        for user_id, key in _rows(statement):
            if block := book().block(key or ""):
                users_of[block.type].add(user_id)
    yield from _table("Tool: people who used it", ((kind, [len(users_of[kind])]) for kind in sorted(users_of)))


def _errors() -> Iterator[str]:
    statement = f'SELECT COUNT(DISTINCT "user_id") FROM "answer_revisions" WHERE "kind" = \'refused\' AND {NOT_SAMPLES}'
    yield f"People who met a conflict of two pages: {shown(_rows(statement)[0][0])}. Other errors are in the log."


def _table(title: str, lines: Iterable[tuple[str, list[int]]]) -> Iterator[str]:
    yield f"\n{title}"
    yield from (f"  {name:<24}{', '.join(map(shown, counts))}" for name, counts in lines)
    yield ""


def _rows(sql: str, *values: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = database.execute_sql(sql, values or None).fetchall()
    return found
