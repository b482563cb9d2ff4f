"""The items of a ranking, and what a page by hand says about their places."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from wtforms import Field

from dreamtree.content.book import Block
from dreamtree.text import figures
from dreamtree.tools.ordering.log import keys_of, log_of
from dreamtree.tools.rows.kinds import Kind, declared, kept, known_step, line
from dreamtree.tools.rows.shape import Row, RowsAnswer

ITEM_LIMIT = 20
WAYS = ("one", "two", "hand")
PLACE = re.compile(r"#?\s?([0-9]{1,3})(?:st|nd|rd|th|\.)?", re.IGNORECASE)
"""A place as people write it: "3", "3rd", "#3"."""


class PlaceField(Field):
    """A place among the items, or None; `is_typed` refuses what is none."""

    def __init__(self, is_typed: bool = False, **settings: Any) -> None:
        super().__init__(**settings)
        self.is_typed = is_typed

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = figures(valuelist[0]) if valuelist else ""
        found = PLACE.fullmatch(typed)
        place = int(found[1]) if found else 0
        self.data = place if 1 <= place <= ITEM_LIMIT else None
        if self.is_typed and typed and self.data is None:
            raise ValueError(f"Type a number from 1 to {ITEM_LIMIT}.")


def _place(is_typed: bool = False, name: str = "") -> Any:
    load = partial(known_step, first=1, last=ITEM_LIMIT)
    return declared(Kind(lambda _: PlaceField(is_typed), load, None, name=name, is_optional=True, counts=False))


@dataclass(frozen=True)
class Ranked(Row):
    """An item. `late` joined after the first comparison. Only posted, by hand: the `place` typed, and the one that it
    had on the page (`shown_place`).
    """

    text: str = line()
    late: bool = kept(bool, nothing=False)
    place: int | None = _place(is_typed=True)
    shown_place: int | None = _place(name="was")


@dataclass(frozen=True)
class Ranking(RowsAnswer[Ranked]):
    """Items, the way they are asked for, the `log` of what was answered, and the order last known."""

    way: str = kept(lambda stored: stored if stored in WAYS else "")
    log: list[list[str]] = kept(log_of, [], is_optional=False)
    order: tuple[str, ...] = kept(keys_of, (), store=list, is_optional=False)
    done: bool = kept(bool, nothing=False, is_optional=False)

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

    @property
    def numbered(self) -> tuple[Ranked, ...]:
        """The rows as a page by hand posts them, with the place that each has there; none any other way."""
        places = {key: place for place, key in enumerate(self.ordered, 1)} if self.way == "hand" else {}
        return tuple(replace(row, place=places.get(row.key), shown_place=places.get(row.key)) for row in self.rows)


def named_by(block: Block) -> tuple[Ranked, ...]:
    """The items that the exercise itself names, to which none is added."""
    return tuple(Ranked(one["key"], "live", one["text"]) for one in block.options.get("items", ()))


def joined(rows: Iterable[Ranked], before: Ranking) -> tuple[Ranked, ...]:
    """Rows as they are stored: whoever is not in the ranking before its first comparison is late."""
    late = {row.key: row.late for row in before.things}
    return tuple(replace(row, late=late.get(row.key, bool(before.log)), place=None, shown_place=None) for row in rows)


def with_place(row: Ranked) -> Ranked:
    """A posted row with a place: the one typed, or the one on the page; none where the page had none."""
    return replace(row, place=None if row.shown_place is None else row.place or row.shown_place)


def typed_order(rows: Sequence[Ranked]) -> list[str]:
    """The order a page by hand says: as it stood there, those with another number moved to it.

    Nothing when no number was changed.
    """
    shown = ((row.shown_place, row) for row in rows if row.shown_place)
    page = sorted((before, row.place or before, row.key) for before, row in shown)
    moved = sorted((place, before, key) for before, place, key in page if place != before)
    order = [key for before, place, key in page if place == before] if moved else []
    for place, _, key in moved:
        order.insert(place - 1, key)
    return order
