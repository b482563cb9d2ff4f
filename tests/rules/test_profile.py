"""What the tree has learned follows the answers: twice is once, and a thing taken out takes only itself."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dreamtree import db
from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.answers import responses
from dreamtree.answers.records import FORCE
from dreamtree.answers.stored import SaveInfo
from dreamtree.connections.sources import SOURCES
from dreamtree.content import book, library
from dreamtree.home import samples
from dreamtree.profile.experiences import Experience, ExperienceTask
from dreamtree.profile.locations import LOCATIONS
from dreamtree.profile.skills import ExerciseSkill, ExperienceSkill, UserSkill
from dreamtree.saving import SaveRequest, SaveResult, save
from dreamtree.tools import tool
from dreamtree.values import Answer, Item
from tests.databases import ask, run
from tests.examples import examples
from tests.grown import grown_tree
from tests.people import new_person
from tests.rules.rebuilding import derived_models
from tests.rules.seeded import BLOCKS, exercise_of
from tests.teaching import learn

EXPERIENCES, TAGS, RATINGS = "1.1.2.experiences", "1.1.3.skills", "1.1.6.rate"
SUBJECTS, POOL = 3, 5


@pytest.fixture
def somebody(app: Flask) -> Callable[[], User]:
    return new_person


@pytest.fixture
def mara(app: Flask) -> User:
    """The sample person, everything said."""
    return grown_tree()


def said(user: User, block_key: str, answer: Answer) -> SaveResult:
    """One explicit save on what stands now."""
    block, exercise = book().block(block_key), book().exercise(exercise_of(block_key))
    assert block is not None and exercise is not None
    before = responses.answer_to(user, block_key)
    stamp = SaveInfo(before.revision if before else 0, db.new_id(), 1, "save", db.now())
    return save(user, SaveRequest(exercise, block, answer, stamp, db.new_id(), db.new_id(), {}))


def skill_ids() -> list[str]:
    return [skill.id for skill in library().skills if skill.category == "transferable"][:POOL]


def tagged(named: dict[int, set[int]]) -> Answer:
    """A tagger's answer: subject number → numbers of the skills named for it."""
    pool = skill_ids()
    rows = [
        {"key": f"thing-{subject}", "text": f"Thing {subject}", "tags": [tag_of(pool[one]) for one in sorted(skills)]}
        for subject, skills in named.items()
    ]
    return {"rows": rows}


def tag_of(skill: str) -> dict[str, Any]:
    known = library().skill(skill)
    assert known is not None
    return {"skill": skill, "name": known.name, "category": known.category, "own": False, "offered": False}


def rated(mastery: dict[int, int]) -> Answer:
    pool = skill_ids()
    rows = [{"key": pool[one], "text": "a skill", "mastery": step, "frequency": None} for one, step in mastery.items()]
    return {"rows": rows}


def evidence(user: User) -> set[tuple[str, str]]:
    rows = ExperienceSkill.select().where(ExperienceSkill.user_id == user.id)
    return {(row.subject_key, row.skill_id) for row in rows}


def skills(user: User) -> dict[str, tuple[bool, int | None]]:
    """Skill → whether it is there now, and how well."""
    rows = UserSkill.select().where(UserSkill.user_id == user.id)
    return {row.id: (row.removed_at is None, row.mastery) for row in rows}


def everything(user: User) -> dict[str, list[Any]]:
    """All rows of the profile, with the settings that it fills, byte for byte."""
    names = ["user_settings", *(model._meta.table_name for model in derived_models())]
    return {name: sorted(map(repr, ask(f'SELECT * FROM "{name}" WHERE user_id = ?', (user.id,)))) for name in names}


def test_the_same_answer_again_teaches_nothing_in_any_tool(mara: User) -> None:
    answers, before = responses.answers_of(mara, BLOCKS), everything(mara)
    assert any(before.values()) and {BLOCKS[key] for key in answers} >= set(BLOCKS.values()) - {"number", "date"}
    for key, one in answers.items():
        block = book().block(key)
        assert block is not None
        taught = db.saving(lambda b=block, a=one.answer: learn(tool(b.type), mara, b, a, db.now()))
        assert taught == frozenset(), key
    assert everything(mara) == before


def test_every_answer_taken_back_takes_its_own_rows_and_no_others(mara: User, somebody: Callable[[], User]) -> None:
    """Whoever takes everything back has nothing left, in whichever order; the neighbor keeps all."""
    neighbor = samples.write_sample(people.new_tree(is_shared=False, device="a test", is_sample=True), "mara")
    before = everything(neighbor)
    for key, answer in responses.answers_of(mara, BLOCKS).items():
        block = book().block(key)
        assert block is not None
        one = tool(block.type)
        records = {row["key"]: FORCE for row in answer.answer["rows"]} if one.keeps_records else {}
        said(mara, key, one.empty(block) | ({"dropped": records} if records else {}))
    left = {name: [item.text for item in source(mara, {})] for name, source in SOURCES.items()}
    assert {name: items for name, items in left.items() if any(items)} == {}
    assert everything(neighbor) == before


