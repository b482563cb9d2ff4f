"""*All your skills*: all kinds in one place, and own words that are renamed or deleted everywhere at once."""

import pytest

from tests.databases import run
from tests.page import Page
from tests.rules.recipes import RECIPES
from tests.rules.strict_html import faults
from tests.visitor import Visitor

TAGS = "1.1.3.skills"
TASKS = "/workbook/1.1.3"
WORD, NEW = "Drawing on takeout menus", "Sketching for people"


def field(page: Page, start: str) -> str:
    return next(name for name in page.form() if name.startswith(f"{TAGS}:{start}"))


def keep(visitor: Visitor, words: str, place: int = 0) -> Page:
    """Keeps a word of one's own for one place, as the button beside the search does."""
    page = visitor.open(TASKS)
    key = page.form()[field(page, f"rows-{place}-key")][0]
    return visitor.send(page, f"{TAGS}|keep|{key}", {field(page, f"find-{place}"): words})


def page_of(visitor: Visitor, words: str) -> Page:
    link = next(one for one in visitor.get("/my-skills").all(".//main//a") if words in "".join(one.itertext()))
    return visitor.get(link.get("href", ""))


def listed(visitor: Visitor) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in visitor.get("/my-skills").all(".//main//bdi")]


def test_every_skill_is_there_by_kind_and_own_words_lead_on(filled: Visitor) -> None:
    keep(filled, WORD)
    page = filled.get("/my-skills")
    assert faults(page.html) == []
    for title in ("What you can do", "What you're like", "What you know"):
        assert title in page.words
    assert f"Rename or delete: {WORD}" in page.words
    assert "All your skills" in filled.open(TASKS).words


def test_a_new_name_is_everywhere_and_undo_takes_it_back(filled: Visitor) -> None:
    keep(filled, WORD)
    keep(filled, WORD, 1)
    page = page_of(filled, WORD)
    assert faults(page.html) == []
    after = filled.press(page, "Rename it", {"skill": f"• {NEW}"})
    assert "Renamed everywhere." in after.words
    tasks = filled.open(TASKS).html
    assert NEW in tasks and WORD not in tasks
    filled.press(after, "Undo")
    tasks = filled.open(TASKS).html
    assert WORD in tasks and NEW not in tasks


def test_deleting_says_first_where_it_is_used(filled: Visitor) -> None:
    keep(filled, WORD)
    page = page_of(filled, WORD)
    assert "You used it in one answer" in page.words
    assert [one.get("href", "").partition("#")[0] for one in page.all(".//main//li/a")] == [TASKS]
    after = filled.press(page, "Delete it everywhere")
    assert "Deleted everywhere." in after.words
    assert WORD not in listed(filled)
    assert WORD not in filled.open(TASKS).html
    filled.press(after, "Undo")
    assert WORD in listed(filled)


@pytest.mark.parametrize(
    ("typed", "told"), [("", "Type the new name, then save."), ("a" * 202, "That's 2 characters over the 200 that fit")]
)
def test_a_name_that_does_not_do_stays_in_its_field(filled: Visitor, typed: str, told: str) -> None:
    keep(filled, WORD)
    page = filled.press(page_of(filled, WORD), "Rename it", {"skill": typed})
    assert page.status == 422
    assert told in page.words
    assert page.by_id("skill").get("value") == typed


def test_a_tab_from_before_does_not_bring_the_old_name_back(filled: Visitor) -> None:
    keep(filled, WORD)
    old = filled.open(TASKS)
    filled.press(page_of(filled, WORD), "Rename it", {"skill": NEW})
    page = filled.send(old, "save", {field(old, "find-0"): ""})
    assert WORD not in filled.open(TASKS).html
    dropped = {name: [] for name in old.form() if name.startswith(f"{TAGS}:rows-1-skills")}
    page = filled.send(old, "save", dropped)
    assert page.status == 409
    assert WORD not in filled.open(TASKS).html
    filled.press(page, "Use this one from this page")
    assert WORD not in filled.open(TASKS).html
    assert NEW in filled.open(TASKS).html


@pytest.mark.parametrize("title", ["Things people do", "Ways people are", "Things people know"])
def test_every_kind_of_skill_is_one_link_from_the_list_of_all(person: Visitor, title: str) -> None:
    page = person.get("/reference/skills")
    link = next(one for one in page.all(".//nav//a") if "".join(one.itertext()) == title)
    here = person.get(link.get("href", ""))
    assert here.status == 200
    assert [one.text for one in here.all(".//nav//a[@aria-current='page']") if one.text == title] == [title]


def test_a_skill_of_another_kind_says_where_it_is_used(filled: Visitor) -> None:
    page = filled.open(TASKS)
    key = page.form()[field(page, "rows-0-key")][0]
    found = filled.send(page, f"{TAGS}|find|{key}", {field(page, "find-0"): "spanish"})
    assert "used in What I know" in found.words


def test_ticks_of_the_seed_count_for_a_story_that_was_saved_before_stories_said_it(person: Visitor) -> None:
    seed = RECIPES["skill_evidence", "kind=seed"].say(person)
    words = seed if isinstance(seed, str) else seed[0]
    run("UPDATE soared_stories SET began = NULL")
    page = person.open("/workbook/1.1.5")
    ticked = [one for one in page.all(".//label") if any(box.get("checked") is not None for box in one.iter("input"))]
    assert words in [" ".join("".join(one.itertext()).split()) for one in ticked]


def test_it_is_nobody_elses(filled: Visitor, stranger: Visitor) -> None:
    keep(filled, WORD)
    path = page_of(filled, WORD).response.request.full_path
    assert "skill=" in path
    assert stranger.get(path).status == 404
