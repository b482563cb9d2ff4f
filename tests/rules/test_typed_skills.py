"""A skill that is typed where others are rated, put in order or sorted is a skill of the person like any other."""

import json
from uuid import uuid4

import pytest

from dreamtree.accounts.models import User
from dreamtree.content import library
from dreamtree.profile.locations import LOCATIONS
from dreamtree.profile.skill_lists import SkillQuery, own_skills, skills_named
from dreamtree.saving import own_skills as changing
from dreamtree.text import folded
from dreamtree.tools import Inputs, tool
from dreamtree.values import Answer, Item
from tests.rules.seeded import BLOCKS, MADE, one_of_each, what_it_teaches
from tests.rules.test_own_skills import names, rebuilt, tag, texts_of
from tests.rules.test_rebuild import mara, said, say, the, trying
from tests.visitor import Visitor

__all__ = ["mara"]
JUDGING = [key for key, kind in BLOCKS.items() if kind in ("skill-rater", "ranking-grid", "bucket-sort")]
JUDGED = {
    "user_skills.ratings": {"mastery": 4, "frequency": 2},
    "user_skills.rank": {},
    "user_skills.energy": {"bucket": "lifted"},
    "user_skills.superpower": {"bucket": "lifts", "mastery": 4, "frequency": 3},
}
"""What blocks about skills make → what is said of one in them."""
ABOUT_SKILLS = [key for key in JUDGING if MADE[key] in JUDGED]
LISTS = [key for key, makes in MADE.items() if makes == "user_skills.knowledge"]
WAYS_TO_TYPE = ("Café planning", "Cafe\u0301 planning", "CAFÉ  Planning", " cafe\u0301\u200b planning ")
"""One skill, as several keyboards type it."""
RANK = "1.2.1.rank"
WORD, NEW = "Folding paper boats", "Folding boats out of paper"


def typed(user: User, key: str, words: str = WORD, row_key: str = "typed") -> None:
    """Types a skill into a block."""
    one, answer = tool(the(key).type), said(user, key)
    rows = getattr(one, "row_list", "rows")
    row = {"key": row_key, "text": words, "own": True, **JUDGED[MADE[key]]}
    assert answer is not None
    say(user, key, {**answer, rows: [row, *(one for one in answer[rows] if one["key"] != row_key)]})


def named(user: User, words: str) -> list[dict[str, object]]:
    own = {one.key for one in own_skills(user) if one.text == words}
    return [dict(row) for row in skills_named(user, SkillQuery()) if row["id"] in own]


@pytest.mark.parametrize("key", one_of_each(ABOUT_SKILLS, what_it_teaches))
def test_it_is_listed_offered_renamed_and_deleted_everywhere(mara: User, key: str) -> None:
    def act() -> None:
        typed(mara, key)
        (row,) = named(mara, WORD)
        assert row["category"] == the(key).options.get("category", "transferable")
        for column, value in (("mastery", 4), ("frequency", 2)) if MADE[key] == "user_skills.ratings" else ():
            assert row[column] == value
        tag(mara, WORD, key=row["id"])
        skill = changing.own_skill(mara, row["id"])
        assert skill is not None
        assert the(key) in changing.uses_of(mara, skill)
        changing.rename(mara, skill, NEW)
        assert WORD not in texts_of(mara) and NEW in json.dumps(said(mara, key))
        lives, anew = rebuilt(mara)
        assert lives == anew
        again = changing.own_skill(mara, row["id"])
        assert again is not None
        changing.delete(mara, again)
        assert NEW not in texts_of(mara) and NEW not in names(mara)

    trying(act)


@pytest.mark.parametrize("key", one_of_each([*ABOUT_SKILLS, "1.1.8.work"], what_it_teaches))
def test_other_words_in_its_row_rename_it_everywhere(mara: User, key: str) -> None:
    def act() -> None:
        if key in ABOUT_SKILLS:
            typed(mara, key)
        else:
            answer = said(mara, key)
            assert answer is not None
            say(mara, key, {**answer, "rows": [{"key": "typed", "text": WORD, "fields": {}}, *answer["rows"]]})
        (row,) = named(mara, WORD)
        tag(mara, WORD, row["category"], key=row["id"])
        say(mara, key, json.loads(json.dumps(said(mara, key)).replace(WORD, NEW)))
        assert WORD not in texts_of(mara)
        assert texts_of(mara).count(NEW) >= 2
        lives, anew = rebuilt(mara)
        assert lives == anew

    trying(act)


