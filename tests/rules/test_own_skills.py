"""A skill in one's own words is renamed, merged and deleted everywhere at once, and all of it can be taken back."""

import json
from dataclasses import replace
from typing import Any

import pytest

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import built_on, responses
from dreamtree.answers.models import AnswerRevision
from dreamtree.answers.records import forced
from dreamtree.archive.merging import bring_in
from dreamtree.content import book, library
from dreamtree.profile.skill_lists import SkillQuery, own_skills, skill_words, skills_named
from dreamtree.saving import own_skills as changing
from dreamtree.saving import trash
from dreamtree.saving.skill_names import change_to
from dreamtree.tools import tool
from dreamtree.values import Item
from tests.copies import copied
from tests.people import new_person
from tests.rules.hostile import snapshot_from
from tests.rules.rebuilding import rebuild_profile
from tests.rules.test_rebuild import mara, profile, said, say, trying

__all__ = ["mara"]
TAGGER, RATER, RANKING, SORT, KNOWN, PRACTICE, ROUTINE = (
    "1.1.3.skills", "1.1.6.rate", "1.1.6.rank", "1.3.4.sort", "1.1.8.work", "1.5.1.practice", "1.5.3.day",
)  # fmt: skip
WORD = "Drawing on takeout menus"
NEW = "Sketching for people"


def tag(user: User, words: str, category: str = "transferable", place: int = 0, key: str = "") -> str:
    """Names a skill of one's own for a place in the tagger, as *Keep* does; answers its id."""
    answer, skill = said(user, TAGGER), key or db.new_id()
    assert answer is not None
    rows = [dict(row) for row in answer["rows"]]
    one = {"skill": skill, "name": words, "category": category, "own": True, "offered": False}
    rows[place] = {**rows[place], "tags": [*rows[place]["tags"], one]}
    say(user, TAGGER, {**answer, "rows": rows})
    return skill


def used_everywhere(user: User) -> Item:
    """An own skill that is tagged in two places, rated, ranked and sorted."""
    skill = tag(user, WORD)
    tag(user, WORD, place=1, key=skill)
    for key, row in (
        (RATER, {"key": skill, "text": WORD, "mastery": 5, "frequency": 5}),
        (SORT, {"key": skill, "text": WORD, "bucket": "lifts", "mastery": 5, "frequency": 5}),
    ):
        answer = said(user, key)
        assert answer is not None
        say(user, key, {**answer, "rows": [row, *answer["rows"]]})
    ranking = said(user, RANKING)
    assert ranking is not None
    say(user, RANKING, {**ranking, "items": [*ranking["items"][:-1], {"key": skill, "text": WORD}]})
    found = changing.own_skill(user, skill)
    assert found is not None
    return found


def texts_of(user: User) -> str:
    """Every answer that stands, as one text."""
    found = responses.answers_of(user, [block.key for block in book().blocks])
    return json.dumps([one.answer for one in found.values()], ensure_ascii=False)


def names(user: User) -> list[str]:
    return [skill_words(user, row["id"], row["own_name"]) for row in skills_named(user, SkillQuery())]


def seen_words(user: User) -> str:
    return json.dumps([seen.words for seen in built_on.all_seen(user)], ensure_ascii=False)


def stale(user: User) -> frozenset[str]:
    return built_on.stale_keys(user)


def rebuilt(user: User) -> tuple[Any, Any]:
    """The profile as it lives, and learned anew."""
    lives = profile(user)
    rebuild_profile(user, db.now())
    return lives, profile(user)


def test_only_answers_that_hold_a_skill_are_read_for_it_and_none_of_them_is_missed(mara: User) -> None:
    def act() -> None:
        change = change_to(mara, used_everywhere(mara), None)
        stored = responses.answers_of(mara, [block.key for block in book().blocks])
        asked = {block.key: (tool(block.type), block) for block in book().blocks if block.key in stored}
        changed = {
            key
            for key, (one, block) in asked.items()
            if one.with_changed_skill(block, stored[key].answer, change) != stored[key].answer
        }
        assert {TAGGER, RATER, RANKING, SORT} <= changed
        assert any(one.keeps_records for one, _ in asked.values())
        assert set(responses.answers_naming(mara, asked, change.keys)) == changed

    trying(act)


def test_a_new_name_stands_in_every_answer_and_asks_for_no_other_look(mara: User) -> None:
    def act() -> None:
        skill = used_everywhere(mara)
        before = stale(mara)
        changing.rename(mara, skill, NEW)
        assert WORD not in texts_of(mara)
        assert texts_of(mara).count(NEW) >= 5
        assert NEW in names(mara) and WORD not in names(mara)
        assert stale(mara) == before
        assert WORD not in seen_words(mara)
        lives, anew = rebuilt(mara)
        assert lives == anew
        assert stale(mara) == before

    trying(act)


