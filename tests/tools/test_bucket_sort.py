"""Sorting: every thing keeps its bucket, limits are said, and the last sentence is true."""

import re
from typing import Any

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.content.book import Block, Book
from dreamtree.db import database
from dreamtree.profile import provenance
from dreamtree.profile.needs import NON_NEGOTIABLES, NonNegotiable
from dreamtree.profile.skills import ExerciseSkill, RatedSkills, Tag, UserSkill, every_skill, learn_tags, rate
from dreamtree.tools import Button, Inputs, UnknownButton, canonical
from dreamtree.tools.bucket_sort import tool
from dreamtree.tools.bucket_sort.superpowers import strengths
from dreamtree.values import Answer, Item, Provenance
from tests.examples import examples
from tests.rules.strict_html import fragment_faults
from tests.teaching import learn
from tests.tools.conftest import AT
from tests.tools.sheets import again, posted, sheet

KEY = "1.1.6.energy"
BUCKETS = (("lifted", "lifted"), ("same", "the same"), ("drained", "drained"))


def block(**options: Any) -> Block:
    buckets = [{"value": value, "label": label} for value, label in BUCKETS]
    options = {"ask": "After an hour of this I am …", "buckets": buckets, "result": "lift", **options}
    return Block(KEY, "1.1.6", "tool", "bucket-sort", label="Energy", makes="user_skills.energy", options=options)


def items(count: int) -> tuple[Item, ...]:
    return tuple(Item(f"k{n}", f"Thing {n}") for n in range(count))


def sorted_into(*buckets: str) -> Answer:
    return {"rows": [{"key": f"k{n}", "text": f"Thing {n}", "bucket": one} for n, one in enumerate(buckets)]}


def view(answer: Answer, given: Inputs = Inputs(), **options: Any) -> Any:  # noqa: B008
    return tool.show(block(**options), answer, given, {})


@pytest.mark.parametrize(
    ("buckets", "sentence"),
    [
        (["lifted"] * 4 + ["same"] * 6, "You're good at all ten. Four of them energize you."),
        (["lifted"] + ["drained"] * 2, "You're good at all three. One of them energizes you."),
        (["same"] * 13, "You're good at all 13. None of them energizes you."),
        (["lifted"] * 3, "You're good at all three. All of them energize you."),
        (["lifted"] * 2, "You're good at both. Both of them energize you."),
        (["lifted", "same"], "You're good at both. One of them energizes you."),
        (["drained"], "You're good at this one. It doesn't energize you."),
        (["lifted", ""], ""),
    ],
)
def test_the_closing_sentence(buckets: list[str], sentence: str) -> None:
    assert view(sorted_into(*buckets)).result == sentence


def test_without_the_option_nothing_is_concluded() -> None:
    assert view(sorted_into("lifted"), result="").result == ""


def test_it_is_complete_when_all_are_sorted_or_enough() -> None:
    assert tool.incomplete(block(), sorted_into("lifted", "same")) == []
    assert tool.incomplete(block(), sorted_into("lifted", ""))[0].message == "One still needs an answer."
    assert tool.incomplete(block(), sorted_into("", ""))[0].message == "Two still need an answer."
    assert tool.incomplete(block(enough=1), sorted_into("lifted", "")) == []
    assert tool.incomplete(block(), tool.empty(block()))


def test_a_limit_is_said_when_reached_and_when_passed() -> None:
    limits = {"lifted": 2}
    assert view(sorted_into("lifted", "same"), limits=limits).full == ()
    full = "“Lifted” is full: Thing 0 and Thing 1. If you want a different one there, move one of these first."
    assert view(sorted_into("lifted", "lifted", ""), limits=limits).full == (full,)
    over = "You have three in “Lifted,” and there's room for two. Choose one to move."
    gives_way = view(sorted_into("lifted", "lifted", "lifted"), limits=limits).gives_way
    assert gives_way is not None
    assert (gives_way.question, len(gives_way.things)) == (over, 3)
    assert tool.incomplete(block(limits=limits), sorted_into(*["lifted"] * 3))[0].message == over


