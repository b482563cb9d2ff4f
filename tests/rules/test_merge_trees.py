"""Two trees become one: whatever they hold, every text of both is there afterwards, on top or in the history."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from dreamtree.answers.records import KEYS
from dreamtree.archive.merge_trees import Merged, merge_trees
from dreamtree.archive.snapshot import AnswerSnapshot, ChoiceSnapshot, ExerciseState, InputSnapshot, Snapshot
from tests.examples import examples
from tests.rules.snapshots import DAYS, LOG, NOBODY, answered, earlier, record, snapshot, snapshots, texts_of

MANY = settings(max_examples=examples(35))
AT = "2027-03-09T09:00:00.000Z"
LATER, EARLIER = {"1.1": DAYS[5], "1.3": DAYS[5]}, {"1.1": DAYS[1], "1.3": DAYS[1]}
LINE = "1.1.1.line"


def the(merged: Merged | Snapshot, key: str = LINE) -> AnswerSnapshot:
    return (merged.snapshot if isinstance(merged, Merged) else merged).answers[key]


def chain(one: AnswerSnapshot) -> list[tuple[int, str, Any]]:
    """The history and the text on top, as revision, kind and words."""
    texts = [(text.revision, text.kind, text.answer.get("value")) for text in one.history]
    return [*texts, (one.revision, one.last_kind, one.answer.get("value"))]


# Whatever is merged


@MANY
@given(mine=snapshots("m"), theirs=snapshots("t"))
def test_every_text_of_both_is_there_afterwards(mine: Snapshot, theirs: Snapshot) -> None:
    after = merge_trees(mine, theirs, AT).snapshot
    assert texts_of(mine) | texts_of(theirs) <= texts_of(after)


@MANY
@given(mine=snapshots("m"), theirs=snapshots("t"))
def test_nothing_is_there_that_nobody_said(mine: Snapshot, theirs: Snapshot) -> None:
    assert texts_of(merge_trees(mine, theirs, AT).snapshot) <= texts_of(mine) | texts_of(theirs)


@MANY
@given(mine=snapshots("m"), theirs=snapshots("t"))
def test_merged_twice_is_merged_once(mine: Snapshot, theirs: Snapshot) -> None:
    once = merge_trees(mine, theirs, AT).snapshot
    assert merge_trees(once, theirs, "2027-04-01T09:00:00.000Z").snapshot == once


@MANY
@given(mine=snapshots("m"))
def test_a_tree_with_itself_is_itself(mine: Snapshot) -> None:
    assert merge_trees(mine, mine, AT).snapshot == mine


@MANY
@given(theirs=snapshots("t"))
def test_into_an_empty_tree_everything_comes_as_it_was(theirs: Snapshot) -> None:
    after = merge_trees(snapshot(), theirs, AT).snapshot
    assert replace(after, settings=theirs.settings) == theirs


@MANY
@given(mine=snapshots("m"), theirs=snapshots("t"))
def test_what_was_kept_stays_as_it_is(mine: Snapshot, theirs: Snapshot) -> None:
    """Rows of the history are added and never change; ids stay."""
    after = merge_trees(mine, theirs, AT).snapshot
    for key, one in mine.answers.items():
        assert after.answers[key].id == one.id
        assert after.answers[key].history[: len(one.history)] == one.history
    for key, record_ in mine.instances.items():
        assert after.instances[key].history[: len(record_.history)] == record_.history


@MANY
@given(mine=snapshots("m"), theirs=snapshots("t"))
def test_revisions_and_times_go_up(mine: Snapshot, theirs: Snapshot) -> None:
    for key, one in merge_trees(mine, theirs, AT).snapshot.answers.items():
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
@given(mine=snapshots("m"), theirs=snapshots("t"))
def test_every_living_record_of_both_lives(mine: Snapshot, theirs: Snapshot) -> None:
    after = merge_trees(mine, theirs, AT).snapshot
    for side in (mine, theirs):
        living = [one for one in side.instances.values() if not one.deleted_at]
        for one in living:
            same = [
                other for other in after.instances.values() if other.block_key == one.block_key and not other.deleted_at
            ]
            assert any(other.id == one.id or other.answer == one.answer for other in same)


@MANY
@given(mine=snapshots("m"), theirs=snapshots("t"))
def test_the_log_names_each_of_its_records_once(mine: Snapshot, theirs: Snapshot) -> None:
    after = merge_trees(mine, theirs, AT).snapshot
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
    mine = snapshot(answered(LINE, "mine"), answered("1.1.4.story-1", "mine"), modules=ours)
    theirs = snapshot(answered(LINE, "theirs"), answered("1.1.4.story-1", "theirs"), modules=others)
    merged = merge_trees(mine, theirs, AT)
    assert {the(merged, key).answer["value"] for key in theirs.answers} == {on_top}
    assert [one.stays for one in merged.modules] == [on_top]


def test_one_module_may_be_newer_here_and_another_there() -> None:
    mine = snapshot(answered(LINE, "mine"), answered("1.2.1.moves", "mine"), modules={"1.1": DAYS[5], "1.2": DAYS[1]})
    theirs = snapshot(
        answered(LINE, "theirs"), answered("1.2.1.moves", "theirs"), modules={"1.1": DAYS[1], "1.2": DAYS[5]}
    )
    merged = merge_trees(mine, theirs, AT)
    assert [(one.module_id, one.stays) for one in merged.modules] == [("1.1", "mine"), ("1.2", "theirs")]
    assert (the(merged).answer["value"], the(merged, "1.2.1.moves").answer["value"]) == ("mine", "theirs")


def test_a_block_answered_on_one_side_only_is_kept_as_it_was() -> None:
    story = answered("1.1.4.story-1", "a story", DAYS[0], history=[earlier("begun")])
    merged = merge_trees(snapshot(answered(LINE, "mine"), modules=LATER), snapshot(story, modules=EARLIER), AT)
    assert the(merged, story.block_key) == story
    assert the(merged).answer == {"value": "mine"}


def test_when_mine_stays_theirs_goes_above_it_into_the_history_and_mine_follows_once_more() -> None:
    mine = snapshot(answered(LINE, "m2", history=[earlier("m1")]), modules=LATER)
    theirs = snapshot(answered(LINE, "t2", history=[earlier("t1")]), modules=EARLIER)
    assert chain(the(merge_trees(mine, theirs, AT))) == [
        (1, "save", "m1"), (2, "save", "m2"), (3, "merged", "t1"), (4, "merged", "t2"), (5, "merged", "m2")
    ]  # fmt: skip


def test_when_theirs_stays_mine_goes_into_the_history() -> None:
    mine = snapshot(answered(LINE, "m2", history=[earlier("m1")]), modules=EARLIER)
    theirs = snapshot(answered(LINE, "t2", DAYS[3], history=[earlier("t1")]), modules=LATER)
    merged = the(merge_trees(mine, theirs, AT))
    assert chain(merged) == [(1, "save", "m1"), (2, "save", "m2"), (3, "merged", "t1"), (4, "merged", "t2")]
    assert merged.saved_at == DAYS[3]


def test_the_same_text_on_both_sides_is_one() -> None:
    mine, theirs = (
        snapshot(answered(LINE, "same"), modules=EARLIER),
        snapshot(answered(LINE, "same", DAYS[4]), modules=LATER),
    )
    merged = merge_trees(mine, theirs, AT)
    assert the(merged) == the(mine)
    assert [one.stays for one in merged.modules] == ["both"]


def test_an_older_copy_of_ones_own_tree_adds_nothing() -> None:
    copy = snapshot(answered(LINE, "first", identity="a"), modules=EARLIER)
    now = snapshot(answered(LINE, "second", DAYS[4], identity="a", history=[earlier("first")]), modules=LATER)
    assert merge_trees(now, copy, AT).snapshot == now


@pytest.mark.parametrize("modules", [(LATER, EARLIER), (EARLIER, LATER)])
def test_what_lies_in_the_trash_yields_to_what_lives(modules: Any) -> None:
    gone = snapshot(answered(LINE, "thrown away", deleted_at=DAYS[6]), modules=modules[0])
    living = snapshot(answered(LINE, "living"), modules=modules[1])
    for mine, theirs in ((gone, living), (living, gone)):
        merged = the(merge_trees(mine, theirs, AT))
        assert (merged.answer["value"], merged.deleted_at) == ("living", None)
        assert "thrown away" in [text.answer["value"] for text in merged.history]


def test_a_text_in_the_trash_lives_again_by_a_revision_when_the_same_lives_there() -> None:
    gone, living = snapshot(answered(LINE, "same", deleted_at=DAYS[6])), snapshot(answered(LINE, "same"))
    once = merge_trees(gone, living, AT).snapshot
    merged = once.answers[LINE]
    assert (merged.revision, merged.deleted_at, merged.history) == (2, None, ())
    assert merge_trees(once, living, AT).snapshot == once


def test_what_was_thrown_away_last_still_tells_how_new_its_module_was() -> None:
    mine = snapshot(answered(LINE, "oak"), answered("1.1.4.story-1", "oak", DAYS[1], deleted_at=DAYS[7]))
    theirs = snapshot(answered(LINE, "elm", DAYS[1]), answered("1.1.4.story-1", "elm"))
    once = merge_trees(mine, theirs, AT).snapshot
    assert the(once).answer == {"value": "oak"}
    assert merge_trees(once, theirs, AT).snapshot == once


# Records and tools


def test_records_are_united_in_order_and_exact_doubles_are_one() -> None:
    mine = snapshot(answered(LOG, {KEYS: ["a", "b"]}), record("a", "oak"), record("b", "elm"), modules=LATER)
    theirs = snapshot(answered(LOG, {KEYS: ["x", "y"]}), record("x", "oak"), record("y", "ash"), modules=EARLIER)
    merged = merge_trees(mine, theirs, AT).snapshot
    assert the(merged, LOG).answer[KEYS] == ["a", "y", "b"]
    assert {one.answer["what"] for one in merged.instances.values()} == {"oak", "elm", "ash"}
    assert len(merged.instances) == 3


def test_two_equal_entries_on_one_side_stay_two() -> None:
    theirs = snapshot(record("x", "oak"), record("y", "oak"))
    assert len(merge_trees(snapshot(record("a", "oak")), theirs, AT).snapshot.instances) == 2
    assert len(merge_trees(snapshot(), theirs, AT).snapshot.instances) == 2


def test_an_entry_thrown_away_is_no_double_of_one_that_lives() -> None:
    merged = merge_trees(snapshot(record("a", "oak", deleted_at=DAYS[2])), snapshot(record("x", "oak")), AT).snapshot
    assert len(merged.instances) == 2


def test_a_double_brings_its_history() -> None:
    theirs = snapshot(record("x", "oak", history=[earlier({"what": "acorn"})]))
    merged = merge_trees(snapshot(record("a", "oak")), theirs, AT).snapshot
    assert [text.answer["what"] for text in merged.instances[f"{LOG}:a"].history] == ["acorn"]


def test_the_same_record_said_otherwise_follows_its_module() -> None:
    mine, theirs = snapshot(record("a", "oak"), modules=EARLIER), snapshot(record("a", "elm"), modules=LATER)
    merged = merge_trees(mine, theirs, AT).snapshot.instances[f"{LOG}:a"]
    assert (merged.answer["what"], [text.answer["what"] for text in merged.history]) == ("elm", ["oak"])


def test_a_tool_used_by_itself_is_added() -> None:
    merged = merge_trees(snapshot(record("m", "oak", block_key=None)), snapshot(record("t", "elm", block_key=None)), AT)
    assert set(merged.snapshot.instances) == {"m", "t"}
    assert [(one.module_id, one.theirs.records) for one in merged.modules] == [("", 1)]


# What stands around them


def test_states_keep_the_first_time_and_the_last() -> None:
    mine = snapshot(exercises={"1.1.1": ExerciseState("1.1.1", 1, DAYS[3], None, DAYS[3])})
    theirs = snapshot(exercises={"1.1.1": ExerciseState("1.1.1", 2, DAYS[1], DAYS[5], DAYS[5])})
    assert merge_trees(mine, theirs, AT).snapshot.exercises["1.1.1"] == ExerciseState(
        "1.1.1", 2, DAYS[1], DAYS[5], DAYS[5]
    )


def test_settings_are_mine_and_theirs_where_nobody_chose() -> None:
    mine = snapshot(answered(LINE, "x"), settings=replace(NOBODY, font="inter"))
    theirs = snapshot(settings=replace(NOBODY, font="lora", display_name="Mara", hides_private=True))
    merged = merge_trees(mine, theirs, AT).snapshot.settings
    assert (merged.font, merged.display_name, merged.hides_private) == ("inter", "Mara", False)


def test_what_was_seen_belongs_to_the_text_on_top() -> None:
    def seen(words: str) -> tuple[InputSnapshot, ...]:
        return (InputSnapshot(LINE, 5, {"k": words}, False, False, False, DAYS[0]),)

    mine = snapshot(answered(LINE, "mine"), modules=EARLIER, seen=seen("mine"))
    theirs = snapshot(answered(LINE, "theirs"), modules=LATER, seen=seen("theirs"))
    assert merge_trees(mine, theirs, AT).snapshot.seen == seen("theirs")
    assert merge_trees(theirs, mine, AT).snapshot.seen == seen("theirs")


def test_the_last_choice_counts() -> None:
    mine, theirs = ChoiceSnapshot(LINE, 5, True, DAYS[1]), ChoiceSnapshot(LINE, 5, False, DAYS[2])
    for one, other in ((mine, theirs), (theirs, mine)):
        assert merge_trees(snapshot(choices=(one,)), snapshot(choices=(other,)), AT).snapshot.choices == (theirs,)


def test_the_page_can_say_how_much_is_on_each_side() -> None:
    mine = snapshot(answered(LINE, "a"), answered("1.1.4.story-1", "b"), modules=LATER)
    theirs = snapshot(answered(LINE, "c"), record("x", "oak"), modules=EARLIER)
    first, second = merge_trees(mine, theirs, AT).modules
    assert (first.module_id, first.mine.answers, first.theirs.answers) == ("1.1", 2, 1)
    assert (first.mine.changed_at, first.theirs.changed_at) == (DAYS[5], DAYS[1])
    assert (first.together.answers, first.conflicts) == (2, (LINE,))
    assert (second.module_id, second.mine.records, second.theirs.records, second.stays) == ("1.3", 0, 1, "theirs")
    assert (second.together.records, second.conflicts) == (1, ())