def test_a_name_of_the_library_makes_both_one_with_what_was_said_of_it(mara: User) -> None:
    def act() -> None:
        skill = used_everywhere(mara)
        known = next(one for one in library().skills if one.category == "transferable" and one.id not in texts_of(mara))
        changing.rename(mara, skill, f"  {known.name.upper()}  ".strip())
        assert skill.key not in texts_of(mara)
        row = next(one for one in skills_named(mara, SkillQuery()) if one["id"] == known.id)
        assert (row["mastery"], row["frequency"], row["lift"]) == (5, 5, 2)
        assert row["own_name"] is None
        assert all(one.key != skill.key for one in own_skills(mara))
        lives, anew = rebuilt(mara)
        assert lives == anew

    trying(act)


def test_a_skill_that_is_there_already_keeps_what_was_said_of_it(mara: User) -> None:
    def act() -> None:
        skill = used_everywhere(mara)
        other = next(
            row for row in skills_named(mara, SkillQuery("transferable")) if row["mastery"] and not row["own_name"]
        )
        changing.rename(mara, skill, skill_words(mara, other["id"], None))
        assert skill.key not in texts_of(mara)
        row = next(one for one in skills_named(mara, SkillQuery()) if one["id"] == other["id"])
        assert row["mastery"] == other["mastery"]
        ranking = said(mara, RANKING)
        assert ranking is not None
        keys = [one["key"] for one in ranking["items"]]
        assert len(set(keys)) == len(keys)
        lives, anew = rebuilt(mara)
        assert lives == anew

    trying(act)


@pytest.mark.parametrize("typed", ["cafe\u0301 planning", "CAFÉ  PLANNING", "café\u200b planning"])
def test_two_own_words_that_look_the_same_are_one(mara: User, typed: str) -> None:
    def act() -> None:
        first, second = tag(mara, "Café planning"), tag(mara, WORD)
        skill = changing.own_skill(mara, second)
        assert skill is not None
        changing.rename(mara, skill, " ".join(typed.split()))
        assert [one.key for one in own_skills(mara) if one.key in (first, second)] == [first]
        assert second not in texts_of(mara)

    trying(act)


def test_a_line_of_a_list_follows_and_its_rating_too(mara: User) -> None:
    def act() -> None:
        answer = said(mara, KNOWN)
        assert answer is not None
        say(mara, KNOWN, {**answer, "rows": [{"key": "pumps", "text": "Old pumps", "fields": {}}, *answer["rows"]]})
        rated = said(mara, "1.1.8.rate")
        assert rated is not None
        row = {"key": "pumps", "text": "Old pumps", "mastery": 4, "frequency": 4}
        say(mara, "1.1.8.rate", {**rated, "rows": [row, *rated["rows"]]})
        skill = next(one for one in own_skills(mara) if one.text == "Old pumps")
        changing.rename(mara, skill, "Diaphragm pumps")
        assert "Old pumps" not in texts_of(mara)
        found = next(one for one in skills_named(mara, SkillQuery("knowledge")) if one["id"] == skill.key)
        assert found["mastery"] == 4
        other = tag(mara, "Pumps of the ward", "knowledge")
        changing.rename(mara, next(one for one in own_skills(mara) if one.key == skill.key), "pumps of the ward")
        assert skill.key not in [one.key for one in own_skills(mara)]
        found = next(one for one in skills_named(mara, SkillQuery("knowledge")) if one["id"] == other)
        assert (found["mastery"], found["places"]) == (4, 2)
        lives, anew = rebuilt(mara)
        assert lives == anew

    trying(act)


def test_deleted_it_is_nowhere_and_undo_brings_all_of_it_back(mara: User) -> None:
    def act() -> None:
        skill = used_everywhere(mara)
        before, looks, learned = texts_of(mara), stale(mara), profile(mara)
        kept = AnswerRevision.select().where(AnswerRevision.user_id == mara.id).count()
        assert {one.key for one in changing.uses_of(mara, skill)} == {TAGGER, RATER, RANKING, SORT}
        done = changing.delete(mara, skill)
        assert skill.key not in texts_of(mara) and WORD not in names(mara)
        assert WORD not in seen_words(mara)
        assert stale(mara) <= looks
        assert all(one.key != skill.key for one in own_skills(mara))
        assert AnswerRevision.select().where(AnswerRevision.user_id == mara.id).count() > kept
        assert changing.undo(mara, done)
        assert texts_of(mara) == before
        assert profile(mara)["user_skills"] == learned["user_skills"]
        assert stale(mara) <= looks
        assert not changing.undo(mara, done)

    trying(act)


