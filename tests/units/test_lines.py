"""Words of one line: what is folded, what is left out, and that nothing else is."""

import pytest

from dreamtree.text import clean_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a\tb\r\n c\u2028d ", "a b c d"),
        ("a\x00b\x01c\x85d\x9fe", "abc de"),
        ("a\ud800b", "ab"),
        ("\ufdd0a\ufdef\ufffeb\uffff\U0001fffec\U0010ffff", "abc"),
        ("\ufdcfa\ufdf0\ufffdb\U0001fffdc\ue000", "\ufdcfa\ufdf0\ufffdb\U0001fffdc\ue000"),
        ("👩\u200d🔧 नमस्ते\u200f", "👩\u200d🔧 नमस्ते"),
        ("", ""),
    ],
    ids=["white-space", "controls", "surrogate", "non-characters", "their-neighbours", "joiners", "nothing"],
)
def test_one_line_keeps_all_that_a_page_may_hold(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept
    assert clean_line(kept) == kept
