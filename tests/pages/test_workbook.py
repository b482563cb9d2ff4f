"""An exercise and its saves: what a person typed is on the page, in the answer, or in its history."""

import pytest

from tests.page import Page, words_of
from tests.rules.seeded import exercise_of
from tests.visitor import PARTIAL, Visitor

FIRST = "/workbook/1.1.1"
LINE = "1.1.1.line:value"
THANKS = "1.1.1.thanks"


def thanks_on(page: Page) -> str:
    """The name of the first long text, with the revision it stands on."""
    return next(name for name in page.form() if name.startswith(f"{THANKS}:value"))


def line_of(visitor: Visitor) -> str:
    return visitor.get(FIRST).form()[LINE][0]


def in_two_tabs(visitor: Visitor) -> Page:
    """The page after a second tab saved a text based on the same revision as the first."""
    here, there = visitor.get(FIRST).form(), visitor.get(FIRST).form()
    visitor.client.post(FIRST, data=here | {LINE: "From the first tab"})
    return Page(visitor.client.post(FIRST, data=there | {LINE: "From the second tab"}))


def test_a_save_is_there_after_coming_back(person: Visitor) -> None:
    page = person.save(FIRST, fields={LINE: "I draw what comes next"})
    assert page.form()[LINE] == ["I draw what comes next"]
    assert "Saved" in words_of(page.by_id("b-1-1-1-line-status"))


