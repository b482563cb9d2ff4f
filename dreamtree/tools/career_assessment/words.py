"""How paths look, in words and side by side."""

from collections.abc import Sequence

from dreamtree.drawing import Chart
from dreamtree.drawing.grouped import BarFact, BarGroups, grouped
from dreamtree.text import isolated
from dreamtree.tools.base import Problem
from dreamtree.tools.career_assessment.gauges import HIGH, PAYS, Assessed, Assessments, Gauge
from dreamtree.tools.wording import in_words, listed, quoted

TITLE = "Your paths, side by side"
PAY, MUSTS = "Would it pay enough?", "Musts it would meet"
PAYING = {
    "yes": "It would pay enough",
    "about": "It would just about pay enough",
    "no": "It wouldn't pay enough",
    "unknown": "You don't know yet if it would pay enough",
}


def open_in(index: int, row: Assessed, gauges: Sequence[Gauge]) -> list[Problem]:
    """The gauges that a path still needs."""
    missing = [one for one in gauges if one.key not in row.scores]
    where = quoted(isolated(row.named))
    return [
        Problem(f"rows-{index}-scores-{one.key}", f"Set “{one.text}” for {where}", f"{one.text} ({row.named})")
        for one in missing[:1]
    ]


def sentence_of(row: Assessed, answer: Assessments, gauges: Sequence[Gauge]) -> str:
    """ "Highest on … and lowest on …. It would pay enough, and it would meet two of your three musts."."""
    return " ".join(filter(None, (_ends(row, gauges), _fits(row, answer))))


def _ends(row: Assessed, gauges: Sequence[Gauge]) -> str:
    scores = row.scores
    high, low = max(scores.values()), min(scores.values())
    if high == low:
        return f"{_on_all(scores).capitalize()}."
    highest, lowest = (_at(scores, end, gauges) for end in (high, low))
    return f"Highest on {highest} ({high}) and lowest on {lowest} ({low})."


def _on_all(scores: dict[str, int]) -> str:
    score = next(iter(scores.values()))
    return f"at {score} on {'both' if len(scores) == 2 else f'all {in_words(len(scores))}'}"


def _at(scores: dict[str, int], score: int, gauges: Sequence[Gauge]) -> str:
    return listed([f"“{one.text}”" for one in gauges if scores.get(one.key) == score])


def _fits(row: Assessed, answer: Assessments) -> str:
    pays, total = PAYING.get(row.pays, ""), len(answer.musts)
    meets = f"it would meet {_share(answer.kept_by(row), total)} of your {_counted(total)}" if total else ""
    if not pays:
        return f"{meets[:1].upper()}{meets[1:]}." if meets and row.kept else ""
    return f"{pays}{f', and {meets}' if meets else ''}."


def _share(count: int, total: int) -> str:
    return "all" if count == total > 1 else "none" if not count else in_words(count)


def _counted(total: int) -> str:
    return "one must" if total == 1 else f"{in_words(total)} musts"


def in_one_line(row: Assessed, gauges: Sequence[Gauge]) -> str:
    """ "What I have to start with 70, how much I'd like it 90"."""
    numbers = ((one, row.scores.get(one.key)) for one in gauges)
    return ", ".join(f"{one.text} {score}" for one, score in numbers if score is not None)


def in_short(row: Assessed, gauges: Sequence[Gauge]) -> str:
    """ "Makes maps, lowest on “What I have” (70)", or "Makes maps, at 70 on both"."""
    low = min(row.scores.values())
    if low == max(row.scores.values()):
        return f"{row.named}, {_on_all(row.scores)}"
    return f"{row.named}, lowest on {_at(row.scores, low, gauges)} ({low})"


def in_full(row: Assessed, answer: Assessments, gauges: Sequence[Gauge]) -> str:
    """A path with each of its gauges and the reason, a line each."""
    gauge_lines = (_gauge_in_full(row, one) for one in gauges if one.key in row.scores or one.key in row.reasons)
    pays = next((f"{PAY} {one.label}" for one in PAYS if one.value == row.pays), "")
    meets = f"{MUSTS}: {answer.kept_by(row)} of {len(answer.musts)}" if answer.musts else ""
    return "\n".join(filter(None, [row.named, *gauge_lines, pays, meets]))


def _gauge_in_full(row: Assessed, gauge: Gauge) -> str:
    number = str(row.scores[gauge.key]) if gauge.key in row.scores else ""
    return f"{gauge.text}: {'. '.join(filter(None, [number, row.reasons.get(gauge.key, '')]))}"


def chart_of(answer: Assessments, rows: Sequence[Assessed], gauges: Sequence[Gauge], anchor: str) -> Chart | None:
    """The paths side by side on each gauge, then whether they'd pay and how many musts they'd keep. No sum."""
    names = _names(rows)
    facts = [
        BarFact(names[row.key], one.text, str(row.scores[one.key]), row.scores[one.key])
        for one in gauges
        for row in rows
        if one.key in row.scores
    ]
    labels = {one.value: one.label for one in PAYS}
    facts += [BarFact(names[row.key], PAY, labels.get(row.pays, "")) for row in rows]
    total = len(answer.musts)
    facts += [BarFact(names[row.key], MUSTS, f"{answer.kept_by(row)} of {total}") for row in rows if total]
    frame = BarGroups(
        TITLE, "Path", tuple(names.values()), (*(one.text for one in gauges), PAY, MUSTS), HIGH, f"{anchor}-compared"
    )
    return grouped(facts, frame)


def _names(rows: Sequence[Assessed]) -> dict[str, str]:
    """What each path is called in the picture; two of one name are told apart."""
    twins = [row.named for row in rows]
    return {row.key: f"{n + 1}. {row.named}" if twins.count(row.named) > 1 else row.named for n, row in enumerate(rows)}