def test_undo_leaves_alone_what_was_written_since(mara: User) -> None:
    def act() -> None:
        skill = used_everywhere(mara)
        done = changing.delete(mara, skill)
        rated = said(mara, RATER)
        assert rated is not None
        say(mara, RATER, {**rated, "rows": rated["rows"][:-1]})
        assert changing.undo(mara, done)
        assert said(mara, RATER) == {**rated, "rows": rated["rows"][:-1]}
        assert WORD in names(mara)

    trying(act)


def test_an_older_text_that_is_brought_back_has_the_new_name(mara: User) -> None:
    def act() -> None:
        skill = used_everywhere(mara)
        before = said(mara, TAGGER)
        assert before is not None
        changing.rename(mara, skill, NEW)
        say(mara, TAGGER, before)
        assert WORD not in texts_of(mara)
        lives, anew = rebuilt(mara)
        assert lives == anew

    trying(act)


def test_an_answer_that_lay_in_the_trash_comes_back_with_the_new_name(mara: User) -> None:
    def act() -> None:
        skill = used_everywhere(mara)
        other = "1.1.9.skills"
        answer = said(mara, other)
        assert answer is not None
        one = {"skill": skill.key, "name": WORD, "category": "transferable", "own": True, "offered": False}
        say(mara, other, {**answer, "rows": [{**row, "tags": [one]} for row in answer["rows"]]})
        place, stored = trash.block_place(other), responses.answer_to(mara, other)
        assert place is not None and stored is not None
        trash.move_to_trash(mara, place)
        changing.rename(mara, skill, NEW)
        trash.bring_back_answer(mara, stored.id)
        assert NEW in json.dumps(said(mara, other)) and WORD not in texts_of(mara)
        lives, anew = rebuilt(mara)
        assert lives == anew

    trying(act)


def test_a_day_of_a_practice_follows_the_skill_that_it_alone_names(mara: User) -> None:
    def act() -> None:
        skill, practice = tag(mara, WORD), said(mara, PRACTICE)
        assert practice is not None and practice["skill"] != skill
        first, *others = practice["rows"]
        say(mara, PRACTICE, forced({**practice, "rows": [{**first, "skill": skill}, *others]}))
        found = changing.own_skill(mara, skill)
        assert found is not None
        assert PRACTICE in {block.key for block in changing.uses_of(mara, found)}
        changing.delete(mara, found)
        after = said(mara, PRACTICE)
        assert after is not None
        assert after["rows"][0]["key"] == first["key"]
        assert "skill" not in after["rows"][0]

    trying(act)


def test_a_practice_and_what_was_copied_from_it_follow_and_outlive_the_skill(mara: User) -> None:
    def act() -> None:
        skill = tag(mara, WORD)
        practice = said(mara, PRACTICE)
        assert practice is not None and practice["rows"]
        say(mara, PRACTICE, forced({**practice, "skill": skill, "skill_name": WORD, "name": ""}))
        found = changing.own_skill(mara, skill)
        assert found is not None
        changing.rename(mara, found, NEW)
        renamed, routine = said(mara, PRACTICE), said(mara, ROUTINE)
        assert renamed is not None and routine is not None
        assert (renamed["skill"], renamed["skill_name"]) == (skill, NEW)
        assert len(renamed["rows"]) == len(practice["rows"])
        assert NEW in [one["text"] for one in routine["rows"]]
        lives, anew = rebuilt(mara)
        assert lives == anew
        done = changing.delete(mara, replace(found, text=NEW))
        kept = said(mara, PRACTICE)
        assert kept is not None
        assert (kept["skill"], kept["name"]) == ("", NEW)
        assert changing.undo(mara, done)
        assert said(mara, PRACTICE) == renamed
        lives, anew = rebuilt(mara)
        assert lives == anew

    trying(act)


def test_a_copy_taken_after_a_new_name_gives_the_same_tree(mara: User) -> None:
    def act() -> None:
        skill = used_everywhere(mara)
        changing.rename(mara, skill, NEW)
        gone = next(one for one in own_skills(mara) if one.key != skill.key)
        changing.delete(mara, gone)
        other = new_person()
        bring_in(other, snapshot_from(copied(mara), ""))
        assert sorted(names(other)) == sorted(names(mara))
        assert NEW in texts_of(other) and WORD not in texts_of(other)
        assert stale(other) == stale(mara)
        assert gone.text not in names(other)

    trying(act)
