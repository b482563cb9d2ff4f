"""Rows of a query as plain dictionaries and tuples, for the loading of whole tables."""

from typing import Any

TableRow = dict[str, Any]


def dicts(query: Any) -> list[TableRow]:
    """Every row by field name."""
    return list(query.dicts())


def tuples(query: Any) -> list[tuple[Any, ...]]:
    """Every row as its columns."""
    return list(query.tuples())