def test_it_starts_from_a_draft_and_follows_new_words() -> None:
    answer = tool.start(block(), Inputs(draft=items(2)))
    assert [row["bucket"] for row in answer["rows"]] == ["", ""]
    answer = sorted_into("lifted", "same")
    fresh = tool.with_live_rows(block(), answer, Inputs(draft=(Item("k0", "Better"),)))
    assert fresh["rows"][0] == {"key": "k0", "text": "Better", "bucket": "lifted"}


def test_live_rows_come_unanswered_and_those_gone_are_folded(render: Any) -> None:
    given = Inputs(rows=(Item("k1", "Thing 1"), Item("new", "New")))
    answer = tool.with_live_rows(block(), sorted_into("lifted", "same"), given)
    assert answer["rows"][2] == {"key": "new", "text": "New", "bucket": ""}
    shown = view(answer, given)
    assert [row.key for row in shown.gone] == ["k0"]
    page = render(tool, block(), shown)
    assert canonical(tool.read(block(), page.posted)[0]) == canonical(tool.form_part(answer))
    assert f"{KEY}|remove|new" not in page.buttons


def test_taking_in_and_out() -> None:
    answer = sorted_into("lifted")
    assert tool.apply_upstream(block(), answer, Item("k0", "Better"))["rows"][0]["bucket"] == "lifted"
    more = tool.apply_upstream(block(), answer, Item("new", "New"))
    assert tool.used(more) == {"k0", "new"}
    assert tool.used(tool.drop_upstream(block(), more, "k0")) == {"new"}


def test_the_page_posts_back_what_it_was_given(render: Any) -> None:
    own = {"key": "a", "text": "<i>&", "own": True, "bucket": "drained"}
    for answer in (tool.empty(block()), sorted_into("lifted", ""), {"rows": [own]}):
        page = render(tool, block(), view(answer))
        assert canonical(tool.read(block(), page.posted)[0]) == canonical(tool.form_part(answer))
        assert fragment_faults(page.html) == []


def test_each_item_is_a_fieldset_named_with_it(render: Any) -> None:
    page = render(tool, block(), view(sorted_into("lifted", "")))
    legends = ["".join(one.itertext()).strip() for one in page.root.iter("legend")]
    assert "Thing 1" in legends
    assert page.buttons[f"{KEY}|remove|k1"] == "Remove Thing 1"


def test_rows_by_hand(render: Any) -> None:
    page = render(tool, block(), view(tool.empty(block())))
    posted = page.posted
    posted[f"{KEY}:rows-0-text"], posted[f"{KEY}:rows-0-bucket"] = " In general ", "lifted"
    bare, problems = tool.read(block(), posted)
    assert problems == []
    answer = tool.merge_posted(block(), bare, None, Inputs())
    assert tool.incomplete(block(), answer) == []
    added = tool.act(block(), answer, Button("add", "rows", MultiDict()))
    assert len(view(added).rows) == 2
    gone = tool.act(block(), answer, Button("remove", answer["rows"][0]["key"], MultiDict()))
    assert view(gone).removed == "In general"
    assert tool.act(block(), gone, Button("undo", "", MultiDict())) == answer
    with pytest.raises(UnknownButton):
        tool.act(block(), answer, Button("up", "k0", MultiDict()))


def test_a_bucket_that_is_none_is_said(render: Any) -> None:
    posted = MultiDict({f"{KEY}:rows-0-key": "k0", f"{KEY}:rows-0-bucket": "elated"})
    _, problems = tool.read(block(), posted)
    assert [one.field for one in problems] == ["rows-0-bucket"]
    page = render(tool, block(), view(sorted_into("lifted")), tuple(problems))
    assert "b-1-1-6-energy-rows-0-bucket-error" in page.ids


def test_too_many_rows_are_said_not_cut() -> None:
    fields = {
        f"{KEY}:rows-{n}-{name}": value
        for n in range(52)
        for name, value in (("key", f"k{n}"), ("own", "y"), ("text", "x"))
    }
    bare, problems = tool.read(block(), MultiDict(fields))
    assert len(bare["rows"]) == 52
    assert problems[0].message == "You can add up to 50 of your own. Remove 2."


