"""Things to sort, and the buckets they go into."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wtforms import Field

from dreamtree.content.book import Block
from dreamtree.profile.skills import is_strong_and_lifting
from dreamtree.text import as_line
from dreamtree.tools.fields import Choice, LineField, OneOfField, TickField
from dreamtree.tools.ordering.log import keys_of
from dreamtree.tools.rows.kinds import Kind, declared, known_step, line, step, tick, unposted
from dreamtree.tools.rows.scales import FREQUENCY, MASTERY
from dreamtree.tools.rows.shape import Row, RowsAnswer
from dreamtree.tools.rows.steps import Asked
from dreamtree.values import Item

LIFTS: Mapping[str, int] = {"drains": -2, "tires": -1, "neither": 0, "gives": 1, "lifts": 2}
"""The five buckets of superpowers, from what costs to what gives back."""

RATINGS = ("mastery", "frequency")
PRIVATE_ONE = "One that's private"
"""What is called so where its words could be seen by others."""


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
    person says against the rule of superpowers, None where the rule holds. `look` says what one would see of it;
    `private` is the mark that it came with, `open` that the person takes it off here.
    """

    text: str = line()
    bucket: str = declared(Kind(_bucket_field, as_line))
    mastery: int | None = step(1, len(MASTERY), is_optional=True)
    frequency: int | None = step(1, len(FREQUENCY), is_optional=True)
    word: bool | None = declared(Kind(lambda _: PersonsWord(), _known_word, None, name="said", is_optional=True))
    look: str = declared(Kind(lambda _: LineField(), as_line, is_optional=True))
    private: bool = unposted(bool, nothing=False)
    open: bool = declared(Kind(lambda _: TickField(), bool, False, is_optional=True, counts=False))

    @property
    def is_private(self) -> bool:
        """Whether it came from something private, and the person hasn't taken that mark off."""
        return self.private and not self.open

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
    recent: tuple[str, ...] = unposted(keys_of, (), store=list)


@dataclass(frozen=True)
class Piles:
    """The things that have words, and how many each bucket holds."""

    buckets: tuple[Bucket, ...]
    things: Sequence[Sorted]

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Each bucket as a choice: its value and its name."""
        return tuple((one.value, one.label) for one in self.buckets)

    @property
    def counts(self) -> Counter[str]:
        """Bucket → how many things; "" for those that are not sorted."""
        return Counter(thing.bucket for thing in self.things)

    @property
    def sorted(self) -> int:
        """How many things have a bucket."""
        return len(self.things) - self.counts[""]

    def inside(self, value: str) -> list[Sorted]:
        """The things in a bucket."""
        return [thing for thing in self.things if thing.bucket == value]

    @property
    def overfull(self) -> list[Bucket]:
        """The buckets that hold more than they may."""
        return [one for one in self.buckets if one.limit and self.counts[one.value] > one.limit]

    @property
    def full(self) -> list[Bucket]:
        """The buckets that hold exactly as many as they may."""
        return [one for one in self.buckets if one.limit and self.counts[one.value] == one.limit]

    def after(self, bucket: Bucket) -> Bucket:
        """The bucket that takes what another has no room for: the next one."""
        index = self.buckets.index(bucket)
        return self.buckets[(index + 1) % len(self.buckets)]


def unsorted(item: Item) -> Sorted:
    """A thing from elsewhere, without a bucket; privacy comes with it."""
    return Sorted(item.key, "live", as_line(item.text), private=item.is_private)


def keeping_marks(things: Iterable[Sorted], keys: Collection[str]) -> tuple[Sorted, ...]:
    """The things, private where one of these keys is theirs; a mark that is there stays."""
    return tuple(replace(one, private=True) if one.key in keys and not one.is_own else one for one in things)


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
    return [(thing.key, PRIVATE_ONE if thing.is_private else thing.text, bool(thing.bucket)) for thing in things]


def moved_to(answer: Sorting, key: str, bucket: str) -> Sorting:
    """The answer with one thing in another bucket; "" is none."""
    return replace(answer, rows=tuple(replace(row, bucket=bucket) if row.key == key else row for row in answer.rows))


def in_bucket(row: Sorted, bucket: str | None) -> Mapping[str, Any]:
    """What a row teaches by where it was sorted, and whether that is private."""
    return {"energy": bucket, "level": bucket, "look": row.look, "private": row.is_private}


def as_card(row: Sorted, cards: Collection[str]) -> Mapping[str, str | None]:
    """What a sorted row of a block with cards teaches besides; `card_id` is None for one's own."""
    return {"card_id": row.key if row.key in cards else None} if cards else {}
