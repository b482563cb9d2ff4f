"""Two nouns whose rows are read together, in one query."""

from collections.abc import Iterator
from typing import Any

from peewee import SQL, Value

from dreamtree.db import Statement
from dreamtree.profile.noun import ColumnValues, Noun
from dreamtree.vault import Keyholder


class TwoTables:
    """The rows of two nouns in one order, by the names of columns that both have."""

    def __init__(self, first: Noun, second: Noun, *order: str) -> None:
        self._nouns = {one.table: one for one in (first, second)}
        self._width = max(len(one.columns) for one in (first, second))
        self._order = [SQL(name) for name in (*order, "id")]
        self._statement = Statement(self._both)

    def rows(self, user: Keyholder) -> Iterator[tuple[Noun, ColumnValues]]:
        """Each row of a person, column → value, with the noun that it is of. One query."""
        for *row, _, table in self._statement.rows(user.id, user.id):
            noun = self._nouns[table]
            yield noun, dict(zip(noun.columns, row, strict=False))

    def _both(self, *user_ids: Any) -> Any:
        first, second = (self._filled_up(*one) for one in zip(self._nouns.values(), user_ids, strict=True))
        return first.union_all(second).order_by(*self._order)

    def _filled_up(self, noun: Noun, user_id: Any) -> Any:
        """The shorter rows filled up; at the end of each stand its place and the name of its table."""
        nothing = [SQL("NULL")] * (self._width - len(noun.columns))
        place = noun.model.position
        return noun.query(user_id).select_extend(*nothing, place.alias("position"), Value(noun.table))
