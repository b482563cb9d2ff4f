"""Words around words: lines around one of them, the next word, leaves that are liked, and the tree drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamtree.content.book import Block
from dreamtree.tools import Button, Inputs, tool
from dreamtree.tools.idea_tree.words import Branches, TreeWord, grown, strays
from dreamtree.values import Answer, Item
from tests.rules.strict_html import fragment_faults
from tests.tools.sheets import again, posted, sheet

KEY = "9.9.9.tree"
BLOCK = Block(KEY, "9.9.9", "tool", "idea-tree", label="What comes to mind?")
KIND = tool("idea-tree")
MOMENTS = (Item("week-line", "Riding a line to the end"),)
OFFERED = Inputs(draft=MOMENTS, offers={"flow_entries": MOMENTS})


def said(before: Answer | None = None, inputs: Inputs = OFFERED, **typed: str) -> Answer:
    page = posted(sheet(KIND, BLOCK, before or KIND.empty(BLOCK), inputs))
    for name, value in typed.items():
        page[f"{KEY}:{name.replace('_', '-') if name.startswith('rows') else name}"] = value
    part, problems = KIND.read(BLOCK, page)
    assert problems == []
    return KIND.merge_posted(BLOCK, part, before, inputs)


def around_water() -> Answer:
    return said(root="Water", rows_0_text="Grandma", rows_1_text="Leak", rows_2_text="Pool")


def pressed(answer: Answer, argument: str = "") -> Answer:
    return KIND.act(BLOCK, answer, Button("add", argument, inputs=OFFERED))


def grown_tree() -> Answer:
    """Three words around the first, and three around one of those."""
    return said(pressed(around_water()), rows_3_text="Radio", rows_4_text="Soup", rows_5_text="Slippers")


def test_an_empty_tree_asks_for_a_first_word_and_has_five_lines() -> None:
    shown = sheet(KIND, BLOCK, KIND.empty(BLOCK), OFFERED)
    assert not fragment_faults(shown.html)
    assert not shown.unlabelled
    assert "Riding a line to the end" in shown.words
    assert "Or your own" in shown.words
    assert sum(name.endswith("-text") for name in shown.posted) == 5
    assert [one.field for one in KIND.incomplete(BLOCK, KIND.empty(BLOCK))] == ["root", ""]


def test_an_offered_word_is_kept_in_its_words_and_posted_by_its_key() -> None:
    answer = said(root_key="week-line", rows_0_text="Doors")
    assert (answer["root"], answer["root_key"]) == ("Riding a line to the end", "week-line")
    assert KIND.form_part(answer)["root"] == ""
    assert again(KIND, BLOCK, answer, OFFERED) == (KIND.form_part(answer), [])
    assert said(answer) == answer
    assert said(answer, Inputs()) == answer, "its source has gone"
    assert KIND.used(answer) == {"week-line"}
    untied = KIND.drop_upstream(BLOCK, answer, "week-line")
    assert (untied["root"], untied["root_key"]) == ("Riding a line to the end", "")


def test_own_words_count_before_what_is_chosen_beside_them() -> None:
    answer = said(root_key="week-line", root="Water")
    assert (answer["root"], answer["root_key"]) == ("Water", "")
    assert said(root_key="made-up")["root"] == ""
    assert said(said(root="Water"), root_key="week-line")["root"] == "Riding a line to the end"
    assert said(said(root_key="week-line"), root="Water")["root_key"] == ""
    assert said(said(root="Water"), root="")["root"] == ""


def test_the_next_word_has_lines_of_its_own() -> None:
    answer = pressed(around_water())
    shown = sheet(KIND, BLOCK, answer, OFFERED)
    assert "Around “Grandma”" in shown.words
    assert KIND.goes_on_at(BLOCK, answer, Button("add", inputs=OFFERED)) == "rows-3-text"
    assert again(KIND, BLOCK, answer, OFFERED) == (KIND.form_part(answer), [])
    more = grown_tree()
    assert [row["parent"] for row in more["rows"]][3:] == [more["rows"][0]["key"]] * 3
    assert not KIND.incomplete(BLOCK, more)
    assert "Around “Leak”" in sheet(KIND, BLOCK, pressed(more), OFFERED).words


def test_one_goes_on_from_any_word_and_back_to_the_first() -> None:
    answer = grown_tree()
    pool = answer["rows"][2]["key"]
    assert "Around “Pool”" in sheet(KIND, BLOCK, pressed(answer, pool), OFFERED).words
    back = pressed(pressed(answer, pool), "root")
    assert "Around “Water”" in sheet(KIND, BLOCK, back, OFFERED).words
    assert pressed(answer, "no-such-word").get("at", "") == ""


def test_three_steps_out_is_the_end() -> None:
    answer = grown_tree()
    out = said(pressed(answer, answer["rows"][3]["key"]), rows_6_text="Static")
    last = out["rows"][6]["key"]
    assert f"{KEY}|add|{last}" not in sheet(KIND, BLOCK, out, OFFERED).buttons
    assert pressed(out, last).get("at", "") == ""
    assert KIND.rest(BLOCK, out).results == ("Seven words, three steps out.",)  # type: ignore[union-attr]


def test_five_around_one_word_is_full_and_says_so() -> None:
    answer = said(root="Water", **{f"rows_{n}_text": f"Word {n}" for n in range(5)})
    shown = sheet(KIND, BLOCK, answer, OFFERED)
    assert "“Water” has five words around it. Pick one of them to continue from." in shown.words
    page = posted(shown)
    page[f"{KEY}:rows-5-key"], page[f"{KEY}:rows-5-text"] = "sixth", "One too many"
    assert KIND.read(BLOCK, page)[1]


def test_an_emptied_word_goes_and_one_that_others_came_from_stays_empty() -> None:
    answer = pressed(grown_tree(), "root")
    assert [row["text"] for row in said(answer, rows_1_text="")["rows"]] == [
        "Grandma", "Pool", "Radio", "Soup", "Slippers"
    ]  # fmt: skip
    emptied = said(answer, rows_0_text="")
    assert emptied["rows"][0]["text"] == ""
    assert len(KIND.lessons(BLOCK, emptied)) == 6
    assert again(KIND, BLOCK, emptied, OFFERED) == (KIND.form_part(emptied), [])


def test_a_word_that_is_liked_is_a_leaf() -> None:
    answer = said(grown_tree(), rows_3_leaf="1")
    shown = sheet(KIND, BLOCK, answer, OFFERED)
    assert "Check the words you like." in shown.words
    assert KIND.summary(BLOCK, answer).endswith("six words, two steps out. You marked one.")
    assert [item.text for item in KIND.lessons(BLOCK, answer) if item.fields.get("is_leaf")] == ["Radio"]
    assert "  – Radio (you marked it)" in KIND.long_form(BLOCK, answer)


def test_it_says_what_is_still_missing() -> None:
    assert [one.message for one in KIND.incomplete(BLOCK, said(root="Water"))] == ["Add six words."]
    first = [one.message for one in KIND.incomplete(BLOCK, around_water())]
    assert first == ["Add three more words, around one of yours."]
    answer = said(pressed(around_water()), rows_3_text="Radio")
    assert [one.message for one in KIND.incomplete(BLOCK, answer)] == ["Add two more words."]


def test_it_rests_in_words_and_drawn_with_the_leaves_filled() -> None:
    answer = said(grown_tree(), rows_3_leaf="1")
    rest = KIND.rest(BLOCK, answer)
    assert rest is not None
    assert (rest.lines[0].text, rest.lines[1].text) == ("You marked", "Water")
    (chart,) = rest.charts
    assert [row[0] for row in chart.table.rows] == ["Grandma", "Radio", "Soup", "Slippers", "Leak", "Pool"]
    assert chart.table.rows[1] == ("Radio", "Grandma", "yes")


def test_a_very_large_tree_is_drawn_two_steps_out() -> None:
    rows = [{"key": f"a{n}", "parent": "", "text": f"A{n}", "leaf": False} for n in range(5)]
    rows += [{"key": f"b{n}", "parent": f"a{n // 5}", "text": f"B{n}", "leaf": False} for n in range(25)]
    rows += [{"key": f"c{n}", "parent": f"b{n // 5}", "text": f"C{n}", "leaf": True} for n in range(125)]
    rest = KIND.rest(BLOCK, {"root": "Water", "root_key": "", "rows": rows})
    assert rest is not None
    assert len(rest.charts[0].table.rows) == 30
    assert "further out" in rest.charts[0].notes[0]
    assert again(KIND, BLOCK, {"root": "Water", "root_key": "", "rows": rows})[1] == []


STRAY = (
    (TreeWord("a", parent="nowhere", text="A"),),
    (TreeWord("a", parent="b", text="A"), TreeWord("b", parent="a", text="B")),
    tuple(TreeWord(str(n), parent=str(n - 1) if n else "", text="…") for n in range(4)),
    tuple(TreeWord(f"w{n}", text="…") for n in range(6)),
    (TreeWord("root", text="A"),),
)


@pytest.mark.parametrize("rows", STRAY)
def test_a_word_that_has_no_place_is_found(rows: tuple[TreeWord, ...]) -> None:
    assert strays(rows, 3, 5)


words = st.lists(
    st.builds(
        TreeWord, st.sampled_from("abcdef"), parent=st.sampled_from(["", *"abcdef"]), text=st.sampled_from(["", "x"])
    ),
    max_size=8,
    unique_by=lambda one: one.key,
)


@given(words)
def test_what_is_grown_keeps_every_word_and_the_way_to_it(rows: list[TreeWord]) -> None:
    kept = grown(rows)
    assert {row.key for row in rows if row.text} <= {row.key for row in kept}
    assert grown(kept) == kept
    here, known = {row.key for row in kept}, {row.key for row in rows}
    assert all(row.parent in here or row.parent not in known for row in kept)
    steps = Branches(kept).steps
    assert all(steps.get(row.parent, 0) == steps[row.key] - 1 for row in kept if row.key in steps)