@pytest.mark.parametrize("key", one_of_each(ABOUT_SKILLS, what_it_teaches))
def test_with_the_name_of_another_skill_it_is_that_one_and_stays_named(mara: User, key: str) -> None:
    """Also of a library skill of another kind."""

    def act() -> None:
        typed(mara, key)
        (row,) = named(mara, WORD)
        known = next(
            one for one in library().skills if one.category != row["category"] and one.id not in texts_of(mara)
        )
        skill = changing.own_skill(mara, row["id"])
        assert skill is not None
        changing.rename(mara, skill, known.name)
        now = next(one for one in skills_named(mara, SkillQuery()) if one["id"] == known.id)
        assert (now["category"], now["own_name"]) == (known.category, None)
        for column in ("mastery", "frequency", "energy", "lift"):
            assert now[column] == row[column]
        lives, anew = rebuilt(mara)
        assert lives == anew

    trying(act)


def test_rows_that_were_numbered_alike_in_two_blocks_are_two_skills(mara: User) -> None:
    def act() -> None:
        raters = [key for key in ABOUT_SKILLS if MADE[key] == "user_skills.ratings"]
        for key in raters:
            typed(mara, key, f"Typed in {key}", row_key="hand-1")
        assert all(len(named(mara, f"Typed in {key}")) == 1 for key in raters)
        lives, anew = rebuilt(mara)
        assert lives == anew

    trying(act)


def said_in(user: User, key: str, words: str, row_key: str) -> None:
    """Types a skill into a block of any tool that names skills, as its page stores it."""
    if key in ABOUT_SKILLS:
        typed(user, key, words, row_key)
        return
    answer = said(user, key)
    assert answer is not None
    row = {"key": row_key, "text": words, "fields": {}}
    say(user, key, {**answer, "rows": [row, *(one for one in answer["rows"] if one["key"] != row_key)]})


def own_called(user: User, words: str) -> list[str]:
    return [one.key for one in own_skills(user) if folded(one.text) == folded(words)]


@pytest.mark.parametrize("key", one_of_each([*ABOUT_SKILLS, *LISTS], what_it_teaches))
def test_typed_again_it_is_the_skill_that_is_called_so(mara: User, key: str) -> None:
    def act() -> None:
        tag(mara, WAYS_TO_TYPE[0])
        (skill,) = own_called(mara, WAYS_TO_TYPE[0])
        for words in (*WAYS_TO_TYPE, WAYS_TO_TYPE[-1]):
            said_in(mara, key, words, "typed-again")
            assert own_called(mara, words) == [skill], words
            (row,) = (row for row in skills_named(mara, SkillQuery()) if row["id"] == skill)
            if MADE[key] == "user_skills.ratings":
                assert (row["mastery"], row["frequency"]) == (4, 2)
        lives, anew = rebuilt(mara)
        assert lives == anew

    trying(act)


@pytest.mark.parametrize("key", one_of_each([*ABOUT_SKILLS, *LISTS], what_it_teaches))
def test_typed_twice_in_one_block_it_is_one_skill_with_what_either_says(mara: User, key: str) -> None:
    def act() -> None:
        said_in(mara, key, WAYS_TO_TYPE[0], "first")
        (skill,) = own_called(mara, WAYS_TO_TYPE[0])
        for n, words in enumerate(WAYS_TO_TYPE):
            said_in(mara, key, words, f"again-{n}")
            assert own_called(mara, words) == [skill]
        assert sum(folded(text) == folded(WAYS_TO_TYPE[0]) for text in texts_in(said(mara, key))) == 1

    trying(act)


def texts_in(answer: Answer | None) -> list[str]:
    rows = (answer or {}).get("rows") or (answer or {}).get("items") or []
    return [one["text"] for one in rows]