@settings(max_examples=examples(40), deadline=None)
@example(
    fields=st.dictionaries(
        st.sampled_from([f"{KEY}:rows-{n}-{field}" for n in (0, 1, 9) for field in ("key", "text", "own", "bucket")]),
        st.text(max_size=400),
    )
)
def test_nothing_posted_breaks_it(fields: dict[str, str]) -> None:
    bare, problems = tool.read(block(), MultiDict(fields))
    if not problems:
        answer = tool.merge_posted(block(), bare, sorted_into("lifted"), Inputs())
        tool.incomplete(block(), answer)
        assert canonical(
            tool.form_part(tool.merge_posted(block(), tool.form_part(answer), answer, Inputs()))
        ) == canonical(tool.form_part(answer))


@pytest.mark.parametrize("stored", [{}, {"rows": None}, {"rows": [{"key": "a"}, {"text": "b"}, 7]}])
def test_an_answer_of_another_version_is_shown(stored: Answer, render: Any) -> None:
    assert render(tool, block(), view(stored)).words
    assert tool.summary(block(), stored) == "Nothing answered yet"
    assert tool.long_form(block(), stored) == ""


def test_summary_and_long_form() -> None:
    answer = sorted_into("lifted", "drained", "lifted", "")
    assert tool.summary(block(), answer) == "Two lifted and one drained"
    assert tool.long_form(block(), answer).split("\n\n") == [
        "Lifted:\n– Thing 0\n– Thing 2",
        "Drained:\n– Thing 1",
        "Not answered yet:\n– Thing 3",
    ]
    assert tool.items(answer)[1].fields["bucket"] == "drained"


def test_it_teaches_energy_once(user: Any) -> None:
    tags = {"thing": [Tag(f"k{n}", f"Thing {n}", "transferable") for n in range(3)]}
    learn_tags(user, ExerciseSkill, "1.1.3.skills", tags, AT)
    answer = sorted_into("lifted", "drained", "")
    assert learn(tool, user, block(), answer, AT) == {"user_skills"}
    assert learn(tool, user, block(), answer, AT) == frozenset()
    assert {row.id: row.energy for row in UserSkill.select()} == {"k0": "lifted", "k1": "drained", "k2": None}
    assert learn(tool, user, block(), tool.empty(block()), AT) == {"user_skills"}
    assert {row.energy for row in UserSkill.select()} == {None}


FIVE = ("drains", "tires", "neither", "gives", "lifts")
LIFT = dict(zip(FIVE, (-2, -1, 0, 1, 2), strict=True))


def powers(**options: Any) -> Block:
    buckets = [{"value": value, "label": f"it {value}"} for value in FIVE]
    options = {"ask": "After an hour of this …", "buckets": buckets, "result": "superpowers", **options}
    return Block("1.3.4.sort", "1.3.4", "tool", "bucket-sort", makes="user_skills.superpower", options=options)


def skill(key: str, mastery: int | None = 4, frequency: int | None = 3, energy: str | None = "lifted") -> Item:
    return Item(key, key.title(), {"mastery": mastery, "frequency": frequency, "energy": energy})


def power(key: str, bucket: str = "lifts", mastery: int | None = 5, frequency: int | None = 3, **more: Any) -> Any:
    ratings = {"mastery": mastery, "frequency": frequency}
    said = {name: value for name, value in (ratings | more).items() if value is not None}
    return {"key": key, "text": key.title(), "bucket": bucket, **said}


def sentences(*rows: Any) -> tuple[str, ...]:
    return tool.show(powers(), {"rows": list(rows)}, Inputs(), {}).sentences  # type: ignore[no-any-return]


DRAFT = Inputs(draft=(skill("care"), skill("teaching", 5, 5, "same"), skill("forms", 2, None, "drained")))


