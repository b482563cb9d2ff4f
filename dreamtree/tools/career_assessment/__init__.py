"""How ready one is for each of several paths: gauges with reasons, whether it would pay, which musts it would keep.

An answer is `{"rows": [{"key", "text", "scores": {gauge: 0–100}, "reasons": {gauge: text}, "pays":
yes|about|no|unknown or "", "kept": [keys of musts]}]}`. Paths come from a connection; where none does, they are named
by hand, and have `own`. Nothing is added up, and no path is put before another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from dreamtree.content.book import Block
from dreamtree.drawing import Chart
from dreamtree.tools.base import LINE_LIMIT, Inputs, Problem, Rest, RestLine, Tool
from dreamtree.tools.career_assessment import words
from dreamtree.tools.career_assessment.gauges import (
    HIGH,
    LOW,
    MIDDLE,
    PAYS,
    STEP,
    Assessed,
    Assessments,
    Gauge,
    gauges_of,
)
from dreamtree.tools.fields import near_limit
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.paths import PathsTool, open_path
from dreamtree.tools.rows.shape import Rows
from dreamtree.values import Answer, Item


@dataclass(frozen=True)
class GaugeView:
    """A gauge of a path on the page; `hint` says what the middle of its scale is."""

    key: str
    text: str
    low: str
    high: str
    hint: str
    score: int | str | None
    reason: str
    limit_words: str


@dataclass(frozen=True)
class AssessedView:
    """A path on the page; `is_own`: its name is typed here. `count` says how far one is."""

    index: int
    row: Assessed
    is_open: bool
    count: str
    gauges: tuple[GaugeView, ...]


@dataclass(frozen=True)
class AssessmentView:
    """The paths, the musts that one may check, those that are private apart, and how the paths compare."""

    paths: tuple[AssessedView, ...]
    low: int
    high: int
    step: int
    pays: tuple[tuple[str, str], ...]
    musts: tuple[tuple[str, str], ...]
    private_musts: tuple[tuple[str, str], ...]
    sentences: tuple[tuple[str, str], ...]
    chart: Chart | None


class CareerAssessment(PathsTool[Assessed, Assessments]):
    """Paths by gauges, [{key, text, low, middle, high}]; one path with all gauges lets one go on."""

    kind = "career-assessment"
    has_results = True
    minutes = 10
    chosen = Tool.chosen | {"pays", "kept"}
    rows = Rows(Assessed, unmarked="live")
    answer = Assessments
    buttons = frozenset()
    options: ClassVar[Mapping[str, Any]] = {"gauges": ()}
    accepts: ClassVar[Mapping[str, frozenset[str]]] = {
        **PathsTool.accepts,
        "rows": frozenset({"non_negotiables"}),
    }
    follows = PathsTool.follows | {"rows"}

    # Saving

    def settled(self, block: Block, answer: Assessments, inputs: Inputs) -> Assessments:
        return replace(super().settled(block, answer, inputs), musts={})

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        gauges, asked = gauges_of(block), self.asked(answer)
        begun = [one for one in asked if one[1].is_described] or asked[:1]
        return [found for n, row in begun for found in words.open_in(n, row, gauges)]

    # What reaches it

    def followed(self, block: Block, answer: Assessments, inputs: Inputs) -> Assessments:
        """With the musts as they are now."""
        return replace(super().followed(block, answer, inputs), musts=merging.item_words(inputs.rows))

    def used(self, answer: Answer) -> frozenset[str]:
        return super().used(answer).union(*(row.kept for row in self.load(answer).rows))

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        """A must that is new stands among the others by itself."""
        return answer if "level" in item.fields else super().apply_upstream(block, answer, item)

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        whole = self.load(super().drop_upstream(block, answer, key))
        rows = (replace(row, kept=tuple(one for one in row.kept if one != key)) for row in whole.rows)
        return self.store(replace(whole, rows=tuple(rows)))

    # What it gives on

    def _whole(self, block: Block, answer: Assessments) -> list[Assessed]:
        gauges = gauges_of(block)
        return [row for row in answer.rows if gauges and row.is_whole(gauges)]

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """Each path with its numbers, and where it is lowest and why."""
        whole, gauges = self.load(answer), gauges_of(block)
        return tuple(Item(row.key, row.named, _lesson(row, gauges)) for row in self._whole(block, whole))

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(Item(row.key, row.named) for row in self.load(answer).rows if row.is_described)

    def _sentences(self, block: Block, answer: Assessments) -> dict[str, str]:
        return {row.key: words.sentence_of(row, answer, gauges_of(block)) for row in self._whole(block, answer)}

    def _chart(self, block: Block, answer: Assessments, anchor: str) -> Chart | None:
        return words.chart_of(answer, self._whole(block, answer), gauges_of(block), anchor)

    def rest(self, block: Block, answer: Answer) -> Rest:
        whole, gauges = self.load(answer), gauges_of(block)
        sentences = self._sentences(block, whole)
        described = [
            (row, sentences.get(row.key) or words.in_one_line(row, gauges)) for row in whole.rows if row.is_described
        ]
        chart = self._chart(block, whole, block.rest_anchor)
        lines = tuple(RestLine(row.named, sentence, row.key) for row, sentence in described)
        return Rest(lines, charts=(chart,) if chart else ())

    def summary(self, block: Block, answer: Answer) -> str:
        rows = self._whole(block, self.load(answer))
        return "; ".join(words.in_short(row, gauges_of(block)) for row in rows) or "No numbers yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        whole = self.load(answer)
        return "\n\n".join(words.in_full(row, whole, gauges_of(block)) for row in whole.rows if row.is_described)

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> AssessmentView:
        whole, gauges = self.followed(block, self.load(answer), inputs), gauges_of(block)
        rows, sentences = self.shown(whole.rows), self._sentences(block, whole)
        is_open = open_path(rows, [row.key for row in rows if not row.is_whole(gauges)], view_state)
        private = {item.key for item in inputs.rows if item.is_private}
        musts = [(key, text, key in private) for key, text in whole.musts.items()]
        return AssessmentView(
            paths=tuple(_path_view(n, row, gauges, is_open=row.key == is_open) for n, row in enumerate(rows)),
            low=LOW,
            high=HIGH,
            step=STEP,
            pays=tuple((one.value, one.label) for one in PAYS),
            musts=tuple((key, text) for key, text, is_private in musts if not is_private),
            private_musts=tuple((key, text) for key, text, is_private in musts if is_private),
            sentences=tuple((row.named, sentences[row.key]) for row in whole.rows if row.key in sentences),
            chart=self._chart(block, whole, block.anchor),
        )


def _lesson(row: Assessed, gauges: Sequence[Gauge]) -> dict[str, str]:
    scores = {key: str(score) for key, score in row.scores.items()}
    lowest = min(row.scores.values())
    least = next(one for one in gauges if row.scores[one.key] == lowest)
    fields = {"lowest": f"{least.text}: {lowest}", "reason": row.reasons.get(least.key, "")}
    return {**scores, **fields, "pays": row.pays, "kept": str(len(row.kept))}


def _path_view(index: int, row: Assessed, gauges: Sequence[Gauge], *, is_open: bool) -> AssessedView:
    return AssessedView(
        index=index,
        row=row,
        is_open=is_open,
        count=f"{len(row.scores)} of {len(gauges)}",
        gauges=tuple(_gauge_view(row, one) for one in gauges),
    )


def _gauge_view(row: Assessed, gauge: Gauge) -> GaugeView:
    reason = row.reasons.get(gauge.key, "")
    return GaugeView(
        key=gauge.key,
        text=gauge.text,
        low=gauge.low,
        high=gauge.high,
        hint=f"{MIDDLE} is “{gauge.middle}.”",
        score=row.typed.get(gauge.key),
        reason=reason,
        limit_words=near_limit(reason, LINE_LIMIT),
    )


tool = CareerAssessment()
