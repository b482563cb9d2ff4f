"""A line of a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dreamtree.text import as_line
from dreamtree.tools.fields import KeyField
from dreamtree.tools.list_builder.extras import Extra, extras_of, field_of
from dreamtree.tools.rows.kinds import Kind, declared, line, option_fields, unposted_mapping
from dreamtree.tools.rows.shape import Row, RowsAnswer

NOTHING_APPLIES = "nothing"
"""The pick that says that none of the others applies: its line has no further fields."""


@dataclass(frozen=True)
class ListLine(Row):
    """A line of the list; `kind` is the pick it was picked as, `idea` the key of what gave it its words, or ""."""

    text: str = line()
    fields: Mapping[str, Any] = option_fields(lambda block: {one.name: field_of(one) for one in extras_of(block)})
    kind: str = declared(Kind(lambda _: KeyField(optional=True), as_line, is_optional=True))
    idea: str = declared(Kind(lambda _: KeyField(optional=True), as_line, is_optional=True, counts=False))


@dataclass(frozen=True)
class ListAnswer(RowsAnswer[ListLine]):
    """Lines; `names` are the words of what was chosen from elsewhere, by its key."""

    names: Mapping[str, str] = unposted_mapping()


def extras_for(row: ListLine, extras: tuple[Extra, ...]) -> tuple[Extra, ...]:
    """The further fields of one line."""
    return () if row.kind == NOTHING_APPLIES else extras


def fields_of(row: ListLine, names: Mapping[str, str]) -> dict[str, Any]:
    """What is said of a line in its further fields; `pick` is what was picked from the short list.

    `given`: a connection brought it, under the key of what it was there. What was chosen from elsewhere is also `named`
    by its words: the field `path` with `path_named`.
    """
    named = {f"{name}_named": names[one] for name, one in row.fields.items() if one in names}
    fields = {**row.fields, **named} | ({"pick": row.kind} if row.kind else {})
    return {**fields, "given": True} if row.origin == "given" else fields