def test_the_draft_is_how_it_felt_with_three_answers_and_concludes_nothing() -> None:
    draft = tool.start(powers(), DRAFT)
    assert [row["bucket"] for row in draft["rows"]] == ["lifts", "neither", "drains"]
    assert tool.incomplete(powers(), draft) == []
    assert tool.show(powers(), draft, DRAFT, {}).sentences == (), "not before it is saved"
    saved = tool.merge_posted(powers(), tool.form_part(draft), draft, DRAFT)
    assert tool.show(powers(), saved, DRAFT, {}).sentences[0] == "One of your three is strong and energizes you: Care."


def test_each_row_says_how_well_and_how_often_and_asks_what_nobody_knows(render: Any) -> None:
    shown = tool.show(powers(), tool.start(powers(), DRAFT), DRAFT, {})
    assert [row.used for row in shown.rows] == [
        "You do this well, monthly",
        "You teach this to others, most days",
        "You do this with help",
    ]
    assert [[one.name for one in row.asks] for row in shown.rows] == [[], [], ["frequency"]]
    page = render(tool, powers(), shown)
    assert "You teach this to others, most days." in page.words
    assert not page.unlabelled
    assert fragment_faults(page.html) == []


def test_what_a_source_knows_counts_before_what_is_typed() -> None:
    typed = power("care", mastery=1, frequency=1)
    standing = tool.with_live_rows(powers(), {"rows": [typed]}, DRAFT)
    assert standing["rows"][0] | {"mastery": 4, "frequency": 3} == standing["rows"][0]
    assert tool.with_live_rows(powers(), {"rows": [typed]}, Inputs())["rows"] == [typed]
    assert tool.merge_posted(powers(), {"rows": [typed]}, None, DRAFT)["rows"][0]["mastery"] == 4


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([power("a", "tires"), power("b", mastery=3)], ["None of your two is both strong and energizing right now.",
                                                        "B leaves you feeling better and can still grow."]),
        ([power("a", "neither")], ["This one isn't both strong and energizing."]),
        ([power("a")], ["This one is strong and energizes you: A."]),
        ([power("a"), power("b", "gives")], ["Both are strong and energize you: A and B."]),
        ([power("a", "gives"), power("b"), power("c", mastery=4)],
         ["All three are strong and energize you: B, C, and A."]),
        ([power("a"), power("b", "neither"), power("c", "lifts", 3)],
         ["One of your three is strong and energizes you: A."]),
        ([power("a", frequency=1), power("b", frequency=2), power("c", "neither")],
         ["Two of your three are strong and energize you: B and A.", "One you hardly ever use: A."]),
        ([power("a", frequency=2), power("b", "neither")],
         ["One of your two is strong and energizes you: A.", "One you use only a few times a year: A."]),
        ([power("a"), power("b", "tires", 1, 5), power("c", "drains", 1, 5)],
         ["One of your three is strong and energizes you: A.", "One you do most days, and it drains you: C."]),
        ([power("a"), power("b", "tires", 5, 5)],
         ["One of your two is strong and energizes you: A.", "One you do most days, and it tires you: B."]),
        ([power("a", mastery=None), power("b", "neither")],
         ["None of your two is both strong and energizing right now.",
           "A leaves you feeling better and can still grow."]),
        ([power("a"), power("b", "neither", said=True)], ["You decided both are superpowers: A and B."]),
        ([power("a", said=False), power("b", "neither")], ["You decided none of them is a superpower."]),
        ([power("a", said=False)], ["You decided it isn't a superpower."]),
        ([power("a"), power("b"), power("c", said=False)],
         ["You decided two of your three are superpowers: A and B."]),
    ],
)  # fmt: skip
def test_it_is_told_in_words(rows: list[Any], said: list[str]) -> None:
    assert list(sentences(*rows)) == said


def test_nothing_is_told_before_all_are_sorted() -> None:
    assert sentences(power("a"), power("b", "")) == ()


some_power = st.fixed_dictionaries(
    {"bucket": st.sampled_from(FIVE)},
    optional={
        "mastery": st.integers(1, 5),
        "frequency": st.integers(1, 5),
        "said": st.booleans(),
    },
)


