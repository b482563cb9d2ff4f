"""What a file weighs is what reading it makes: brackets, commas and strings, but none within what people wrote."""

import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dreamtree.archive import bounds
from dreamtree.archive.bounds import Weight, is_too_full, weight_of
from tests.examples import examples

WORDS = st.text(st.sampled_from('"\\,[]{}:\n/uńa🌳\x00\ud83c'), max_size=9)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)
PLACES = st.lists(st.integers(0, 400), max_size=12)
ASCII = st.booleans()


def walked(value: Any) -> tuple[int, int, int]:
    """How many lists and objects, commas and strings are in a value."""
    if isinstance(value, str):
        return 0, 0, 1
    if not isinstance(value, list | dict):
        return 0, 0, 0
    inner = [*value.values(), *value] if isinstance(value, dict) else value
    nests, parts, strings = (sum(counts) for counts in zip((0, 0, 0), *map(walked, inner), strict=True))
    return 1 + nests, max(len(value) - 1, 0) + parts, strings


def dumped(value: Any, is_ascii: bool) -> bytes:
    return json.dumps(value, ensure_ascii=is_ascii).encode(errors="surrogatepass")


def cut(raw: bytes, places: Iterable[int]) -> list[bytes]:
    return [raw[start:end] for start, end in pairwise(sorted({0, len(raw), *(at for at in places if at < len(raw))}))]


@settings(max_examples=examples(100))
@given(VALUES, ASCII, PLACES)
def test_it_is_what_a_walk_through_the_value_finds_however_the_file_is_cut(
    value: Any, is_ascii: bool, places: list[int]
) -> None:
    raw = dumped(value, is_ascii)
    assert weight_of(cut(raw, places)) == Weight(len(raw), *walked(value))


@settings(max_examples=examples(100))
@given(VALUES, ASCII, st.integers(0, 400), st.binary(max_size=20))
def test_whatever_follows_hides_nothing_that_stood_before(value: Any, is_ascii: bool, at: int, rest: bytes) -> None:
    begun = dumped(value, is_ascii)[:at]
    least, found = weight_of([begun]), weight_of([begun + rest])
    assert min(found.nests - least.nests, found.parts - least.parts, found.strings - least.strings) >= 0


def test_a_string_may_be_longer_than_what_is_weighed_together() -> None:
    value = ['[,\\"' * bounds.CHUNK_BYTES, {"a": "\\" * (2 * bounds.CHUNK_BYTES + 1)}, '"' * bounds.CHUNK_BYTES]
    raw = dumped(value, is_ascii=True)
    for shift in range(4):
        assert weight_of([b" " * shift + raw]) == Weight(len(raw) + shift, *walked(value))


def test_words_make_no_file_too_full_and_values_do() -> None:
    assert not is_too_full(dumped(["[,{" * 500_000], is_ascii=True))
    assert is_too_full(b"[" + b"[]," * (bounds.MOST_NESTS + 1))
    assert is_too_full(b"[" + b"1," * (bounds.MOST_PARTS + 1))
    assert is_too_full(b"[" + b'"",' * (bounds.MOST_STRINGS + 1))
