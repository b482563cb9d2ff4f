"""Ideas for jobs: leaves drawn and chosen, ideas made of them, and real jobs among them."""

import pytest

from dreamtree.content.book import Block, Book, Occupation
from dreamtree.tools import Button, Inputs, career_combiner, tool
from dreamtree.tools.career_combiner.ideas import drawn
from dreamtree.values import Answer, Item
from tests.rules.strict_html import fragment_faults
from tests.tools.sheets import again, posted, sheet

KEY = "9.9.9.ideas"
BLOCK = Block(KEY, "9.9.9", "tool", "career-combiner", label="What job could use these?", options={"enough": 2})
KIND = tool("career-combiner")
LEAVES = tuple(
    Item(f"9.9.8.tree:{n}", words, {"tree": "Water"}) for n, words in enumerate(("Leak", "Grandma", "Radio", "Pool"))
)
INTERESTS = (Item("I", "figuring things out", {"letter": "I"}),)
OFFERED = Inputs(
    draft=(*LEAVES, *INTERESTS), offers={"idea_trees": LEAVES, "interests": INTERESTS}, secret="this tree's own"
)
PLUMBER = Occupation("id", "plumber", "Plumber", "Trades", "A day.", "R", (), "Ask.", False, ())


@pytest.fixture(autouse=True)
def small_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(career_combiner, "book", lambda: Book(occupations=(PLUMBER,)))


def said(before: Answer | None = None, inputs: Inputs = OFFERED, **typed: str) -> Answer:
    page = posted(sheet(KIND, BLOCK, before or KIND.empty(BLOCK), inputs))
    for name, value in typed.items():
        page[f"{KEY}:{name.replace('_', '-')}"] = value
    part, problems = KIND.read(BLOCK, page)
    assert problems == []
    return KIND.merge_posted(BLOCK, part, before, inputs)


def pressed(answer: Answer, verb: str, argument: str = "") -> Answer:
    return KIND.act(BLOCK, answer, Button(verb, argument, inputs=OFFERED))


def with_idea() -> Answer:
    return said(pressed(KIND.empty(BLOCK), "draw"), rows_0_text="A plumber on the air", rows_0_why="I'd listen")


def test_leaves_are_drawn_three_at_a_time_and_all_come_round() -> None:
    answer = pressed(KIND.empty(BLOCK), "draw")
    assert len(answer["chosen"]) == 3
    shown = sheet(KIND, BLOCK, answer, OFFERED)
    assert not fragment_faults(shown.html)
    assert not shown.unlabelled
    assert "Your leaves for this one" in shown.words
    assert "Pick again" in shown.words
    other = pressed(answer, "draw")
    assert other["chosen"] != answer["chosen"]
    assert {*answer["chosen"], *other["chosen"]} == {leaf.key for leaf in LEAVES}
    assert pressed(KIND.empty(BLOCK), "draw") == answer, "the same draw twice is one"


@pytest.mark.parametrize(("count", "turn"), [(0, 0), (1, 3), (2, 0), (3, 7), (20, 5)])
def test_a_draw_never_has_a_leaf_twice(count: int, turn: int) -> None:
    leaves = [f"leaf-{n}" for n in range(count)]
    found = drawn(leaves, 3, turn, "secret")
    assert len(set(found)) == len(found) == min(3, count)


def test_an_idea_is_made_of_the_leaves_that_are_chosen_and_keeps_them() -> None:
    answer = with_idea()
    (row,) = answer["rows"]
    assert row["leaves"] == answer["chosen"]
    assert set(row["words"].values()) <= {leaf.text for leaf in LEAVES}
    again_ = said(pressed(answer, "add"), rows_0_why="I would listen")
    assert again_["rows"][0]["leaves"] == row["leaves"]
    assert again(KIND, BLOCK, again_, OFFERED) == (KIND.form_part(again_), [])
    assert KIND.used(again_) == set(row["leaves"])


def test_leaves_chosen_while_an_idea_is_typed_are_in_it() -> None:
    answer = said(KIND.empty(BLOCK), rows_0_text="A plumber on the air")
    assert KIND.used(answer) == frozenset()
    page = posted(sheet(KIND, BLOCK, KIND.empty(BLOCK), OFFERED))
    page[f"{KEY}:rows-0-key"] = answer["rows"][0]["key"]
    page[f"{KEY}:rows-0-text"] = "A plumber on the air"
    page.setlist(f"{KEY}:chosen", [LEAVES[0].key, "made-up"])
    part, _ = KIND.read(BLOCK, page)
    after = KIND.merge_posted(BLOCK, part, answer, OFFERED)
    assert after["rows"][0]["words"] == {LEAVES[0].key: "Leak"}
    assert after["chosen"] == [LEAVES[0].key]


def test_without_leaves_ideas_are_written_by_hand() -> None:
    shown = sheet(KIND, BLOCK, KIND.empty(BLOCK))
    assert "You can still write ideas in by hand." in shown.words
    assert f"{KEY}|draw|" not in shown.buttons
    answer = said(inputs=Inputs(), rows_0_text="Paints names of colors")
    assert KIND.used(answer) == frozenset()


def test_a_leaf_that_is_gone_stays_in_words() -> None:
    answer = with_idea()
    gone = answer["rows"][0]["leaves"][0]
    untied = KIND.drop_upstream(BLOCK, answer, gone)
    assert gone not in KIND.used(untied)
    assert gone in untied["rows"][0]["words"]
    assert KIND.apply_upstream(BLOCK, answer, Item("9.9.8.tree:9", "New")) == answer


def test_a_real_job_is_added_once_and_asks_why() -> None:
    answer = pressed(with_idea(), "job", "plumber")
    assert (answer["rows"][1]["text"], answer["rows"][1]["occupation"]) == ("Plumber", "plumber")
    assert KIND.goes_on_at(BLOCK, answer, Button("job", "plumber")) == "rows-1-why"
    assert pressed(answer, "job", "plumber") == answer
    assert pressed(answer, "job", "no-such-job") == answer
    shown = sheet(KIND, BLOCK, answer, OFFERED)
    assert "A real job" in shown.words
    assert "Two ideas, one of them from the list of jobs." in shown.words
    assert KIND.job_search(BLOCK, answer, OFFERED).taken == {"plumber"}  # type: ignore[union-attr]


def test_jobs_are_looked_for_by_leaves_interests_and_skills_of_the_library() -> None:
    search = KIND.job_search(BLOCK, KIND.empty(BLOCK), OFFERED)
    assert search is not None
    assert (search.leaves, search.interests, search.skills) == (("Leak", "Grandma", "Radio", "Pool"), ("I",), ())


def test_it_says_how_many_more_will_do() -> None:
    [problem] = KIND.incomplete(BLOCK, with_idea())
    assert problem.message == "Add one more idea. A silly one counts."
    assert not KIND.incomplete(BLOCK, pressed(with_idea(), "job", "plumber"))


def test_an_idea_is_removed_and_brought_back() -> None:
    answer = with_idea()
    gone = pressed(answer, "remove", answer["rows"][0]["key"])
    assert gone["rows"] == []
    assert pressed(gone, "undo")["rows"] == answer["rows"]


def test_at_rest_each_idea_has_its_reason() -> None:
    rest = KIND.rest(BLOCK, pressed(with_idea(), "job", "plumber"))
    assert rest is not None
    assert [(line.text, line.detail) for line in rest.lines] == [
        ("A plumber on the air", "I'd listen"),
        ("Plumber", ""),
    ]
    assert "A plumber on the air\n  " in KIND.long_form(BLOCK, with_idea())