@settings(max_examples=examples(60), deadline=None)
@example(st.lists(some_power, min_size=1, max_size=12))
def test_what_is_computed_is_what_a_plain_count_says(some: list[dict[str, Any]]) -> None:
    rows = [{"key": f"k{n}", "text": f"Thing {n}", **one} for n, one in enumerate(some)]
    expected = []
    for n, one in enumerate(some):
        is_strong = one.get("mastery") in (4, 5)
        is_lifting = one["bucket"] == "gives" or one["bucket"] == "lifts"
        if one.get("said", is_strong and is_lifting):
            score = one.get("mastery", 0) * LIFT[one["bucket"]]
            expected.append((-score, -one.get("frequency", 0), n))
    strong = [one.key for one in strengths(tool.load({"rows": rows}).rows) if one.is_superpower]
    assert strong == [f"k{n}" for _, _, n in sorted(expected)]
    shown = tool.show(powers(), {"rows": rows}, Inputs(), {})
    assert {row.key for row in shown.rows if row.is_superpower} == set(strong)
    assert all(f"Thing {key[1:]}" in shown.sentences[0] for key in strong)


@settings(max_examples=examples(40), deadline=None)
@example(st.lists(st.tuples(some_power, st.booleans(), st.booleans()), min_size=1, max_size=5))
def test_superpowers_are_rendered_and_read_again(render: Any, some: list[tuple[dict[str, Any], bool, bool]]) -> None:
    rows = [{"key": f"k{n}", "text": f"T {n}", **one} for n, (one, *_) in enumerate(some)]
    rows = [{**row, "own": True} if own else row for row, (_, own, _) in zip(rows, some, strict=True)]
    given = Inputs(draft=tuple(skill(f"k{n}") for n, (*_, known) in enumerate(some) if known))
    standing = tool.with_live_rows(powers(), {"rows": rows}, given)
    page = render(tool, powers(), tool.show(powers(), standing, given, {}))
    said, problems = tool.read(powers(), page.posted)
    assert problems == []
    assert canonical(said) == canonical(tool.form_part(standing))


def test_it_can_be_overruled_and_taken_back(render: Any) -> None:
    answer: Answer = {"rows": [power("a"), power("b", "neither")]}
    page = render(tool, powers(), tool.show(powers(), answer, Inputs(), {}))
    assert "1.3.4.sort|computed|" not in page.buttons
    sent = page.posted
    sent["1.3.4.sort:rows-1-super"] = "y"
    overruled = tool.merge_posted(powers(), tool.read(powers(), sent)[0], answer, Inputs())
    assert [row.get("said") for row in overruled["rows"]] == [None, True]
    page = render(tool, powers(), tool.show(powers(), overruled, Inputs(), {}))
    assert "You decided both are superpowers" in page.words
    assert canonical(tool.read(powers(), page.posted)[0]) == canonical(tool.form_part(overruled))
    back = tool.act(powers(), overruled, Button("computed", "", MultiDict()))
    assert back == answer
    sent = page.posted
    del sent["1.3.4.sort:rows-1-super"]
    assert tool.merge_posted(powers(), tool.read(powers(), sent)[0], overruled, Inputs()) == answer, (
        "unticked is the rule again"
    )


def test_sorting_otherwise_is_no_word_against_the_rule(render: Any) -> None:
    """The tick on the page was set by the rule; nobody touched it."""
    answer: Answer = {"rows": [power("a")]}
    sent = render(tool, powers(), tool.show(powers(), answer, Inputs(), {})).posted
    sent["1.3.4.sort:rows-0-bucket"] = "drains"
    assert tool.merge_posted(powers(), tool.read(powers(), sent)[0], answer, Inputs())["rows"] == [power("a", "drains")]


def known_skills(user: Any, ratings: dict[str, tuple[int, int]]) -> None:
    tags = {"thing": [Tag(key, key, "transferable") for key in ratings]}
    learn_tags(user, ExerciseSkill, "1.1.3.skills", tags, AT)
    rated(user, mastery={key: one for key, (one, _) in ratings.items()})
    rated(user, frequency={key: one for key, (_, one) in ratings.items()})


def rated(user: Any, **columns: dict[str, int]) -> None:
    """Every skill rated, as a block does that rates them all."""
    rate(user, columns, RatedSkills("", frozenset(), frozenset(), (), every_skill(user)), AT)