def test_a_plain_save_answers_303_to_what_was_saved(person: Visitor) -> None:
    form = person.get(FIRST).form()
    answer = person.client.post(FIRST, data=form | {LINE: "Once"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{FIRST}#b-1-1-1-line")


@pytest.mark.parametrize("block", ["1.1.2.experiences", "1.4.5.values", "1.5.2.list", "1.5.3.day"])
def test_a_row_that_moved_without_javascript_is_where_the_page_goes_on(filled: Visitor, block: str) -> None:
    """A row that folds is opened by its browser, since the place is inside it."""
    path = f"/workbook/{exercise_of(block)}"
    page = filled.open(path)
    down = next(one for one in page.buttons() if one.startswith(f"{block}|down|"))
    answer = filled.client.post(path, data=page.form() | {"do": down})
    there, _, place = answer.headers["Location"].partition("#")
    assert there.partition("?")[0] == path
    assert f"{block}|up|{down.split('|')[2]}" in [one.get("value") for one in filled.get(there).by_id(place)]


def test_a_button_on_no_row_comes_back_to_the_block(filled: Visitor) -> None:
    form = filled.get("/workbook/1.1.2").form()
    for button in ("paste|", "up|", "up|a\r\nb", f"up|{'a' * 99}"):
        answer = filled.client.post("/workbook/1.1.2", data=form | {"do": f"1.1.2.experiences|{button}"})
        assert answer.headers["Location"] == "/workbook/1.1.2#b-1-1-2-experiences"


def test_two_texts_typed_and_one_button_pressed_saves_both(person: Visitor) -> None:
    page = person.get(FIRST)
    fields = {LINE: "The one line", thanks_on(page): "The long text"}
    person.save(FIRST, do=f"{THANKS}|save", fields=fields)
    after = person.get(FIRST)
    assert after.form()[LINE] == ["The one line"]
    assert after.form()[thanks_on(after)] == ["The long text"]


def test_what_is_open_is_told_and_everything_typed_stands_and_is_kept(person: Visitor) -> None:
    page = person.save(FIRST, do="go", fields={LINE: "The one line"})
    assert page.status == 422
    assert page.form()[LINE] == ["The one line"]
    assert page.by_id("errors").find(".//a").get("href") == "#b-1-1-1-when-value"
    assert line_of(person) == "The one line"


def test_a_text_too_long_stands_on_the_page_and_the_others_are_saved(person: Visitor) -> None:
    long = "x" * 10_001
    page = person.save(FIRST, fields={thanks_on(person.get(FIRST)): long, LINE: "The one line"})
    assert page.status == 422
    assert page.form()[thanks_on(page)] == [long]
    assert "Not saved" in words_of(page.by_id("b-1-1-1-thanks-status"))
    assert line_of(person) == "The one line"


def test_a_text_refused_once_is_saved_when_it_was_shortened(person: Visitor) -> None:
    name = thanks_on(person.get(FIRST))
    page = person.save(FIRST, fields={name: "x" * 10_001})
    sent = page.form() | {thanks_on(page): "x" * 10_000}
    assert person.client.post(FIRST, data=sent).status_code == 303
    after = person.get(FIRST)
    assert after.form()[thanks_on(after)] == ["x" * 10_000]


def test_line_breaks_and_every_script_come_back_as_typed(person: Visitor) -> None:
    words = "\n first line\n\nsecond: Ä ß 漢字 🌳 עברית <b>&amp;\n"
    person.save(FIRST, fields={thanks_on(person.get(FIRST)): words.replace("\n", "\r\n")})
    page = person.get(FIRST)
    assert page.form()[thanks_on(page)] == [words]


def test_the_same_post_twice_is_saved_once(person: Visitor) -> None:
    sent = person.get(FIRST).form() | {LINE: "Pressed twice"}
    for _ in range(2):
        assert person.client.post(FIRST, data=sent).status_code == 303
    assert person.get(FIRST).form()["1.1.1.line:base"] == ["1"]


def test_what_nobody_touched_is_not_saved(person: Visitor) -> None:
    person.save(FIRST)
    assert person.get(FIRST).form()["1.1.1.line:base"] == ["0"]


def test_a_stranger_sees_nothing_of_it(person: Visitor, stranger: Visitor) -> None:
    person.save(FIRST, fields={LINE: "Mine alone"})
    person.save(FIRST, fields={LINE: "Mine alone, still"})
    assert "Mine alone" not in stranger.get(FIRST).html
    assert stranger.client.get(f"{FIRST}/1.1.1.line/history").status_code == 404


def test_somebody_signed_out_keeps_the_text(person: Visitor) -> None:
    sent = person.get(FIRST).form() | {LINE: "Words I would miss", "autosave": "1"}
    person.client.delete_cookie("tree")
    page = Page(person.client.post(f"{FIRST}/1.1.1.line", data=sent, headers=PARTIAL))
    assert page.status == 401
    assert "Words I would miss" in page.words


@pytest.mark.parametrize("path", [f"{FIRST}/1.1.1.line", f"{FIRST}/open", f"{FIRST}/take-up"])
def test_what_only_saves_cannot_be_read(person: Visitor, path: str) -> None:
    assert person.client.get(path).status_code == 405


@pytest.mark.parametrize("lie", [{"editor": ""}, {"editor": "../x"}, {"n": "-1"}, {"n": "x"}, {"1.1.1.line:base": "x"}])
def test_a_form_that_is_not_ours_answers_400_and_writes_nothing(person: Visitor, lie: dict[str, str]) -> None:
    sent = person.get(FIRST).form() | {LINE: "From a script"} | lie
    assert person.client.post(FIRST, data=sent).status_code == 400
    assert line_of(person) == ""


def test_a_made_up_digest_only_means_touched(person: Visitor) -> None:
    sent = person.get(FIRST).form() | {LINE: "A line", "1.1.1.line:served": "made up"}
    assert person.client.post(FIRST, data=sent).status_code == 303
    assert line_of(person) == "A line"


def test_history_shows_compares_and_brings_back(person: Visitor) -> None:
    for words in ("First words", "Second words"):
        person.save(FIRST, fields={LINE: words})
    history = person.get(f"{FIRST}/1.1.1.line/history")
    assert "First words" in history.words
    assert "Second words" in history.words
    assert [words_of(one) for one in history.all(".//del")] == ["Removed: First words"]
    assert [words_of(one) for one in history.all(".//ins")] == ["Added: Second words"]
    form = history.one(".//main//li/form")
    back = person.client.post(form.get("action", ""), data=history.fields_in(form))
    assert (back.status_code, back.headers["Location"]) == (303, f"{FIRST}#b-1-1-1-line")
    assert line_of(person) == "First words"
    again = person.get(f"{FIRST}/1.1.1.line/history")
    assert "restored" in again.words
    assert "Second words" in again.words


def test_a_text_that_never_was_cannot_be_brought_back(person: Visitor) -> None:
    person.save(FIRST, fields={LINE: "First words"})
    token = person.get(FIRST).form()["csrf_token"]
    assert person.client.post(f"{FIRST}/1.1.1.line/history/made-up", data={"csrf_token": token}).status_code == 404


def test_two_tabs_show_both_texts_and_save_neither_over_the_other(person: Visitor) -> None:
    page = in_two_tabs(person)
    assert page.status == 409
    section = words_of(page.by_id("b-1-1-1-line"))
    assert "From the first tab" in section
    assert "From the second tab" in section
    assert line_of(person) == "From the first tab"


@pytest.mark.parametrize(
    ("button", "stands"),
    [("Use this one from this page", "From the second tab"), ("Keep this one saved before", "From the first tab")],
)
def test_either_text_can_be_chosen_and_the_other_stays_in_the_history(
    person: Visitor, button: str, stands: str
) -> None:
    person.press(in_two_tabs(person), button)
    assert line_of(person) == stands
    history = person.get(f"{FIRST}/1.1.1.line/history").words
    assert "From the first tab" in history
    assert "From the second tab" in history


def test_both_texts_can_be_joined(person: Visitor) -> None:
    page = in_two_tabs(person)
    assert "From the first tab" in words_of(page.by_id("b-1-1-1-line-joined"))
    person.press(page, "Save this text", {"1.1.1.line:joined": "From both tabs"})
    assert line_of(person) == "From both tabs"


def test_a_conflict_in_one_block_saves_the_others(person: Visitor) -> None:
    here, there = person.get(FIRST), person.get(FIRST)
    person.client.post(FIRST, data=here.form() | {LINE: "From the first tab"})
    sent = there.form() | {LINE: "From the second tab", thanks_on(there): "Typed beside it"}
    assert person.client.post(FIRST, data=sent).status_code == 409
    page = person.get(FIRST)
    assert page.form()[thanks_on(page)] == ["Typed beside it"]


def test_not_now_goes_on_and_saves_what_can_be_saved(person: Visitor) -> None:
    page = person.press(person.get(FIRST), "Skip for now", {LINE: "Half a thought"})
    assert page.response.request.path == "/workbook/1.1.2"
    assert page.has(".//form[@id='exercise']")
    assert line_of(person) == "Half a thought"
    assert "Skipped for now" in person.get("/home").words


def test_what_was_set_aside_can_be_taken_up(person: Visitor) -> None:
    person.press(person.get(FIRST), "Skip for now")
    token = person.get(FIRST).form()["csrf_token"]
    answer = person.client.post(f"{FIRST}/take-up", data={"csrf_token": token})
    assert (answer.status_code, answer.headers["Location"]) == (303, FIRST)
    assert "Skipped for now" not in person.get("/home").words
    assert person.get("/workbook/1.1.2").has(".//form[@id='exercise']")


def test_everything_up_to_here_is_set_aside_in_one_step(person: Visitor) -> None:
    page = person.press(person.get("/workbook/1.1.4"), "Skip everything before this")
    assert page.has(".//form[@id='exercise']")
    assert "3 skipped" in person.get("/home").words


def test_a_locked_exercise_is_read_and_not_written(person: Visitor) -> None:
    sent = person.get(FIRST).form() | {"1.1.2.experiences:base": "0"}
    assert person.client.post("/workbook/1.1.2", data=sent).status_code == 403
    page = person.get("/workbook/1.1.2")
    assert not page.has(".//form[@id='exercise']")
    assert "Skip everything before this" in page.words


def test_going_on_with_an_answer_that_its_rows_completed_since_passes_the_exercise(person: Visitor) -> None:
    """A rating saved while one row was open counts as soon as that row is gone."""
    person.press(person.get("/workbook/1.1.8"), "Skip everything before this")
    for name, text in (("work", "Wound care"), ("learning", "Doses"), ("life", "Spanish")):
        person.save("/workbook/1.1.8", fields={f"1.1.8.{name}:rows-0-text": text})
    rate = {f"1.1.8.rate:rows-{n}-{scale}": "3" for n in (0, 1) for scale in ("mastery", "frequency")}
    assert person.save("/workbook/1.1.8", do="go", fields=rate).response.request.path == "/workbook/1.1.8"
    person.save("/workbook/1.1.8", fields={"1.1.8.rate:rows-2-mastery": "3", "1.1.8.rate:rows-2-frequency": "3"})
    page = person.save("/workbook/1.1.8", do="go")
    assert page.response.request.path == "/workbook/1.1.9"
    assert page.has(".//form[@id='exercise']")
