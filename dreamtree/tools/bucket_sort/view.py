"""Sorted things as their page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dreamtree.tools.bucket_sort.superpowers import RATINGS, how_used, rating_choices
from dreamtree.tools.fields import as_line
from dreamtree.tools.rows.lines import Row
from dreamtree.tools.wording import begun, in_words

RATING_LABELS = {"mastery": "How well I do this", "frequency": "How often I do this"}
HELD = {True: "1", False: "0"}


@dataclass(frozen=True)
class Bucket:
    """One of the answers. `limit` is how many it holds, 0 for any number."""

    value: str
    label: str
    limit: int


@dataclass(frozen=True)
class Asked:
    """A rating asked for on its row."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sorted:
    """A row on the page. `is_gone`: answered, but no longer among what it came from.

    `used` says how well and how often; `asks` are ratings nobody knows yet, `kept` those that travel unseen.
    `is_superpower` is None until all are sorted; `held` is what the person said against the rule: "1", "0" or "".
    """

    index: int
    key: str
    text: str
    bucket: str
    is_own: bool
    is_gone: bool
    is_live: bool
    used: str = ""
    asks: tuple[Asked, ...] = ()
    kept: tuple[tuple[str, int], ...] = ()
    is_superpower: bool | None = None
    held: str = ""


@dataclass(frozen=True)
class SortView:
    """`result` is one sentence about what lifts; `told` the sentences about superpowers."""

    ask: str
    choices: tuple[tuple[str, str], ...]
    rows: tuple[Sorted, ...]
    gone: tuple[Sorted, ...]
    count: str
    full: tuple[str, ...]
    result: str
    told: tuple[str, ...]
    is_overruled: bool
    removed: str
    can_add: bool


def sorted_row(index: int, row: Mapping[str, Any], live: set[str]) -> Sorted:
    """A row, given the keys of the items that are there now."""
    is_own = bool(row.get("own"))
    is_live = row["key"] in live
    is_gone = bool(live) and not is_own and not is_live
    return Sorted(index, row["key"], as_line(row.get("text")), str(row.get("bucket") or ""), is_own, is_gone, is_live)


def with_ratings(shown: Sorted, row: Row, known: Mapping[str, Any], judged: Mapping[str, bool]) -> Sorted:
    """A row with how well and how often: `known` from its source, else asked; `judged` are the superpowers by key."""
    open_ = [name for name in RATINGS if known.get(name) is None]
    return replace(
        shown,
        used=how_used(known.get("mastery"), known.get("frequency")),
        asks=tuple(_asked(name, row) for name in open_),
        kept=tuple((name, row[name]) for name in RATINGS if name not in open_ and row.get(name) is not None),
        is_superpower=judged.get(shown.key),
        held=HELD[row["said"]] if isinstance(row.get("said"), bool) else "",
    )


def _asked(name: str, row: Row) -> Asked:
    return Asked(name, RATING_LABELS[name], str(row.get(name) or ""), rating_choices(name))


def lifted_in_words(total: int, lifted: int) -> str:
    """What the sorting shows: how many things one is good at, and how many of them give something back."""
    all_ = {1: "this one", 2: "both"}.get(total, f"all {in_words(total)}")
    if total == 1:
        return f"You are good at {all_}. It {'lifts you' if lifted else 'does not lift you'}."
    if lifted == total:
        return f"You are good at {all_}. {'Both' if total == 2 else 'All'} of them lift you."
    if not lifted:
        return f"You are good at {all_}. None of them lifts you."
    return f"You are good at {all_}. {begun(in_words(lifted))} of them {'lifts' if lifted == 1 else 'lift'} you."