def learned(user: Any) -> dict[str, tuple[int | None, int | None]]:
    rows = UserSkill.select().where(UserSkill.user_id == user.id, UserSkill.removed_at.is_null())
    return {row.id: (row.lift, row.is_superpower) for row in rows}


def test_it_teaches_lift_and_superpower_once(user: Any) -> None:
    known_skills(user, {"a": (5, 3), "b": (4, 1), "c": (3, 5)})
    answer = {"rows": [power("a"), power("b", "drains"), power("c", mastery=5)]}
    assert learn(tool, user, powers(), answer, AT) == {"user_skills", "work_factors"}
    assert learned(user) == {"a": (2, 1), "b": (-2, 0), "c": (2, 0)}, "a rating of the profile counts before one typed"
    assert learn(tool, user, powers(), answer, "2031") == frozenset()
    overruled = {"rows": [power("a", said=False), power("b", "drains", said=True), power("c")]}
    learn(tool, user, powers(), overruled, AT)
    assert learned(user) == {"a": (2, 0), "b": (-2, 1), "c": (2, 0)}
    assert [row.energy for row in UserSkill.select()] == [None] * 3, "energy belongs to another block"
    assert learn(tool, user, powers(), tool.empty(powers()), AT)
    assert learned(user) == {"a": (None, None), "b": (None, None), "c": (None, None)}


def test_a_new_mastery_moves_what_was_computed_and_not_what_was_said(user: Any) -> None:
    known_skills(user, {"a": (3, 3), "b": (3, 3)})
    learn(tool, user, powers(), {"rows": [power("a", "gives"), power("b", "gives", said=True)]}, AT)
    assert learned(user) == {"a": (1, 0), "b": (1, 1)}
    rated(user, mastery={"a": 4, "b": 2})
    assert learned(user) == {"a": (1, 1), "b": (1, 1)}


def test_a_skill_added_by_hand_becomes_one_of_ones_own(user: Any) -> None:
    answer = {"rows": [power("new", own=True)]}
    assert learn(tool, user, powers(), answer, AT) == {"user_skills", "work_factors"}
    assert learn(tool, user, powers(), answer, AT) == frozenset()
    assert list(learned(user).values()) == [(2, 1)]
    learn(tool, user, powers(), {"rows": []}, AT)
    assert learned(user) == {}


# Musts, of which only so many fit, and what is private among them

MUSTS = "2.2.2.sort"
LEVELS = (("must", "a must"), ("should", "worth pushing for"), ("nice", "nice to have"), ("no", "not needed"))
VALUES, PAY = 42, 45


def musts(**options: Any) -> Block:
    detail = {"name": "look", "label": "At work, this would look like", "connections": [VALUES]}
    buckets = [{"value": value, "label": label} for value, label in LEVELS]
    options = {"buckets": buckets, "limits": {"must": 2}, "enough": 2, "detail": detail, **options}
    return Block(MUSTS, "2.2.2", "tool", "bucket-sort", label="How firm?", makes="non_negotiables", options=options)


def brought(key: str, text: str, *, is_private: bool = False) -> Item:
    where = Provenance("1.2.4" if is_private else "1.4.5", "Money", "1.2.4.budget", AT, is_private)
    return Item(key, text, provenance=where)


FREEDOM, PAID, TEA = (
    brought("freedom", "Freedom"),
    brought("pay", "At least $2,100", is_private=True),
    Item("tea", "Tea"),
)
GIVEN = Inputs(draft=(FREEDOM, PAID, TEA), connection_ids={"freedom": VALUES, "pay": PAY, "tea": 44})


def firm(before: Answer | None = None, **typed: str) -> Answer:
    answer = before or tool.start(musts(), GIVEN)
    part, problems = tool.read(musts(), posted(sheet(tool, musts(), answer, GIVEN), **typed))
    assert problems == []
    return tool.merge_posted(musts(), part, answer, GIVEN)


def all_musts() -> Answer:
    return firm(rows_0_bucket="must", rows_1_bucket="must", rows_2_bucket="must", rows_0_look="I choose my lunch")


