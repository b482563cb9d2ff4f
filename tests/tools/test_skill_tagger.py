"""Naming skills: from one's own words, from the library, in words of one's own; nothing ticked is lost."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.content.book import Block, Connection
from dreamtree.content.library import Library, LibrarySkill
from dreamtree.profile.skills import ExerciseSkill, ExperienceSkill, OwnSkill, SkillOffer, UserSkill
from dreamtree.tools import Button, Inputs, UnknownButton, canonical
from dreamtree.tools.skill_tagger import tool
from dreamtree.values import Answer, Item
from tests.databases import contents
from tests.examples import examples
from tests.rules.strict_html import fragment_faults
from tests.teaching import learn
from tests.tools.conftest import AT

KEY = "1.1.3.skills"
LIBRARY = Library(
    (
        LibrarySkill("s1", "calming", "Calming upset people", "transferable", "Caring", (), ("calmed relatives",)),
        LibrarySkill("s2", "loading", "Loading and unloading", "transferable", "Moving", (), ("loaded trucks",)),
        LibrarySkill(
            "s3", "schedules", "Making work schedules", "transferable", "Planning", (), ("made the schedule",)
        ),
        LibrarySkill("s4", "bread", "Baking bread", "transferable", "Cooking"),
        LibrarySkill("s5", "patient", "Patient", "self_management", "Steady"),
        LibrarySkill("s6", "spanish", "Spanish", "knowledge", "Languages"),
    )
)
WARD = Item("ward", "Nurse, Ward B", {"kind": "job", "tasks": ("Calmed relatives", "Made the schedule")})
DEPOT = Item("depot", "Depot", {"tasks": ("Loaded trucks",)})
PLACES = Inputs((WARD, DEPOT), library=LIBRARY)
WORDS = Inputs(about="I calmed relatives all night.", library=LIBRARY)


def connection(source: str) -> Connection:
    return Connection(3, ("1.1.2",), "1.1.3", "auto_populate", "rows", source)


def block(source: str = "experiences", **options: Any) -> Block:
    connections = (connection(source),) if source else ()
    options = {"category": "transferable", **options}
    makes = "user_skills.experiences" if source == "experiences" else "user_skills.named"
    return Block(KEY, "1.1.3", "tool", "skill-tagger", makes=makes, options=options, connections=connections)


ALONE = block("", about=["thanks"], offer=3)


def posted(fields: dict[str, str | list[str]]) -> MultiDict[str, str]:
    sent: MultiDict[str, str] = MultiDict()
    for name, value in fields.items():
        sent.setlist(name if name == "do" else f"{KEY}:{name}", [value] if isinstance(value, str) else value)
    return sent


def ticked(*skills: str, key: str = "ward", given: Inputs = PLACES, one: Block | None = None) -> Answer:
    fields: dict[str, str | list[str]] = {"rows-0-key": key, "rows-0-skills": list(skills)}
    answer, problems = tool.read(one or block(), posted(fields))
    assert problems == []
    return tool.merge_posted(one or block(), answer, None, given)


def keep(answer: Answer, key: str, words: str, **more: str) -> Answer:
    fields = {"rows-0-key": key, "find-0": words, **{name.replace("_", "-"): value for name, value in more.items()}}
    return tool.act(block(), answer, Button("keep", key, posted(dict(fields))))


def tags(answer: Answer, key: str = "ward") -> list[str]:
    return [tag["name"] for row in answer["rows"] if row["key"] == key for tag in row["tags"]]


def page_of(render: Any, answer: Answer, given: Inputs, one: Block | None = None, **view_state: str) -> Any:
    one = one or block()
    named = {name.replace("_", "-"): value for name, value in view_state.items()}
    return render(tool, one, tool.show(one, answer, given, named))


TAG = st.one_of(
    st.sampled_from(["s1", "s2", "gone"]).map(lambda skill: {"skill": skill, "name": "A name"}),
    st.builds(
        lambda n, name, kind, offered: {
            "skill": f"own-{n}",
            "name": name,
            "category": kind,
            "own": True,
            "offered": offered,
        },
        st.integers(0, 5),
        st.text(max_size=30),
        st.sampled_from(["transferable", "knowledge", "nonsense"]),
        st.booleans(),
    ),
)
ROW = st.tuples(st.sampled_from(["ward", "depot", "general", "gone"]), st.lists(TAG, max_size=6))


@example(
    st.lists(ROW, max_size=4, unique_by=lambda row: row[0]), st.sampled_from([PLACES, Inputs(library=LIBRARY), WORDS])
)
@settings(max_examples=examples(60), deadline=None)
def test_what_the_page_holds_reads_back_the_same(render: Any, rows: list[Any], given: Inputs) -> None:
    stored = {"rows": [{"key": key, "text": "Somewhere", "tags": named} for key, named in rows]}
    answer = tool.with_live_rows(block(), stored, given)
    page = page_of(render, answer, given)
    again, problems = tool.read(block(), page.posted)
    assert problems == []
    assert canonical(again) == canonical(tool.form_part(answer))
    assert tool.form_part(tool.merge_posted(block(), again, answer, given)) == tool.form_part(answer)
    assert fragment_faults(page.html) == []


def test_one_thing_at_a_time_and_the_first_without_skills_is_open() -> None:
    view = tool.show(block(), ticked("s1"), PLACES, {})
    assert [(one.key, one.progress, one.is_open) for one in view.subjects] == [
        ("ward", "1 of 2 · One skill", False),
        ("depot", "2 of 2 · None yet", True),
    ]


def test_suggestions_come_from_the_words_and_are_not_ticked(render: Any) -> None:
    view = tool.show(block(), {"rows": []}, PLACES, {})
    assert view.subjects[0].details == ("Calmed relatives", "Made the schedule")
    assert {chip.name for chip in view.subjects[0].offers} == {"Calming upset people", "Making work schedules"}
    assert view.subjects[0].heading == "From your own words"
    page = page_of(render, {"rows": []}, PLACES)
    assert not [name for name in page.posted if name.endswith("-skills")]
    assert page.unlabelled == []
    assert len(set(page.ids)) == len(page.ids)


def test_one_subject_for_the_words_above(render: Any) -> None:
    view = tool.show(ALONE, tool.empty(ALONE), WORDS, {})
    assert view.is_single
    assert [chip.name for chip in view.subjects[0].offers] == ["Calming upset people"]
    answer = ticked("s1", key="general", given=WORDS, one=ALONE)
    assert answer["rows"] == [
        {
            "key": "general",
            "text": "In general",
            "tags": [
                {
                    "skill": "s1",
                    "name": "Calming upset people",
                    "category": "transferable",
                    "own": False,
                    "offered": False,
                }
            ],
        }
    ]
    older = {"rows": [{**answer["rows"][0], "key": "1.1.1.thanks", "text": "One night"}]}
    again = tool.show(ALONE, older, WORDS, {})
    assert [one.key for one in again.subjects] == ["1.1.1.thanks"]
    assert again.gone == ()


def test_where_nothing_is_heard_nothing_is_suggested_until_it_is_asked_for(render: Any) -> None:
    inputs = Inputs((Item("x", "Qwxyz"),), library=LIBRARY)
    assert tool.show(block(), {"rows": []}, inputs, {}).subjects[0].offers == ()
    page = page_of(render, {"rows": []}, inputs)
    assert f"{KEY}|keep|x" in page.buttons
    assert "Skills a lot of people have for Qwxyz" in page.words
    more = {"verb": "more", "argument": "15:x", "rows-0-key": "x"}
    more_shown = tool.show(block(), {"rows": []}, inputs, more).subjects[0]
    assert more_shown.heading == "Skills a lot of people have"
    assert more_shown.offers


def test_more_shows_more() -> None:
    first = tool.show(block(offer=1), {"rows": []}, PLACES, {}).subjects[0]
    assert (len(first.offers), first.more) == (1, "11:ward")
    more = tool.show(
        block(offer=1), {"rows": []}, PLACES, {"verb": "more", "argument": "11:ward", "rows-0-key": "ward"}
    )
    assert len(more.subjects[0].offers) == 4
    assert more.subjects[0].is_open
    assert more.subjects[0].more == ""
    assert len(more.subjects[1].offers) == 1


def test_a_button_without_the_rest_of_the_form_finds_its_thing_by_place() -> None:
    view_state = {"verb": "find", "argument": "depot", "find-1": "bread"}
    found = tool.show(block(), {"rows": []}, PLACES, view_state).subjects[1].found
    assert [chip.name for chip in found] == ["Baking bread"]
    more = tool.show(block(offer=1), {"rows": []}, PLACES, {"verb": "more", "argument": "ward"}).subjects[0]
    assert len(more.offers) == 4


def test_finding() -> None:
    def found(query: str, answer: Answer | None = None) -> Any:
        view_state = {"verb": "find", "argument": "depot", "rows-0-key": "ward", "rows-1-key": "depot", "find-1": query}
        return tool.show(block(), answer or {"rows": []}, PLACES, view_state).subjects[1]

    assert (found("bred").found, [chip.name for chip in found("bred").close]) == ((), ["Baking bread"])
    assert found("bread").close == (), "a word that stands there is not misspelled"
    assert [chip.name for chip in found("Spanish").found] == ["Spanish"]
    assert found("bread").query == "bread"
    assert found("bread").is_open
    assert "s4" not in {chip.skill for chip in found("bread").offers}
    nothing = found("xqzzy")
    assert (nothing.found, nothing.is_searched) == ((), True)
    assert found("bread", ticked("s4", key="depot")).already == ("Baking bread",)
    own = keep(ticked("s1"), "ward", "Bread diplomacy")
    assert [chip.name for chip in found("bread", own).found] == ["Bread diplomacy", "Baking bread"]
    for query in ("\0", "x" * 50_000, "🌱" * 500, "' OR 1=1"):
        assert found(query).is_searched


def test_keep_stands_first_where_nothing_is_called_so(render: Any) -> None:
    def shown(query: str) -> str:
        view_state = {"verb": "find", "argument": "depot", "rows-0-key": "ward", "rows-1-key": "depot", "find-1": query}
        return str(render(tool, block(), tool.show(block(), {"rows": []}, PLACES, view_state)).words)

    assert "Did you mean" not in shown("bread")
    assert "Keep “bread”" in shown("bread")
    assert shown("bred").index("Keep “bred”") < shown("bred").index("Did you mean")


def test_a_skill_of_another_kind_says_where_it_waits() -> None:
    given = replace(PLACES, skill_pages={"knowledge": "What I know"})
    view_state = {"verb": "find", "argument": "depot", "rows-0-key": "ward", "rows-1-key": "depot", "find-1": "Spanish"}
    (chip,) = tool.show(block(category="transferable"), {"rows": []}, given, view_state).subjects[1].found
    assert (chip.name, chip.where) == ("Spanish", "What I know")


def test_found_words_of_ones_own_can_be_ticked(render: Any) -> None:
    own = keep(ticked("s1"), "ward", "Bread diplomacy")
    view_state = {"verb": "find", "argument": "depot", "rows-0-key": "ward", "rows-1-key": "depot"}
    view_state["find-1"] = "diplomacy"
    page = render(tool, block(), tool.show(block(), own, PLACES, view_state))
    sent = page.posted
    sent.add(f"{KEY}:rows-1-skills", own["rows"][0]["tags"][1]["skill"])
    bare, problems = tool.read(block(), sent)
    assert problems == []
    assert tags(tool.merge_posted(block(), bare, own, PLACES), "depot") == ["Bread diplomacy"]


def test_keeping_ones_own_words(render: Any) -> None:
    answer = keep(ticked("s1"), "ward", "  Drawing\r\nthings ", kind_0="knowledge", offer_0="y")
    tag = answer["rows"][0]["tags"][1]
    assert (tag["name"], tag["category"], tag["own"], tag["offered"]) == ("Drawing things", "knowledge", True, True)
    again = keep(answer, "ward", "drawing THINGS")
    assert again["rows"] == answer["rows"]
    elsewhere = keep(answer, "depot", "drawing things")
    assert elsewhere["rows"][1]["tags"][0]["skill"] == tag["skill"]
    bare, problems = tool.read(block(), page_of(render, answer, PLACES).posted)
    assert problems == []
    assert tool.merge_posted(block(), bare, answer, PLACES)["rows"] == answer["rows"]
    assert [one.key for one in tool.show(block(), answer, PLACES, {}).subjects if one.is_open] == ["ward"]
    plain = keep(ticked("s1"), "ward", "Weaving", kind_0="nonsense")["rows"][0]["tags"][1]
    assert (plain["category"], plain["offered"]) == ("transferable", False)
    assert tags(keep({"rows": []}, "general", "Weaving"), "general") == ["Weaving"]


@pytest.mark.parametrize(
    ("words", "told"), [("", "Type your words"), ("x" * 201, "Cut it down"), ("a\0", "can't save one character")]
)
def test_words_that_cannot_be_kept(render: Any, words: str, told: str) -> None:
    sent = posted({"rows-0-key": "ward", "rows-0-skills": "s1", "find-0": words, "do": f"{KEY}|keep|ward"})
    answer, problems = tool.read(block(), sent)
    assert [problem.field for problem in problems] == ["find-0"]
    assert told in problems[0].message
    page = render(
        tool, block(), tool.show(block(), tool.merge_posted(block(), answer, None, PLACES), PLACES, {}), tuple(problems)
    )
    assert told in page.words
    sent["do"] = "save"
    assert tool.read(block(), sent)[1] == []


def test_unticking_removes() -> None:
    answer = keep(ticked("s1", "s2"), "ward", "Weaving")
    own = answer["rows"][0]["tags"][2]["skill"]
    sent = posted(
        {"rows-0-key": "ward", "rows-0-skills": "s2", "rows-0-own-0-skill": own, "rows-0-own-0-name": "Weaving"}
    )
    bare, problems = tool.read(block(), sent)
    assert (bare, problems) == ({"rows": [{"key": "ward", "tags": [{"skill": "s2"}]}]}, [])


def test_hostile_posts() -> None:
    def problems(fields: dict[str, str | list[str]]) -> list[str]:
        return [problem.message for problem in tool.read(block(), posted(fields))[1]]

    assert problems({"rows-0-key": "a b", "rows-0-skills": "s1"})
    assert problems({"rows-0-key": "x" * 81, "rows-0-skills": "s1"})
    assert problems({"rows-0-key": "a", "rows-0-skills": "<b>"})
    assert problems({"rows-0-key": "a", "rows-0-skills": "s1", "rows-1-key": "a", "rows-1-skills": "s1"})
    assert "Uncheck one" in problems({"rows-0-key": "a", "rows-0-skills": [f"s{n}" for n in range(41)]})[0]
    many: dict[str, str | list[str]] = {f"rows-{n}-key": f"k{n}" for n in range(61)}
    assert "60 things" in problems(many | {f"rows-{n}-skills": "s1" for n in range(61)})[0]
    own = {"rows-0-key": "a", "rows-0-skills": "o", "rows-0-own-0-skill": "o"}
    assert problems({**own, "rows-0-own-0-name": "x" * 201})
    assert problems({**own, "rows-0-own-0-name": "a\0b"})
    assert problems({**own, "rows-0-own-0-name": "Word", "rows-0-own-0-category": "root"})
    assert problems({"rows-0-key": "ward", "rows-0-skills": ["s1", "s1"], "nonsense": "x", "rows-0-x": "y"}) == []
    assert tags(ticked("s1", "s1", "nobody-knows-this")) == ["Calming upset people"]
    with pytest.raises(UnknownButton):
        tool.act(block(), {"rows": []}, Button("add", "rows", posted({})))


def test_an_own_word_cannot_pose_as_a_skill_of_the_library() -> None:
    fields: dict[str, str | list[str]] = {"rows-0-key": "ward", "rows-0-skills": "s1", "rows-0-own-0-skill": "s1"}
    bare, _ = tool.read(
        block(), posted({**fields, "rows-0-own-0-name": "Something else", "rows-0-own-0-category": "knowledge"})
    )
    assert tags(tool.merge_posted(block(), bare, None, PLACES)) == ["Calming upset people"]


def test_rows_follow_their_source(render: Any) -> None:
    before = ticked("s1")
    later = Inputs((Item("new", "Shop"), Item("ward", "Nurse on Ward B")), library=LIBRARY)
    rows = tool.with_live_rows(block(), before, later)["rows"]
    assert [(row["key"], row["text"], len(row["tags"])) for row in rows] == [
        ("new", "Shop", 0),
        ("ward", "Nurse on Ward B", 1),
    ]
    gone = tool.show(block(), before, Inputs((DEPOT,), library=LIBRARY), {})
    assert [one.key for one in gone.subjects] == ["depot"]
    assert [(one.key, one.is_gone) for one in gone.gone] == [("ward", True)]
    removed = tool.drop_upstream(block(), before, "ward")
    assert tool.used(removed) == frozenset()
    assert tool.act(block(), removed, Button("undo", "", posted({})))["rows"][0]["tags"] == before["rows"][0]["tags"]
    assert "is removed" in page_of(render, removed, PLACES).words
    assert tool.apply_upstream(block(), before, Item("ward", "New words"))["rows"][0]["text"] == "New words"


def test_a_first_place_joins_what_was_said_in_general() -> None:
    answer = ticked("s1", key="general", given=Inputs(library=LIBRARY))
    view = tool.show(block(), answer, PLACES, {})
    assert [one.key for one in view.subjects] == ["ward", "depot", "general"]


def test_no_more_than_sixty_things_and_none_that_has_skills_is_dropped() -> None:
    given = Inputs(tuple(Item(f"k{n}", f"Place {n}") for n in range(80)), library=LIBRARY)
    answer = ticked("s1", key="k79", given=given)
    rows = tool.with_live_rows(block(), answer, given)["rows"]
    assert len(rows) == 60
    assert rows[-1]["key"] == "k79"


def test_ways_of_a_type_are_offered_and_none_is_ticked() -> None:
    one = block("", category="self_management")
    draft = Item("ENFP", "The spark", {"ways": ("patient", "s6", "unknown")})
    given = Inputs(draft=(draft,), library=LIBRARY)
    assert tool.start(one, given) == tool.empty(one)
    subject = tool.show(one, tool.start(one, given), given, {}).subjects[0]
    assert [chip.name for chip in subject.offers] == ["Patient", "Spanish"]
    assert subject.heading == "What people of this type say"
    assert (subject.chosen, subject.kind) == ((), "self_management")


def test_enough() -> None:
    assert tool.incomplete(block(), {"rows": []})[0].message.startswith("Check at least one")
    assert tool.incomplete(block(), ticked("s1")) == []
    assert (
        tool.incomplete(block(enough=5), ticked("s1", "s2"))[0].message
        == "Choose at least five skills in all. You have two so far."
    )


def test_browsing_is_linked_once() -> None:
    assert tool.show(block(browse=True), {}, PLACES, {}).browse == "/reference/skills?category=transferable"
    assert tool.show(block(), {}, PLACES, {}).browse == ""
    linked = Block(
        KEY, "1.1.3", "tool", "skill-tagger", options={"browse": True}, connections=(connection("skills_library"),)
    )
    assert tool.show(linked, {}, PLACES, {}).browse == ""


def test_answers_of_other_versions_do_not_crash(render: Any) -> None:
    odd = [
        None,
        {},
        {"key": "ward"},
        {"key": "x", "tags": [None, {"skill": 3}, {"skill": "s9"}, {"skill": "o", "own": True}]},
    ]
    for old in ({}, {"rows": None}, {"rows": odd}, {"rows": [], "removed": 3, "now": 4}):
        assert isinstance(tool.long_form(block(), old), str)
        assert tool.summary(block(), old)
        assert fragment_faults(page_of(render, old, PLACES).html) == []


def test_what_is_taught_is_learned_once_and_taken_back(user: Any) -> None:
    answer = keep(ticked("s1"), "ward", "Drawing", offer_0="y")
    assert learn(tool, user, block(), answer, AT) == {"skill_evidence", "seen_skills", "user_skills", "work_factors"}
    assert learn(tool, user, block(), answer, AT) == frozenset()
    assert {row.subject_key for row in ExperienceSkill.select()} == {"ward"}
    assert UserSkill.select().count() == 2
    assert OwnSkill.select().count() == 1
    assert [row.word for row in SkillOffer.select()] == ["Drawing"]
    assert learn(tool, user, block(), tool.empty(block()), AT)
    assert ExperienceSkill.select().count() == 0
    assert SkillOffer.select().count() == 0
    assert all(row.removed_at for row in UserSkill.select())


def test_own_words_are_sealed(user: Any) -> None:
    answer = keep(ticked("s1"), "ward", "Whispering to zebras")
    learn(tool, user, block(), answer, AT)
    assert OwnSkill.select().count() == 1
    assert SkillOffer.select().count() == 0
    stored = b"".join(contents().values())
    assert b"ward" in stored
    assert b"zebras" not in stored


def test_stories_and_people_teach_as_exercises(user: Any) -> None:
    one = block("soared_stories")
    story = Inputs((Item("1.1.4.story-1", "A night", {"action": "I calmed relatives."}),), library=LIBRARY)
    answer = ticked("s1", key="1.1.4.story-1", given=story, one=one)
    assert learn(tool, user, one, answer, AT) == {"user_skills", "skill_evidence", "seen_skills", "work_factors"}
    assert ExerciseSkill.select().count() == 1
    assert ExperienceSkill.select().count() == 0


def test_it_reads_as_text() -> None:
    answer = keep(ticked("s1", "s2", "s3"), "ward", "Drawing")
    assert (
        tool.summary(block(), answer)
        == "Calming upset people, Loading and unloading, Making work schedules, and one more"
    )
    assert tool.long_form(block(), answer).splitlines()[::4] == ["Nurse, Ward B:", "– Drawing (my own words)"]
    assert tool.items(answer)[0].fields["tags"][0]["skill"] == "s1"


def test_six_things_make_a_small_page(render: Any) -> None:
    places = tuple(
        Item(f"k{n}", f"Nurse on Ward {n}", {"tasks": ("Calmed relatives", "Made the schedule", "Gave the medicines")})
        for n in range(6)
    )
    page = page_of(render, {"rows": []}, Inputs(places, library=LIBRARY))
    assert len(page.html.encode()) < 12_800
