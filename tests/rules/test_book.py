"""The real book: it hangs together, it keeps its voice, and its reference data is whole."""

from collections import Counter

import pytest
from flask import Flask

from dreamtree.connections.sources import REFERENCE_SOURCES, SOURCES
from dreamtree.content import book, library
from dreamtree.content.check import Findings, check_book
from dreamtree.content.prose import word_count
from dreamtree.content.voice import read_manner
from dreamtree.content.voice.returns import LINK
from dreamtree.tools import all_tools
from tests.rules.seeded import SEED
from tests.rules.voiced import told

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def findings(app: Flask) -> Findings:
    return check_book(book(), SOURCES.keys(), REFERENCE_SOURCES.keys(), all_tools(), read_manner(SEED))


def test_the_book_hangs_together(findings: Findings) -> None:
    assert findings.errors == ()


def test_the_book_keeps_its_voice(findings: Findings) -> None:
    assert not findings.warnings, told(findings.warnings)


def test_pages_that_are_named_or_linked_are_there(app: Flask) -> None:
    routes = app.url_map.bind("localhost")
    linked = {path for block in book().blocks for path in LINK.findall(block.text)}
    paths = linked | {page.path for page in read_manner(SEED).pages}
    assert [path for path in sorted(paths) if not routes.test(path.partition("#")[0])] == []


def test_module_1_1_is_whole() -> None:
    module = book().module("1.1")
    assert module is not None
    assert [exercise.id for exercise in module.exercises] == [f"1.1.{number}" for number in range(1, 10)]
    assert {connection.id for connection in book().connections} >= set(range(1, 19))
    assert book().short_way[0] == "1.1.1"


def test_every_story_that_can_be_told_can_be_tagged_too() -> None:
    taggers = [one for one in book().blocks if one.type == "skill-tagger"]
    for story in (one for one in book().blocks if one.makes == "soared_stories.told"):
        reading = [
            tagger
            for tagger in taggers
            if (tagger.exercise_id == story.exercise_id and story.name in tagger.options.get("rows_of", ()))
            or any(one.gives == "rows" and one.reads(story.exercise_id) for one in tagger.connections)
        ]
        assert reading, story.key


def test_a_kind_of_skill_that_is_asked_for_comes_with_those_named_before() -> None:
    """Whatever asks for skills of one kind in general begins with what earlier pages named of that kind."""
    first = next(one.exercise_id for one in book().blocks if one.type == "skill-tagger")
    for block in book().blocks:
        kind = block.options.get("category") or {"user_skills.knowledge": "knowledge"}.get(block.makes)
        is_general = block.type in ("skill-tagger", "list-builder") and not (
            block.has_rows or block.options.get("rows_of")
        )
        if kind and is_general and block.exercise_id != first:
            beside = [one for one in book().blocks if one.makes == block.makes and one.exercise_id == block.exercise_id]
            drafts = [one for other in beside for one in other.connections if one.gives == "draft"]
            assert kind in {one.filter.get("category") for one in drafts}, block.key


def test_every_exercise_says_why_shows_two_examples_and_where_it_comes_back() -> None:
    for exercise in book().exercises:
        kinds = [block.type for block in exercise.blocks]
        assert kinds[0] == "instruction", exercise.id
        assert kinds.count("example") >= 2, exercise.id
        assert {"reflection", "transition"} <= set(kinds), exercise.id
        assert exercise.answered_blocks, exercise.id


def test_modules_that_are_begun_end_in_a_celebration() -> None:
    for module in book().modules:
        if module.exercises:
            assert any(block.type == "celebration" for block in module.exercises[-1].blocks), module.id


def test_every_exercise_can_be_done() -> None:
    for exercise in book().exercises:
        assert exercise.is_done([block.key for block in exercise.answered_blocks]), exercise.id
        assert not exercise.is_done([]), exercise.id


def test_tools_unlock_where_their_type_says() -> None:
    for exercise in book().exercises:
        tool = book().tool_type(exercise.unlocks or "")
        if exercise.unlocks:
            assert tool is not None
            assert tool.unlocks_at_exercise == exercise.id


def test_reference_data_is_whole() -> None:
    assert len(book().personality_types) == 16
    assert {len(kind.ways) >= 6 for kind in book().personality_types} == {True}
    assert {80 <= word_count(kind.summary) <= 140 for kind in book().personality_types} == {True}
    assert "".join(scale.left_letter + scale.right_letter for scale in book().scales) == "EISNTFJP"
    assert [len(one.levels) for one in book().competencies] == [5] * 15
    assert Counter(one.category for one in book().competencies) == {"delivery": 6, "interpersonal": 5, "strategic": 4}
    assert Counter(card.kind for card in book().value_cards) == {"life": 40, "work": 12}
    assert len(book().mindsets) == 5
    assert len(book().tool_types) == 10
    assert len(book().references) >= 18


def test_there_are_jobs_of_every_kind() -> None:
    jobs = book().occupations
    assert len(jobs) >= 300
    assert sum(not one.needs_degree for one in jobs) >= len(jobs) / 3
    assert min(Counter(one.family for one in jobs).values()) >= 10
    assert set(Counter(one.interests[0] for one in jobs)) == {one.letter for one in book().interests}


def test_whatever_people_do_some_job_uses_it() -> None:
    used = {skill for one in book().occupations for skill in one.skills}
    done = [skill for skill in library().skills if skill.category == "transferable"]
    assert sum(skill.id in used for skill in done) >= 0.95 * len(done)


def test_the_library_is_large_enough() -> None:
    counted = Counter(skill.category for skill in library().skills)
    assert sum(counted.values()) >= 1300
    assert counted["transferable"] >= 450
    assert counted["self_management"] >= 180
    assert counted["knowledge"] >= 600
    assert sum(bool(skill.synonyms and skill.phrases) for skill in library().skills) >= 400


@pytest.mark.parametrize(
    ("query", "category", "name"),
    [
        ("loded truks", "transferable", "load"),
        ("welding", "transferable", "weld"),
        ("organising", None, "organiz"),
        ("calmng", "transferable", "calm"),
        ("bycicle", None, "bicycle"),
        ("kept my head", "self_management", "crisis"),
        ("exel", "knowledge", "excel"),
    ],
)
def test_people_find_their_skills(query: str, category: str | None, name: str) -> None:
    assert any(name in skill.name.casefold() for skill in library().search(query, category)[:3])


@pytest.mark.parametrize(
    ("task", "name"),
    [
        ("Loaded trucks", "load"),
        ("Fixed my neighbor's bike", "bicycle"),
        ("Answered phones. Reset passwords.", "phone"),
        ("Found out why the stock count was wrong.", "cause"),
    ],
)
def test_skills_are_heard_in_a_task(task: str, name: str) -> None:
    assert any(name in skill.name.casefold() for skill in library().suggest(task, "transferable", limit=3))
