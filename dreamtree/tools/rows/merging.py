"""How rows follow what connections give, and how posted rows become whole again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dreamtree.text import as_line, folded
from dreamtree.tools.fields import KEY
from dreamtree.tools.rows.shape import Origin, R, counting
from dreamtree.tools.skill_changes import SkillChange
from dreamtree.values import Item


def item_words(items: Iterable[Item]) -> dict[str, str]:
    """Key → words of the items that can stand in a row."""
    return {item.key: words for item in items if KEY.fullmatch(item.key) and (words := as_line(item.text))}


def renamed(row: R, words: str) -> R:
    """A row with these words."""
    if getattr(row, row.words) == words:
        return row
    changed: dict[str, Any] = {row.words: words}
    return replace(row, **changed)


def row_words(row: R) -> str:
    """What a row is about."""
    return str(getattr(row, row.words))


def filled_from(row: R, other: R) -> R:
    """A row with what `other` says where it says nothing itself."""
    silent = [name for name, nothing in counting(type(row)) if getattr(row, name) == nothing and name != row.words]
    values: dict[str, Any] = {name: getattr(other, name) for name in silent}
    return replace(row, **values)


def with_words(posted: Iterable[R], stored: Iterable[R], now: Mapping[str, str], unknown: str | None) -> list[R]:
    """Posted rows, live ones with their words as they are upstream `now`, or as they were stored.

    One that goes by the key of a live row is that row; a row that was given stays so. A live row that nothing knows
    gets the words `unknown`, and is left out when these are None.
    """
    before = {row.key: row for row in stored if not row.is_own}
    known = {key: row_words(row) for key, row in before.items() if row.is_live} | dict(now)
    whole: list[R] = []
    for row in posted:
        given = before.get(row.key) if row.is_live else None
        if given is not None and not given.is_live:
            whole.append(renamed(replace(row, origin=given.origin), known.get(row.key) or row_words(given)))
        elif not row.is_live and row.key not in known:
            whole.append(row)
        elif (words := known.get(row.key) or unknown) is not None:
            whole.append(renamed(replace(row, origin="live"), words))
    return whole


def reworded(rows: Iterable[R], now: Mapping[str, str]) -> list[R]:
    """Rows from elsewhere with their words as they are upstream `now`; one's own as they are."""
    return [row if row.is_own else renamed(row, now.get(row.key) or row_words(row)) for row in rows]


def live_first(rows: Sequence[R], fresh: Sequence[R]) -> list[R]:
    """The rows of `fresh` in their order, each as it stands in `rows` where it is there; then the others."""
    known = {row.key: row for row in rows}
    first = [renamed(known[row.key], row_words(row)) if row.key in known else row for row in fresh]
    fresh_keys = {row.key for row in fresh}
    return [*first, *(row for row in rows if row.key not in fresh_keys)]


def live_last(rows: Sequence[R], fresh: Sequence[R]) -> list[R]:
    """The rows in their order, then those of `fresh` that are not among them."""
    known = {row.key for row in rows}
    return [*rows, *(row for row in fresh if row.key not in known)]


def taken_in(rows: Sequence[R], fresh: R) -> list[R]:
    """The rows with one more, or with its words where it is one of them."""
    if all(row.key != fresh.key for row in rows):
        return [*rows, fresh]
    return [renamed(row, row_words(fresh)) if row.key == fresh.key else row for row in rows]


def as_brought(rows: Iterable[R], items: Iterable[Item]) -> tuple[R, ...]:
    """The rows; one of one's own that says what an item from elsewhere says is that one, once."""
    rows, known = list(rows), {folded(words): key for key, words in item_words(items).items()}
    row_keys = {row.key for row in rows}
    whole = list[R]()
    for row in rows:
        key = known.get(folded(row_words(row))) if row.is_own else None
        changed: dict[str, Any] = {"key": key, "origin": "live"}
        if key not in row_keys:
            whole.append(replace(row, **changed) if key else row)
    return tuple(whole)


def fitting_rows(rows: Sequence[R], most: int) -> list[R]:
    """At most `most` rows in their order. Of those from elsewhere in which nothing was said, the last make place."""
    idle = [row.key for row in rows if not row.is_own and not row.is_filled]
    over = set(idle[max(0, len(idle) + most - len(rows)) :])
    return [row for row in rows if row.key not in over]


def with_changed_skill(rows: Sequence[R], change: SkillChange, brought: Origin) -> tuple[R, ...]:
    """The rows with a skill of one's own under its new name, or without it.

    Where it becomes one with a skill that has a row, the row stays in which something is said, and takes over what only
    the other one says. `brought` is the origin of a line of one's own that from now on names a skill from elsewhere.
    """
    now = change.now
    if now is None:
        return tuple(row for row in rows if row.key not in change.keys)
    if not change.others:
        return tuple(renamed(row, now.name) if row.key in change.keys else row for row in rows)
    standing = next((row for row in rows if row.key in change.others), None)
    mine = next((row for row in rows if row.key in change.keys), None)
    if mine is None:
        return tuple(rows)
    if standing is not None and (standing.is_filled or not mine.is_filled):
        both = filled_from(standing, mine)
        return tuple(both if row is standing else row for row in rows if row.key not in change.keys)
    key = standing.key if standing else now.skill
    same: dict[str, Any] = {"key": key, "origin": brought if mine.is_own else mine.origin}
    one = renamed(replace(mine, **same), now.name)
    return tuple(one if row is mine else row for row in rows if row is mine or row.key not in change.keys | {key})
