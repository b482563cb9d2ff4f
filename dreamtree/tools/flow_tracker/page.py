"""What the page of a flow tracker shows: moments to fill in, those already said folded, and what they show."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dreamtree.answers.records import removed_key
from dreamtree.tools.base import LINE_LIMIT, PROSE_LIMIT
from dreamtree.tools.fields import near_limit
from dreamtree.tools.flow_tracker.moments import (
    ENERGY_CHOICES,
    FOCUS_CHOICES,
    PART_CHOICES,
    Row,
    days_between,
    days_offered,
    entries_of,
    in_short,
    is_counted,
    is_said,
    whole_moment,
)
from dreamtree.tools.flow_tracker.patterns import DAY
from dreamtree.tools.flow_tracker.view import WORDS_FROM, PatternsView, patterns_view
from dreamtree.tools.rows.records import edition_of
from dreamtree.tools.wording import begun, in_words


@dataclass(frozen=True)
class Plan:
    """What a block asks for: `mode` is remembered or week; `days` the length of the week."""

    mode: str
    days: int
    enough: int
    good: int

    @property
    def is_week(self) -> bool:
        """Whether moments are noted day by day; otherwise they are remembered."""
        return self.mode == "week"

    @property
    def one(self) -> str:
        """What one row is called."""
        return "entry" if self.is_week else "moment"

    def many(self, count: int) -> str:
        """ "two moments", "one entry"."""
        plural = "entries" if self.is_week else "moments"
        return f"{in_words(count)} {self.one if count == 1 else plural}"


@dataclass(frozen=True)
class MomentView:
    """A moment on the page. `index` is its place among the posted rows; `days` are to choose from, none to type."""

    index: int
    key: str
    was: str
    named: str
    detail: str
    is_said: bool
    is_open: bool
    activity: str
    activity_room: str
    when: str
    days: tuple[tuple[str, str], ...]
    part: str
    energy: int | str
    focus: int | str
    reason: str
    reason_room: str

    @property
    def edition(self) -> int:
        """The end of its textareas' names: another number once the row says something else."""
        return edition_of(self.was)


@dataclass(frozen=True)
class FlowView:
    """`rows` in the order of the page; `earlier` are own moments without fields, `remembered` those of another page,
    each as activity and detail; `state` says where the week stands.
    """

    one: str
    is_week: bool
    was: str
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
    """The rows of a page: `own` as they are posted, `blank` those only the page has, `rest` those without fields."""

    plan: Plan
    today: str
    own: tuple[Row, ...]
    blank: tuple[Row, ...] = ()
    rest: tuple[Row, ...] = ()

    @property
    def said(self) -> list[tuple[int, Row]]:
        """What was said, in the order of the page: as it was told, or in a week the newest first."""
        found = [(n, row) for n, row in enumerate(self.own) if is_said(row)]
        return sorted(found, key=lambda one: (_day_of(one[1]), one[0]), reverse=True) if self.plan.is_week else found

    @property
    def empty(self) -> list[tuple[int, Row]]:
        """The rows in which nothing is said, with their places among the posted rows."""
        own = [(n, row) for n, row in enumerate(self.own) if not is_said(row)]
        return [*own, *enumerate(self.blank, len(self.own))]

    @property
    def day(self) -> int:
        """Which day of the noticing this is, from the first entry's day on; 0 before there is one."""
        first = min(filter(None, (_day_of(row) for row in (*self.own, *self.rest))), default="")
        return max(days_between(first, self.today) + 1, 1) if first and self.today else 0

    @property
    def is_over(self) -> bool:
        """Whether the last day of the week has passed."""
        return self.plan.is_week and self.day > self.plan.days


def blanks_wanted(plan: Plan, today: str, own: Sequence[Row]) -> int:
    """How many empty rows a page has beside those kept: as enough asks, or one for today while the week lasts."""
    if not plan.is_week:
        return max(plan.enough - len(own), 1 - len(own), 0)
    is_there = any(not is_said(row) or _day_of(row) == today for row in own)
    return 0 if own and (is_there or FlowPage(plan, today, tuple(own)).is_over) else 1


def flow_view(sheet: FlowPage, answer: Mapping[str, Any], remembered: Sequence[Row], anchor: str) -> FlowView:
    """The page; `anchor` is that of the block."""
    plan, said = sheet.plan, sheet.said
    entries = entries_of([*(row for _, row in said), *sheet.rest, *remembered])
    shown = patterns_view(entries, f"{anchor}-shows")
    removed = (answer.get("removed") or {}).get("row") or {}
    return FlowView(
        one=plan.one,
        is_week=plan.is_week,
        was=answer.get("was") or "",
        state=_state(sheet, shown is not None),
        rows=_moments(sheet, said),
        earlier=_lines(sheet.rest[::-1], sheet.today),
        remembered=_lines(remembered, sheet.today),
        parts=(("", "Not said"), *((part.value, part.label) for part in PART_CHOICES)),
        energies=ENERGY_CHOICES,
        focuses=FOCUS_CHOICES,
        hint=_hint(sheet, len(entries)),
        removed=removed.get("activity") or (f"The {plan.one}" if removed else ""),
        removed_key=removed_key(answer),
        patterns=shown,
    )


