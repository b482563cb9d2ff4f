"""Levels, told in words."""

from collections.abc import Sequence

from dreamtree.content import book
from dreamtree.dates import day_words
from dreamtree.profile.competencies import FEWEST, TENTHS, level_words, standing_apart
from dreamtree.tools.base import RestLine
from dreamtree.tools.competency_assessment.levels import CANNOT_TELL, UNKNOWN, Assessment, ChosenLevel, levels_in
from dreamtree.tools.rows.dated import DaySet
from dreamtree.tools.wording import capitalized, first_few, in_words, listed

FEW_JOBS = 3
GROUPS = {"delivery": "handling the work", "interpersonal": "working with people", "strategic": "looking ahead"}
"""What the three groups of the reference are called."""


def sentences_of(answer: Assessment) -> tuple[str, ...]:
    """What stands out and what is below, the averages, and what moved, a sentence each."""
    return tuple(filter(None, (*standing_out(answer.rows), averages(answer.rows), moved_sentence(answer))))


def strengths(rows: Sequence[ChosenLevel]) -> tuple[str, ...]:
    """The names of what stands out, the highest first."""
    return _named(rows, standing_apart(levels_in(rows)).above)


def standing_out(rows: Sequence[ChosenLevel]) -> tuple[str, ...]:
    """ "These stand out: …", "These are below your own average: …"; nothing of too few levels."""
    levels = levels_in(rows)
    if len(levels) < FEWEST:
        return ()
    apart = standing_apart(levels)
    if not apart.above and not apart.below:
        return ("They’re all about the same, so none stand out.",)
    high, low = _named(rows, apart.above), _named(rows, apart.below)
    return tuple(filter(None, (_one_or_more(high, "out"), _one_or_more(low, "below"))))


def _one_or_more(names: Sequence[str], where: str) -> str:
    one, many = _ABOUT[where]
    return f"{one if len(names) == 1 else many}: {listed([name.lower() for name in names])}." if names else ""


_ABOUT = {
    "out": ("This stands out", "These stand out"),
    "below": ("This is below your own average", "These are below your own average"),
}


def _named(rows: Sequence[ChosenLevel], keys: Sequence[str]) -> tuple[str, ...]:
    names = {row.key: row.text for row in rows}
    return tuple(names[key] for key in keys)


def averages(rows: Sequence[ChosenLevel]) -> str:
    """ "Your average is 2.5: 2.6 in getting work done, 2.3 in working with people, and 2.4 in looking ahead."."""
    levels = levels_in(rows)
    if len(levels) < FEWEST:
        return ""
    of = {one.slug: one.category for one in book().competencies}
    groups = {name: [level for key, level in levels.items() if of.get(key) == kind] for kind, name in GROUPS.items()}
    each = [f"{_mean(group)} in {name}" for name, group in groups.items() if group]
    return f"Your average is {_mean(list(levels.values()))}: {listed(each)}."


def _mean(tenths: Sequence[int]) -> str:
    """A mean with one digit, halves up."""
    count = len(tenths)
    whole = (2 * sum(tenths) + count) // (2 * count)
    return f"{whole // TENTHS}.{whole % TENTHS}"


def moved_sentence(answer: Assessment) -> str:
    """ "Since November 25, 2026: teamwork went from 3 to between 3 and 4."; nothing without a set before."""
    if not answer.earlier:
        return ""
    last, now = answer.earlier[-1], levels_in(answer.rows)
    then = levels_in(last.rows)
    both = [row for row in answer.rows if row.key in then and row.key in now]
    changes = [
        f"{row.text.lower()} went from {level_words(then[row.key])} to {level_words(now[row.key])}"
        for row in both
        if then[row.key] != now[row.key]
    ]
    if not both:
        return ""
    day = day_words(last.on)
    return f"Since {day}: {listed(changes)}." if changes else f"Nothing has moved since {day}."


def in_short(rows: Sequence[ChosenLevel]) -> str:
    """ "What stands out: working things out, changing course, and two more", else how many levels are said."""
    names = strengths(rows)
    return f"What stands out: {first_few([name.lower() for name in names])}" if names else _counted(rows)


def _counted(rows: Sequence[ChosenLevel]) -> str:
    """ "Four of 15"."""
    count = len([row for row in rows if row.is_filled])
    return f"{capitalized(in_words(count))} of {in_words(len(rows))}" if count else "No level yet"


def of_level(row: ChosenLevel) -> str:
    """ "Between 3 and 4", "I can’t tell"."""
    if row.tenths is None:
        return CANNOT_TELL if row.level == UNKNOWN else ""
    return capitalized(level_words(row.tenths))


def in_one_line(row: ChosenLevel) -> str:
    """ "Working things out: between 3 and 4"."""
    return f"{row.text}: {of_level(row)}"


def _jobs(row: ChosenLevel) -> str:
    one = next((one for one in book().competencies if one.slug == row.key), None)
    if one is None or row.tenths is None:
        return ""
    return next((level.job_context for level in one.levels if level.level == row.tenths // TENTHS), "")


def rest_line(row: ChosenLevel) -> RestLine:
    """One thing with its level and a few of the jobs it points to: "3, like nurses, electricians, and accountants."."""
    jobs = _jobs(row).split(", ")[:FEW_JOBS]
    like = f", like {listed([jobs[0][:1].lower() + jobs[0][1:], *jobs[1:]])}" if jobs[0] else ""
    return RestLine(row.text, f"{of_level(row)}{like}.", row.key)


def in_full(one: DaySet[ChosenLevel]) -> str:
    """A set with its day, one thing a line."""
    lines = (in_one_line(row) for row in one.rows if row.is_filled)
    return "\n".join(filter(None, (day_words(one.on) if one.on else "", *lines)))