def test_only_what_came_by_the_connection_asks_what_it_would_look_like() -> None:
    shown = sheet(tool, musts(), tool.start(musts(), GIVEN), GIVEN)
    assert not fragment_faults(shown.html)
    assert shown.words.count("At work, this would look like") == 1
    assert all_musts()["rows"][0]["look"] == "I choose my lunch"


def test_one_too_many_asks_which_gives_way_and_one_tap_settles_it() -> None:
    answer = all_musts()
    asked = "You have three musts, and there's room for two. Choose one to move."
    assert asked in sheet(tool, musts(), answer, GIVEN).words
    assert "It moves to “Worth pushing for.”" in sheet(tool, musts(), answer, GIVEN).words
    assert [one.message for one in tool.incomplete(musts(), answer)] == [asked]
    settled = tool.act(musts(), answer, Button("give", "tea"))
    assert [row["bucket"] for row in settled["rows"]] == ["must", "must", "should"]
    assert tool.incomplete(musts(), settled) == []
    assert tool.act(musts(), settled, Button("give", "freedom")) == settled, "all of it fits by now"


def test_a_private_mark_stays_until_it_is_taken_off() -> None:
    answer = all_musts()
    assert [row.get("private") for row in answer["rows"]] == [None, True, None]
    bare = tool.merge_posted(
        musts(), tool.read(musts(), MultiDict({f"{MUSTS}:rows-0-key": "pay"}))[0], answer, Inputs()
    )
    assert next(row for row in bare["rows"] if row["key"] == "pay")["private"], "no page takes it off by leaving it out"
    off = firm(answer, rows_1_open="1")
    assert tool.open_part(off) == off
    assert again(tool, musts(), off, GIVEN) == (tool.form_part(off), [])


def test_nothing_private_is_named_where_others_could_see_it() -> None:
    answer = all_musts()
    whole = sheet(tool, musts(), answer, GIVEN).html
    assert "At least" not in re.sub(r"<details.*?</details>", "", whole, flags=re.DOTALL)
    assert tool.headline(musts(), answer) == ("Freedom", "Tea", "One you keep private")
    rest = tool.rest(musts(), answer)
    assert [(line.text, line.detail) for line in rest.lines if not line.is_private] == [
        ("Musts", "Freedom (I choose my lunch) and Tea")
    ]
    assert [(line.text, line.detail) for line in rest.lines if line.is_private] == [("A must", "At least $2,100")]
    assert "$2,100" not in tool.long_form(musts(), tool.open_part(answer))
    assert tool.long_form(musts(), tool.private_part(answer) or {}) == "A must:\n– At least $2,100"
    assert tool.summary(musts(), answer) == "Three musts"
    gone = tool.act(musts(), answer, Button("remove", "pay", inputs=GIVEN))
    assert view_of(gone).removed == "One that's private"
    assert tool.act(musts(), gone, Button("undo"))["rows"][1]["private"]


def view_of(answer: Answer) -> Any:
    return tool.show(musts(), answer, GIVEN, {})


def test_it_teaches_how_firm_each_is_with_its_mark(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "book", Book)
    database.create_tables((NonNegotiable,))
    learn(tool, user, musts(), all_musts(), AT)
    found = NON_NEGOTIABLES.items(user, {"levels": ["must"]})
    assert [(one.text, one.fields["look"], one.fields["private"]) for one in found] == [
        ("Freedom", "I choose my lunch", False),
        ("At least $2,100", "", True),
        ("Tea", "", False),
    ]
    assert [bool(one.provenance and one.provenance.is_private) for one in found] == [False, True, False]


def test_a_line_that_is_added_is_seen_although_another_thing_is_asked() -> None:
    answer = sorted_into(*["lifted"] * 5, "")
    assert view(answer).step.key == "k5"
    more = tool.act(block(), answer, Button("add", "rows"))
    assert view(more).step is None
    assert view(more).is_listed
    assert [row.text for row in view(more).rows][-2:] == ["Thing 5", ""]
    assert tool.show(block(), more, Inputs(), {"verb": "one"}).step.key == "k5"
