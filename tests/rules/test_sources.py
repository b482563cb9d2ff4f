"""What the sources of Roots answer, from what was said in the book's own blocks."""

from typing import Any

import pytest
from flask import Flask

from dreamtree.accounts.models import User
from dreamtree.connections.sources import SOURCES
from dreamtree.content import library
from dreamtree.values import Answer, Item
from tests.conftest import Queries
from tests.people import new_person
from tests.rules.test_profile import RATINGS, TAGS, said, tag_of

POOL = 5


@pytest.fixture
def lin(app: Flask) -> User:
    return new_person()


@pytest.fixture
def skills(lin: User) -> list[str]:
    """Five skills named, in the order of their ids."""
    pool = sorted(skill.id for skill in library().skills if skill.category == "transferable")[:POOL]
    said(lin, TAGS, {"rows": [{"key": "thing", "text": "A thing", "tags": [tag_of(one) for one in pool]}]})
    return pool


def rated(lin: User, ratings: dict[str, tuple[int | None, int | None]]) -> None:
    rows = [{"key": key, "text": key, "mastery": how, "frequency": often} for key, (how, often) in ratings.items()]
    said(lin, RATINGS, {"rows": rows})


def ordered(keys: list[str]) -> Answer:
    items = [{"key": key, "text": key} for key in keys]
    return {"items": items, "way": "hand", "log": [["hand", *keys]], "order": keys, "done": True}


def sorted_into(**buckets: str) -> Answer:
    return {"rows": [{"key": key, "text": key, "bucket": bucket} for key, bucket in buckets.items()]}


def ask(lin: User, source: str, **filters: Any) -> list[Item]:
    return SOURCES[source](lin, filters)


def test_the_best_are_those_ranked_and_then_the_strongest(lin: User, skills: list[str]) -> None:
    a, b, c, d, e = skills
    rated(lin, {a: (1, 1), b: (5, 2), c: (5, 4), d: (2, 2)})
    said(lin, "1.1.6.rank", ordered([d]))
    found = ask(lin, "user_skills", category="transferable", order="best")
    assert [item.key for item in found] == [d, c, b, a, e]
    where = [item.provenance.block_key for item in found if item.provenance]
    assert where == ["1.1.6.rank", "1.1.6.rate", "1.1.6.rate", "1.1.6.rate", TAGS]
    assert [item.key for item in ask(lin, "user_skills", order="best", take=2)] == [d, c]


def test_level_ones_stand_by_name(lin: User, skills: list[str]) -> None:
    rated(lin, dict.fromkeys(skills, (3, 3)))
    names = [item.text for item in ask(lin, "user_skills", order="best")]
    assert names == sorted(names, key=str.casefold)


def test_what_would_grow_lifts_and_is_not_yet_taught(lin: User, skills: list[str]) -> None:
    a, b, c, d, e = skills
    rated(lin, {a: (5, 5), b: (4, 3), c: (3, 3), d: (2, 5), e: (3, 4)})
    said(lin, "1.3.4.sort", sorted_into(**{a: "lifts", b: "gives", c: "lifts", d: "drains"}))
    found = ask(lin, "user_skills", category="transferable", order="grow")
    assert [item.key for item in found] == [c, b]
    assert {item.provenance.exercise_id for item in found if item.provenance} == {"1.3.4"}
    said(lin, "1.3.4.sort", sorted_into(**{a: "lifts", b: "neither"}))
    assert [item.key for item in ask(lin, "user_skills", order="grow")] == [d, e], "else what is done every week"
    assert len(ask(lin, "user_skills", order="grow", take=1)) == 1


def test_superpowers_can_be_asked_for(lin: User, skills: list[str]) -> None:
    rated(lin, dict.fromkeys(skills[:2], (5, 3)))
    said(lin, "1.3.4.sort", sorted_into(**{skills[0]: "lifts", skills[1]: "tires"}))
    (found,) = ask(lin, "user_skills", superpower=True)
    assert (found.key, found.fields["is_superpower"], found.fields["lift"]) == (skills[0], 1, 2)
    assert found.provenance is not None
    assert found.provenance.exercise_id == "1.3.4"


def test_each_factor_is_counted_in_one_query(lin: User, skills: list[str], queries: Queries) -> None:
    places = [{"key": name, "text": name, "fields": {}} for name in ("Porto", "Here")]
    said(lin, "1.2.1.places", {"rows": places})
    said(lin, "1.2.1.rank", ordered(["Here", "Porto"]))
    said(lin, "1.2.2.ideal", {"rows": [{"key": "k", "text": "Daylight", "fields": {"level": "must"}}]})
    said(lin, "1.2.3.wanted", {"rows": [{"key": "k", "text": "Says no", "fields": {"level": "nice"}}]})
    queries.clear()
    found = {item.key: item.text for item in ask(lin, "work_factors")}
    assert len(queries) == 1
    assert found.pop("about-skills").startswith("5 skills named, first: ")
    assert found == {
        "about-place": "2 places, first: Here",
        "about-workplace": "1 must about the workplace",
        "about-people": "1 wish about the people",
    }


def test_factors_of_which_nothing_was_said_are_left_out(lin: User) -> None:
    assert ask(lin, "work_factors") == []


def test_what_others_named_is_a_skill_each_with_who_said_it(lin: User, skills: list[str]) -> None:
    people_ = [{"key": name, "text": name, "fields": {}} for name in ("Rafi", "Ana")]
    said(lin, "1.1.9.people", {"rows": people_})
    tags = {"Rafi": skills[:2], "Ana": skills[1:2]}
    rows = [{"key": name, "text": name, "tags": [tag_of(one) for one in named]} for name, named in tags.items()]
    said(lin, "1.1.9.skills", {"rows": rows})
    both, one = ask(lin, "testimonials", skills=True)
    assert set(both.fields["who"]) == {"Rafi", "Ana"}
    assert one.fields["who"] == ("Rafi",)
    assert both.key not in skills, "a recall is no row of what it stands beside"
    assert both.provenance is not None
    assert both.provenance.is_private
    assert [item.text for item in ask(lin, "testimonials")] == ["Rafi", "Ana"]


@pytest.mark.parametrize(("block", "source"), [("1.2.1.places", "work_factors"), ("1.4.3.problems", "reflections")])
def test_an_answer_names_every_source_it_may_change(lin: User, block: str, source: str) -> None:
    assert source in said(lin, block, {"rows": [{"key": "k", "text": "Porto", "fields": {}}]}).changed_sources
