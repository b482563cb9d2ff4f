"""The tree: roots, trunk and branches grow with the exercises of the three parts, leaves with what was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

from markupsafe import Markup

from dreamtree.drawing.svg import (
    BARK,
    BLOOM,
    EARTH,
    LEAF,
    ROOT,
    SPRING,
    WIDTH,
    Curve,
    Point,
    pair,
    path_of,
    picture,
    point_at,
    stroke,
    taper,
    upright,
)

GROUND = 200
HEIGHT = 356
AIR = 104
MAIN_ROOTS = 9
MOST_ON_STEM = 10
MIDDLE = WIDTH / 2


@dataclass(frozen=True)
class TreeGrowth:
    """What a tree shows: for each part its exercises in order, true where done, how many leaves, and a title.

    `fresh` numbers the roots that grew in the module that has just ended: they are drawn green. `trunk_available` is
    how much of part two is in the book by now, 0 to 1: a trunk is whole when all of it is there and done.
    """

    roots: tuple[bool, ...]
    trunk: tuple[bool, ...] = ()
    branches: tuple[bool, ...] = ()
    leaves: int = 0
    title: str = "Your tree"
    fresh: frozenset[int] = frozenset()
    trunk_available: float = 1.0

    @property
    def trunk_share(self) -> float:
        """How much of part two is done, 0 to 1."""
        return _share(self.trunk) * self.trunk_available

    @property
    def height(self) -> float:
        """How high the stem stands over the ground."""
        return 26 + 58 * _share(self.roots) + 44 * self.trunk_share

    @property
    def girth(self) -> float:
        """How thick the stem is at the ground."""
        return 3 + 4 * _share(self.roots) + 13 * self.trunk_share


@lru_cache(maxsize=32)
def tree(growth: TreeGrowth, anchor: str = "tree") -> Markup:
    """The picture of progress: a root an exercise of part one, a trunk by part two, branches by part three.

    `anchor` begins the ids of title and description; two trees on a page need two.
    """
    shapes = [*_ground(), *_roots(growth), *_crown(growth), *_trunk(growth)]
    top = 0 if growth.trunk_share else GROUND - AIR
    return picture(anchor, "tree", (0, top, WIDTH, HEIGHT - top), growth.title, " ".join(tree_words(growth)), shapes)


def tree_words(growth: TreeGrowth) -> tuple[str, ...]:
    """What the picture says, in sentences."""
    if not any(growth.roots + growth.trunk + growth.branches):
        return ("A seedling. Nothing has grown yet.",)
    parts = (("Roots", growth.roots), ("Trunk", growth.trunk), ("Branches", growth.branches))
    sentences = tuple(f"{name}: {sum(done)} of {len(done)} grown." for name, done in parts if done)
    new = sum(growth.roots[index] for index in growth.fresh)
    sentences = (*sentences, f"{new} of the roots {'is' if new == 1 else 'are'} new.") if new else sentences
    return (
        (*sentences, f"{growth.leaves} {'leaf' if growth.leaves == 1 else 'leaves'}.") if growth.leaves else sentences
    )


def _share(done: Sequence[bool]) -> float:
    return sum(done) / len(done) if done else 0.0


def _noise(seed: int) -> float:
    """A number from -1 to 1 that is always the same for one seed."""
    return sin(seed * 12.9898 + 4.1) * 43758.5453 % 2 - 1


# Ground and roots


def _ground() -> list[str]:
    line = f"M18 {GROUND + 2}C80 {GROUND - 3} 132 {GROUND + 3} {MIDDLE:g} {GROUND}S284 {GROUND - 3} 342 {GROUND + 2}"
    return [stroke(line, EARTH, 1.5)]


def _roots(growth: TreeGrowth) -> list[str]:
    """The roots still to come as a dotted sketch, those that have grown over it; the first one goes straight down."""
    count = len(growth.roots)
    curves = [_root_curve(index, count, growth.girth) for index in range(count)]
    grown = [index for index, done in enumerate(growth.roots) if done]
    waiting = [stroke(path_of(curves[index]), EARTH, 1.2, dotted=True) for index in range(count) if index not in grown]
    return waiting + [shape for index in grown for shape in _grown_root(curves[index], index, growth)]


def _root_curve(index: int, count: int, girth: float) -> Curve:
    """One root. The first nine leave the stem; later ones fork from them, so that a whole book stays a drawing."""
    if index >= MAIN_ROOTS:
        return _fork(_root_curve(index % MAIN_ROOTS, count, girth), index)
    place = (index + 1) // 2 * (-1 if index % 2 else 1)
    turn = place / max(min(count, MAIN_ROOTS) // 2, 1)
    angle = pi / 2 - turn * pi * 0.44 + _noise(index + 3) * 0.05
    length = (118 + 36 * abs(turn)) * (1 + 0.12 * _noise(index + 11))
    start = (MIDDLE + turn * girth * 0.4, GROUND + 1.0)
    end = (start[0] + cos(angle) * length, min(start[1] + sin(angle) * length + 14, HEIGHT - 8))
    bend = _noise(index + 29) * 13
    first = (start[0] + cos(angle) * length * 0.2, start[1] + 12 + sin(angle) * length * 0.3)
    second = (start[0] + cos(angle) * length * 0.62 + bend, start[1] + 6 + sin(angle) * length * 0.58 - bend / 2)
    return start, first, second, end


def _fork(main: Curve, index: int) -> Curve:
    """A side root that leaves `main` on the outside, alternately left and right; short where the roots stand close."""
    level = index // MAIN_ROOTS
    side = 1 if (index + level) % 2 else -1
    share = 0.55 + 0.45 * _turn(index % MAIN_ROOTS)
    return _offshoot(main, 0.26 + 0.2 * level + 0.03 * _noise(index), side, (62 - 8 * level) * share)


def _turn(index: int) -> float:
    """How far from straight down the main root with this number lies, 0 to 1."""
    return (index + 1) // 2 / (MAIN_ROOTS // 2)


def _offshoot(limb: Curve, along: float, side: int, length: float) -> Curve:
    """A curve that leaves `limb` sideways and then runs along with it, never above the ground."""
    (x, y), (across, down) = point_at(limb, along), upright(limb, along)
    ahead = (down, -across)

    def reach(forward: float, out: float) -> Point:
        step = (ahead[0] * forward + side * across * out, ahead[1] * forward + side * down * out)
        return x + step[0] * length, max(y + step[1] * length, GROUND + 7)

    return (x, y), reach(0.28, 0.16), reach(0.55, 0.5), reach(0.85, 0.56)


def _grown_root(curve: Curve, index: int, growth: TreeGrowth) -> list[str]:
    is_fork, is_crowded = index >= MAIN_ROOTS, len(growth.roots) > MAIN_ROOTS
    color = LEAF if index in growth.fresh else ROOT
    is_close = is_fork and _turn(index % MAIN_ROOTS) < 1
    places = (0.7,) if is_close else (0.55, 0.8) if is_fork else (0.7, 0.88) if is_crowded else (0.36, 0.55, 0.72, 0.87)
    limb = taper(curve, 3.2 if is_fork else 7.5, 0.6, color)
    return [limb, *(_rootlet(curve, along, index * 7 + n, color) for n, along in enumerate(places))]


def _rootlet(curve: Curve, along: float, seed: int, color: str) -> str:
    length = (1.2 - along) * 40 * (1 + 0.3 * _noise(seed))
    return stroke(path_of(_offshoot(curve, along, 1 if seed % 2 else -1, length)), color, 1.4)


# Trunk, branches, leaves


def _stem(growth: TreeGrowth) -> Curve:
    top = GROUND - growth.height
    low, high = GROUND - growth.height * 0.35, top + growth.height * 0.3
    return (MIDDLE, GROUND + 1.0), (MIDDLE + 5, low), (MIDDLE - 7, high), (MIDDLE + 1, top)


def _trunk(growth: TreeGrowth) -> list[str]:
    tip = 1.2 + 1.8 * growth.trunk_share
    return [taper(_stem(growth), growth.girth, tip, BARK if growth.trunk_share else LEAF)]


def _boughs(growth: TreeGrowth) -> list[Curve]:
    """Branches: two short ones on a trunk that is begun, more as it grows, and longer ones by part three."""
    if not growth.trunk_share:
        return []
    count = 2 + round(growth.trunk_share * 4) + round(_share(growth.branches) * 5)
    reach = 24 + 22 * growth.trunk_share + 26 * _share(growth.branches)
    return [_bough(growth, index, count, reach) for index in range(count)]


def _bough(growth: TreeGrowth, index: int, count: int, reach: float) -> Curve:
    side = 1 if index % 2 else -1
    along = 0.42 + 0.56 * (index + 1) / count
    start = point_at(_stem(growth), along)
    lean = (1.25 - 0.95 * index / count) * side
    length = reach * (1.15 - 0.45 * along) * (1 + 0.22 * _noise(index + 5))
    end = (start[0] + sin(lean) * length * 1.25, start[1] - cos(lean) * length)
    first = (start[0] + sin(lean) * length * 0.5, start[1] - 4)
    second = (end[0] - sin(lean) * length * 0.3, end[1] + length * 0.3)
    return start, first, second, end


def _crown(growth: TreeGrowth) -> list[str]:
    boughs = _boughs(growth)
    wood = [taper(bough, 2 + 3 * growth.trunk_share, 0.8, BARK) for bough in boughs]
    return [*wood, *(_leaf(*seat, number) for number, seat in enumerate(_seats(growth, boughs)))]


def _seats(growth: TreeGrowth, boughs: Sequence[Curve]) -> list[tuple[Point, float, float]]:
    """Where leaves sit, in the order they come: place, direction, length. A seedling has its two.

    Those on the stem go as it becomes a trunk.
    """
    stem = _stem(growth)
    size = 17.0 if not boughs else 13.0
    top = [(stem[3], -pi / 2 - 0.72, size), (stem[3], -pi / 2 + 0.72, size)]
    count = round(min(growth.leaves, MOST_ON_STEM) * max(0.0, 1 - 3 * growth.trunk_share))
    lower = [_stem_leaf(stem, place, count, size) for place in range(count)]
    twigs = [_twig(bough, along, side) for along in (1.0, 0.82, 0.64, 0.46) for bough in boughs for side in (-1, 1)]
    return [*top, *lower, *twigs][: 2 + min(growth.leaves + 2 * len(boughs), 90)]


def _stem_leaf(stem: Curve, number: int, count: int, size: float) -> tuple[Point, float, float]:
    along = 0.86 - 0.62 * number / max(count, 5)
    side = 1 if number % 2 else -1
    return (
        point_at(stem, along),
        -pi / 2 + side * (1.02 + 0.12 * _noise(number)),
        size * (1.05 + 0.25 * _noise(number + 2)),
    )


def _twig(bough: Curve, along: float, side: int) -> tuple[Point, float, float]:
    lean = 0.35 if bough[3][0] > bough[0][0] else -0.35
    return point_at(bough, along), -pi / 2 + lean + side * 0.8, 12.5


def _leaf(seat: Point, angle: float, length: float, number: int) -> str:
    x, y = seat
    tip = (x + cos(angle) * length, y + sin(angle) * length)
    wide = length * 0.42
    middle = (x + cos(angle) * length * 0.5, y + sin(angle) * length * 0.45)
    sides = [(middle[0] - side * sin(angle) * wide, middle[1] + side * cos(angle) * wide) for side in (-1, 1)]
    color = BLOOM if number % 7 == 6 else SPRING if number % 3 == 1 else LEAF
    return f'<path d="M{pair(seat)}Q{pair(sides[0])} {pair(tip)}Q{pair(sides[1])} {pair(seat)}Z" fill="{color}"/>'
