"""The ring of shares: every name and share is beside its piece, and no two labels meet."""

import re
from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from dreamtree.drawing.donut import LABEL, Share, donut

weights = st.lists(st.integers(1, 10**9), min_size=2, max_size=9)


def drawn(shares: list[Share]) -> ElementTree.Element:
    return ElementTree.fromstring(donut(shares, ("1,234.50", "a month"), "What goes out", "ring"))


def of_weights(numbers: list[int]) -> list[Share]:
    return [Share(f"Name {n}", weight, f"{n} %") for n, weight in enumerate(numbers)]


def labels(picture: ElementTree.Element) -> list[tuple[str, float, str]]:
    """Side, height and words of each label."""
    texts = [one for one in picture.iter() if one.tag == "text" and one.get("text-anchor") != "middle"]
    return [(one.get("text-anchor", ""), float(one.get("y", "0")), "".join(one.itertext())) for one in texts]


@given(weights)
def test_each_share_has_a_piece_and_a_label(numbers: list[int]) -> None:
    picture = drawn(of_weights(numbers))
    pieces = [one for one in picture.iter("path") if one.get("fill") != "none"]
    assert len(pieces) == len(numbers)
    assert sorted(words for _, _, words in labels(picture)) == sorted(f"Name {n}{n} %" for n in range(len(numbers)))


@given(weights)
def test_no_two_labels_meet_and_none_leaves_the_picture(numbers: list[int]) -> None:
    picture = drawn(of_weights(numbers))
    _, top, _, height = map(float, (picture.get("viewBox") or "").split())
    for side in ("start", "end"):
        heights = sorted(y for anchor, y, _ in labels(picture) if anchor == side)
        assert all(lower - upper >= LABEL - 0.2 for upper, lower in pairwise(heights))
        assert all(top + 10 <= y <= top + height - 15 for y in heights)


def test_it_speaks_and_needs_no_style() -> None:
    html = str(donut([Share("Housing <1>", 60, "60 %"), Share("Food", 40, "40 %")], ("100",), "What goes out", "ring"))
    assert '<title id="ring-title">What goes out</title>' in html
    assert '<desc id="ring-desc">Housing &lt;1&gt; 60 %; Food 40 %.</desc>' in html
    assert "style=" not in html
    assert not re.search(r"nan|inf", html)


def test_one_share_is_no_picture() -> None:
    assert donut([Share("Housing", 5, "100 %"), Share("Food", 0, "0 %")], (), "What goes out") == ""
