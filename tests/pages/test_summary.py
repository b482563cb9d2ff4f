"""The end of a module: its tree, the answers that matter, what comes next, and every answer to change and print."""

from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests.conftest import Queries
from tests.page import words_of
from tests.visitor import Visitor

MODULE = "/workbook/modules/1.1"
BACK = f"{MODULE}?answers=yes#made-1-1-1"
FIRST = "/workbook/1.1.1"
LINE = "1.1.1.line:value"


@pytest.fixture
def sample(app: Flask) -> Visitor:
    """Somebody in the sample tree, as if it were their own."""
    visitor = Visitor(app.test_client())
    visitor.press(visitor.get("/"), "Look at a sample tree")
    return visitor


def test_a_module_that_is_hardly_begun_names_what_comes(person: Visitor) -> None:
    page = person.get(MODULE)
    assert words_of(page.one(".//h1")) == "What I can do"
    assert [words_of(one) for one in page.all(".//main//h2")] == [
        "What comes next",
        "Your answers",
        "Coming up",
        "On paper",
    ]
    assert page.has(".//a[@href='/workbook/1.1.2']")


def test_an_answer_stands_there_with_its_question_its_day_and_its_way_back(frozen: object, person: Visitor) -> None:
    person.save(FIRST, fields={LINE: "I calm people down"})
    page = person.get(MODULE)
    made = page.by_id("made-1-1-1")
    assert "I calm people down" in words_of(made)
    assert "Written March 1, 2027" in words_of(made)
    assert f"{FIRST}?back=1.1#b-1-1-1-line" in [link.get("href") for link in made.iter("a")]


def test_a_change_comes_back_to_the_summary(person: Visitor) -> None:
    path = f"{FIRST}?back=1.1"
    page = person.get(path)
    back = page.all(f".//main//a[@href='{BACK}']")
    assert [words_of(link) for link in back] == ["Back to your answers in What I can do"]
    for do in ("save", "not-now"):
        answer = person.client.post(FIRST, data=page.form() | {LINE: f"Changed by {do}", "do": do})
        assert (answer.status_code, answer.headers["Location"]) == (303, BACK)


def test_going_on_with_something_open_stays_and_still_knows_the_way_back(person: Visitor) -> None:
    page = person.save(f"{FIRST}?back=1.1", do="go")
    assert page.status == 422
    assert page.form()["back"] == ["1.1"]


def test_a_button_of_a_block_keeps_the_way_back(person: Visitor) -> None:
    sent = person.get(f"{FIRST}?back=1.1").form() | {"do": "1.1.1.line|save"}
    answer = person.client.post(FIRST, data=sent)
    assert answer.headers["Location"] == f"{FIRST}?back=1.1#b-1-1-1-line"


@pytest.mark.parametrize("made_up", ["", "9.9", "https://elsewhere.example", "//elsewhere.example", "<b>"])
def test_a_made_up_way_back_leads_nowhere(person: Visitor, made_up: str) -> None:
    page = person.get(FIRST)
    assert "back" not in person.client.get(FIRST, query_string={"back": made_up}).get_data(as_text=True).split('name="')
    answer = person.client.post(FIRST, data=page.form() | {LINE: "A line", "back": made_up})
    assert answer.headers["Location"] == f"{FIRST}#b-1-1-1-line"


def test_contents_lead_to_it_once_something_is_answered(person: Visitor) -> None:
    assert [words_of(one) for one in person.get("/workbook").all(f".//a[@href='{MODULE}']")] == [
        "Your answers in What I can do"
    ]


def test_what_was_set_aside_can_be_taken_up(person: Visitor) -> None:
    person.press(person.get(FIRST), "Skip for now")
    page = person.get(MODULE)
    assert "Skipped for now" in page.words
    back = person.press(page, "Open it again: One thing I did well")
    assert back.response.request.path == FIRST
    assert "Skipped for now" not in person.get(MODULE).words


def test_private_answers_are_one_line_while_they_are_hidden(sample: Visitor) -> None:
    open_ = sample.get(MODULE).by_id("made-1-1-9")
    assert not list(open_.iter("details"))
    assert "Private: " in words_of(open_)
    sample.client.post("/private", data=sample.get("/workbook/1.1.1").form() | {"hide": "yes"})
    made = sample.get(MODULE).by_id("made-1-1-9")
    folded = next(iter(made.iter("details")))
    assert "private answers · show" in words_of(folded)
    assert words_of(made).count("Private: ") == words_of(folded).count("Private: ") > 0