def test_typed_in_every_block_it_is_one_skill(mara: User) -> None:
    def act() -> None:
        for key in (*LISTS, *ABOUT_SKILLS):
            said_in(mara, key, WAYS_TO_TYPE[1], f"in-{key.replace('.', '-')}")
        assert len(own_called(mara, WAYS_TO_TYPE[0])) == 1
        tag(mara, WAYS_TO_TYPE[2], key=str(uuid4()))
        assert len(own_called(mara, WAYS_TO_TYPE[0])) == 1
        lives, anew = rebuilt(mara)
        assert lives == anew

    trying(act)


def test_a_place_typed_where_places_are_put_in_order_is_a_place_like_any_other(mara: User) -> None:
    def act() -> None:
        before, answer = [one.text for one in LOCATIONS.items(mara, {})], said(mara, RANK)
        assert answer is not None
        typed_here = {"key": "typed", "text": "A boat", "own": True}
        say(mara, RANK, {**answer, "items": [typed_here, *answer["items"]]})
        assert sorted(one.text for one in LOCATIONS.items(mara, {})) == sorted([*before, "A boat"])
        lives, anew = rebuilt(mara)
        assert lives == anew
        say(mara, RANK, answer)
        assert [one.text for one in LOCATIONS.items(mara, {})] == before

    trying(act)


def test_the_name_of_a_place_that_is_there_makes_no_second_one() -> None:
    one, block, inputs = tool("ranking-grid"), the(RANK), Inputs(draft=(Item("here", "The river town"),))
    typed_here = {"items": [{"key": "typed", "text": "the  RIVER town", "own": True}]}
    for stored in (one.start(block, inputs), one.empty(block)):
        merged = one.merge_posted(block, typed_here, stored, inputs)
        assert [item["key"] for item in merged["items"]] == ["here"]


def typing(words: str) -> dict[str, str]:
    return {"1.1.6.rate:rows-0-text": words, "1.1.6.rate:rows-0-mastery": "4"}


def test_what_is_typed_into_a_rater_is_rated_once_and_found_by_taggers(person: Visitor) -> None:
    person.save("/workbook/1.1.1")
    person.press(person.get("/workbook/1.1.6"), "Skip everything before this")
    page = person.open("/workbook/1.1.6")
    for _ in range(2):
        page = person.send(page, "save", typing(WORD))
        page = person.open("/workbook/1.1.6")
        texts = [value for name, value in page.form().items() if name.startswith("1.1.6.rate:rows") and "-key" in name]
        assert len(texts) == 1
        assert "1 new skill" not in page.words
    assert WORD in person.get("/my-skills").words
    key = person.open("/workbook/1.1.1").form()["1.1.1.skills:rows-0-key"][0]
    found = person.save("/workbook/1.1.1", f"1.1.1.skills|find|{key}", {"1.1.1.skills:find-0": "paper boats"})
    assert WORD in found.words


def test_a_name_of_the_library_is_recognised_as_it_is_typed(person: Visitor) -> None:
    known = next(one for one in library().skills if one.category == "knowledge")
    person.save("/workbook/1.1.1")
    person.press(person.get("/workbook/1.1.6"), "Skip everything before this")
    page = person.open("/workbook/1.1.6")
    person.send(page, "save", typing(known.name))
    page = person.get("/my-skills")
    assert known.name in page.words and "Rename or delete" not in page.words
    assert known.name in person.open("/workbook/1.1.6").words


def test_two_lists_of_one_page_name_a_skill_that_is_rated_once(person: Visitor) -> None:
    person.save("/workbook/1.1.1")
    person.press(person.get("/workbook/1.1.8"), "Skip everything before this")
    lines = {f"{key}:rows-0-text": words for key, words in zip(LISTS, WAYS_TO_TYPE, strict=False)}
    person.send(person.open("/workbook/1.1.8"), "save", lines)
    form = person.open("/workbook/1.1.8").form()
    assert len([name for name in form if name.startswith("1.1.8.rate:rows") and name.endswith("-key")]) == 1
