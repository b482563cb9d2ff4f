"""What the page of a flow tracker shows: moments to fill in, those already said folded, and what they show."""

from collections import Counter
from collections.abc import Sequence
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
from dreamtree.tools.rows.records import Records
from dreamtree.tools.wording import begun, in_words


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
    """A moment on the page. `index` is its place among the posted rows; `days` are to choose from, none to type."""

    index: int
    row: Moment
    named: str
    detail: str
    is_open: bool
    when: str
    days: tuple[tuple[str, str], ...]
    activity_room: str
    reason_room: str


@dataclass(frozen=True)
class FlowView:
    """`rows` in the order of the page; `earlier` are own moments without fields, `remembered` those of another page,
    each as activity and detail; `state` says where the week stands.
    """

    is_week: bool
    seen_hash: str
    state: str
    rows: tuple[MomentView, ...]
    earlier: tuple[tuple[str, str], ...]
    remembered: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    energies: tuple[tuple[int, str], ...]
    focuses: tuple[tuple[int, str], ...]
    hint: str
    removed: str
    removed_key: str
    patterns: PatternsView | None


@dataclass(frozen=True)
class FlowPage:
    """The moments of a page: `own` as they are posted, `blank` those only the page has, `rest` those without fields."""

    plan: FlowPlan
    today: str
    own: tuple[Moment, ...]
    blank: tuple[Moment, ...] = ()
    rest: tuple[Moment, ...] = ()

    @property
    def said(self) -> list[tuple[int, Moment]]:
        """What was said, in the order of the page: as it was told, or in a week the newest first."""
        found = [(n, row) for n, row in enumerate(self.own) if row.is_said]
        return sorted(found, key=lambda one: (one[1].iso_day, one[0]), reverse=True) if self.plan.is_week else found

    @property
    def empty(self) -> list[tuple[int, Moment]]:
        """The rows to fill in."""
        own = [(n, row) for n, row in enumerate(self.own) if not row.is_said]
        return [*own, *enumerate(self.blank, len(self.own))]

    @property
    def day(self) -> int:
        """Which day of the noticing this is, from the first entry's day on; 0 before there is one."""
        first = min(filter(None, (row.iso_day for row in (*self.own, *self.rest))), default="")
        return max(days_between(first, self.today) + 1, 1) if first and self.today else 0

    @cached_property
    def days_offered(self) -> tuple[tuple[str, str], ...]:
        """The days that each moment can choose from."""
        return days_offered(self.today)

    @property
    def is_over(self) -> bool:
        """Whether the days of the noticing have passed."""
        return self.plan.is_week and self.day > self.plan.days


def blanks_wanted(plan: FlowPlan, today: str, own: tuple[Moment, ...]) -> int:
    """How many empty rows a page has beside those kept: as enough asks, or one for today while the week lasts."""
    if not plan.is_week:
        return max(plan.enough - len(own), 1 - len(own), 0)
    is_there = any(not row.is_said or row.iso_day == today for row in own)
    return 0 if own and (is_there or FlowPage(plan, today, own).is_over) else 1


def flow_view(page: FlowPage, answer: Records[Moment], remembered: Sequence[Moment], anchor: str) -> FlowView:
    """The page; `anchor` is that of the block."""
    plan, said, removed = page.plan, page.said, answer.removed
    entries = entries_of([*(row for _, row in said), *page.rest, *remembered])
    shown = patterns_view(entries, f"{anchor}-shows")
    return FlowView(
        is_week=plan.is_week,
        seen_hash=answer.seen_hash,
        state=_state(page, shown is not None),
        rows=_moments(page, said),
        earlier=_lines(page.rest[::-1], page.today),
        remembered=_lines(remembered, page.today),
        parts=(("", "Choose one"), *((part.value, part.label) for part in PART_CHOICES)),
        energies=ENERGY_CHOICES,
        focuses=FOCUS_CHOICES,
        hint=_hint(page, len(entries)),
        removed=(removed.row.activity or f"The {plan.one}") if removed else "",
        removed_key=removed.row.key if removed else "",
        patterns=shown,
    )


def _lines(rows: Sequence[Moment], today: str) -> tuple[tuple[str, str], ...]:
    return tuple((row.activity, in_short(row, today)) for row in rows)


def _moments(page: FlowPage, said: list[tuple[int, Moment]]) -> tuple[MomentView, ...]:
    empty = page.empty
    ordered = [*empty, *said] if page.plan.is_week else [*said, *empty]
    newest = None if empty or not said or page.is_over or not page.plan.is_week else said[0][0]
    names = _names(page, ordered)
    return tuple(_moment(page, n, row, names[n], is_newest=n == newest) for n, row in ordered)


def _names(page: FlowPage, rows: Sequence[tuple[int, Moment]]) -> dict[int, str]:
    """What the buttons call each moment; those of one name by their number too."""
    count = Counter(row.activity for _, row in rows)
    return {
        n: row.activity if row.activity and count[row.activity] == 1 else _numbered(page, n, row) for n, row in rows
    }


def _numbered(page: FlowPage, n: int, row: Moment) -> str:
    number = f"{page.plan.one} {n + 1}"
    return f"{row.activity}, {number}" if row.activity else number


def _moment(page: FlowPage, index: int, row: Moment, named: str, *, is_newest: bool) -> MomentView:
    return MomentView(
        index=index,
        row=row,
        named=named,
        detail=in_short(row, page.today),
        is_open=is_newest or not row.is_counted,
        when=row.when if row.is_said or not page.plan.is_week else page.today,
        days=_days(page, row) if page.plan.is_week else (),
        activity_room=near_limit(row.activity, LINE_LIMIT),
        reason_room=near_limit(row.reason, PROSE_LIMIT),
    )


def _days(page: FlowPage, row: Moment) -> tuple[tuple[str, str], ...]:
    """The days to choose from; none for a row that says nothing but when, which is typed so that it is kept."""
    if row.when and not replace(row, when="").is_said:
        return ()
    return with_chosen(page.days_offered, row.when if row.is_said else page.today)


# Words


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
    written = plan.many(len(page.said) + len(page.rest))
    return f"Your {span} over: {written}.{shows} You can keep going as long as you like."


def _hint(page: FlowPage, counted: int) -> str:
    """What is enough and what is good, and when there is something to see."""
    plan, whole = page.plan, sum(row.is_counted for row in (*page.own, *page.rest))
    said = []
    if not plan.is_week and whole < plan.good:
        is_ = "is" if plan.enough == 1 else "are"
        enough = f"{begun(plan.many(plan.enough))} {is_} enough" if whole < plan.enough else "Enough"
        said.append(f"{enough} to continue; {in_words(plan.good)} is better.")
    if 0 < counted < WORDS_FROM:
        said.append(f"Once you have {in_words(WORDS_FROM)}, you'll see the patterns here.")
    return " ".join(said)
