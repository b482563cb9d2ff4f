"""Which jobs have something in common with a person: each names the skills, leaves and interests that it shares."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dreamtree.content.job_fits import JobSearch, fitting_jobs, telling_in
from dreamtree.content.jobs import Jobs
from dreamtree.content.library import Library, LibrarySkill
from dreamtree.content.reference import Occupation

NAMES = {"dough": "Kneading dough", "maps": "Making maps", "talk": "Talking with anyone", "count": "Counting stock"}
LIBRARY = Library(LibrarySkill(key, key, name, "transferable", "Work", (), ()) for key, name in NAMES.items())


def job(title: str, day: str = "A day.", interests: str = "R", *skills: str) -> Occupation:
    return Occupation(title, title.lower(), title, "Work", day, interests, skills, "Ask.", False, ())


BAKER = job("Baker", "Up at three, and the first loaves are labeled by six.", "RC", "dough", "count")
MAPPER = job("Map maker", "A curb is missing, so you call the city.", "IC", "maps", "talk")
CLERK = job("Clerk", "You answer the phone.", "C", "talk", "count")
JOBS = Jobs([BAKER, MAPPER, CLERK])


def titles(search: JobSearch) -> list[str]:
    return [fit.job.title for fit in fitting_jobs(JOBS, LIBRARY, search)]


def test_a_match_names_what_it_shares() -> None:
    (fit,) = fitting_jobs(JOBS, LIBRARY, JobSearch(("maps",), ("Curb", "Echo"), ("I",)))
    assert (fit.job, fit.skills, fit.leaves, fit.interests) == (MAPPER, ("maps",), ("Curb",), ("I",))


def test_a_leaf_is_found_in_title_day_and_names_of_skills() -> None:
    assert titles(JobSearch(leaves=("Bakers",))) == ["Baker"]
    assert titles(JobSearch(leaves=("Label",))) == ["Baker"]
    assert titles(JobSearch(leaves=("Dough",))) == ["Baker"]


def test_the_words_of_a_leaf_stand_close_together() -> None:
    night = job("Nurse", "The night shift is yours, and by day you sleep.")
    actor = job("Actor", "You have a shift at the restaurant, and on Thursday night a show for sixty people.")
    both = Jobs([night, actor])
    assert [fit.job for fit in fitting_jobs(both, LIBRARY, JobSearch(leaves=("Night shifts",)))] == [night]
    assert [fit.job for fit in fitting_jobs(both, LIBRARY, JobSearch(leaves=("Shift",)))] == [actor, night]
    assert [fit.job for fit in fitting_jobs(both, LIBRARY, JobSearch(leaves=("People at a show",)))] == [actor]


def test_all_telling_words_of_a_leaf_are_needed_and_one_without_any_finds_nothing() -> None:
    assert titles(JobSearch(leaves=("A missing curb",))) == ["Map maker"]
    assert titles(JobSearch(leaves=("A curb with moss",))) == []
    assert telling_in("Six in the morning") == frozenset()
    assert titles(JobSearch(leaves=("Six in the morning",))) == []


def test_a_thing_or_a_person_that_does_something_is_not_the_doing() -> None:
    assert telling_in("Counter") == telling_in("counters") == frozenset({"counter"})
    assert telling_in("counting") == telling_in("counts") != telling_in("Counter")


def test_what_few_jobs_have_tells_more() -> None:
    assert titles(JobSearch(interests=("C", "I"))) == ["Map maker", "Baker", "Clerk"]
    assert titles(JobSearch(("talk", "dough")))[0] == "Baker"


def test_a_job_that_is_taken_is_left_out() -> None:
    assert titles(JobSearch(interests=("C",), taken=frozenset({"clerk"}))) == ["Baker", "Map maker"]


def test_nobody_fits_nothing() -> None:
    assert titles(JobSearch()) == []
    assert fitting_jobs(Jobs(), LIBRARY, JobSearch(("maps",))) == []


wishes = st.builds(
    JobSearch,
    st.lists(st.sampled_from([*NAMES, "unknown"]), max_size=5).map(tuple),
    st.lists(st.sampled_from(["curb", "phone", "loaves", "moss", "", "the"]), max_size=4).map(tuple),
    st.lists(st.sampled_from("RIASEC"), max_size=3).map(tuple),
)


@given(wishes, st.randoms(use_true_random=False))
def test_every_match_shares_what_it_names_in_whatever_order_the_jobs_are(search: JobSearch, chance: Random) -> None:
    found = fitting_jobs(JOBS, LIBRARY, search)
    for fit in found:
        assert fit.shared
        assert set(fit.skills) <= set(search.skills) & set(fit.job.skills)
        assert set(fit.leaves) <= set(search.leaves)
        assert set(fit.interests) <= set(search.interests) & set(fit.job.interests)
    shuffled = list(JOBS.occupations)
    chance.shuffle(shuffled)
    assert fitting_jobs(Jobs(shuffled), LIBRARY, search) == found
