"""What the page of a flow tracker shows: moments to fill in, those already said folded, and what they show."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dreamtree.tools.base import LINE_LIMIT, PROSE_LIMIT
from dreamtree.tools.fields import near_limit
from dreamtree.tools.flow_tracker.moments import (
    ENERGY_CHOICES,
    FOCUS_CHOICES,
    PART_CHOICES,
    Moment,
    days_between,
    days_offered,
    entries_of,
    in_short,
    with_chosen,
)
from dreamtree.tools.flow_tracker.view import WORDS_FROM, PatternsView, patterns_view
from dreamtree.tools.rows.records import NONE_UNREAD, Older, Records, Unread
from dreamtree.tools.wording import capitalized, in_words

MOST_SHOWN = 40
"""So many moments have a place on a page, the last ones; a link leads to those before, and patterns count more."""


@dataclass(frozen=True)
class FlowPlan:
    """What a block asks for: `mode` is remembered or week; `days` the length of the week."""

    mode: str
    days: int
    enough: int
    good: int

    @property
    def is_week(self) -> bool:
        """Whether it is a week of noticing, not moments remembered."""
        return self.mode == "week"

    @property
    def one(self) -> str:
        """What a row is called."""
        return "entry" if self.is_week else "moment"

    @property
    def several(self) -> str:
        """What rows are called."""
        return "entries" if self.is_week else "moments"

    def many(self, count: int) -> str:
        """ "two moments", "one entry"."""
        return f"{in_words(count)} {self.one if count == 1 else self.several}"


@dataclass(frozen=True)
class MomentView:
    """A moment on the page. `index` is its place among the posted rows, None where it rests; `days` are to choose from,
    none to type.
    """

    index: int | None
    row: Moment
    named: str
    detail: str
    when: str
    days: tuple[tuple[str, str], ...]
    activity_limit_words: str
    reason_limit_words: str


@dataclass(frozen=True)
class FlowView:
    """`rows` in the order of the page; `older` leads to those that it has no place for, and `remembered` are those of
    another page, each as activity and detail; `state` says where the week stands.
    """

    is_week: bool
    seen_hash: str
    state: str
    rows: tuple[MomentView, ...]
    remembered: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    energies: tuple[tuple[int, str], ...]
    focuses: tuple[tuple[int, str], ...]
    hint: str
    removed: str
    removed_key: str
    patterns: PatternsView | None
    counted: str
    older: Older
    several: str


@dataclass(frozen=True)
class FlowPage:
    """The moments of a page: `own` as they were told, `blank` those only the page has; the keys of those at rest.

    Of a long log more are `unread`.
    """

    plan: FlowPlan
    today: str
    own: tuple[Moment, ...]
    blank: tuple[Moment, ...] = ()
    resting: frozenset[str] = frozenset()
    unread: Unread = NONE_UNREAD

    @property
    def filled_rows(self) -> list[Moment]:
        """What was said, in the order of the page: as it was told, or in a week the newest first."""
        found = [row for row in self.own if row.is_filled]
        if not self.plan.is_week:
            return found
        return sorted(found, key=lambda row: (row.iso_day, self.numbers[row.key]), reverse=True)

    @property
    def empty(self) -> list[Moment]:
        """The rows to fill in."""
        return [*(row for row in self.own if not row.is_filled), *self.blank]

    @cached_property
    def early(self) -> frozenset[str]:
        """The keys of those that the page has no place for."""
        return frozenset(row.key for row in self.own[:-MOST_SHOWN] if row.key in self.resting)

    @property
    def shown(self) -> list[Moment]:
        """Those that the page has a place for; in a week the rows to fill in come first."""
        filled = [row for row in self.filled_rows if row.key not in self.early]
        return [*self.empty, *filled] if self.plan.is_week else [*filled, *self.empty]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Key → which moment it is, by the order in which they were told."""
        return {row.key: n for n, row in enumerate((*self.own, *self.blank), self.unread.before + 1)}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Key → place among the posted rows, of those that have fields."""
        return {key: index for index, key in enumerate(key for key in self.numbers if key not in self.resting)}

    @property
    def day(self) -> int:
        """Which day of the noticing this is, from the first entry's day on; 0 before there is one."""
        first = min(filter(None, (row.iso_day for row in self.own)), default="")
        return max(days_between(first, self.today) + 1, 1) if first and self.today else 0

    @cached_property
    def days_offered(self) -> tuple[tuple[str, str], ...]:
        """The days that each moment can choose from."""
        return days_offered(self.today)

    @property
    def is_over(self) -> bool:
        """Whether the days of the noticing have passed: its first ones are no longer read."""
        return self.plan.is_week and (self.day > self.plan.days or self.unread.before > 0)


