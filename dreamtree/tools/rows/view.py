"""Rows as templates/tools/rows.html draws them, for tools that need no page of their own."""

from dataclasses import dataclass
from typing import Any

from dreamtree.tools.fields import near_limit
from dreamtree.tools.rows.kinds import Kind, kinds_of
from dreamtree.tools.rows.merging import row_words
from dreamtree.tools.rows.shape import Row


@dataclass(frozen=True)
class FieldView:
    """One field of a row; `shape` says how it is drawn, `limit_words` how much of it is left when that is little."""

    name: str
    label: str
    shape: str
    value: Any
    limit_words: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RowView:
    """A row on the page. `words` is the field that says what it is about, where that is typed here; `mark` the origin
    that its page posts; `is_gone`: something is said of it, and it is no longer where it came from.
    """

    index: int
    key: str
    text: str
    named: str
    mark: str
    words: FieldView | None
    fields: tuple[FieldView, ...]
    is_gone: bool
    buttons: tuple[str, ...]


@dataclass(frozen=True)
class RowsView:
    """`line` is what a row is called, `hint` and `count` a sentence each, `removed` what *undo* brings back."""

    line: str
    rows: tuple[RowView, ...]
    can_add: bool
    removed: str
    hint: str = ""
    count: str = ""


def row_view(index: int, row: Row, mark: str, *, is_gone: bool, buttons: tuple[str, ...]) -> RowView:
    """One row with its fields."""
    drawn = {field: kind for field, kind in kinds_of(type(row)).items() if kind.drawing}
    fields = {field: _field_view(kind, getattr(row, field)) for field, kind in drawn.items()}
    words = fields.pop(row.words)
    return RowView(
        index=index,
        key=row.key,
        text=row_words(row),
        named=row_words(row) or f"line {index + 1}",
        mark=mark,
        words=words if row.is_own else None,
        fields=tuple(fields.values()),
        is_gone=is_gone,
        buttons=buttons,
    )


def _field_view(kind: Kind, value: Any) -> FieldView:
    drawing = kind.drawing
    assert drawing is not None
    limit_words = near_limit(str(value), drawing.limit) if drawing.limit else ""
    return FieldView(kind.name, drawing.label, drawing.shape, value, limit_words, drawing.choices)
