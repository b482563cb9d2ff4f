"""Two trees become one: whatever met, every text of both is there afterwards, on top or in the history."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from dreamtree.answers.records import KEYS
from dreamtree.archive.tree import Choice, ExerciseState, Kept, SeenThere, Tree
from dreamtree.archive.weaving import Woven, woven
from tests.examples import examples
from tests.rules.growing import DAYS, LOG, NOBODY, earlier, kept, record, texts_of, tree, trees

MANY = settings(max_examples=examples(50))
AT = "2027-03-09T09:00:00.000Z"
LATER, EARLIER = {"1.1": DAYS[5], "1.3": DAYS[5]}, {"1.1": DAYS[1], "1.3": DAYS[1]}
LINE = "1.1.1.line"


def the(found: Woven | Tree, key: str = LINE) -> Kept:
    return (found.tree if isinstance(found, Woven) else found).answers[key]


def bound(one: Kept) -> list[tuple[int, str, Any]]:
    """The history and the text on top, as revision, kind and words."""
    texts = [(text.revision, text.kind, text.answer.get("value")) for text in one.history]
    return [*texts, (one.revision, one.kind, one.answer.get("value"))]


# Whatever meets


@MANY
@given(mine=trees("m"), theirs=trees("t"))
def test_every_text_of_both_is_there_afterwards(mine: Tree, theirs: Tree) -> None:
    after = woven(mine, theirs, AT).tree
    assert texts_of(mine) | texts_of(theirs) <= texts_of(after)


@MANY
@given(mine=trees("m"), theirs=trees("t"))
def test_nothing_is_there_that_nobody_said(mine: Tree, theirs: Tree) -> None:
    assert texts_of(woven(mine, theirs, AT).tree) <= texts_of(mine) | texts_of(theirs)


@MANY
@given(mine=trees("m"), theirs=trees("t"))
def test_woven_twice_is_woven_once(mine: Tree, theirs: Tree) -> None:
    once = woven(mine, theirs, AT).tree
    assert woven(once, theirs, "2027-04-01T09:00:00.000Z").tree == once


@MANY
@given(mine=trees("m"))
def test_a_tree_with_itself_is_itself(mine: Tree) -> None:
    assert woven(mine, mine, AT).tree == mine


@MANY
@given(theirs=trees("t"))
def test_into_an_empty_tree_everything_comes_as_it_was(theirs: Tree) -> None:
    after = woven(tree(), theirs, AT).tree
    assert replace(after, settings=theirs.settings) == theirs


@MANY
@given(mine=trees("m"), theirs=trees("t"))
def test_what_was_kept_stays_as_it_is(mine: Tree, theirs: Tree) -> None:
    """Rows of the history are added and never change; ids stay."""
    after = woven(mine, theirs, AT).tree
    for key, one in mine.answers.items():
        assert after.answers[key].id == one.id
        assert after.answers[key].history[: len(one.history)] == one.history
    for key, record_ in mine.instances.items():
        assert after.instances[key].history[: len(record_.history)] == record_.history


@MANY
@given(mine=trees("m"), theirs=trees("t"))
def test_revisions_and_times_go_up(mine: Tree, theirs: Tree) -> None:
    for key, one in woven(mine, theirs, AT).tree.answers.items():
        before = mine.answers.get(key)
        if before is not None and one != before:
            added = one.history[len(before.history) :]
            numbers = [text.revision for text in added]
            assert numbers == sorted(numbers)
            assert one.revision > max(numbers, default=before.revision) or one.answer.get(KEYS)
            assert all(text.recorded_at == AT for text in added)
        ids = [text.id for text in one.history]
        assert len(ids) == len(set(ids))


@MANY
@given(mine=trees("m"), theirs=trees("t"))
def test_every_living_record_of_both_lives(mine: Tree, theirs: Tree) -> None:
    after = woven(mine, theirs, AT).tree
    for side in (mine, theirs):
        living = [one for one in side.instances.values() if not one.deleted_at]
        for one in living:
            same = [
                other for other in after.instances.values() if other.block_key == one.block_key and not other.deleted_at
            ]
            assert any(other.id == one.id or other.answer == one.answer for other in same)


@MANY
@given(mine=trees("m"), theirs=trees("t"))
def test_the_log_names_each_of_its_records_once(mine: Tree, theirs: Tree) -> None:
    after = woven(mine, theirs, AT).tree
    if LOG in after.answers:
        keys = after.answers[LOG].answer[KEYS]
        assert sorted(keys) == sorted(
            one.id.removeprefix(f"{LOG}:") for one in after.instances.values() if one.block_key
        )


# Case by case


@pytest.mark.parametrize(
    ("ours", "others", "on_top"),
    [(LATER, EARLIER, "mine"), (EARLIER, LATER, "theirs"), (LATER, LATER, "mine"), ({}, {}, "mine")],
    ids=["mine newer", "theirs newer", "level", "never dated"],
)
def test_the_module_that_was_changed_last_stays_on_top(ours: Any, others: Any, on_top: str) -> None:
    mine = tree(kept(LINE, "mine"), kept("1.1.4.story-1", "mine"), modules=ours)
    theirs = tree(kept(LINE, "theirs"), kept("1.1.4.story-1", "theirs"), modules=others)
    found = woven(mine, theirs, AT)
    assert {the(found, key).answer["value"] for key in theirs.answers} == {on_top}
    assert [one.stays for one in found.modules] == [on_top]


def test_one_module_may_be_newer_here_and_another_there() -> None:
    mine = tree(kept(LINE, "mine"), kept("1.2.1.moves", "mine"), modules={"1.1": DAYS[5], "1.2": DAYS[1]})
    theirs = tree(kept(LINE, "theirs"), kept("1.2.1.moves", "theirs"), modules={"1.1": DAYS[1], "1.2": DAYS[5]})
    found = woven(mine, theirs, AT)
    assert [(one.module_id, one.stays) for one in found.modules] == [("1.1", "mine"), ("1.2", "theirs")]
    assert (the(found).answer["value"], the(found, "1.2.1.moves").answer["value"]) == ("mine", "theirs")


def test_a_block_answered_on_one_side_only_is_kept_as_it_was() -> None:
    story = kept("1.1.4.story-1", "a story", DAYS[0], history=[earlier("begun")])
    found = woven(tree(kept(LINE, "mine"), modules=LATER), tree(story, modules=EARLIER), AT)
    assert the(found, story.block_key) == story
    assert the(found).answer == {"value": "mine"}


def test_when_mine_stays_theirs_goes_above_it_into_the_history_and_mine_follows_once_more() -> None:
    mine = tree(kept(LINE, "m2", history=[earlier("m1")]), modules=LATER)
    theirs = tree(kept(LINE, "t2", history=[earlier("t1")]), modules=EARLIER)
    assert bound(the(woven(mine, theirs, AT))) == [
        (1, "save", "m1"), (2, "save", "m2"), (3, "merged", "t1"), (4, "merged", "t2"), (5, "merged", "m2")
    ]  # fmt: skip


def test_when_theirs_stays_mine_goes_into_the_history() -> None:
    mine = tree(kept(LINE, "m2", history=[earlier("m1")]), modules=EARLIER)
    theirs = tree(kept(LINE, "t2", DAYS[3], history=[earlier("t1")]), modules=LATER)
    found = the(woven(mine, theirs, AT))
    assert bound(found) == [(1, "save", "m1"), (2, "save", "m2"), (3, "merged", "t1"), (4, "merged", "t2")]
    assert found.saved_at == DAYS[3]


def test_the_same_text_on_both_sides_is_one() -> None:
    mine, theirs = tree(kept(LINE, "same"), modules=EARLIER), tree(kept(LINE, "same", DAYS[4]), modules=LATER)
    found = woven(mine, theirs, AT)
    assert the(found) == the(mine)
    assert [one.stays for one in found.modules] == ["both"]


def test_an_older_copy_of_ones_own_tree_adds_nothing() -> None:
    copy = tree(kept(LINE, "first", identity="a"), modules=EARLIER)
    now = tree(kept(LINE, "second", DAYS[4], identity="a", history=[earlier("first")]), modules=LATER)
    assert woven(now, copy, AT).tree == now


@pytest.mark.parametrize("modules", [(LATER, EARLIER), (EARLIER, LATER)])
def test_what_lies_in_the_trash_yields_to_what_lives(modules: Any) -> None:
    gone = tree(kept(LINE, "thrown away", deleted_at=DAYS[6]), modules=modules[0])
    living = tree(kept(LINE, "living"), modules=modules[1])
    for mine, theirs in ((gone, living), (living, gone)):
        found = the(woven(mine, theirs, AT))
        assert (found.answer["value"], found.deleted_at) == ("living", None)
        assert "thrown away" in [text.answer["value"] for text in found.history]


def test_a_text_in_the_trash_lives_again_by_a_revision_when_the_same_lives_there() -> None:
    gone, living = tree(kept(LINE, "same", deleted_at=DAYS[6])), tree(kept(LINE, "same"))
    once = woven(gone, living, AT).tree
    found = once.answers[LINE]
    assert (found.revision, found.deleted_at, found.history) == (2, None, ())
    assert woven(once, living, AT).tree == once


# Records and tools


def test_records_are_united_in_order_and_exact_doubles_are_one() -> None:
    mine = tree(kept(LOG, {KEYS: ["a", "b"]}), record("a", "oak"), record("b", "elm"), modules=LATER)
    theirs = tree(kept(LOG, {KEYS: ["x", "y"]}), record("x", "oak"), record("y", "ash"), modules=EARLIER)
    found = woven(mine, theirs, AT).tree
    assert the(found, LOG).answer[KEYS] == ["a", "y", "b"]
    assert {one.answer["what"] for one in found.instances.values()} == {"oak", "elm", "ash"}
    assert len(found.instances) == 3


def test_two_equal_entries_on_one_side_stay_two() -> None:
    theirs = tree(record("x", "oak"), record("y", "oak"))
    assert len(woven(tree(record("a", "oak")), theirs, AT).tree.instances) == 2
    assert len(woven(tree(), theirs, AT).tree.instances) == 2


def test_an_entry_thrown_away_is_no_double_of_one_that_lives() -> None:
    found = woven(tree(record("a", "oak", deleted_at=DAYS[2])), tree(record("x", "oak")), AT).tree
    assert len(found.instances) == 2


def test_a_double_brings_its_history() -> None:
    theirs = tree(record("x", "oak", history=[earlier({"what": "acorn"})]))
    found = woven(tree(record("a", "oak")), theirs, AT).tree
    assert [text.answer["what"] for text in found.instances[f"{LOG}:a"].history] == ["acorn"]


def test_the_same_record_said_otherwise_follows_its_module() -> None:
    mine, theirs = tree(record("a", "oak"), modules=EARLIER), tree(record("a", "elm"), modules=LATER)
    found = woven(mine, theirs, AT).tree.instances[f"{LOG}:a"]
    assert (found.answer["what"], [text.answer["what"] for text in found.history]) == ("elm", ["oak"])


def test_a_tool_used_by_itself_is_added() -> None:
    found = woven(tree(record("m", "oak", block_key=None)), tree(record("t", "elm", block_key=None)), AT)
    assert set(found.tree.instances) == {"m", "t"}
    assert [(one.module_id, one.theirs.records) for one in found.modules] == [("", 1)]


# What stands around them


def test_states_keep_the_first_time_and_the_last() -> None:
    mine = tree(exercises={"1.1.1": ExerciseState("1.1.1", 1, DAYS[3], None, DAYS[3])})
    theirs = tree(exercises={"1.1.1": ExerciseState("1.1.1", 2, DAYS[1], DAYS[5], DAYS[5])})
    assert woven(mine, theirs, AT).tree.exercises["1.1.1"] == ExerciseState("1.1.1", 2, DAYS[1], DAYS[5], DAYS[5])


def test_settings_are_mine_and_theirs_where_nobody_chose() -> None:
    mine = tree(kept(LINE, "x"), settings={**NOBODY, "font": "inter"})
    theirs = tree(settings={**NOBODY, "font": "lora", "display_name": "Mara", "hides_private": True})
    found = woven(mine, theirs, AT).tree.settings
    assert (found["font"], found["display_name"], found["hides_private"]) == ("inter", "Mara", False)


def test_what_was_seen_belongs_to_the_text_on_top() -> None:
    def seen(words: str) -> tuple[SeenThere, ...]:
        return (SeenThere(LINE, 5, {"k": words}, False, False, False, DAYS[0]),)

    mine = tree(kept(LINE, "mine"), modules=EARLIER, seen=seen("mine"))
    theirs = tree(kept(LINE, "theirs"), modules=LATER, seen=seen("theirs"))
    assert woven(mine, theirs, AT).tree.seen == seen("theirs")
    assert woven(theirs, mine, AT).tree.seen == seen("theirs")


def test_the_last_choice_counts() -> None:
    mine, theirs = Choice(LINE, 5, True, DAYS[1]), Choice(LINE, 5, False, DAYS[2])
    for one, other in ((mine, theirs), (theirs, mine)):
        assert woven(tree(choices=(one,)), tree(choices=(other,)), AT).tree.choices == (theirs,)


def test_the_page_can_say_how_much_is_on_each_side() -> None:
    mine = tree(kept(LINE, "a"), kept("1.1.4.story-1", "b"), modules=LATER)
    theirs = tree(kept(LINE, "c"), record("x", "oak"), modules=EARLIER)
    first, second = woven(mine, theirs, AT).modules
    assert (first.module_id, first.mine.answers, first.theirs.answers) == ("1.1", 2, 1)
    assert (first.mine.changed_at, first.theirs.changed_at) == (DAYS[5], DAYS[1])
    assert (second.module_id, second.mine.records, second.theirs.records, second.stays) == ("1.3", 0, 1, "theirs")
