"""Where one stands, told in words, and drawn."""

from collections.abc import Sequence

from dreamtree.dates import day_words, short_day
from dreamtree.drawing import Chart
from dreamtree.drawing.multiples import Measured, Multiples, multiples
from dreamtree.text import ended, isolated
from dreamtree.tools.base import RestLine
from dreamtree.tools.life_dashboard.sets import HIGH, LOW, Area, Dashboard, scores_of
from dreamtree.tools.rows.dated import DaySet
from dreamtree.tools.wording import capitalized, in_words, listed

MOST_DRAWN = 6
"""How many sets a picture shows: the first, and the last ones."""
TITLE = "Where you stood, over time"


def highest_and_lowest(rows: Sequence[Area]) -> str:
    """ "Love is highest, at 8. Work is lowest, at 3."; nothing of a single number."""
    scored = [(row, row.score) for row in rows if row.score is not None]
    if len(scored) < 2:
        return ""
    high, low = (end(score for _, score in scored) for end in (max, min))
    if high == low:
        return f"{'Both' if len(scored) == 2 else f'All {in_words(len(scored))}'} are at {high}."
    ends = (("highest", high), ("lowest", low))
    return " ".join(_at(word, end, [row for row, score in scored if score == end]) for word, end in ends)


def _at(word: str, score: int, rows: Sequence[Area]) -> str:
    return f"{_names(rows)} {'is' if len(rows) == 1 else 'are'} {word}, at {score}."


def _names(rows: Sequence[Area]) -> str:
    return capitalized(listed([row.text.lower() for row in rows]))


def moved_sentence(answer: Dashboard) -> str:
    """ "Since September 8, 2026, work went from 2 to 3. Love is the same."; nothing without an earlier number."""
    if not answer.before:
        return ""
    earlier = answer.before[-1]
    then_at = scores_of(earlier)
    both = [(row, then_at[row.key], row.score) for row in answer.rows if row.key in then_at]
    pairs = [(row, then, now) for row, then, now in both if now is not None]
    if not pairs:
        return ""
    day, changes = day_words(earlier.on), [one for one in pairs if one[1] != one[2]]
    if not changes:
        return f"Nothing has moved since {day}."
    changed_words = listed(
        [
            f"{row.text.lower()} {'went ' if n == 0 else ''}from {then} to {now}"
            for n, (row, then, now) in enumerate(changes)
        ]
    )
    same = [row for row, then, now in pairs if then == now]
    stayed = f" {_names(same)} {'is' if len(same) == 1 else 'are'} the same." if same else ""
    return f"Since {day}, {changed_words}.{stayed}"


def chart_of(answer: Dashboard, anchor: str) -> Chart | None:
    """All sets, the oldest first, as one little chart an area; None of a single set."""
    sets = [one for one in (*answer.first, *answer.sets) if scores_of(one)]
    if len(sets) < 2:
        return None
    shown = sets if len(sets) <= MOST_DRAWN else [sets[0], *sets[1 - MOST_DRAWN :]]
    names = {row.key: row.text for row in answer.rows}
    readings = [_reading(one, names) for one in shown]
    note = f"The first set, and the last {in_words(MOST_DRAWN - 1)} of {in_words(len(sets))}."
    notes = (note,) if len(shown) < len(sets) else ()
    return multiples(readings, Multiples(TITLE, "Day", tuple(names.values()), LOW, HIGH, notes, f"{anchor}-over-time"))


def _reading(one: DaySet[Area], names: dict[str, str]) -> Measured:
    scores = scores_of(one)
    return Measured(short_day(one.on), {name: scores[key] for key, name in names.items() if key in scores})


def in_one_line(rows: Sequence[Area]) -> str:
    """ "Work 3, play 6"."""
    return capitalized(", ".join(f"{row.text.lower()} {row.score}" for row in rows if row.score is not None))


def rest_line(row: Area) -> RestLine:
    """An area with its number, why, and what would bring it up."""
    return RestLine(row.text, " ".join(filter(None, [_number(row), *_reasons(row)])), row.key)


def _number(row: Area) -> str:
    return "" if row.score is None else f"{row.score}."


def _reasons(row: Area) -> list[str]:
    step_up = f"To bring it up: {isolated(ended(row.step_up))}" if row.step_up else ""
    return [isolated(ended(row.reason)), step_up]


def in_full(one: DaySet[Area]) -> str:
    """A set with its day, an area a line."""
    filled = [row for row in one.rows if row.is_filled]
    lines = (f"{row.text}: {' '.join(filter(None, [_number(row), *_reasons(row)]))}" for row in filled)
    return "\n".join(filter(None, [day_words(one.on), *lines]))
