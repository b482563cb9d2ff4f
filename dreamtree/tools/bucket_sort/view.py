"""Sorted things as their page shows them."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dreamtree.tools.base import LINE_LIMIT
from dreamtree.tools.bucket_sort.superpowers import NEAR, how_used, rating_choices
from dreamtree.tools.bucket_sort.things import Piles, Sorted
from dreamtree.tools.bucket_sort.words import gives_way_to, too_many
from dreamtree.tools.fields import near_limit
from dreamtree.tools.rows.steps import Step
from dreamtree.tools.wording import capitalized, in_words
from dreamtree.values import Item

RATING_LABELS = {"mastery": "How well I do this", "frequency": "How often I do this"}
HELD = {True: "1", False: "0"}


@dataclass(frozen=True)
class RatingField:
    """A rating asked for on its row."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SortedView:
    """A row on the page. `is_gone`: answered, but no longer among what it came from.

    `used` says how well and how often; `asks` are ratings nobody knows yet, `kept` those that travel unseen.
    `choices` are the buckets that it may go into, none where its bucket stands as it is, in words (`stands`).
    `is_superpower` is None until all are sorted; `held` is what the person said against the rule: "1", "0" or "".
    `hint` says what the thing means. `look` is None where nobody asks what one would see of it. One that `folds` came
    with a private mark, from the exercise `source`; `open` says that the mark was taken off.
    """

    index: int
    key: str
    text: str
    bucket: str
    is_own: bool
    is_gone: bool
    is_live: bool
    choices: tuple[tuple[str, str], ...] = ()
    stands: str = ""
    used: str = ""
    asks: tuple[RatingField, ...] = ()
    kept: tuple[tuple[str, int], ...] = ()
    is_superpower: bool | None = None
    held: str = ""
    hint: str = ""
    look: str | None = None
    look_limit_words: str = ""
    folds: bool = False
    open: bool = False
    source: str = ""


@dataclass(frozen=True)
class GivesWay:
    """A bucket holds more than it may: which of these (key, words, is private) gives way, and what becomes of it."""

    question: str
    becomes: str
    things: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class SortView:
    """`result` is one sentence about what lifts; `sentences` the sentences about superpowers.

    `step` is the row that a phone shows, none where it shows the list. `is_again`: what was sorted elsewhere is only
    asked about what is new. `look` is what a row is asked besides, "" for nothing; `line` names a row without words.
    """

    ask: str
    line: str
    rows: tuple[SortedView, ...]
    step: Step | None
    is_listed: bool
    is_again: bool
    gone: tuple[SortedView, ...]
    count: str
    full: tuple[str, ...]
    gives_way: GivesWay | None
    look: str
    result: str
    sentences: tuple[str, ...]
    is_overruled: bool
    removed: str
    can_add: bool


def sorted_view(index: int, thing: Sorted, live: Container[str]) -> SortedView:
    """A thing on the page, given the keys of the items that are there now."""
    return SortedView(
        index=index,
        key=thing.key,
        text=thing.text,
        bucket=thing.bucket,
        is_own=thing.is_own,
        is_gone=bool(live) and not thing.is_own and thing.key not in live,
        is_live=thing.key in live,
        look=thing.look or None,
        look_limit_words=near_limit(thing.look, LINE_LIMIT),
        folds=thing.is_private,
        open=thing.private and thing.open,
    )


def sources_in(items: Iterable[Item]) -> dict[str, str]:
    """Key → the title of the exercise that an item was written in."""
    return {item.key: item.provenance.exercise_title for item in items if item.provenance}


def giving_way(piles: Piles) -> GivesWay | None:
    """What is asked where a bucket holds more than it may; None while all fits."""
    over = next(iter(piles.overfull), None)
    if over is None:
        return None
    things = tuple((thing.key, thing.text, thing.is_private) for thing in piles.inside(over.value))
    return GivesWay(too_many(piles, over), gives_way_to(piles.after(over)), things)


def with_choices(shown: SortedView, choices: Sequence[tuple[str, str]], *, is_again: bool) -> SortedView:
    """A row with the buckets that it may go into; sorted `again`, with those that are near to where it was."""
    near = NEAR.get(shown.bucket) if is_again else None
    if near is None:
        return replace(shown, choices=tuple(choices))
    stands = "" if near else next((label for value, label in choices if value == shown.bucket), "")
    return replace(shown, choices=tuple(one for one in choices if one[0] in near), stands=stands)


def with_ratings(shown: SortedView, thing: Sorted, known: Mapping[str, Any], powers: Mapping[str, bool]) -> SortedView:
    """A skill with how well and how often: `known` from its source, else asked; `powers` are the superpowers by key."""
    ratings = {"mastery": thing.mastery, "frequency": thing.frequency}
    return replace(
        shown,
        used=how_used(known.get("mastery"), known.get("frequency")),
        asks=tuple(_asked(name, value) for name, value in ratings.items() if known.get(name) is None),
        kept=tuple((name, value) for name, value in ratings.items() if value and known.get(name) is not None),
        is_superpower=powers.get(shown.key),
        held="" if thing.word is None else HELD[thing.word],
    )


def _asked(name: str, value: int | None) -> RatingField:
    return RatingField(name, RATING_LABELS[name], str(value or ""), rating_choices(name))


def lifted_in_words(total: int, lifted: int) -> str:
    """What the sorting shows: how many things one is good at, and how many of them give something back."""
    all_ = {1: "this one", 2: "both"}.get(total, f"all {in_words(total)}")
    if total == 1:
        does = "energizes" if lifted else "doesn't energize"
        return f"You're good at {all_}. It {does} you."
    if lifted == total:
        return f"You're good at {all_}. {'Both' if total == 2 else 'All'} of them energize you."
    if not lifted:
        return f"You're good at {all_}. None of them energizes you."
    count = capitalized(in_words(lifted))
    return f"You're good at {all_}. {count} of them {'energizes' if lifted == 1 else 'energize'} you."
