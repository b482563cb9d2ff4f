"""Rated skills as their page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from dreamtree.tools.ordering.log import keys_of
from dreamtree.tools.rows.kinds import line, step, unposted
from dreamtree.tools.rows.scales import FREQUENCY, MASTERY
from dreamtree.tools.rows.shape import Row, RowsAnswer
from dreamtree.tools.rows.steps import Asked, Step
from dreamtree.tools.rows.typed_skills import lesson_marks
from dreamtree.tools.wording import in_words
from dreamtree.values import Item

FLAT_FROM = 6


@dataclass(frozen=True)
class Rated(Row):
    """A skill, with how well one can do it and how often one does it: steps of `MASTERY` and `FREQUENCY`."""

    text: str = line()
    mastery: int | None = step(1, len(MASTERY))
    frequency: int | None = step(1, len(FREQUENCY))

    @property
    def is_rated(self) -> bool:
        """Whether one of the two is said."""
        return self.mastery is not None or self.frequency is not None

    @property
    def is_done(self) -> bool:
        """Whether both are said."""
        return self.mastery is not None and self.frequency is not None


@dataclass(frozen=True)
class Ratings(RowsAnswer[Rated]):
    """Rated skills, and the keys of those answered or passed over last."""

    recent: tuple[str, ...] = unposted(keys_of, (), store=list)


@dataclass(frozen=True)
class RatedView:
    """A row on the page. `places` says in how many places it turned up; `is_gone`: rated, but no longer upstream."""

    index: int
    key: str
    text: str
    places: str
    mastery: int | None
    frequency: int | None
    is_own: bool
    is_gone: bool
    is_rated: bool
    is_done: bool

    @classmethod
    def of(cls, index: int, row: Rated, item: Item | None) -> Self:
        """The row, given the item it is upstream."""
        places = place_count(item) if item else 0
        return cls(
            index=index,
            key=row.key,
            text=row.text or ("" if row.is_own else "A skill you've removed"),
            places=f"in {in_words(places)} places" if places > 1 else "",
            mastery=row.mastery,
            frequency=row.frequency,
            is_own=row.is_own,
            is_gone=item is None and row.is_live,
            is_rated=row.is_rated,
            is_done=row.is_done,
        )


@dataclass(frozen=True)
class RaterView:
    """`others` come after the first rows; `waiting` is how many of them are not on the page until asked for.

    `step` is the row that a phone shows, none where it shows the list.
    """

    rows: tuple[RatedView, ...]
    step: Step | None
    is_listed: bool
    others: tuple[RatedView, ...]
    waiting: int
    gone: tuple[RatedView, ...]
    own: tuple[RatedView, ...]
    mastery: tuple[str, ...]
    frequency: tuple[str, ...]
    count: str
    flat: str
    removed: str
    can_add: bool


def place_count(item: Item) -> int:
    """In how many places a skill turned up."""
    places = item.fields.get("places")
    return places if isinstance(places, int) else 0


def flat(rows: Sequence[Rated]) -> str:
    """One kind line when many were rated and all alike; else ""."""
    steps = [row.mastery for row in rows if row.mastery]
    if len(steps) < FLAT_FROM or len(set(steps)) > 1:
        return ""
    count, alike = in_words(len(steps)), MASTERY[steps[0] - 1]
    return f"All {count} are at “{alike}.” Which two would you count on, on a bad day? You could move those up one."


def in_one_line(row: Rated) -> str:
    """A skill and what is said of it."""
    return f"{row.text or 'A skill without a name'}: {words_on_scales(row) or 'not rated'}"


def words_on_scales(row: Rated) -> str:
    """ "well, weekly", as far as it is said."""
    scales = ((row.mastery, MASTERY), (row.frequency, FREQUENCY))
    return ", ".join(words[step - 1] for step, words in scales if step)


def item_of(row: Rated) -> Item:
    """A skill with its two steps, and where it comes from."""
    return Item(row.key, row.text, {"mastery": row.mastery, "frequency": row.frequency, **lesson_marks(row)})


def asked_of(rows: Sequence[Rated] | Sequence[RatedView]) -> Asked:
    """The rows as they are asked one at a time."""
    return [(row.key, row.text, row.is_done) for row in rows]


def without_ratings(answer: Ratings, key: str) -> Ratings:
    """The answer with one skill as if nothing had been said of it."""
    rows = (replace(row, mastery=None, frequency=None) if row.key == key else row for row in answer.rows)
    return replace(answer, rows=tuple(rows))
