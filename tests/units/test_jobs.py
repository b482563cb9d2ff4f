"""Which jobs use what a person does well: what matches, how it is ordered, and what changes nothing."""

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dreamtree.content.jobs import JobMatch, Jobs
from dreamtree.content.reference import Occupation

SKILLS = [f"skill-{number}" for number in range(12)]


def job(title: str, *skills: str) -> Occupation:
    return Occupation(title, title, title, "Work", "A day.", "R", skills, "Ask.", False, ())


shelves = st.lists(st.lists(st.sampled_from(SKILLS), min_size=3, max_size=6, unique=True), min_size=1, max_size=20).map(
    lambda rows: [job(f"job {number}", *skills) for number, skills in enumerate(rows)]
)
persons = st.lists(st.sampled_from([*SKILLS, "own-word"]), max_size=10, unique=True)


def titles(found: Sequence[JobMatch]) -> list[str]:
    return [one.job.title for one in found]


def test_a_match_names_which_of_ones_skills_it_shares_in_ones_own_order() -> None:
    jobs = Jobs([job("Baker", "early", "dough", "selling"), job("Clerk", "selling", "numbers", "filing")])
    (found,) = jobs.sharing(["dough", "singing", "early"])
    assert (found.job.title, found.shared) == ("Baker", ("dough", "early"))


def test_one_shared_skill_is_no_match() -> None:
    assert Jobs([job("Baker", "early", "dough", "selling")]).sharing(["dough", "singing"]) == []


def test_nothing_matches_nobody() -> None:
    assert Jobs().sharing(["dough", "early"]) == []
    assert Jobs([job("Baker", "early", "dough", "selling")]).sharing([]) == []


def test_a_skill_that_few_jobs_use_tells_more() -> None:
    common = [job(f"Helper {number}", "talking", "listening", f"x{number}") for number in range(6)]
    smith = job("Blacksmith", "forging", "talking", "hammering")
    jobs = Jobs([*common, smith])
    assert jobs.telling("forging") > jobs.telling("listening") > jobs.telling("talking") == 0
    assert titles(jobs.sharing(["talking", "listening", "forging"]))[0] == "Blacksmith"


def test_what_every_job_uses_tells_nothing_and_still_counts_as_shared() -> None:
    jobs = Jobs([job("A", "talking", "one", "two"), job("B", "talking", "three", "four")])
    assert titles(jobs.sharing(["talking", "one"])) == ["A"]


def test_ties_go_to_more_skills_then_to_ones_own_order_then_to_the_title() -> None:
    jobs = Jobs([job("D", "a", "b", "x"), job("C", "a", "b", "y"), job("B", "c", "d", "z"), job("A", "c", "d", "w")])
    assert titles(jobs.sharing(["c", "d", "a", "b"])) == ["A", "B", "C", "D"]
    assert titles(jobs.sharing(["a", "b", "c", "d"])) == ["C", "D", "A", "B"]


@given(shelves, persons)
def test_every_match_shares_two_and_names_them(shelf: list[Occupation], skills: list[str]) -> None:
    found = Jobs(shelf).sharing(skills)
    by_id = {one.job.id: one for one in found}
    assert len(by_id) == len(found)
    for one in shelf:
        shared = tuple(skill for skill in skills if skill in one.skills)
        assert (one.id in by_id) == (len(shared) >= 2)
        assert one.id not in by_id or by_id[one.id].shared == shared


@given(shelves, persons, st.randoms(use_true_random=False))
def test_the_order_of_the_list_of_jobs_changes_nothing(
    shelf: list[Occupation], skills: list[str], chance: Random
) -> None:
    shuffled = list(shelf)
    chance.shuffle(shuffled)
    assert Jobs(shuffled).sharing(skills) == Jobs(shelf).sharing(skills)


@given(shelves, persons)
def test_a_skill_named_twice_or_that_no_job_uses_changes_nothing(shelf: list[Occupation], skills: list[str]) -> None:
    jobs = Jobs(shelf)
    assert jobs.sharing([*skills, *skills, "used by none"]) == jobs.sharing(skills)


@given(shelves, persons, st.sampled_from(SKILLS))
def test_one_skill_more_loses_no_match(shelf: list[Occupation], skills: list[str], more: str) -> None:
    jobs = Jobs(shelf)
    assert set(titles(jobs.sharing(skills))) <= set(titles(jobs.sharing([*skills, more])))


@given(shelves, persons, st.randoms(use_true_random=False))
def test_ones_own_order_only_settles_ties(shelf: list[Occupation], skills: list[str], chance: Random) -> None:
    """In another order the same jobs match, and none overtakes one whose shared skills tell more."""
    jobs, other = Jobs(shelf), list(skills)
    chance.shuffle(other)
    told = [round(sum(jobs.telling(skill) for skill in one.shared), 9) for one in jobs.sharing(other)]
    assert set(titles(jobs.sharing(other))) == set(titles(jobs.sharing(skills)))
    assert told == sorted(told, reverse=True)
