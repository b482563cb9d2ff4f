"""The words of the skill library: heard only when sure, found when typed, each at one skill. Cases: `tests/bench`."""

from collections import Counter

import pytest

from tests.bench.skills import (
    amiss,
    everyday,
    first_hits,
    five,
    found_first,
    heard_in,
    hearing,
    searches,
    seeded_library,
    sentences,
)

LEAST_EVERYDAY = 300


@pytest.mark.parametrize("is_blind", [False, True])
def test_what_is_heard_is_right(is_blind: bool) -> None:
    some = [one for one in sentences() if one.is_blind == is_blind]
    heard = hearing(some)
    assert heard.precision >= 0.9
    assert heard.recall >= 0.85


def test_much_is_heard_in_sentences_for_which_no_phrase_was_written() -> None:
    heard = hearing(sentences("unseen.txt"))
    assert heard.precision >= 0.9
    assert heard.recall >= 0.5


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("I have three food trucks to feed.", "selling-at-markets-and-fairs"),
        ("We watched a YouTube video about it.", "filming-and-shooting-video"),
        ("I learned the system at work.", "know-prison-and-probation"),
    ],
)
def test_things_alone_do_not_tell_what_was_done_with_them(text: str, slug: str) -> None:
    assert slug not in heard_in(text)


@pytest.mark.parametrize("who", ["him", "my neighbor", "a customer", "our niece", "her"])
def test_whoever_it_was_done_for_is_heard_alike(who: str) -> None:
    assert "calming-upset-people" in heard_in(f"I talked {who} down.")


def test_what_is_typed_is_found_first() -> None:
    assert len(searches()) == 200
    assert first_hits(searches()) >= 0.95
    assert first_hits([one for one in searches() if one.is_blind]) >= 0.9


def test_the_first_five_found_fit() -> None:
    assert len(five()) >= 170
    assert [(one.text, wrong) for one in five() if (wrong := amiss(one))] == []


def test_everyday_words_find_their_skill_and_stand_once() -> None:
    typed = everyday()
    assert len(typed) >= LEAST_EVERYDAY
    assert [one.text for one in typed if found_first(one) not in one.first] == []
    assert [text for text, count in Counter(one.text.casefold() for one in typed).items() if count > 1] == []


def test_the_cases_name_skills_of_the_library() -> None:
    known = {skill.slug for skill in seeded_library().skills}
    named = {slug for one in (*searches(), *everyday()) for slug in one.first}
    written = (*sentences(), *sentences("unseen.txt"), *five())
    named |= {slug for one in written for slug in one.allowed.union(*one.wanted)}
    assert len(sentences()) >= 230
    assert named <= known


def test_a_phrase_stands_at_one_skill_only() -> None:
    said = Counter(phrase.casefold() for skill in seeded_library().skills for phrase in set(skill.phrases))
    assert [phrase for phrase, count in said.items() if count > 1] == []


@pytest.mark.parametrize(
    "text",
    [
        "I never drove a truck.",
        "I didn't drive a truck.",
        "I dont drive a truck",
        "My brother drove a truck.",
        "He drove a truck and I stayed home.",
        "I wish I drove a truck.",
        "I watched my dad drive a truck.",
        "We paid a guy to drive the truck.",
        "I drove him crazy with the truck.",
        "Mr. Trucker drove off.",
        "The truck driver yelled at me.",
        "I was trained by a truck driver.",
    ],
)
def test_what_was_not_done_by_the_writer_is_not_heard(text: str) -> None:
    assert "driving-a-truck" not in heard_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "I drove a truck.",
        "drove a big old truck for years",
        "Truck driver, same route since 2009",
        "I was a long haul truck driver",
        "My boss quit and I drove the truck.",
        "I not only drove the truck, I loaded it.",
        "As a truck driver I saw a lot.",
        "I’m a truck driver",
    ],
)
def test_what_the_writer_did_is_heard(text: str) -> None:
    assert "driving-a-truck" in heard_in(text)