def blanks_wanted(plan: FlowPlan, today: str, whole: Records[Moment]) -> int:
    """How many empty rows a page has beside those kept: as enough asks, or one for today while the week lasts.

    A page of older entries has none, since a new one belongs among the newest.
    """
    own = whole.rows
    if not whole.unread.is_newest:
        return 0
    if not plan.is_week:
        return max(plan.enough - len(own), 1 - len(own), 0)
    is_there = any(not row.is_filled or row.iso_day == today for row in own)
    return 0 if own and (is_there or FlowPage(plan, today, own, unread=whole.unread).is_over) else 1


def flow_view(page: FlowPage, answer: Records[Moment], remembered: Sequence[Moment], anchor: str) -> FlowView:
    """The page; `anchor` is that of the block."""
    plan, removed = page.plan, answer.removed
    entries = entries_of([*page.filled_rows, *remembered])
    shown = patterns_view(entries, f"{anchor}-shows")
    return FlowView(
        is_week=plan.is_week,
        seen_hash=answer.seen_hash,
        state=_state(page, shown is not None),
        rows=_moments(page),
        remembered=_lines(remembered, page.today),
        parts=(("", "Choose one"), *((part.value, part.label) for part in PART_CHOICES)),
        energies=ENERGY_CHOICES,
        focuses=FOCUS_CHOICES,
        hint=_hint(page, len(entries)),
        removed=(removed.row.activity or f"The {plan.one}") if removed else "",
        removed_key=removed.row.key if removed else "",
        patterns=shown,
        counted=_counted(page),
        older=answer.older(MOST_SHOWN),
        several=plan.several,
    )


def _lines(rows: Sequence[Moment], today: str) -> tuple[tuple[str, str], ...]:
    return tuple((row.activity, in_short(row, today)) for row in rows)


def _moments(page: FlowPage) -> tuple[MomentView, ...]:
    """What the buttons call each moment is its activity; those of one name have their number too."""
    shown = page.shown
    count = Counter(row.activity for row in shown)
    return tuple(_moment(page, row, _named(page, row, is_alone=count[row.activity] == 1)) for row in shown)


def _named(page: FlowPage, row: Moment, *, is_alone: bool) -> str:
    number = f"{page.plan.one} {page.numbers[row.key]}"
    if not row.activity:
        return number
    return row.activity if is_alone else f"{row.activity}, {number}"


def _moment(page: FlowPage, row: Moment, named: str) -> MomentView:
    return MomentView(
        index=page.places.get(row.key),
        row=row,
        named=named,
        detail=in_short(row, page.today),
        when=row.when if row.is_filled or not page.plan.is_week else page.today,
        days=_days(page, row) if page.plan.is_week else (),
        activity_limit_words=near_limit(row.activity, LINE_LIMIT),
        reason_limit_words=near_limit(row.reason, PROSE_LIMIT),
    )


def _days(page: FlowPage, row: Moment) -> tuple[tuple[str, str], ...]:
    """The days to choose from; none for a row that says nothing but when, which is typed so that it is kept."""
    if row.when and not replace(row, when="").is_filled:
        return ()
    return with_chosen(page.days_offered, row.when if row.is_filled else page.today)


# Words


def _counted(page: FlowPage) -> str:
    """Which moments the patterns are of, where they are not of all."""
    unread, read = page.unread.count, len(page.own)
    if not unread:
        return ""
    return f"These come from {read} of your {read + unread:,} {page.plan.several}."


def _state(page: FlowPage, has_patterns: bool) -> str:
    """Where the week stands. Nothing is said of days without an entry."""
    plan = page.plan
    if not plan.is_week:
        return ""
    if not page.day:
        return f"Your {in_words(plan.days)} days start with your first entry."
    if not page.is_over:
        return f"Day {page.day} of {plan.days}."
    span = "week is" if plan.days == 7 else f"{in_words(plan.days)} days are"
    shows = " See the patterns below." if has_patterns else ""
    written = plan.many(len(page.filled_rows) + page.unread.count)
    return f"Your {span} over: {written}.{shows} You can keep going as long as you like."


def _hint(page: FlowPage, counted: int) -> str:
    """What is enough and what is good, and when there is something to see."""
    plan, whole = page.plan, sum(row.is_counted for row in page.own)
    sentences = []
    if not plan.is_week and whole < plan.good:
        is_ = "is" if plan.enough == 1 else "are"
        enough = f"{capitalized(plan.many(plan.enough))} {is_} enough" if whole < plan.enough else "Enough"
        sentences.append(f"{enough} to continue; {in_words(plan.good)} is better.")
    if 0 < counted < WORDS_FROM:
        sentences.append(f"Once you have {in_words(WORDS_FROM)}, you'll see the patterns here.")
    return " ".join(sentences)
