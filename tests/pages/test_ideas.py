"""From one word to three paths, without a script: a tree, its leaves, ideas and real jobs, and a path made of one."""

import re

import pytest
from flask.testing import FlaskClient

from dreamtree.content import book, library
from tests.page import Page, words_of
from tests.rules.touching import buttons_of, section
from tests.visitor import Visitor

TREE, IDEAS, PATHS = "2.3.1.tree-1", "2.3.2.ideas", "2.3.3.paths"
JOBS = "b-2-3-2-ideas-jobs"


def unlocked(person: Visitor, path: str) -> Page:
    page = person.get(path)
    if not page.has(".//form[@id='exercise']"):
        person.press(page, "Skip everything before this")
    return person.open(path)


def sent(person: Visitor, page: Page, block: str, do: str, **typed: str) -> Page:
    fields = {f"{block}:{name.replace('_', '-')}": value for name, value in typed.items()}
    names = {name.split("~")[0]: name for name in page.form()}
    return person.send_and_open(page, do, {names.get(name, name): value for name, value in fields.items()})


@pytest.fixture
def with_leaves(person: Visitor) -> Visitor:
    """Somebody who grew a tree from water, two steps out, and marked what they liked."""
    page = unlocked(person, "/workbook/2.3.1")
    words = {f"rows_{n}_text": word for n, word in enumerate(("Grandma", "Leak", "Pool"))}
    page = sent(person, page, TREE, f"{TREE}|add|", root="Water", **words)
    assert "Around “Grandma”" in words_of(section(page, TREE))
    words = {f"rows_{n}_text": word for n, word in enumerate(("Radio", "Soup", "Maps"), 3)}
    page = sent(person, page, TREE, "save", rows_1_leaf="1", **words)
    sent(person, page, TREE, "save", rows_3_leaf="1", rows_5_leaf="1")
    return person


def test_a_finished_tree_rests_in_words_and_drawn(with_leaves: Visitor) -> None:
    part = section(with_leaves.get("/workbook/2.3.1"), TREE)
    assert "Six words, two steps out. You marked three." in words_of(part)
    assert "Radio, Maps, and Leak" in words_of(part)
    assert [one.get("class") for one in part.iter("svg") if one.get("role") == "img"] == ["ideas"]


def test_leaves_make_ideas_and_an_idea_makes_a_path(with_leaves: Visitor) -> None:
    page = unlocked(with_leaves, "/workbook/2.3.2")
    drawn = sent(with_leaves, page, IDEAS, f"{IDEAS}|draw|")
    assert "Your leaves for this one" in drawn.words
    page = sent(with_leaves, drawn, IDEAS, f"{IDEAS}|add|", rows_0_text="Plumber who takes calls on the air")
    made_of = words_of(page.by_id(f"b-2-3-2-ideas-row-{_first_key(page)}"))
    assert all(leaf in made_of for leaf in ("Radio", "Maps", "Leak"))
    page = unlocked(with_leaves, "/workbook/2.3.3")
    use = next(one.get("value", "") for one in buttons_of(page, PATHS) if "|use|instead:" in one.get("value", ""))
    page = with_leaves.send_and_open(page, use)
    titles = [value for name, (value, *_) in page.form().items() if re.search(r"rows-\d-text", name)]
    assert titles == ["", "Plumber who takes calls on the air", ""]


def _first_key(page: Page) -> str:
    return page.form()[f"{IDEAS}:rows-0-key"][0]


def test_a_real_job_says_what_it_shares_and_becomes_an_idea(with_leaves: Visitor) -> None:
    page = unlocked(with_leaves, "/workbook/2.3.2")
    place = page.by_id(JOBS)
    add = next(one for one in place.iter("button") if "|job|" in one.get("value", ""))
    assert "from your leaves." in words_of(place)
    slug = add.get("value", "").rsplit("|", 1)[1]
    title = next(one.title for one in book().occupations if one.slug == slug)
    after = with_leaves.send_and_open(page, add.get("value", ""))
    assert "One idea, from the list of jobs." in words_of(section(after, IDEAS))
    assert title in words_of(section(after, IDEAS))
    assert add.get("value") not in [one.get("value") for one in after.by_id(JOBS).iter("button")]


def test_without_anything_to_go_by_the_page_says_when_jobs_show_up(person: Visitor) -> None:
    place = unlocked(person, "/workbook/2.3.2").by_id(JOBS)
    assert "Jobs show up here once" in words_of(place)
    assert not list(place.iter("li"))


def test_every_job_names_what_is_really_shared(client: FlaskClient) -> None:
    lin = Visitor(client)
    lin.press(lin.get("/"), "Look at a sample tree", {"who": "lin"})
    jobs = {job.title: job for job in book().occupations}
    found = list(lin.get("/workbook/2.3.2").by_id(JOBS).iter("li"))
    assert len(found) == 12
    for one in found:
        title, reason = words_of(next(one.iter("a"))), words_of([*one.iter("p")][1])
        names = [skill.name for skill in library().skills if skill.id in jobs[title].skills]
        fits = re.search(r"Fits ([^.]+)\.", reason)
        kinds = [kind.in_sentence for kind in book().interests if fits and kind.in_sentence in fits[1]]
        assert all(kind.letter in jobs[title].interests for kind in book().interests if kind.in_sentence in kinds)
        assert kinds or "from your leaves" in reason or any(name[1:] in reason for name in names), (title, reason)
