"""What sorted activities tell of the six kinds of interest, and whether the seed tells of each alike."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamtree.content.book import Activity, Book, InterestKind
from dreamtree.content.check_interests import check_interests
from dreamtree.tools.bucket_sort import cards, interests
from dreamtree.tools.bucket_sort.interests import Tally, interests_in, lessons_of, sentence_of, top_of
from dreamtree.tools.bucket_sort.things import Bucket, Sorted

NAMES = {"R": "Making", "I": "Finding out", "A": "Creating", "S": "Helping", "E": "Leading", "C": "Ordering"}
KINDS = tuple(InterestKind(letter, name.lower(), name, "What it is, in short.") for letter, name in NAMES.items())
ACTIVITIES = tuple(
    Activity(f"{letter}{n}", f"do-{letter}{n}", f"Do thing {letter} number {n}", letter)
    for letter in NAMES
    for n in range(4)
)
BUCKETS = tuple(Bucket(value, value, 0) for value in ("yes", "maybe", "no"))


@pytest.fixture(autouse=True)
def small_book(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (cards, interests):
        monkeypatch.setattr(module, "book", lambda: Book(interests=KINDS, activities=ACTIVITIES))


def found(**taps: str) -> list[Tally]:
    """The kinds after these taps: a letter → one sign an activity, y, m or n."""
    values = {"y": "yes", "m": "maybe", "n": "no"}
    things = [
        Sorted(f"{letter}{n}", text="…", bucket=values[tap])
        for letter, said in taps.items()
        for n, tap in enumerate(said)
    ]
    return interests_in(things, BUCKETS)


def top(some: Sequence[Tally]) -> str:
    return "".join(one.kind.letter for one in top_of(some))


def test_the_strongest_comes_first() -> None:
    assert [one.kind.letter for one in found(C="yyyn", I="yyyy", A="yymm", S="ymmn")][:4] == ["I", "C", "A", "S"]
    assert sentence_of(found(C="yyyn", I="yyyy", A="yymn")) == "You’d most enjoy finding out, ordering, and creating."


def test_of_two_that_come_to_the_same_the_one_with_more_great_hours_is_first() -> None:
    assert top(found(R="mmmm", E="yynn", S="yyyy"))[:2] == "SE"


def test_a_tie_at_the_last_place_is_said_and_both_are_given() -> None:
    some = found(I="yyyy", C="yyym", A="yynn", S="yynn")
    assert top(some) == "ICAS"
    assert sentence_of(some).endswith("Creating and helping are tied for third.")
    assert sentence_of(found(I="yyyy", A="yynn", S="yynn", R="yynn")).endswith(
        "Making, creating, and helping are tied for second."
    )
    assert sentence_of(found(**dict.fromkeys("RIAS", "yynn"))).endswith("They’re all tied.")


def test_a_tie_within_three_is_none_to_speak_of() -> None:
    assert sentence_of(found(I="yyyy", A="yynn", S="yynn")) == "You’d most enjoy finding out, creating, and helping."


def test_what_comes_to_nothing_is_no_interest() -> None:
    assert top(found(I="yyyy", A="nnnn")) == "I"
    assert sentence_of(found(I="yyyy")) == "You’d most enjoy finding out."
    assert top(found(I="nnnn")) == ""
    assert "no kind of interest" in sentence_of(found(I="nnnn"))


def test_every_kind_is_taught_with_its_place() -> None:
    lessons = lessons_of(found(I="yyyy", C="yyyn", A="yymn"))
    assert len(lessons) == 6
    assert [(one.key, one.fields["score"], one.fields["is_top"]) for one in lessons][:4] == [
        ("I", 8, True),
        ("C", 6, True),
        ("A", 5, True),
        ("R", 0, False),
    ]


@given(st.dictionaries(st.sampled_from(sorted(NAMES)), st.text("ymn", min_size=4, max_size=4)))
def test_at_most_three_kinds_are_above_the_last_place(taps: dict[str, str]) -> None:
    some = found(**taps)
    given_ = top_of(some)
    assert given_ == some[: len(given_)]
    if given_:
        assert sum(one.level > given_[-1].level for one in given_) < 3
        assert len(given_) >= min(3, sum(bool(one.score) for one in some))


def test_a_kind_of_which_too_few_activities_tell_is_found() -> None:
    assert not list(check_interests(KINDS, ACTIVITIES))
    assert any("3 activities" in one for one in check_interests(KINDS, ACTIVITIES[1:]))
    twins = (*ACTIVITIES[1:], replace(ACTIVITIES[0], text=ACTIVITIES[1].text))
    assert any("the same" in one for one in check_interests(KINDS, twins))
    long = (*ACTIVITIES[1:], replace(ACTIVITIES[0], text="word " * 11))
    assert any("11 words" in one for one in check_interests(KINDS, long))
