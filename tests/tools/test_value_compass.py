"""Two views side by side: sentences chosen or in one's own words, where they agree and where they pull."""

from dreamtree.content.book import Block
from dreamtree.tools import Button, Inputs, tool
from dreamtree.values import Answer, Item
from tests.rules.strict_html import fragment_faults
from tests.tools.sheets import again, posted, sheet

KEY = "9.9.9.pairs"
BLOCK = Block(KEY, "9.9.9", "tool", "value-compass", label="Where do they agree?", options={"enough": 1, "max": 3})
KIND = tool("value-compass")
WORK = (
    Item("work_view:1", "Work's for getting a thing to run.", {"kind": "work_view"}),
    Item("work-fair-pay", "Fair pay", {"kind": "work"}),
)
LIFE = (Item("life_view:1", "Five people at one table.", {"kind": "life_view"}),)
OFFERED = Inputs(draft=(*WORK, *LIFE))


def said(before: Answer | None = None, inputs: Inputs = OFFERED, **typed: str) -> Answer:
    page = posted(sheet(KIND, BLOCK, before or KIND.empty(BLOCK), inputs))
    for name, value in typed.items():
        page[f"{KEY}:{'-'.join(name.split('_', 2))}"] = value
    part, problems = KIND.read(BLOCK, page)
    assert problems == []
    return KIND.merge_posted(BLOCK, part, before, inputs)


def pair(link: str = "agree") -> Answer:
    return said(rows_0_work_key="work_view:1", rows_0_life_key="life_view:1", rows_0_link=link)


def test_it_offers_the_sentences_of_both_views() -> None:
    shown = sheet(KIND, BLOCK, KIND.empty(BLOCK), OFFERED)
    assert not fragment_faults(shown.html)
    assert not shown.unlabelled
    for words in ("About work", "Fair pay", "About life", "Five people at one table.", "Or in your own words"):
        assert words in shown.words


def test_without_views_both_sides_are_written_by_hand() -> None:
    shown = sheet(KIND, BLOCK, KIND.empty(BLOCK))
    assert "About work, in your own words" in shown.words
    answer = said(inputs=Inputs(), rows_0_work="Pays the rent", rows_0_life="Soup on Thursdays", rows_0_link="pull")
    assert not KIND.incomplete(BLOCK, answer)
    assert KIND.used(answer) == frozenset()
    assert again(KIND, BLOCK, answer) == (KIND.form_part(answer), [])


def test_a_chosen_sentence_is_kept_in_its_words_and_posted_by_its_key() -> None:
    answer = pair()
    assert answer["rows"][0]["work"] == "Work's for getting a thing to run."
    assert KIND.form_part(answer)["rows"][0]["work"] == ""
    assert again(KIND, BLOCK, answer, OFFERED) == (KIND.form_part(answer), [])
    assert said(answer) == answer
    assert KIND.used(answer) == {"work_view:1", "life_view:1"}


def test_own_words_count_before_what_is_chosen_beside_them() -> None:
    answer = said(rows_0_work_key="work-fair-pay", rows_0_work="Twenty-seven an hour")
    assert (answer["rows"][0]["work_key"], answer["rows"][0]["work"]) == ("", "Twenty-seven an hour")


def test_a_key_that_nothing_offers_is_no_sentence() -> None:
    answer = said(rows_0_work_key="made-up", rows_0_life_key="life_view:1", rows_0_link="agree")
    assert answer["rows"][0]["work_key"] == ""
    assert KIND.incomplete(BLOCK, answer)


def test_half_a_pair_is_kept_and_asks_for_the_rest() -> None:
    answer = said(rows_0_work_key="work-fair-pay")
    assert [one.message for one in KIND.incomplete(BLOCK, answer)] == [
        "Choose or write one thing on each side, and say whether they agree."
    ]
    assert again(KIND, BLOCK, answer, OFFERED) == (KIND.form_part(answer), [])
    assert KIND.items(answer) == ()


def test_a_sentence_that_left_its_view_stays_and_says_so() -> None:
    answer, later = pair(), Inputs(draft=WORK)
    assert said(answer, later) == answer
    assert "You’ve changed this sentence since." in sheet(KIND, BLOCK, answer, later).words
    untied = KIND.drop_upstream(BLOCK, answer, "life_view:1")
    assert (untied["rows"][0]["life_key"], untied["rows"][0]["life"]) == ("", "Five people at one table.")
    new = KIND.apply_upstream(BLOCK, answer, Item("life_view:1", "Six people."))
    assert new["rows"][0]["life"] == "Six people."
    assert KIND.apply_upstream(BLOCK, answer, Item("life_view:9", "Another.")) == answer


def test_pairs_are_added_removed_and_brought_back() -> None:
    answer = KIND.act(BLOCK, pair("pull"), Button("add", "rows", inputs=OFFERED))
    assert len(answer["rows"]) == 2
    assert KIND.goes_on_at(BLOCK, answer, Button("add", inputs=OFFERED)) == "rows-1-work_key-0"
    more = said(answer, rows_1_work_key="work-fair-pay", rows_1_life="Home at six", rows_1_link="agree")
    assert KIND.summary(BLOCK, more) == "One pair agrees, and one pulls apart."
    gone = KIND.act(BLOCK, more, Button("remove", more["rows"][0]["key"], inputs=OFFERED))
    assert KIND.summary(BLOCK, gone) == "One pair agrees."
    assert KIND.summary(BLOCK, KIND.act(BLOCK, gone, Button("undo"))) == KIND.summary(BLOCK, more)


def test_at_rest_it_says_what_wins() -> None:
    answer = said(pair("pull"), rows_0_wins="The table, on Wednesdays")
    rest = KIND.rest(BLOCK, answer)
    assert rest is not None
    [line] = rest.lines
    assert line.text == "They pull apart"
    assert line.detail.endswith("and “Five people at one table.” Wins: The table, on Wednesdays")
