"""Words of one line: what is folded, what is left out, and that nothing else is."""

import pytest

from dreamtree.tools._item_rows import as_line


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  a\tb\r\n c\u2028d ", "a b c d"),
        ("a\x00b\x01c\x85d\x9fe", "abc de"),
        ("a\ud800b", "ab"),
        ("\ufdd0a\ufdef\ufffeb\uffff\U0001fffec\U0010ffff", "abc"),
        ("\ufdcfa\ufdf0\ufffdb\U0001fffdc\ue000", "\ufdcfa\ufdf0\ufffdb\U0001fffdc\ue000"),
        ("👩\u200d🔧 नमस्ते\u200f", "👩\u200d🔧 नमस्ते\u200f"),
        (None, ""),
    ],
    ids=["white-space", "controls", "surrogate", "non-characters", "their-neighbours", "joiners", "nothing"],
)
def test_one_line_keeps_all_that_a_page_may_hold(typed: str | None, line: str) -> None:
    assert as_line(typed) == line
    assert as_line(line) == line
