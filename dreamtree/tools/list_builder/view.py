"""The lines of a list as the page shows them. One with further fields folds when they are answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dreamtree.tools.base import LINE_LIMIT
from dreamtree.tools.fields import Choice, near_limit
from dreamtree.tools.list_builder.extras import Extra, ExtraView, value_words, view_of
from dreamtree.tools.list_builder.lines import ListLine, extras_for


@dataclass(frozen=True)
class ListLineView:
    """`index` counts the fields. `is_given` and `is_live` rows have words that are changed elsewhere. One that `folds`
    shows its words and `details`; its fields open on request, and at once where `is_open`. `slot` is the label of its
    slot, `idea` what gave it its words, `origin` what its source says of it besides.
    """

    index: int
    key: str
    text: str
    named: str
    kind: str
    is_given: bool
    is_live: bool
    limit_words: str
    extras: tuple[ExtraView, ...]
    is_blank: bool
    folds: bool
    is_open: bool
    details: tuple[str, ...]
    slot: str = ""
    idea: str = ""
    origin: str = ""


@dataclass(frozen=True)
class ListView:
    """`line` is what a line is called; `gone` are answered rows whose items are there no more. `ideas` may give a slot
    its words: key and words.
    """

    line: str
    rows: tuple[ListLineView, ...]
    gone: tuple[ListLineView, ...]
    picks: tuple[tuple[str, str], ...]
    has_lines: bool
    has_extras: bool
    has_choices: bool
    can_add: bool
    can_paste: bool
    can_move: bool
    count: str
    removed: str
    ideas: tuple[tuple[str, str], ...] = ()


def row_views(rows: Sequence[ListLine], extras: tuple[Extra, ...]) -> list[ListLineView]:
    """The rows in their order; of those that fold, the first incomplete one is open, unless a later one is complete."""
    last = max((n for n, row in enumerate(rows) if row.text and _is_complete(row, extras)), default=-1)
    first = next((row.key for row in rows[last + 1 :] if _folds(row, extras)), "")
    return [_row_view(n, row, extras, is_open=row.key == first) for n, row in enumerate(rows)]


def slot_views(rows: Sequence[ListLine], extras: tuple[Extra, ...], slots: Sequence[Choice]) -> list[ListLineView]:
    """A row for each slot, under its label and never folded."""
    shown = (_row_view(n, row, extras, is_open=False) for n, row in enumerate(rows))
    both = zip(shown, rows, slots, strict=True)
    return [replace(one, slot=slot.label, idea=row.idea, folds=False) for one, row, slot in both]


def _folds(row: ListLine, extras: tuple[Extra, ...]) -> bool:
    """A row with further fields folds once complete; one whose words were not typed here folds from the start."""
    return bool(extras and row.text) and (row.is_live or bool(row.kind) or _is_complete(row, extras))


def _is_complete(row: ListLine, extras: tuple[Extra, ...]) -> bool:
    """Whether something stands in a further field, and in each that is asked for; or there is none to fill in."""
    asked = extras_for(row, extras)
    filled = {one.name for one in asked if one.name in row.fields}
    return not asked or (bool(filled) and all(one.name in filled for one in asked if one.is_required))


def _details(row: ListLine, extras: tuple[Extra, ...]) -> tuple[str, ...]:
    """What a folded row says in its further fields: what was chosen in one line, what was written in a line each."""
    asked = extras_for(row, extras)
    answered = [(one, value_words(one, row.fields)) for one in asked if one.name in row.fields]
    chosen = " · ".join(words for one, words in answered if one.kind == "choice")
    written = [
        words if len(extras) == 1 else f"{one.label}: {words}" for one, words in answered if one.kind != "choice"
    ]
    return (*((chosen,) if chosen else ()), *written) or (("nothing said yet",) if asked else ())


def _row_view(n: int, row: ListLine, extras: tuple[Extra, ...], *, is_open: bool) -> ListLineView:
    return ListLineView(
        index=n,
        key=row.key,
        text=row.text,
        named=row.text or f"line {n + 1}",
        kind=row.kind,
        is_given=row.origin == "given",
        is_live=row.is_live,
        limit_words=near_limit(row.text, LINE_LIMIT),
        extras=tuple(view_of(extra, row.fields.get(extra.name)) for extra in extras_for(row, extras)),
        is_blank=not row.text and not row.is_filled,
        folds=_folds(row, extras),
        is_open=is_open,
        details=_details(row, extras),
    )
