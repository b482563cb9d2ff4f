"""Words that came from one word: a branch for each step, a leaf for each word, filled where the word is liked."""

from collections.abc import Sequence
from dataclasses import dataclass

from dreamtree.drawing.chart import Chart, ChartTable
from dreamtree.drawing.marks import group
from dreamtree.drawing.svg import BARK, LEAF, OWN_WAY, TEXT, WIDTH, fitting, picture, text
from dreamtree.text import isolated

LINE = 26
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
    places = [_place(n, one.steps) for n, one in enumerate(words, 1)]
    shapes = [
        *(_branch(places, n) for n in range(len(places))),
        _word(first, LEFT, TOP, weight=' font-weight="600"'),
        *(_leaf(one, *place) for one, place in zip(words, places, strict=True)),
    ]
    svg = picture(anchor, "ideas", (0, 0, WIDTH, TOP + LINE * len(words) + LINE / 2), title, description, shapes)
    rows = tuple((one.text, one.comes_from, YES if one.is_liked else NO) for one in words)
    head = ("Word", "Came from", "You like it")
    return Chart(svg, ChartTable(title, head, rows, prose=head[1:2], shown_as="Show it as a table"), notes)


def _place(line: int, steps: int) -> tuple[int, int]:
    return LEFT + STEP * min(max(steps, 1), MOST_STEPS), TOP + LINE * line


def _branch(places: Sequence[tuple[int, int]], n: int) -> str:
    """From the word that it comes from, which is the last one before it that stands further left."""
    x, y = places[n]
    before = next((place for place in reversed(places[:n]) if place[0] < x), (x - STEP, TOP))
    down = before[1] + SIZE / 2
    return (
        f'<path d="M{before[0]:g} {down:g}V{y - 12:g}q0 8 8 8H{x:g}" fill="none" stroke="{BARK}" stroke-width="1.5"/>'
    )


def _word(words: str, x: int, y: int, weight: str = "") -> str:
    room = (WIDTH - x) * (NARROWER if weight else 1)
    return text(x, y, fitting(words, room, SIZE), SIZE, "start", TEXT, OWN_WAY + weight)


def _leaf(one: Sprout, x: int, y: int) -> str:
    paint = f'fill="{LEAF}"' if one.is_liked else 'fill="var(--page,#fff)"'
    circle = f'<circle cx="{x:g}" cy="{y - 4:g}" r="5" {paint} stroke="{LEAF}" stroke-width="1.5"/>'
    return group(one.text, circle, _word(one.text, x + 12, y))
