"""Jobs that use one's skills, at the end of the page that sorts them, and the list of all jobs."""

import re
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from dreamtree.content import book, library
from dreamtree.workbook.occupations import OPEN_JOBS, occupations_page, url_of
from tests.page import Page, words_of
from tests.visitor import Visitor

PATH, SORT = "/workbook/1.3.4", "1.3.4.sort"
PLACE = "b-1-3-4-sort-jobs"
BIKES, EXPLAINING = "Repairing bicycles", "Explaining complicated things simply"


def jobs_on(page: Page) -> list[tuple[str, str]]:
    """The titles of the jobs on a page, each with its reason."""
    found = (one for one in page.by_id(PLACE).iter("li"))
    return [(words_of(_first(one, "a")), words_of(one.findall("p")[-1])) for one in found]


def _first(part: Element, tag: str) -> Element:
    return next(part.iter(tag))


def opened(person: Visitor) -> Visitor:
    """Somebody who skipped everything before the page."""
    person.press(person.get(PATH), "Skip everything before this")
    return person


def with_skills(person: Visitor, *names: str) -> Visitor:
    """Somebody who typed these skills there."""
    for place, name in enumerate(names):
        person.save(PATH, f"{SORT}|add|rows")
        person.save(PATH, fields={f"{SORT}:rows-{place}-text": name})
    return person


def test_each_job_names_which_of_ones_skills_it_uses(sample: Visitor) -> None:
    found = jobs_on(sample.get(PATH))
    assert len(found) >= 2
    ten = {words_of(one).casefold() for one in sample.open(PATH).root.iter("legend")}
    jobs = {job.title: job for job in book().occupations}
    for title, reason in found:
        skills = [skill.name for skill in library().skills if skill.id in jobs[title].skills]
        named = [name for name in skills if name[1:] in reason]
        assert len(named) >= 2, (title, reason)
        assert {name.casefold() for name in named} <= ten


def test_the_first_few_are_in_view_and_the_others_folded(sample: Visitor) -> None:
    place = sample.get(PATH).by_id(PLACE)
    folded = list(_first(place, "details").iter("li"))
    assert len(list(place.iter("li"))) - len(folded) == OPEN_JOBS
    assert f"and {len(folded)} more" in words_of(place)
    assert "not advice" in words_of(place)


def test_without_two_skills_of_the_library_the_page_says_what_is_missing(person: Visitor) -> None:
    assert jobs_on(opened(person).get(PATH)) == []
    with_skills(person, "Whistling to goats", "Folding maps the right way")
    place = person.get(PATH).by_id(PLACE)
    assert jobs_on(person.get(PATH)) == []
    assert "We can’t match the ones in your own words." in words_of(place)


def test_where_no_job_uses_two_of_them_the_page_says_so(person: Visitor) -> None:
    with_skills(opened(person), BIKES, "Sitting with the dying")
    assert "No job on our list uses two of the skills above." in words_of(person.get(PATH).by_id(PLACE))


def test_jobs_follow_the_skills_at_once_with_a_script_and_without(person: Visitor) -> None:
    with_skills(opened(person), BIKES)
    person.save(PATH, f"{SORT}|add|rows")
    answer = person.fragment(PATH, SORT, {f"{SORT}:rows-1-text": EXPLAINING})
    assert "outerHTML" in answer.by_id(PLACE).attrib.values()
    assert dict(jobs_on(answer))["Bike mechanic"] == (
        "It uses two of your skills: repairing bicycles and explaining complicated things simply."
    )
    assert jobs_on(person.get(PATH)) == jobs_on(answer)
    person.save(PATH, f"{SORT}|remove|{library().named(BIKES).id}")
    assert jobs_on(person.get(PATH)) == []


def test_a_page_that_is_only_read_ahead_has_none(person: Visitor) -> None:
    assert not person.get(PATH).has(f".//*[@id='{PLACE}']")


def test_a_job_leads_to_its_place_in_the_list(client: FlaskClient, sample: Visitor) -> None:
    address = _first(sample.get(PATH).by_id(PLACE), "a").get("href", "")
    path, _, anchor = address.partition("#")
    assert Page(client.get(path)).by_id(anchor) is not None


def test_every_job_stands_in_the_list_with_ways_to_its_neighbors(client: FlaskClient) -> None:
    first = occupations_page("")
    assert first is not None
    told: set[str] = set()
    for title, url, _ in first.families:
        page = Page(client.get(url))
        assert title in page.words
        told |= {f"{url}#{one.get('id')}" for one in page.root.iter("section")}
        linked = {one.get("href", "") for one in page.root.iter("a") if "#job-" in one.get("href", "")}
        assert linked <= {url_of(job) for job in book().occupations}
    assert {url_of(job) for job in book().occupations} <= told


def test_the_list_says_what_takes_no_degree(client: FlaskClient) -> None:
    page = Page(client.get("/reference/occupations?kind=building-and-trades"))
    told = [words_of(one) for one in page.root.iter("section")]
    without = [one for one in told if "You can get in without a degree." in one]
    assert len(without) == sum(
        not job.needs_degree for job in book().occupations if job.family == "Building and trades"
    )
    assert re.search(r"Carpenter.*Skills.*Working with wood.*Way in.*Similar jobs", " ".join(told))


@pytest.mark.parametrize("kind", ["nothing", "Health", "health "])
def test_an_unknown_kind_of_work_is_not_found(client: FlaskClient, kind: str) -> None:
    assert client.get("/reference/occupations", query_string={"kind": kind}).status_code == 404
