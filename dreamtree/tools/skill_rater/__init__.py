"""Rating: how well one can do each thing, and how often one does it.

An answer is `{"rows": [{"key", "text", "mastery": 1–5 or None, "frequency": 1–5 or None}]}`; rows added by hand have
`own`. Rows from elsewhere post their key and what was tapped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import FieldList, Form, FormField

from dreamtree.content.book import Block
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Tool
from dreamtree.tools.fields import KEY, as_line
from dreamtree.tools.rows import buttons
from dreamtree.tools.rows.buttons import UnknownButton
from dreamtree.tools.rows.lines import LineRow, Row, has_twins, is_unsaid, posted_row, rows_in
from dreamtree.tools.rows.scales import FREQUENCY, MASTERY, Step
from dreamtree.tools.wording import begun, in_words, listed
from dreamtree.values import Answer, Item

SCALES = ("mastery", "frequency")
ROW_LIMIT = 200
OWN_LIMIT = 5
FLAT_FROM = 6


class RatedRow(LineRow):
    mastery = Step()
    frequency = Step()


class RaterForm(Form):
    rows = FieldList(FormField(RatedRow))


@dataclass(frozen=True)
class Rated:
    """A row on the page. `places` says in how many places it turned up; `is_gone`: rated, but no longer upstream."""

    index: int
    key: str
    text: str
    places: str
    mastery: int | None
    frequency: int | None
    is_own: bool
    is_gone: bool

    @property
    def is_rated(self) -> bool:
        return self.mastery is not None or self.frequency is not None


@dataclass(frozen=True)
class RaterView:
    """`others` come after the first rows; `waiting` is how many of them are not on the page until asked for."""

    rows: tuple[Rated, ...]
    others: tuple[Rated, ...]
    waiting: int
    gone: tuple[Rated, ...]
    own: tuple[Rated, ...]
    mastery: tuple[str, ...]
    frequency: tuple[str, ...]
    count: str
    flat: str
    removed: str
    can_add: bool


class SkillRater(Tool):
    kind = "skill-rater"
    form = RaterForm
    options: ClassVar[Mapping[str, Any]] = {"first": 15, "enough": 5, "category": "", "rows_of": ()}
    accepts = {"rows": frozenset({"user_skills"})}
    readonly_actions = frozenset({"others"})

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        answer, problems = super().read(block, posted)
        rows = answer["rows"]
        if (over := len(rows) - ROW_LIMIT) > 0:
            problems.append(Problem("", f"{ROW_LIMIT} skills can be rated here. Take {in_words(over)} out."))
        if has_twins(rows):
            problems.append(Problem("", "One skill is on this page twice. Load the page again."))
        return answer, problems

    def from_form(self, block: Block, form: Form) -> Answer:
        return {"rows": _without_blank([{**posted_row(row), **_steps(row)} for row in form.data["rows"]])}

    def form_part(self, answer: Answer) -> Answer:
        return {"rows": _without_blank([{**posted_row(row), **_steps(row)} for row in rows_in(answer, "rows")])}

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        known = {row["key"]: as_line(row.get("text")) for row in rows_in(stored or {}, "rows")}
        rows = [row if row.get("own") else {**row, "text": known.get(row["key"], "")} for row in bare["rows"]]
        return self.with_live_rows(block, {**(stored or {}), "rows": rows}, inputs)

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        said = {row["key"]: row for row in rows_in(answer, "rows")}
        live = {item.key: item for item in _by_places(inputs.rows) if KEY.fullmatch(item.key)}
        held = [_whole(row) for key, row in said.items() if key not in live and _is_kept(row)]
        fresh = [
            _whole({**said.get(key, {}), "key": key, "text": item.text, "own": False}) for key, item in live.items()
        ]
        room = max(0, ROW_LIMIT - len(held))
        return {**answer, "rows": [*_fitting(fresh, room), *held]}

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(row["key"] for row in rows_in(answer, "rows") if _is_rated(row))

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        rows, words = rows_in(answer, "rows"), _from(item)
        if all(row["key"] != item.key for row in rows):
            return {**answer, "rows": [*rows, _whole(words)]}
        return {**answer, "rows": [{**row, **words} if row["key"] == item.key else row for row in rows]}

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        rows = [row for row in rows_in(answer, "rows") if as_line(row.get("text"))]
        if not rows:
            return [Problem("", "Write down one skill, and say how well and how often.")]
        done = sum(_is_done(row) for row in rows)
        left = min(int(self.option(block, "enough")), len(rows)) - done
        if left <= 0:
            return []
        far = f"{begun(in_words(done))} so far" if done else "None so far"
        return [Problem("", f"{far}. Rate {in_words(left)} more, each how well and how often.")]

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        if button.verb == "clear":
            rows = rows_in(answer, "rows")
            return {**answer, "rows": [_cleared(row) if row["key"] == button.argument else row for row in rows]}
        if button.verb == "add":
            return self._with_hand_row(answer)
        if button.verb not in ("remove", "undo"):
            raise UnknownButton(button.verb)
        return buttons.act(answer, "rows", button.verb, button.argument, self.blank_row)

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The ratings of skills that the tree knows; a row of one's own is only on this page."""
        rows = [row for row in rows_in(answer, "rows") if not row.get("own")]
        return tuple(Item(row["key"], as_line(row.get("text")), _steps(row)) for row in rows)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(
            Item(row["key"], as_line(row.get("text")), _steps(row)) for row in rows_in(answer, "rows") if _is_rated(row)
        )

    def summary(self, block: Block, answer: Answer) -> str:
        rated = [row for row in rows_in(answer, "rows") if _is_rated(row)]
        best = sorted(rated, key=lambda row: -(_steps(row)["mastery"] or 0))[:3]
        if not rated:
            return "Nothing rated yet"
        return f"{begun(in_words(len(rated)))} rated: {listed([as_line(row.get('text')) for row in best])}"

    def long_form(self, block: Block, answer: Answer) -> str:
        return "\n".join(_told(row) for row in rows_in(answer, "rows") if _is_kept(row))

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> RaterView:
        whole = self.with_live_rows(block, answer, inputs)
        rows = rows_in(whole, "rows") or rows_in(self._with_hand_row(whole), "rows")
        items = {item.key: item for item in inputs.rows}
        shown = [_shown(index, row, items.get(row["key"])) for index, row in enumerate(rows)]
        live = [row for row in shown if not row.is_own and not row.is_gone]
        first = int(self.option(block, "first"))
        is_asked = asked.get("verb") == "others"
        others = [row for row in live[first:] if row.is_rated or is_asked]
        own = tuple(row for row in shown if row.is_own)
        return RaterView(
            rows=tuple(live[:first]),
            others=tuple(others),
            waiting=max(0, len(live) - first) - len(others),
            gone=tuple(row for row in shown if row.is_gone),
            own=own,
            mastery=MASTERY,
            frequency=FREQUENCY,
            count=_still_open(self.incomplete(block, whole)),
            flat=_flat(rows),
            removed=_removed(answer),
            can_add=bool(own) and len(own) < OWN_LIMIT,
        )

    def _with_hand_row(self, answer: Answer) -> Answer:
        rows = rows_in(answer, "rows")
        used = {row["key"] for row in rows}
        free = [key for key in (f"hand-{n}" for n in range(1, OWN_LIMIT + 1)) if key not in used]
        fresh = [_whole({"key": key, "own": True}) for key in free[:1]]
        return {**answer, "rows": [*rows, *fresh]}


