"""Lines, tapered limbs, texts and the frame of a picture."""

from collections.abc import Iterable
from unicodedata import east_asian_width

from markupsafe import Markup, escape

WIDTH = 360

LEAF = "var(--leaf,#2f6b4f)"
SPRING = "var(--spring,#6d9a63)"
BLOOM = "var(--bloom,#b98a2e)"
BARK = "var(--bark,#6f5844)"
ROOT = "var(--root,#8d7055)"
EARTH = "var(--earth,#cfc1a6)"
TEXT = "var(--text,#2b3033)"
MUTED = "var(--muted,#575e5b)"
WASH = "var(--wash,#eef2e5)"

OWN_WAY = ' unicode-bidi="plaintext"'
"""As `more` of a text: words of a person, which run in their own direction, whatever is around the picture."""

SIGN, WIDE_SIGN = 0.62, 1.05
"""How wide a sign is, in its own size: about as much as most fonts need."""

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]


def point_at(curve: Curve, t: float) -> Point:
    """The point of a Bézier curve at `t`, from 0 at its beginning to 1 at its tip."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    pairs = list(zip(weights, curve, strict=True))
    return sum(weight * x for weight, (x, _) in pairs), sum(weight * y for weight, (_, y) in pairs)


def upright(curve: Curve, t: float) -> Point:
    """The direction that stands upright on the curve at `t`, of length 1."""
    (x1, y1), (x2, y2) = point_at(curve, max(t - 0.02, 0)), point_at(curve, min(t + 0.02, 1))
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
    return (y1 - y2) / length, (x2 - x1) / length


def _shift(curve: Curve, start: float, end: float) -> Curve:
    """The curve moved sideways, by `start` at its beginning and `end` at its tip."""
    moved = []
    for n, (x, y) in enumerate(curve):
        across, down = upright(curve, n / 3)
        by = start + (end - start) * n / 3
        moved.append((x + across * by, y + down * by))
    return moved[0], moved[1], moved[2], moved[3]


def taper(curve: Curve, thick: float, thin: float, color: str) -> str:
    """A limb as an SVG path: `thick` where it begins, `thin` where it ends."""
    one, other = _shift(curve, thick / 2, thin / 2), _shift(curve, -thick / 2, -thin / 2)
    back = f"L{pair(other[3])}C{pair(other[2])} {pair(other[1])} {pair(other[0])}Z"
    return f'<path d="{path_of(one)}{back}" fill="{color}"/>'


def path_of(curve: Curve) -> str:
    """The curve as the `d` of an SVG path."""
    return f"M{pair(curve[0])}C{pair(curve[1])} {pair(curve[2])} {pair(curve[3])}"


def pair(point: Point) -> str:
    """ "12.5 7": a point in a path, to one decimal."""
    return f"{round(point[0], 1):g} {round(point[1], 1):g}"


def stroke(path: str, color: str, width: float, dotted: bool = False) -> str:
    """A line along `path` with round ends."""
    dots = ' stroke-dasharray="0.1 5"' if dotted else ""
    return f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width:g}" stroke-linecap="round"{dots}/>'


def text(x: float, y: float, words: str, size: int, anchor: str, color: str, more: str = "") -> str:
    """Words with their base line at `y`; `anchor` is start, middle or end, `more` are further attributes."""
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}"{side} fill="{color}"{more}>{escape(words)}</text>'


def text_lines(x: float, y: float, lines: Iterable[str], line: float, size: int, more: str = "") -> str:
    """Words of a person in lines, the first with its base line at `y` and each so far (`line`) below the one before."""
    placed = enumerate(map(escape, lines))
    spans = "".join(f'<tspan x="{x:g}" y="{y + line * n:g}"{OWN_WAY}>{words}</tspan>' for n, words in placed)
    return f'<text font-size="{size}" fill="{TEXT}"{more}>{spans}</text>'


def cut_to_width(words: str, width: float, size: int) -> str:
    """As much of the words as goes into the width at this size; an ellipsis says that there is more."""
    left = width / size
    for n, sign in enumerate(words):
        left -= width_of(sign)
        if left < 0:
            return f"{words[: max(n - 1, 0)].rstrip()}…"
    return words


def wrapped(words: str, width: float, size: int) -> list[str]:
    """The words in lines that go into the width at this size, each with the space after it.

    A word that is wider alone ends with an ellipsis. One of wide signs goes on in the next line: they need no spaces.
    """
    lines = [""]
    for word in words.split():
        if lines[-1] and width_of(lines[-1] + word) * size > width:
            lines.append("")
        *whole, last = _pieces(word, width / size) if any(map(_is_wide, word)) else [cut_to_width(word, width, size)]
        lines = [*lines[:-1], *(lines[-1:] if not whole else [lines[-1] + whole[0], *whole[1:], ""])]
        lines[-1] += f"{last} "
    return list(filter(None, lines))


def _pieces(word: str, width: float) -> list[str]:
    pieces = [""]
    for sign in word:
        if pieces[-1] and width_of(pieces[-1] + sign) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def width_of(words: str) -> float:
    """How wide words are, in their own size."""
    return sum(WIDE_SIGN if _is_wide(sign) else SIGN for sign in words)


def _is_wide(sign: str) -> bool:
    return east_asian_width(sign) in "WF"


def picture(
    anchor: str, css: str, box: tuple[float, float, float, float], title: str, description: str, shapes: Iterable[str]
) -> Markup:
    """An SVG with its title and description, whose ids begin with `anchor`; `box` is left, top, width, height."""
    name, sides = escape(anchor), " ".join(f"{side:g}" for side in box)
    return Markup(
        f'<svg class="{css}" viewBox="{sides}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        f"{''.join(shapes)}</svg>"
    )