def _lines(rows: Sequence[Row], today: str) -> tuple[tuple[str, str], ...]:
    return tuple((row["activity"], in_short(row, today)) for row in rows)


def _moments(sheet: FlowPage, said: list[tuple[int, Row]]) -> tuple[MomentView, ...]:
    empty = sheet.empty
    ordered = [*empty, *said] if sheet.plan.is_week else [*said, *empty]
    newest = None if empty or not said or sheet.is_over or not sheet.plan.is_week else said[0][0]
    names = _names(sheet, ordered)
    return tuple(_moment(sheet, n, row, names[n], is_newest=n == newest) for n, row in ordered)


def _names(sheet: FlowPage, rows: Sequence[tuple[int, Row]]) -> dict[int, str]:
    """What the buttons call each moment; those of one name by their number too."""
    count = Counter(row["activity"] for _, row in rows)
    numbered = {n: f"{sheet.plan.one} {n + 1}" for n, _ in rows}
    return {
        n: row["activity"]
        if row["activity"] and count[row["activity"]] == 1
        else ", ".join(filter(None, [row["activity"], numbered[n]]))
        for n, row in rows
    }


def _moment(sheet: FlowPage, index: int, row: Row, named: str, *, is_newest: bool) -> MomentView:
    told = is_said(row)
    return MomentView(
        index=index,
        key=row["key"],
        was=row.get("was") or "",
        named=named,
        detail=in_short(row, sheet.today),
        is_said=told,
        is_open=is_newest or not is_counted(row),
        activity=row["activity"],
        activity_room=near_limit(row["activity"], LINE_LIMIT),
        when=row["when"] if told or not sheet.plan.is_week else sheet.today,
        days=_days(sheet, row) if sheet.plan.is_week else (),
        part=row["part"],
        energy="" if row["energy"] is None else row["energy"],
        focus="" if row["focus"] is None else row["focus"],
        reason=row["reason"],
        reason_room=near_limit(row["reason"], PROSE_LIMIT),
    )


def _days(sheet: FlowPage, row: Row) -> tuple[tuple[str, str], ...]:
    """The days to choose from; none for a row that says nothing but when, which is typed so that it is kept."""
    if row["when"] and not is_said({**row, "when": ""}):
        return ()
    return days_offered(sheet.today, row["when"] if is_said(row) else sheet.today)


def _day_of(row: Row) -> str:
    return row["when"] if DAY.fullmatch(row["when"]) else ""


# Words


def _state(sheet: FlowPage, has_patterns: bool) -> str:
    """Where the week stands. Nothing is said of days without an entry."""
    plan = sheet.plan
    if not plan.is_week:
        return ""
    if not sheet.day:
        return f"Your {in_words(plan.days)} days begin with the first entry."
    if not sheet.is_over:
        return f"Day {sheet.day} of {plan.days}."
    span = "week is" if plan.days == 7 else f"{in_words(plan.days)} days are"
    shows = " What they show stands below." if has_patterns else ""
    written = plan.many(len(sheet.said) + len(sheet.rest))
    return f"Your {span} over: {written}.{shows} You can go on for as long as you like."


def _hint(sheet: FlowPage, counted: int) -> str:
    """What is enough and what is good, and when there is something to see."""
    plan, whole = sheet.plan, sum(is_counted(row) for row in (*sheet.own, *sheet.rest))
    said = []
    if not plan.is_week and whole < plan.good:
        is_ = "is" if plan.enough == 1 else "are"
        enough = f"{begun(plan.many(plan.enough))} {is_} enough" if whole < plan.enough else "Enough"
        said.append(f"{enough} to go on; {in_words(plan.good)} is good.")
    if 0 < counted < WORDS_FROM:
        said.append(f"From {in_words(WORDS_FROM)} on, what they share stands here.")
    return " ".join(said)


def page_of(
    plan: Plan, today: str, rows: Sequence[Mapping[str, Any]], blank: Sequence[Row], rest: Sequence[Row] = ()
) -> FlowPage:
    """The rows of an answer, each whole, the empty ones of the page, and those without fields."""
    own = tuple({"key": row["key"], "was": row.get("was") or "", **whole_moment(row)} for row in rows)
    return FlowPage(plan, today, own, tuple(blank), tuple(rest))
