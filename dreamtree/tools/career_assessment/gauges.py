"""How a path looks: a number on each gauge with its reason, whether it would pay, and which musts it would keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dreamtree.content.book import Block
from dreamtree.tools.base import LINE_LIMIT
from dreamtree.tools.fields import Choice, KeysField, LineField, WholeNumberField
from dreamtree.tools.rows.kinds import Kind, choice, declared, keys_in, option_fields, unposted, words_by_key
from dreamtree.tools.rows.paths import PathRow
from dreamtree.tools.rows.shape import RowsAnswer

LOW, MIDDLE, HIGH, STEP = 0, 50, 100, 10
PAYS = (
    Choice("yes", "Yes"),
    Choice("about", "Just about"),
    Choice("no", "No"),
    Choice("unknown", "I don't know yet"),
)


@dataclass(frozen=True)
class Gauge:
    """One of the things to look at, with the words at the ends and in the middle of its scale."""

    key: str
    text: str
    low: str
    middle: str
    high: str


def gauges_of(block: Block) -> tuple[Gauge, ...]:
    """The gauges of a block, in their order."""
    return tuple(Gauge(**one) for one in block.options.get("gauges", ()))


def _numbers(block: Block) -> Mapping[str, Any]:
    return {one.key: WholeNumberField(LOW, HIGH) for one in gauges_of(block)}


def _reasons(block: Block) -> Mapping[str, Any]:
    return {one.key: LineField(LINE_LIMIT) for one in gauges_of(block)}


@dataclass(frozen=True)
class Assessed(PathRow):
    """A path as it looks today. `kept` are the keys of the musts that it would keep."""

    typed: Mapping[str, Any] = option_fields(_numbers, name="scores")
    reasons: Mapping[str, Any] = option_fields(_reasons)
    pays: str = choice(PAYS)
    kept: tuple[str, ...] = declared(Kind(lambda _: KeysField(), keys_in, (), list))

    @property
    def is_described(self) -> bool:
        return bool(self.typed or self.reasons or self.pays or self.kept)

    @property
    def scores(self) -> dict[str, int]:
        """The numbers that are one, by the key of their gauge."""
        return {key: one for key, one in self.typed.items() if isinstance(one, int) and LOW <= one <= HIGH}

    def is_whole(self, gauges: tuple[Gauge, ...]) -> bool:
        """Whether it has a number on every gauge."""
        return all(one.key in self.scores for one in gauges)


@dataclass(frozen=True)
class Assessments(RowsAnswer[Assessed]):
    """Paths as they look; the `musts`, words by key, are the page's, and are never stored."""

    musts: Mapping[str, str] = unposted(words_by_key, words_by_key({}), store=dict)

    def kept_by(self, row: Assessed) -> int:
        """How many of the musts that there are a path would keep."""
        return sum(key in self.musts for key in row.kept)
