"""Patterns in words: sentences that claim no more than the counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from dreamtree.drawing import Chart
from dreamtree.text import isolated
from dreamtree.tools.flow_tracker.charts import CHARTS
from dreamtree.tools.flow_tracker.moments import energy_word, focus_word, when_words
from dreamtree.tools.flow_tracker.patterns import Entry, Extreme, Patterns, Shared, patterns
from dreamtree.tools.wording import capitalized, in_words, listed

WORDS_FROM = 5
CHARTS_FROM = 12
DEEP_FROM = 3
IN_PART = {
    "morning": "in the morning",
    "midday": "at midday",
    "afternoon": "in the afternoon",
    "evening": "in the evening",
    "night": "at night",
}


@dataclass(frozen=True)
class ExtremeView:
    """One of the strongest or hardest moments."""

    activity: str
    detail: str


@dataclass(frozen=True)
class PatternsView:
    """`sentences` come early; the others come from twelve moments on, and `later` says so before. `too_few` are charts
    that still lack something, each with what.
    """

    sentences: tuple[str, ...]
    best: tuple[ExtremeView, ...] = ()
    best_more: str = ""
    worst: tuple[ExtremeView, ...] = ()
    worst_more: str = ""
    charts: tuple[Chart, ...] = ()
    too_few: tuple[str, ...] = ()
    later: str = ""


def patterns_view(entries: Sequence[Entry], anchor: str) -> PatternsView | None:
    """What these moments show; None while there are too few. `anchor` begins the ids of the charts."""
    if len(entries) < WORDS_FROM:
        return None
    found = patterns(entries)
    sentences = tuple(filter(None, [counted(found), shared_words(found.shared), deep_words(found)]))
    if found.count < CHARTS_FROM:
        return PatternsView(sentences, later=f"Once you have {in_words(CHARTS_FROM)}, you'll see charts.")
    drawn = [make(found, anchor) for make in CHARTS]
    return PatternsView(
        sentences=sentences,
        best=_lines(found.best),
        best_more=_more(found.best),
        worst=_lines(found.worst),
        worst_more=_more(found.worst),
        charts=tuple(one for one in drawn if isinstance(one, Chart)),
        too_few=tuple(one for one in drawn if isinstance(one, str)),
    )


# Sentences


def counted(found: Patterns) -> str:
    """How many moments gave energy, took it, or did neither."""
    parts = ((found.lifted, "gave you energy"), (found.level, "did neither"), (found.drained, "drained you"))
    counts = [(count, what) for count, what in parts if count]
    if len(counts) == 1:
        return f"All {in_words(found.count)} moments {counts[0][1]}."
    return f"Of {in_words(found.count)} moments, {listed([f'{in_words(count)} {what}' for count, what in counts])}."


def shared_words(shared: Shared | None) -> str:
    """The one sentence: what the strongest moments share, with its counts; "" when they share nothing telling."""
    if shared is None:
        return ""
    of, moments = in_words(shared.of), "most energizing moments"
    is_all = shared.count == shared.of
    share = f"all {of} of your {moments}" if is_all else f"{in_words(shared.count)} of your {of} {moments}"
    if shared.kind == "word":
        return f"“{isolated(capitalized(shared.value))}” shows up in {share}."
    where = IN_PART[shared.value] if shared.kind == "part" else f"on a {shared.value}"
    return f"{capitalized(share)} were {where}."


def deep_words(found: Patterns) -> str:
    """How many of the moments of deep absorption gave energy."""
    if found.deep < DEEP_FROM:
        return ""
    these = "all" if found.deep_lifted == found.deep else in_words(found.deep_lifted)
    return f"In {in_words(found.deep)} you were very or fully absorbed; {these} of these gave you energy."


def _lines(extreme: Extreme) -> tuple[ExtremeView, ...]:
    return tuple(ExtremeView(one.activity, _detail(one)) for one in extreme.entries)


def _detail(one: Entry) -> str:
    absorbed = f"{focus_word(one.focus)} absorbed" if one.focus else ""
    return " · ".join(part for part in (energy_word(one.energy), absorbed, when_words(one.when), one.part) if part)


def _more(extreme: Extreme) -> str:
    if not extreme.level:
        return ""
    return (
        f"{capitalized(in_words(extreme.level))} more {'is' if extreme.level == 1 else 'are'} tied with the last one."
    )
