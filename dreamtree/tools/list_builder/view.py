"""The lines of a list as the page shows them. One with further fields folds when they are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dreamtree.tools.base import LINE_LIMIT
from dreamtree.tools.fields import near_limit
from dreamtree.tools.list_builder.extras import Extra, ExtraView, said_in, view_of
from dreamtree.tools.list_builder.lines import NOTHING_APPLIES, Row, is_live, is_unsaid


@dataclass(frozen=True)
class RowView:
    """`index` counts the fields. `is_given` and `is_live` rows have words that are changed elsewhere. One that `folds`
    shows its words and `details`; its fields open on request, and at once where `is_open`.
    """

    index: int
    key: str
    text: str
    named: str
    kind: str
    is_given: bool
    is_live: bool
    room: str
    extras: tuple[ExtraView, ...]
    is_blank: bool
    folds: bool
    is_open: bool
    details: tuple[str, ...]


def row_views(rows: Sequence[Row], extras: tuple[Extra, ...]) -> list[RowView]:
    """The rows in their order; of those that fold, the first not told yet is open, unless a later one is told."""
    told = max((n for n, row in enumerate(rows) if row.get("text") and _is_told(row, extras)), default=-1)
    first = next((row["key"] for row in rows[told + 1 :] if _folds(row, extras)), "")
    return [_row_view(n, row, extras, is_open=row["key"] == first) for n, row in enumerate(rows)]


def extras_for(row: Mapping[str, Any], extras: tuple[Extra, ...]) -> tuple[Extra, ...]:
    """The further fields of one line."""
    return () if row.get("kind") == NOTHING_APPLIES else extras


def _folds(row: Mapping[str, Any], extras: tuple[Extra, ...]) -> bool:
    """A row with further fields folds once they are told; one whose words were not typed here folds from the start."""
    return bool(extras and row.get("text")) and (is_live(row) or bool(row.get("kind")) or _is_told(row, extras))


def _is_told(row: Mapping[str, Any], extras: tuple[Extra, ...]) -> bool:
    """Whether something stands in a further field, and in each that is asked for; or there is none to fill in."""
    asked = extras_for(row, extras)
    said = {one.name for one in asked if _said_of(row, one)}
    return not asked or (bool(said) and all(one.name in said for one in asked if one.is_required))


def _said_of(row: Mapping[str, Any], extra: Extra) -> bool:
    return (row.get("fields") or {}).get(extra.name) not in ("", None)


def _details(row: Mapping[str, Any], extras: tuple[Extra, ...]) -> tuple[str, ...]:
    """What a folded row says in its further fields: what was chosen in one line, what was written in a line each."""
    asked = extras_for(row, extras)
    said = [(one, said_in(one, row["fields"])) for one in asked if _said_of(row, one)]
    chosen = " · ".join(words for one, words in said if one.kind == "choice")
    written = [words if len(extras) == 1 else f"{one.label}: {words}" for one, words in said if one.kind != "choice"]
    return (*((chosen,) if chosen else ()), *written) or (("nothing said yet",) if asked else ())


def _row_view(n: int, row: Mapping[str, Any], extras: tuple[Extra, ...], *, is_open: bool) -> RowView:
    text = row.get("text") or ""
    return RowView(
        index=n,
        key=row["key"],
        text=text,
        named=text or f"line {n + 1}",
        kind=row.get("kind") or "",
        is_given=bool(row.get("given")),
        is_live=is_live(row),
        room=near_limit(text, LINE_LIMIT),
        extras=tuple(view_of(extra, (row.get("fields") or {}).get(extra.name)) for extra in extras_for(row, extras)),
        is_blank=not text and is_unsaid(row),
        folds=_folds(row, extras),
        is_open=is_open,
        details=_details(row, extras),
    )
