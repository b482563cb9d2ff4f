"""The ring of shares: every name and share is beside its piece, and no two labels meet."""

from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from dreamtree.drawing.donut import LABEL, Ring, Share, donut

weights = st.lists(st.integers(1, 10**9), min_size=2, max_size=9)


RING = Ring("What goes out", ("Category", "A month", "Share"), "1,234.50", "a month", "ring")


def drawn(shares: list[Share]) -> ElementTree.Element:
    chart = donut(shares, RING)
    assert chart is not None
    return ElementTree.fromstring(chart.picture)


def of_weights(numbers: list[int]) -> list[Share]:
    return [Share(f"Name {n}", weight, str(weight), f"{n} %") for n, weight in enumerate(numbers)]


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


def test_it_speaks_and_the_table_sums_up() -> None:
    chart = donut([Share("Housing <1>", 60, "600.00", "60 %"), Share("Food", 40, "400.00", "40 %")], RING)
    assert chart is not None
    assert '<title id="ring-title">What goes out</title>' in chart.picture
    assert '<desc id="ring-desc">Housing &lt;1&gt; 60 %; Food 40 %.</desc>' in chart.picture
    assert chart.table.rows == (("Housing <1>", "600.00", "60 %"), ("Food", "400.00", "40 %"))
    assert chart.table.foot == ("In all", "1,234.50", "100%")


def test_one_share_is_no_picture() -> None:
    assert donut([Share("Housing", 5, "5.00", "100 %"), Share("Food", 0, "0.00", "0 %")], RING) is None