def test_paper_has_every_answer_in_full_and_the_private_ones_only_when_they_are_ticked(sample: Visitor) -> None:
    plain, ticked = sample.get(MODULE), sample.get(f"{MODULE}?private=yes")
    on_paper = " ".join(words_of(one) for one in plain.all(".//dd[@class='on-paper']"))
    assert len(on_paper) > 2_000
    assert "Riverside Hospital" in on_paper
    assert len(ticked.all(".//dd[@class='on-paper']")) > len(plain.all(".//dd[@class='on-paper']"))
    for page, is_printed in ((plain, False), (ticked, True)):
        private = [one for one in page.all(".//div[dt]") if "Private: " in words_of(one)]
        assert private
        assert {"unprinted" in (one.get("class") or "") for one in private} == {not is_printed}
    assert ticked.by_id("private").get("checked") is not None


def test_it_asks_the_answers_of_the_module_once(sample: Visitor, queries: Queries) -> None:
    """And every table that they follow once, whether it has changed since or not."""
    sample.get(MODULE)
    queries.clear()
    sample.get(MODULE)
    assert len(queries) <= 8, "\n".join(queries)
    assert sum("response_json" in sql for sql in queries) == 1
    assert len(set(queries)) == len(queries)


def test_answers_are_folded_until_one_comes_back_to_them(sample: Visitor) -> None:
    folded = next(one for one in sample.get(MODULE).all(".//details") if words_of(one).startswith("Your answers"))
    assert folded.get("open") is None
    for query in ("answers=yes", "private=yes"):
        page = sample.get(f"{MODULE}?{query}")
        assert next(one for one in page.all(".//details") if words_of(one).startswith("Your answers")).get("open") == ""


def test_what_matters_stands_large_as_the_book_names_it(sample: Visitor) -> None:
    page = sample.get(MODULE)
    large = {words_of(one.find("h2")): one for one in page.all(".//section[h2]") if "large" in one.get("class", "")}
    assert list(large) == ["The first line of your resume", "Your top three", "What energizes you"]
    assert len(large["Your top three"].findall(".//li")) == 3
    assert "explaining" in words_of(large["Your top three"]).casefold()


def test_what_is_private_does_not_stand_large_while_it_is_hidden_nor_on_paper(sample: Visitor) -> None:
    def budget(query: str = "") -> Element:
        page = sample.get(f"/workbook/modules/1.2{query}")
        return next(one for one in page.all(".//section[h2]") if "What you need to live on" in words_of(one))

    assert "unprinted" in budget().get("class", "")
    assert "unprinted" not in budget("?private=yes").get("class", "")
    assert budget().find("details") is None
    sample.client.post("/private", data=sample.get("/workbook/1.1.1").form() | {"hide": "yes"})
    assert budget().find("details") is not None


def test_the_roots_of_the_module_are_drawn_in(sample: Visitor) -> None:
    assert "9 of the roots are new." in sample.get(MODULE).words
    assert "5 of the roots are new." in sample.get("/workbook/modules/1.2").words
    assert "of the roots" not in sample.get("/home").words


def test_the_words_for_the_end_wait_until_all_of_it_is_done(sample: Visitor, person: Visitor) -> None:
    words = "Now you have the places you"
    assert words in sample.get(MODULE).words
    assert words not in sample.get("/workbook/1.1.9").words
    person.save(FIRST, fields={LINE: "A line"})
    assert words not in person.get(MODULE).words


def test_it_leads_on_to_what_is_open(person: Visitor, sample: Visitor) -> None:
    assert person.get(MODULE).has(f".//main//a[@href='{FIRST}']")
    on = sample.get("/workbook/modules/1.5").one(".//section[@class='goon unprinted']//a")
    assert (words_of(on), on.get("href")) == ("Continue with Where I stand", "/workbook/2.1.1")


def test_the_module_that_closes_a_part_shows_what_the_part_brings(sample: Visitor) -> None:
    page = sample.get("/workbook/modules/1.4")
    assert page.has(".//main//a[@href='/what-i-bring']")
    assert not sample.get(MODULE).has(".//main//a[@href='/what-i-bring']")


def test_a_module_of_somebody_else_is_empty_here(person: Visitor, stranger: Visitor) -> None:
    stranger.save(FIRST, fields={LINE: "A line of the stranger"})
    assert "A line of the stranger" not in person.get(MODULE).html
