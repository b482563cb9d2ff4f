"""Words that came from one word: a branch for each step, a leaf for each word, filled where the word is liked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from dreamtree.drawing.chart import Chart, ChartTable
from dreamtree.drawing.marks import group
from dreamtree.drawing.svg import BARK, LEAF, WIDTH, picture, text_lines, wrapped
from dreamtree.text import isolated

LINE, NEXT = 26, 17
"""From a word to the next, and from a line of one to its next line."""
ASIDE = 12
STEP = 26
LEFT, TOP = 4, 16
MOST_STEPS = 4
SIZE = 14
YES, NO = "yes", "–"
NARROWER = 0.85
"""So much of the room is counted on for bold words, which are wider."""


@dataclass(frozen=True)
class Sprout:
    """A word, the word it came from, how many steps out it is, and whether it is liked."""

    text: str
    comes_from: str
    steps: int
    is_liked: bool


def ideas(words: Sequence[Sprout], first: str, anchor: str, notes: tuple[str, ...] = ()) -> Chart | None:
    """The words in the order of their branches, below the `first` one; None where there are none."""
    if not words:
        return None
    title = f"“{isolated(first)}” and what came from it"
    liked = ", ".join(one.text for one in words if one.is_liked)
    description = f"{len(words)} words. Liked: {liked or 'none yet'}."
    begun = wrapped(first, (WIDTH - LEFT) * NARROWER, SIZE)
    all_lines = [wrapped(one.text, WIDTH - _across(one.steps) - ASIDE, SIZE) for one in words]
    places = _places(words, [begun, *all_lines])
    shapes = [
        *(_branch(places, n, TOP + NEXT * (len(begun) - 1)) for n in range(len(places))),
        text_lines(LEFT, TOP, begun, NEXT, SIZE, ' font-weight="600"'),
        *(_leaf(one, lines, *place) for one, lines, place in zip(words, all_lines, places, strict=True)),
    ]
    bottom = places[-1][1] + NEXT * (len(all_lines[-1]) - 1) + LINE / 2
    svg = picture(anchor, "ideas", (0, 0, WIDTH, bottom), title, description, shapes)
    rows = tuple((one.text, one.comes_from, YES if one.is_liked else NO) for one in words)
    head = ("Word", "Came from", "You like it")
    return Chart(svg, ChartTable(title, head, rows, prose=head[1:2]), notes)


def _places(words: Sequence[Sprout], all_lines: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Where each word stands, below all lines of those before it."""
    above = accumulate(LINE + NEXT * (len(lines) - 1) for lines in all_lines[:-1])
    return [(_across(one.steps), TOP + down) for one, down in zip(words, above, strict=True)]


def _across(steps: int) -> int:
    return LEFT + STEP * min(max(steps, 1), MOST_STEPS)


def _branch(places: Sequence[tuple[int, int]], n: int, first: int) -> str:
    """From the word that it comes from, which is the last one before it that stands further left.

    `first` is how far down the first word of all ends.
    """
    x, y = places[n]
    before = next((place for place in reversed(places[:n]) if place[0] < x), (x - STEP, first))
    down = before[1] + SIZE / 2
    return (
        f'<path d="M{before[0]:g} {down:g}V{y - 12:g}q0 8 8 8H{x:g}" fill="none" stroke="{BARK}" stroke-width="1.5"/>'
    )


def _leaf(one: Sprout, lines: Sequence[str], x: int, y: int) -> str:
    paint = f'fill="{LEAF}"' if one.is_liked else 'fill="var(--page,#fff)"'
    circle = f'<circle cx="{x:g}" cy="{y - 4:g}" r="5" {paint} stroke="{LEAF}" stroke-width="1.5"/>'
    return group(one.text, circle, text_lines(x + ASIDE, y, lines, NEXT, SIZE))