def test_the_last_evidence_gone_keeps_the_rating_and_naming_it_again_brings_it_back(
    somebody: Callable[[], User],
) -> None:
    user, skill = somebody(), skill_ids()[0]
    said(user, TAGS, tagged({0: {0}, 1: {0}}))
    said(user, RATINGS, rated({0: 4}))
    said(user, TAGS, tagged({0: {0}}))
    assert skills(user)[skill] == (True, 4)
    said(user, TAGS, tagged({}))
    assert skills(user)[skill] == (False, 4)
    assert SOURCES["user_skills"](user, {}) == []
    said(user, TAGS, tagged({2: {0}}))
    assert skills(user)[skill] == (True, 4)


def test_evidence_in_another_exercise_keeps_a_skill(somebody: Callable[[], User]) -> None:
    user, skill = somebody(), skill_ids()[0]
    said(user, TAGS, tagged({0: {0}}))
    said(user, "1.1.5.skills", tagged({0: {0}}))
    said(user, TAGS, tagged({}))
    assert skills(user)[skill][0]
    assert ExerciseSkill.select().where(ExerciseSkill.user_id == user.id).count() == 1


def test_taking_out_one_thing_leaves_the_rows_of_the_others_as_they_were(somebody: Callable[[], User]) -> None:
    user = somebody()
    said(user, EXPERIENCES, {"rows": [experience("ward"), experience("home"), experience("evenings")]})
    before = {name: set(rows) for name, rows in everything(user).items()}
    said(user, EXPERIENCES, {"rows": [experience("ward"), experience("home")]})
    after = everything(user)
    assert [len(after[name]) for name in ("experiences", "experience_tasks")] == [2, 2]
    assert all(set(rows) <= before[name] for name, rows in after.items())


def experience(key: str) -> dict[str, Any]:
    when = {"from": "2019", "to": "now", "paid": True, "where": "Linden House", "kind": "job"}
    return {"key": key, "title": key, "tasks": [{"key": "t1", "text": f"What I did at {key}"}], **when}


NAMED = st.dictionaries(st.integers(0, SUBJECTS - 1), st.sets(st.integers(0, POOL - 1)))
MASTERY = st.dictionaries(st.integers(0, POOL - 1), st.integers(1, 5))
EDITS = st.lists(st.tuples(st.integers(0, 1), st.one_of(NAMED, st.tuples(MASTERY))), min_size=1, max_size=8)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_any_edits_of_two_people_leave_each_with_what_their_own_answers_say(
    somebody: Callable[[], User], edits: list[tuple[int, Any]]
) -> None:
    trees = [Tree(somebody()), Tree(somebody())]
    for who, edit in edits:
        if isinstance(edit, tuple):
            trees[who].rate(edit[0])
        else:
            trees[who].name(edit)
        for tree in trees:
            tree.check()


class Tree:
    """One person, and what the profile should say."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.named: set[tuple[str, str]] = set()
        self.mastery: dict[str, int | None] = {}

    def name(self, named: dict[int, set[int]]) -> None:
        said(self.user, TAGS, tagged(named))
        pool = skill_ids()
        self.named = {(f"thing-{subject}", pool[one]) for subject, skills in named.items() for one in skills}
        self.mastery = {skill: None for _, skill in self.named} | self.mastery

    def rate(self, mastery: dict[int, int]) -> None:
        """Only what was named can be rated; what has no rating in the answer has none."""
        pool = skill_ids()
        known = {one: step for one, step in mastery.items() if pool[one] in self.mastery}
        said(self.user, RATINGS, rated(known))
        self.mastery = dict.fromkeys(self.mastery) | {pool[one]: step for one, step in known.items()}

    def check(self) -> None:
        here = {skill for _, skill in self.named}
        assert evidence(self.user) == self.named
        assert skills(self.user) == {skill: (skill in here, step) for skill, step in self.mastery.items()}
        assert {item.key for item in SOURCES["user_skills"](self.user, {})} == here


def test_a_row_that_is_missing_comes_back_with_the_next_change(somebody: Callable[[], User]) -> None:
    user, block = somebody(), book().block("1.2.1.places")
    assert block is not None
    before = [Item("a", "Lima"), Item("b", "Oslo")]
    LOCATIONS.learn(user, block, before, db.now())
    run("DELETE FROM locations WHERE item_key = ?", ("a",))
    changed = LOCATIONS.learn(user, block, [Item("a", "Quito"), before[1]], db.now(), before)
    assert changed == LOCATIONS.changed_sources
    assert sorted(item.text for item in LOCATIONS.items(user, {})) == ["Oslo", "Quito"]


def test_a_row_belongs_to_one_person_only(somebody: Callable[[], User]) -> None:
    """Two people with the same words and the same keys, in every table."""
    one, other = somebody(), somebody()
    for user in (one, other):
        said(user, EXPERIENCES, {"rows": [experience("ward")]})
    before = everything(other)
    said(one, EXPERIENCES, {"rows": []})
    assert everything(other) == before
    assert Experience.select().where(Experience.user_id == one.id).count() == 0
    assert ExperienceTask.select().where(ExperienceTask.user_id == one.id).count() == 0
