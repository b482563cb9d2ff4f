"""Words set apart from what is around them."""

import pytest

from dreamtree.web.direction import apart


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("a line", "a line"),
        ("שלום.", "שלום."),
        ("When: שלום.", "When: <bdi>שלום.</bdi>"),
        ("When: at 10: 30", "When: <bdi>at 10: 30</bdi>"),
        ("– one\n– two", "– one\n– two"),
        ("Job · שלום", "<bdi>Job</bdi> · <bdi>שלום</bdi>"),
        ("a <b>: <i>", "a &lt;b&gt;: <bdi>&lt;i&gt;</bdi>"),
    ],
)
def test_the_words_of_a_line_are_set_apart_from_its_label(told: str, shown: str) -> None:
    assert apart(told) == shown
