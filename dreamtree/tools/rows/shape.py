"""The shape of rows: what a row is, how an answer holds rows, and how both are read from a form and from JSON."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Generic, Literal, TypeVar

from wtforms import FieldList, Form, FormField

from dreamtree.once import worked_once
from dreamtree.tools.base import Posted, Problem, problems_of
from dreamtree.tools.fields import KEY, KeyField
from dreamtree.tools.rows.kinds import (
    Kind,
    declared,
    form_fields,
    kinds_of,
    load_declared,
    read_declared,
    store_declared,
)
from dreamtree.tools.rows.posted import ROW_NUMBER
from dreamtree.values import Answer

Origin = Literal["own", "live", "given"]
"""Where a row comes from: typed here, an item of a connection as it is upstream now, or a copy that was drafted."""


@dataclass(frozen=True)
class Row:
    """One row of an answer. Subclasses declare its fields; `words` names the one that says what the row is about.

    The words of a live row are changed where they come from, so its page does not post them.
    """

    words: ClassVar[str] = "text"

    key: str
    origin: Origin = "own"

    @property
    def is_own(self) -> bool:
        """Whether it was typed here."""
        return self.origin == "own"

    @property
    def is_live(self) -> bool:
        """Whether it is an item of a connection, as it is upstream now."""
        return self.origin == "live"

    @property
    def is_filled(self) -> bool:
        """Whether something was said in it; the words of a live row are not said here."""
        for name, nothing in counting(type(self)):
            if getattr(self, name) != nothing and not (name == self.words and self.origin == "live"):
                return True
        return False


def counting(row: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a row in which something can be said, with what they are when nothing is."""
    return _counted(row)


@cache
def _counted(row: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((name, kind.nothing) for name, kind in kinds_of(row).items() if kind.counts)


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Removed(Generic[R]):
    """The row that was removed last, and where it stood: what *undo* brings back."""

    row: R
    index: int


@dataclass(frozen=True)
class RowsAnswer(Generic[R]):
    """An answer that is rows. A tool with more to say declares it in a subclass, as fields of a row are declared."""

    rows: tuple[R, ...] = ()
    removed: Removed[R] | None = None


@dataclass(frozen=True)
class Rows(Generic[R]):
    """How the rows of a tool are declared.

    `unmarked` is the origin of a stored or posted row without a mark; another origin stands there by its name, if it is
    one of the `marks`. With `keeps_numbers` a problem stands at the number its row was posted under, for a page that
    leaves out rows; else at its number among the rows that were read.
    """

    row: type[R]
    unmarked: Origin = "own"
    marks: tuple[Origin, ...] = ("own", "live", "given")
    keeps_numbers: bool = False

    # What is stored

    def load(self, stored: Any) -> tuple[R, ...]:
        """Rows as any version has stored them: those with a key, each once."""
        if not isinstance(stored, list):
            return ()
        found = [_loaded_row(self, one) for one in stored if isinstance(one, Mapping)]
        return tuple(row for row in found if row is not None)

    def load_row(self, stored: Mapping[str, Any]) -> R | None:
        """One stored row; None without a key."""
        key = str(stored.get("key") or "")
        if not KEY.fullmatch(key):
            return None
        return self.row(key, self.origin_of(stored), **load_declared(self.row, stored))

    def store(self, rows: Iterable[R], *, only_posted: bool = False) -> list[dict[str, Any]]:
        """Rows as JSON holds them."""
        return [self.store_row(row, only_posted=only_posted) for row in rows]

    def store_row(self, row: R, *, only_posted: bool = False) -> dict[str, Any]:
        """One row as JSON holds it: every field, or those that a page posts, and a mark for where it comes from."""
        mark: dict[str, Any] = {} if row.origin == self.unmarked else {row.origin: True}
        return {"key": row.key, **store_declared(row, only_posted=only_posted), **mark}

    def origin_of(self, marks: Mapping[str, Any]) -> Origin:
        """Where a stored or posted row comes from, by its marks."""
        return next((one for one in self.marks if marks.get(one)), self.unmarked)

    # What is posted

    def read(self, context: Any, posted: Sequence[Posted], name: str = "rows") -> tuple[list[R], list[Problem]]:
        """Posted rows, and what forbids storing them, under the names the page posted."""
        form, rows, problems = self.form_of(context), list[R](), list[Problem]()
        for n, fields in enumerate(posted):
            read = form(fields)
            read.validate()
            rows.append(self.row(read["key"].data, self.origin_of(fields), **read_declared(self.row, read)))
            number = fields[ROW_NUMBER] if self.keeps_numbers else n
            problems += [Problem(f"{name}-{number}-{one.field}", one.message) for one in problems_of(read, "")]
        return rows, problems

    def form_of(self, context: Any) -> type[Form]:
        """The form that reads one row of a block."""
        return type("RowForm", (Form,), {"key": KeyField(), **form_fields(self.row, context)})


@worked_once
def _loaded_row(rows: Rows[R], stored: Mapping[str, Any]) -> R | None:
    """A row of an answer, of which a save looks at many that are the same in several answers."""
    return rows.load_row(stored)


def has_twins(rows: Iterable[Row]) -> bool:
    """Whether two rows have one key."""
    keys = [row.key for row in rows]
    return len(set(keys)) < len(keys)


def removed_in(rows: Rows[R], answer: Answer) -> Removed[R] | None:
    """What *undo* would bring back, whatever version stored it."""
    removed = answer.get("removed")
    if not isinstance(removed, Mapping) or not isinstance(removed.get("row"), Mapping):
        return None
    row = rows.load_row(removed["row"])
    return None if row is None else Removed(row, index_of(removed))


def index_of(removed: Mapping[str, Any]) -> int:
    """Where a removed row stood, whatever version stored it."""
    index = removed.get("at")
    return index if isinstance(index, int) and index > 0 else 0


def nested(rows: Rows[Any]) -> Any:
    """Rows within a row, posted as `<name>-<n>-<field>`: a tuple of them."""
    return declared(Kind(lambda context: FieldList(FormField(rows.form_of(context))), rows.load, (), rows.store))
