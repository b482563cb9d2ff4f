"""The items of a ranking, and what a page by hand says about their places."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dreamtree.content.book import Block
from dreamtree.text import figures
from dreamtree.tools.base import Posted, Problem
from dreamtree.tools.ordering.log import keys_of, log_of
from dreamtree.tools.rows.kinds import line, unposted
from dreamtree.tools.rows.shape import Row, RowsAnswer

ITEM_LIMIT = 20
WAYS = ("one", "two", "hand")
PLACE = re.compile(r"#?\s?([0-9]{1,3})(?:st|nd|rd|th|\.)?", re.IGNORECASE)
"""A place as people write it: "3", "3rd", "#3"."""
NO_PLACE = f"Type a number from 1 to {ITEM_LIMIT}."


@dataclass(frozen=True)
class Ranked(Row):
    """An item. `late` joined after the first comparison."""

    text: str = line()
    late: bool = unposted(bool, nothing=False)


@dataclass(frozen=True)
class Ranking(RowsAnswer[Ranked]):
    """Items, the way they are asked for, the `log` of what was answered, and the order last known."""

    way: str = unposted(lambda stored: stored if stored in WAYS else "")
    log: list[list[str]] = unposted(log_of, [], is_optional=False)
    order: tuple[str, ...] = unposted(keys_of, (), store=list, is_optional=False)
    done: bool = unposted(bool, nothing=False, is_optional=False)

    @property
    def things(self) -> tuple[Ranked, ...]:
        """The items with words: those that are ranked."""
        return tuple(row for row in self.rows if row.text)

    @property
    def words(self) -> dict[str, str]:
        """Key → words."""
        return {row.key: row.text for row in self.things}

    @property
    def ordered(self) -> list[str]:
        """Keys in the order last known, items that it does not name at the end."""
        words = self.words
        return list(dict.fromkeys((*(key for key in self.order if key in words), *words)))

    @property
    def late(self) -> list[str]:
        """Keys of those that joined after the first comparison."""
        return [row.key for row in self.things if row.late]


def named_by(block: Block) -> tuple[Ranked, ...]:
    """The items that the exercise itself names, to which none is added."""
    return tuple(Ranked(one["key"], "live", one["text"]) for one in block.options.get("items", ()))


def joined(rows: Iterable[Ranked], before: Ranking) -> tuple[Ranked, ...]:
    """Rows as they are stored: whoever is not in the ranking before its first comparison is late."""
    late = {row.key: row.late for row in before.things}
    return tuple(replace(row, late=late.get(row.key, bool(before.log))) for row in rows)


def typed_order(posted: Posted, prefix: str) -> tuple[list[str], list[Problem]]:
    """The keys in the order that a page by hand says, and what is wrong with the numbers that were typed there.

    That is the order of the page, with the items that got another number at that place; none when no number changed.
    """
    page = list(zip(posted.getlist(f"{prefix}order"), posted.getlist(f"{prefix}place"), strict=False))[:ITEM_LIMIT]
    numbers = [(key, before, _place_in(typed, before)) for before, (key, typed) in enumerate(page, 1)]
    problems = [Problem(f"place-of-{key}", NO_PLACE) for key, _, place in numbers if place is None]
    moved = sorted((place, before, key) for key, before, place in numbers if place not in (None, before))
    order = [key for key, before, place in numbers if place in (None, before)] if moved else []
    for place, _, key in moved:
        order.insert(place - 1, key)
    return order, problems


def _place_in(typed: str, before: int) -> int | None:
    """The place typed in a line, `before` where nothing is; None for what is no place."""
    words = figures(typed)
    found = PLACE.fullmatch(words)
    place = int(found[1]) if found else 0
    return place if 1 <= place <= ITEM_LIMIT else None if words else before
