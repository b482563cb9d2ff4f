"""A noun of the profile: something that answers teach, declared once.

A declaration says the table, its words, their order and what it changes. Learning (insert, update what differs, drop
what is gone), sealing under `<table>.<column>`, and the items that connections read come with it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from typing import Any

from peewee import IntegerField, fn

from dreamtree.content.blocks import Block
from dreamtree.db import READ, Statement
from dreamtree.once import WORKED_OUT, worked_once
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import (
    TAKEN_OUT,
    DerivedRow,
    Values,
    changed_in,
    forget_rows,
    known_rows,
    known_rows_at,
    learn_rows,
    open_column,
    row_id,
    update_rows,
    write_rows,
)
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

Items = Sequence[Item]
ColumnValues = Mapping[str, Any]
Source = Callable[[Keyholder, Mapping[str, Any]], list[Item]]
"""Answers the items of one person, given the filters of a connection."""
Teach = Callable[[Keyholder, Block, Items, str], bool | frozenset[str]]
"""Writes the items of a block at a moment; answers whether anything changed, or which sources did."""
Touch = Callable[[ColumnValues, ColumnValues], Iterable[str]]
"""Answers the sources that may give something else once these columns of this row changed."""
SINGLE = "value"
"""The key of the one item of a prompt. Its row goes by the last part of what the block makes ("resume_line")."""
NO_RANK = 999
NOTHING: frozenset[str] = frozenset()
ALWAYS = ("id", "item_key", "block_key", "written_at")


def unchanged_items(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    """The items of a block as they are."""
    return items


def is_own(item: Item) -> bool:
    """Whether an item was typed beside those from elsewhere."""
    return bool(item.fields.get("own"))


def unchanged_item(item: Item) -> Item:
    """An item that was read, as it is."""
    return item


@dataclass(frozen=True, eq=False)
class Noun:
    """A table of things that answers teach, one row an item.

    `text` is the column of an item's words, "" for none. `says` names the columns of its fields, as (column, field)
    where the two differ; integer columns that begin with `is_` are true or false as a field. The column `kind` is
    filled by the item, else by the end of `makes`, else by this one. `filled_by` are columns that another block writes,
    with what that block makes; a row that has one set is kept when its item goes, empty, and waits for an undo.
    Items of that other block for which `has_own_row` is true, by default those typed there, become rows, too.

    `makes` is what blocks that teach it make, by default the table's name and whatever begins with it and a period.
    `source` is the name under which connections read it, "" for none; `changes` are the sources whose items may
    differ once it has learned, by default its own. `order` sorts its items: names of columns, with "-" the last
    first; what has no number comes last. `filters` are what a connection may filter by, each with its column.

    `on_learn` turns the items of a block into those of this table, `on_read` a row read as an item into the item that
    is answered, and `reads` is the source where it is more than the rows of one table. `touches` says which of the
    sources in `changes` may differ once columns of a row have changed; without it, all of them may.
    `by_entry`: its rows are entries of logs, of which a page reads a part: each is learned by itself, in its place.
    `judged_by` is for rows that sum up a whole log, such as where a skill is by all days. `on_learn` reads what the
    nouns before this one have just written, so it is asked only once what `judged_by` takes from the items has changed.
    """

    model: type[DerivedRow]
    text: str = "text"
    says: tuple[str | tuple[str, str], ...] = ()
    kind: str = ""
    filled_by: Mapping[str, str] = field(default_factory=dict)
    has_own_row: Callable[[Item], bool] = is_own
    makes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    source: str = ""
    order: tuple[str, ...] = ("position",)
    filters: Mapping[str, str] = field(default_factory=dict)
    on_learn: Callable[[Keyholder, Block, Items], Iterable[Item]] = unchanged_items
    on_read: Callable[[Item], Item] = unchanged_item
    reads: Source | None = None
    touches: Touch | None = None
    by_entry: bool = False
    judged_by: Callable[[Items], object] | None = None

    @property
    def table(self) -> str:
        """The name of the table."""
        return str(self.model._meta.table_name)

    @cached_property
    def fields(self) -> dict[str, str]:
        """Column → the field of an item that fills it."""
        return dict((one, one) if isinstance(one, str) else one for one in self.says)

    @property
    def changed_sources(self) -> frozenset[str]:
        """The sources whose items may differ once it has learned."""
        return frozenset(self.changes or filter(None, [self.source]))

    # Learning

    def fills(self, makes: str) -> bool:
        """Whether what makes this writes into rows that are not its own."""
        return makes in self.filled_by.values()

    def learn(
        self, user: Keyholder, block: Block, items: Items, at: str, before: Items | None = None
    ) -> frozenset[str]:
        """Makes the rows of a block those of its items, or fills the column that the block owns.

        Answers the sources that changed. The same items again write nothing; no items take back what it learned.
        `before` are the items that it learned last, where they are known: then only what differs is looked at.
        """
        owned = next((column for column, makes in self.filled_by.items() if makes == block.makes), None)
        if owned:
            is_named = self._name(user, block, items, at, before)
            return self.changed_sources if self._fill(user, owned, items) or is_named else NOTHING
        if self.judged_by:
            is_as_before = before is not None and self.judged_by(before) == self.judged_by(items)
            return NOTHING if is_as_before else self._learn_all(user, block, self._wanted(user, block, items), at)
        wanted = self.wanted(user, block, items)
        had = None if before is None else self.wanted(user, block, before)
        if had is not None and self.by_entry:
            return self.changed_sources if self._learn_entries(user, block, had, wanted, at) else NOTHING
        if had is None or had.keys() != wanted.keys():
            return self._learn_all(user, block, wanted, at)
        return self._learn_changes(user, block, had, wanted, at)

    def _name(self, user: Keyholder, block: Block, items: Items, at: str, before: Items | None) -> bool:
        """Learns what was typed beside the things that a block judges: it is one of them like any other."""
        wanted = self._typed(items)
        if not self.text or (before is not None and self._typed(before) == wanted):
            return False
        return learn_rows(user, self.model, block.key, wanted, at)

    def _typed(self, items: Items) -> dict[str, Values]:
        typed = [Item(item.key, item.text) for item in items if item.text and self.has_own_row(item)]
        return {item.key: self._columns(n, item, "") for n, item in enumerate(typed)}

    @worked_once
    def wanted(self, user: Keyholder, block: Block, items: Items) -> dict[str, Values]:
        """What the rows of a block hold, by item key, once it has taught these items."""
        return self._wanted(user, block, items)

    def _wanted(self, user: Keyholder, block: Block, items: Items) -> dict[str, Values]:
        part = block.makes.partition(".")[2]
        lessons = enumerate(self.on_learn(user, block, items))
        return {_key(item, part): self._columns(n, item, part) for n, item in lessons}

    def _learn_all(self, user: Keyholder, block: Block, wanted: Mapping[str, Values], at: str) -> frozenset[str]:
        known = known_rows(user, self.model, block.key)
        taken_out = {**self._row("", {}), "position": TAKEN_OUT}
        rows = {key: taken_out for key, row in known.items() if key not in wanted and self._waits(row)} | {**wanted}
        return self.changed_sources if learn_rows(user, self.model, block.key, rows, at, known) else NOTHING

    def _learn_entries(
        self, user: Keyholder, block: Block, had: Mapping[str, Values], wanted: Mapping[str, Values], at: str
    ) -> bool:
        """What came, went, or says something else. Whatever else was learned from the block is left alone."""
        differing = [key for key in {**had, **wanted} if _differ(had.get(key), wanted.get(key))]
        if not differing:
            return False
        known = known_rows_at(user, self.model, block.key, differing)
        now = {key: wanted[key] for key in differing if key in wanted}
        return learn_rows(user, self.model, block.key, now, at, known)

    def _learn_changes(
        self, user: Keyholder, block: Block, had: Mapping[str, Values], wanted: Mapping[str, Values], at: str
    ) -> frozenset[str]:
        """Rows that stay, in which something differs; all of them, where one of these is not there."""
        changed = {key: values for key in wanted if (values := changed_in(had[key], wanted[key]))}
        touched = update_rows(user, self.model, {row_id(block.key, key): one for key, one in changed.items()}, at)
        if touched < len(changed):
            return self._learn_all(user, block, wanted, at)
        if not changed or self.touches is None:
            return self.changed_sources if changed else NOTHING
        return frozenset(source for key, one in changed.items() for source in self.touches(wanted[key], one))

    def _columns(self, position: int, item: Item, part: str) -> Values:
        fields = {"position": position, **item.fields, "kind": item.fields.get("kind") or part or self.kind}
        return {**self._row(item.text, fields), "position": fields["position"]}

    def _row(self, words: str, fields: Mapping[str, Any]) -> Values:
        """The columns that this noun writes, from an item's words and fields."""
        text = {self.text: words} if self.text else {}
        return text | {column: self._fitted(column, fields.get(name)) for column, name in self.fields.items()}

    def _fitted(self, column: str, value: Any) -> Any:
        """A value as its column holds it: what is missing is "" in text, and null where a plain column has that."""
        column_of = self.model._meta.fields[column]
        if isinstance(column_of, IntegerField):
            return None if value is None and column_of.null else int(value or 0)
        is_plain = not isinstance(column_of, SealedField)
        return str(value or "") or (None if is_plain and column_of.null else "")

    def _waits(self, row: ColumnValues) -> bool:
        return any(row[column] is not None for column in self.filled_by)

    def _fill(self, user: Keyholder, column: str, items: Items) -> bool:
        """Writes one column by item key, the field of that name, and empties it on the others. No date moves."""
        model, values = self.model, {item.key: item.fields.get(column) for item in items}
        mine = self._keys[column].rows(user.id)
        changed = {one: {column: values.get(key)} for one, key, _, value in mine if value != values.get(key)}
        write_rows(user, model, changed)
        if changed and any(position == TAKEN_OUT for _, _, position, _ in mine):
            nothing_waits = [getattr(model, one).is_null() for one in self.filled_by]
            forget_rows(model, model.user_id == user.id, model.position == TAKEN_OUT, *nothing_waits)
        return bool(changed)

    # Reading

    def items(self, user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
        """The rows of a person as items, in their order. One query.

        `take` limits them; the other filters are those declared: a value, or a list of which one is enough.
        """
        return self.items_in(user, self.rows(user), filters)

    def items_in(self, user: Keyholder, rows: Iterable[ColumnValues], filters: Mapping[str, Any]) -> list[Item]:
        """Rows as items, as far as they are asked for."""
        asked = {self.filters[name]: wanted for name, wanted in filters.items() if name in self.filters}
        found = (row for row in rows if self._is_asked(user, row, asked))
        asked_for = islice(found, filters.get("take"))
        return [READ.once((self, user.id, row["id"]), partial(self.item, user, row)) for row in asked_for]

    def rows(self, user: Keyholder) -> list[ColumnValues]:
        """The rows of a person in their order, column → value, private ones still sealed. One query."""
        return [dict(zip(self.columns, row, strict=True)) for row in self._statement.rows(user.id)]

    def item(self, user: Keyholder, row: ColumnValues) -> Item:
        """A row as the item that connections give."""
        return WORKED_OUT.once((self, user.id, *row.values()), partial(self._item, user, row))

    def _item(self, user: Keyholder, row: ColumnValues) -> Item:
        fields = {name: self._opened(user, row, column) for column, name in self._read.items()}
        words = self._opened(user, row, self.text) if self.text else ""
        return self.on_read(Item(row["item_key"], words, fields, provenance(row["block_key"], row["written_at"])))

    @cached_property
    def _read(self) -> dict[str, str]:
        return {**self.fields, **{column: column for column in self.filled_by}}

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of `rows` and `query`, in order."""
        return (*ALWAYS, *((self.text,) if self.text else ()), *self._read)

    def query(self, user_id: Any) -> Any:
        """The query for the rows of a person, without an order; those that wait for an undo are left out."""
        model = self.model
        columns = (getattr(model, name) for name in self.columns)
        return model.select(*columns).where(model.user_id == user_id, model.position != TAKEN_OUT)

    @cached_property
    def _statement(self) -> Statement:
        order = [self._sorted_by(name) for name in (*self.order, "id")]
        return Statement(lambda user_id: self.query(user_id).order_by(*order))

    @cached_property
    def _keys(self) -> dict[str, Statement]:
        """The id, item key, position and value of every row, by the column that another block owns."""
        return {column: Statement(partial(self._with, column)) for column in self.filled_by}

    def _with(self, column: str, user_id: Any) -> Any:
        model = self.model
        columns = model.id, model.item_key, model.position, getattr(model, column)
        return model.select(*columns).where(model.user_id == user_id)

    def _sorted_by(self, name: str) -> Any:
        column = getattr(self.model, name.removeprefix("-"))
        if name.startswith("-"):
            return column.desc()
        return fn.COALESCE(column, NO_RANK) if isinstance(column, IntegerField) and column.null else column

    def _is_asked(self, user: Keyholder, row: ColumnValues, asked: Mapping[str, Any]) -> bool:
        values = ((self._opened(user, row, column), wanted) for column, wanted in asked.items())
        return all(one in wanted if isinstance(wanted, list | tuple) else one == wanted for one, wanted in values)

    def _opened(self, user: Keyholder, row: ColumnValues, column: str) -> Any:
        if isinstance(self.model._meta.fields[column], SealedField):
            return open_column(user, self.model, row["id"], column, row[column]) or ""
        return bool(row[column]) if column.startswith("is_") else row[column]


def _differ(before: Values | None, after: Values | None) -> bool:
    """Whether two rows hold something else besides their places."""
    if before is None or after is None:
        return before is not after
    return before != after and changed_in(before, {**after, "position": before["position"]}) != {}


def _key(item: Item, part: str) -> str:
    return part if part and item.key == SINGLE else item.key


@dataclass(frozen=True, eq=False)
class SpecialNoun:
    """What is learned or read in a way of its own, which its module gives the reason for.

    `makes`, `changes`, `source` and `reads` are as in `Noun`. `has_row_by_exercise`: each exercise has a row of
    its own, which its blocks fill. `names` says which items may give a skill in one's own words its name.
    """

    makes: tuple[str, ...] = ()
    teach: Teach | None = None
    changes: tuple[str, ...] = ()
    source: str = ""
    reads: Source | None = None
    has_row_by_exercise: bool = False
    names: Callable[[Items], bool] | None = None

    @property
    def changed_sources(self) -> frozenset[str]:
        """The sources whose items may differ once it has learned."""
        return frozenset(self.changes)

    def fills(self, makes: str) -> bool:
        """Whether what makes this may write into rows that are not its own."""
        return self.teach is not None

    def learn(
        self, user: Keyholder, block: Block, items: Items, at: str, before: Items | None = None
    ) -> frozenset[str]:
        """Teaches the items of a block, whatever it learned `before`; answers the sources that changed."""
        changed = self.teach(user, block, items, at) if self.teach is not None else NOTHING
        if isinstance(changed, frozenset):
            return changed
        return self.changed_sources if changed else NOTHING
