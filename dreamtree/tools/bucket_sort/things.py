"""Things to sort, and the buckets they go into."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wtforms import Field

from dreamtree.content.book import Block
from dreamtree.profile.skills import is_strong_and_lifting
from dreamtree.text import as_line, isolated
from dreamtree.tools.fields import Choice, OneOfField
from dreamtree.tools.ordering.log import keys_of
from dreamtree.tools.rows.kinds import Kind, kept, known_step, line, said, step, tick
from dreamtree.tools.rows.scales import FREQUENCY, MASTERY
from dreamtree.tools.rows.shape import Row, RowsAnswer
from dreamtree.tools.rows.steps import Asked
from dreamtree.tools.wording import begun, in_words, listed
from dreamtree.values import Item

LIFTS: Mapping[str, int] = {"drains": -2, "tires": -1, "neither": 0, "gives": 1, "lifts": 2}
"""The five buckets of superpowers, from what costs to what gives back."""

RATINGS = ("mastery", "frequency")


@dataclass(frozen=True)
class Bucket:
    """One of the answers. `limit` is how many it holds, 0 for any number."""

    value: str
    label: str
    limit: int


def buckets_of(block: Block) -> tuple[Bucket, ...]:
    """The buckets of a block, in their order."""
    limits = block.options.get("limits", {})
    return tuple(
        Bucket(one["value"], one["label"], int(limits.get(one["value"], 0))) for one in block.options.get("buckets", ())
    )


class PersonsWord(Field):
    """What the person says against the rule: a tick (`super`) that is other than it was on the page (`was`), else what
    was said before (`held`)."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.data = {"1": True, "0": False}.get(formdata.get("held", ""))
        is_ticked, was = bool(formdata.get("super")), formdata.get("was")
        if was in ("0", "1") and is_ticked != (was == "1"):
            self.data = is_ticked


def _known_word(stored: Any) -> bool | None:
    return stored if isinstance(stored, bool) else None


def _bucket_field(block: Block) -> OneOfField:
    choices = tuple(Choice(one.value, one.label) for one in buckets_of(block))
    return OneOfField(choices, "Choose one of the answers shown.")


@dataclass(frozen=True)
class Sorted(Row):
    """A thing and its bucket. A skill also has how well and how often, as far as anybody knows; `word` is what the
    person says against the rule of superpowers, None where the rule holds.
    """

    text: str = line()
    bucket: str = said(Kind(_bucket_field, as_line))
    mastery: int | None = step(1, len(MASTERY), is_optional=True)
    frequency: int | None = step(1, len(FREQUENCY), is_optional=True)
    word: bool | None = said(Kind(lambda _: PersonsWord(), _known_word, None, name="said", is_optional=True))

    @property
    def lift(self) -> int:
        """What it gives back, from -2 to 2."""
        return LIFTS.get(self.bucket, 0)

    @property
    def is_computed(self) -> bool:
        """Whether the rule calls it a superpower."""
        return is_strong_and_lifting(self.mastery, self.lift)

    @property
    def is_superpower(self) -> bool:
        """Whether it is a superpower, by the person's word or by the rule."""
        return self.is_computed if self.word is None else self.word


@dataclass(frozen=True)
class Sorting(RowsAnswer[Sorted]):
    """Sorted things; `draft` until it is saved for the first time, where sources gave the buckets too.

    `recent` are the keys of those answered or passed over last.
    """

    draft: bool = tick(is_optional=True)
    recent: tuple[str, ...] = kept(keys_of, (), store=list)


@dataclass(frozen=True)
class Piles:
    """The things that have words, and how many each bucket holds."""

    buckets: tuple[Bucket, ...]
    things: Sequence[Sorted]

    @property
    def counts(self) -> Counter[str]:
        """Bucket → how many things; "" for those that are not sorted."""
        return Counter(thing.bucket for thing in self.things)

    @property
    def sorted(self) -> int:
        """How many things have a bucket."""
        return len(self.things) - self.counts[""]

    def inside(self, value: str) -> list[str]:
        """The words of the things in a bucket."""
        return [thing.text for thing in self.things if thing.bucket == value]

    @property
    def overfull(self) -> list[str]:
        """What to move, for each bucket that holds more than it may."""
        limited = [one for one in self.buckets if one.limit and self.counts[one.value] > one.limit]
        return [_too_many(one, self.counts[one.value] - one.limit) for one in limited]

    @property
    def full(self) -> tuple[str, ...]:
        """A sentence for each bucket that holds as many as it may, or more, with what to move."""
        full = [one for one in self.buckets if one.limit and self.counts[one.value] == one.limit]
        names = [(begun(one.label), listed([*map(isolated, self.inside(one.value))])) for one in full]
        return (*self.overfull, *(f"“{label}” is full: {held}. To add one, move one of them." for label, held in names))


def _too_many(bucket: Bucket, over: int) -> str:
    held = "one" if bucket.limit == 1 else in_words(bucket.limit)
    return f"“{begun(bucket.label)}” holds {held}. Move {in_words(over)} somewhere else."


def unsorted(item: Item) -> Sorted:
    """A thing from elsewhere, without a bucket."""
    return Sorted(item.key, "live", as_line(item.text))


def rated(thing: Sorted, fields: Mapping[str, Any]) -> Sorted:
    """A skill with how well and how often, where a source knows it."""
    known: dict[str, Any] = {
        name: step for name in RATINGS if (step := known_step(fields.get(name), 1, len(MASTERY))) is not None
    }
    return replace(thing, **known) if known else thing


def without_the_obvious(thing: Sorted) -> Sorted:
    """A thing without a word of the person that says what the rule says anyway."""
    is_needless = thing.bucket in LIFTS and thing.word == thing.is_computed
    return replace(thing, word=None) if is_needless else thing


def asked_of(things: Sequence[Sorted]) -> Asked:
    """The things as they are asked one at a time."""
    return [(thing.key, thing.text, bool(thing.bucket)) for thing in things]


def moved_out(answer: Sorting, key: str) -> Sorting:
    """The answer with one thing in no bucket."""
    return replace(answer, rows=tuple(replace(row, bucket="") if row.key == key else row for row in answer.rows))
