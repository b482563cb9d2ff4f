"""A ring of shares: each with its name and percent beside it, and a gap between neighbors."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from markupsafe import Markup, escape

from dreamtree.drawing.chart import Chart, ChartTable
from dreamtree.drawing.svg import BARK, BLOOM, LEAF, MUTED, ROOT, SPRING, TEXT, WIDTH, Point, pair, picture

OUTER, INNER = 74.0, 47.0
GAP = 2.5
LABEL = 34
REACH = OUTER + 12
COLORS = (LEAF, BLOOM, BARK, SPRING, MUTED, ROOT)


@dataclass(frozen=True)
class Share:
    """A part of the whole: `weight` of the sum of all; `amount` and `share` are that in words and in percent."""

    name: str
    weight: int
    amount: str
    share: str


@dataclass(frozen=True)
class Ring:
    """What is around the shares: the heads of the table (name, amount, share), and what it comes to in all.

    `total` is that in words, `per` what it is for ("a month"); both stand inside the ring.
    """

    title: str
    head: tuple[str, str, str]
    total: str
    per: str
    anchor: str


@dataclass(frozen=True)
class _Arc:
    share: Share
    color: str
    begins: float
    ends: float

    @property
    def middle(self) -> float:
        return (self.begins + self.ends) / 2

    @property
    def is_right(self) -> bool:
        return self.middle % (2 * pi) < pi


def donut(shares: Sequence[Share], ring: Ring) -> Chart | None:
    """The ring, from the top and clockwise; None with fewer than two shares."""
    some = [share for share in shares if share.weight > 0]
    if len(some) < 2:
        return None
    rows = tuple((share.name, share.amount, share.share) for share in some)
    table = ChartTable(ring.title, ring.head, rows, foot=("In all", ring.total, "100%"))
    return Chart(_picture(some, ring), table)


def _picture(shares: Sequence[Share], ring: Ring) -> Markup:
    arcs = _arcs(shares)
    labels = [(arc, down) for is_right in (True, False) for arc, down in _placed(arcs, is_right)]
    heights = [down for _, down in labels]
    top, bottom = min(-OUTER, *heights) - LABEL / 2, max(OUTER, *heights) + LABEL / 2
    shapes = [
        *(_slice(arc) for arc in arcs),
        *(_label(arc, down) for arc, down in labels),
        *_center((ring.total, ring.per)),
    ]
    description = "; ".join(f"{share.name} {share.share}" for share in shares) + "."
    box = (-WIDTH / 2, round(top), WIDTH, round(bottom - top))
    return picture(ring.anchor, "donut", box, ring.title, description, shapes)


def _arcs(shares: Sequence[Share]) -> list[_Arc]:
    total, start, arcs = sum(share.weight for share in shares), 0, []
    for n, share in enumerate(shares):
        begins, ends = (2 * pi * part / total for part in (start, start + share.weight))
        arcs.append(_Arc(share, COLORS[n % len(COLORS)], begins, ends))
        start += share.weight
    return arcs


def _on(radius: float, turn: float) -> Point:
    """A point around the center, which is 0 0; `turn` is in radians from the top, clockwise."""
    return radius * sin(turn), -radius * cos(turn)


def _slice(arc: _Arc) -> str:
    """A piece of the ring, narrower by the gap on both sides, which runs even from the inside to the outside."""
    wide = int(arc.ends - arc.begins > pi)
    outer, inner = _edges(arc, OUTER), _edges(arc, INNER)
    path = (
        f"M{pair(outer[0])}A{OUTER:g} {OUTER:g} 0 {wide} 1 {pair(outer[1])}"
        f"L{pair(inner[1])}A{INNER:g} {INNER:g} 0 {wide} 0 {pair(inner[0])}Z"
    )
    return f'<path d="{path}" fill="{arc.color}"/>'


def _edges(arc: _Arc, radius: float) -> tuple[Point, Point]:
    gap = min(GAP / 2 / radius, (arc.ends - arc.begins) * 0.35)
    return _on(radius, arc.begins + gap), _on(radius, arc.ends - gap)


def _placed(arcs: Sequence[_Arc], is_right: bool) -> list[tuple[_Arc, float]]:
    """The arcs of one side from the top, each with the height of its label: beside it, and clear of its neighbors."""
    side = sorted((arc for arc in arcs if arc.is_right is is_right), key=lambda arc: -cos(arc.middle))
    return list(zip(side, _apart([-OUTER * cos(arc.middle) for arc in side]), strict=True))


def _apart(wanted: Sequence[float]) -> list[float]:
    """Heights a label apart, as near as can be to the wanted ones: those that crowd share their middle."""
    groups: list[list[float]] = []
    for n, down in enumerate(wanted):
        groups.append([down - n * LABEL])
        while len(groups) > 1 and _mean(groups[-2]) > _mean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    level = [_mean(group) for group in groups for _ in group]
    return [down + n * LABEL for n, down in enumerate(level)]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _label(arc: _Arc, down: float) -> str:
    direction, side = (1, "start") if arc.is_right else (-1, "end")
    line = [
        _on(OUTER + 1, arc.middle),
        _on(OUTER + 7, arc.middle),
        (direction * REACH, down),
        (direction * (REACH + 3), down),
    ]
    start = direction * (REACH + 6)
    return (
        f'<path d="M{"L".join(pair(point) for point in line)}" fill="none" stroke="{MUTED}"/>'
        f'<text x="{start:g}" y="{down - 2:.1f}" text-anchor="{side}" font-size="13" fill="{TEXT}">'
        f'{escape(arc.share.name)}<tspan x="{start:g}" dy="15" font-size="12" fill="{MUTED}">'
        f"{escape(arc.share.share)}</tspan></text>"
    )


def _center(lines: Sequence[str]) -> list[str]:
    """The lines in the middle, as large as fits."""
    top = 5 - (len(lines) - 1) * 8
    return [
        f'<text x="0" y="{top + n * 16:g}" font-size="{min(15, 140 / max(len(line), 1)):.3g}" '
        f'text-anchor="middle" fill="{TEXT if n == 0 else MUTED}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    ]