def _fitting(rows: list[Row], room: int) -> list[Row]:
    """At most `room` rows in their order; a rated one never makes place for one that is not."""
    if len(rows) <= room:
        return rows
    spare = room - sum(map(_is_rated, rows))
    waiting = [row["key"] for row in rows if not _is_rated(row)][: max(0, spare)]
    return [row for row in rows if _is_rated(row) or row["key"] in waiting]


def _step(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 5 else None


def _steps(row: Mapping[str, Any]) -> dict[str, int | None]:
    return {scale: _step(row.get(scale)) for scale in SCALES}


def _whole(row: Mapping[str, Any]) -> Row:
    own = {"own": True} if row.get("own") else {}
    return {"key": row["key"], "text": as_line(row.get("text")), **_steps(row), **own}


def _from(item: Item) -> Row:
    return {"key": item.key, "text": as_line(item.text), "own": False}


def _cleared(row: Row) -> Row:
    return {**row, **dict.fromkeys(SCALES)}


def _is_rated(row: Mapping[str, Any]) -> bool:
    return any(_steps(row).values())


def _is_done(row: Mapping[str, Any]) -> bool:
    return all(_steps(row).values())


def _is_kept(row: Mapping[str, Any]) -> bool:
    """Whether a row stays when nothing upstream has it: rated, or one's own."""
    return _is_rated(row) or bool(row.get("own"))


def _without_blank(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if _is_rated(row) or (row.get("own") and not is_unsaid(row))]


def _by_places(items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda item: -_places(item))


def _places(item: Item | None) -> int:
    places = item.fields.get("places") if item else None
    return places if isinstance(places, int) else 0


def _shown(index: int, row: Row, item: Item | None) -> Rated:
    places, is_own = _places(item), bool(row.get("own"))
    words = f"in {in_words(places)} places" if places > 1 else ""
    text = as_line(row.get("text")) or ("" if is_own else "A skill you took out since")
    steps, is_gone = _steps(row), item is None and not is_own
    return Rated(index, row["key"], text, words, steps["mastery"], steps["frequency"], is_own, is_gone)


def _flat(rows: Sequence[Row]) -> str:
    """One kind line when many were rated and all alike."""
    steps = [step for step in (_steps(row)["mastery"] for row in rows) if step]
    if len(steps) < FLAT_FROM or len(set(steps)) > 1:
        return ""
    count = in_words(len(steps))
    alike = MASTERY[steps[0] - 1]
    return f"All {count} stand at “{alike}”. Which two would you trust on a bad day? They could move one up."


def _still_open(problems: Sequence[Problem]) -> str:
    return problems[0].message if problems else ""


def _removed(answer: Answer) -> str:
    removed = answer.get("removed")
    row = removed.get("row") if isinstance(removed, dict) else None
    return (as_line(row.get("text")) or "A line") if isinstance(row, dict) else ""


def _told(row: Row) -> str:
    steps = _steps(row)
    scales = ((steps["mastery"], MASTERY), (steps["frequency"], FREQUENCY))
    said = [words[step - 1] for step, words in scales if step]
    return f"{as_line(row.get('text')) or 'A skill without a name'}: {', '.join(said) or 'not rated'}"


tool = SkillRater()
