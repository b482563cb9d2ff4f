"""Whatever one does on a page of older entries leaves one there, with a script and without."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import pytest

from tests.page import Page, words_of
from tests.rules.long_logs import LOGS, PRACTICE, WEEK, WORDS, older, opened
from tests.rules.seeded import exercise_of
from tests.rules.test_fragments import anchor, main_part, send
from tests.rules.touching import buttons_of, section
from tests.visitor import SEE_OTHER, Visitor

pytestmark = pytest.mark.parametrize("block", LOGS)
Act = Callable[..., Page]
ADDING = {WEEK: ("add",), PRACTICE: ("done",)}


@pytest.fixture
def page(long: Visitor, block: str) -> Page:
    """The entries before the newest ones."""
    found = older(long, opened(long, block), block)
    assert found is not None
    return found


def rows_on(page: Page, block: str) -> list[str]:
    """The keys of the entries that stand on a page or in a fragment, in their order."""
    inside = section(page, block) if page.has(".//main") else main_part(page)
    return [key for one in inside.iter("li") if (key := one.get("data-row"))]


def is_older(page: Page) -> bool:
    return "Back to the newest" in page.words


def as_typed(page: Page, block: str, words: str) -> dict[str, list[str]]:
    """The form with other words in the entry that has fields."""
    (field,) = [name for name in page.form() if name.startswith(f"{block}:rows-0-{WORDS[block]}")]
    return {**page.form(), field: [words]}


def without_a_script(visitor: Visitor, page: Page, block: str, do: str, words: str = "") -> Page:
    return visitor.send(page, do, as_typed(page, block, words) if words else None)


def with_a_script(visitor: Visitor, page: Page, block: str, do: str, words: str = "") -> Page:
    """The block is answered, and the page is what a reload gives."""
    sent = as_typed(page, block, words) if words else page.form()
    answer = send(visitor, block, {**sent, "do": [do]})
    assert answer.status == 200
    assert is_older(answer)
    verb, key = do.split("|")[1:]
    asked = {"older": page.form()["older"], **({"change": f"{block}|{key}"} if verb == "change" else {})}
    again = visitor.get(f"/workbook/{exercise_of(block)}?{urlencode(asked, doseq=True)}")
    assert rows_on(answer, block) == rows_on(again, block)
    return again


@pytest.mark.parametrize("act", [without_a_script, with_a_script])
def test_an_entry_is_changed_removed_and_brought_back_among_those_it_stands_with(
    long: Visitor, page: Page, block: str, act: Act
) -> None:
    before = rows_on(page, block)
    key, others = before[5], [one for one in before if one != before[5]]
    page = act(long, page, block, f"{block}|change|{key}")
    assert rows_on(page, block) == before
    assert page.form()[f"{block}:rows-0-key"] == [key]
    page = act(long, page, block, f"{block}|save|{key}", "Said another way.")
    assert rows_on(page, block) == before
    assert "Said another way." in words_of(section(page, block))
    page = act(long, page, block, f"{block}|remove|{key}")
    assert [one for one in rows_on(page, block) if one in before] == others
    assert is_older(page)
    page = act(long, page, block, f"{block}|undo|{key}")
    assert rows_on(page, block) == before
    assert is_older(page)


def test_every_button_of_the_block_leaves_one_there(long: Visitor, page: Page, block: str) -> None:
    first, key = rows_on(page, block)[0], rows_on(page, block)[3]
    page = long.send(long.send(page, f"{block}|remove|{first}"), f"{block}|change|{key}")
    verbs = {value.split("|")[1]: value for one in buttons_of(page, block) if (value := one.get("value", ""))}
    assert {"change", "save", "remove", "undo"} <= verbs.keys()
    for value in verbs.values():
        assert is_older(long.send(page, value)), value
        assert is_older(send(long, block, {**page.form(), "do": [value]})), value


@pytest.mark.parametrize("do", ["save", "enter"])
def test_a_button_of_the_page_leaves_one_there(long: Visitor, page: Page, block: str, do: str) -> None:
    before = rows_on(page, block)
    page = long.send(page, f"{block}|change|{before[2]}")
    page = long.send(page, do, as_typed(page, block, "Said another way."))
    assert is_older(page)
    assert rows_on(page, block) == before


def test_one_goes_on_at_the_entry_that_was_done_and_at_what_brings_a_removed_one_back(
    long: Visitor, page: Page, block: str
) -> None:
    key = rows_on(page, block)[5]
    for verb, place in (
        ("change", f"rows-0-{'activity' if block == WEEK else 'done_on'}"),
        ("save", f"at-{key}"),
        ("remove", "undo"),
        ("undo", f"at-{key}"),
    ):
        do = f"{block}|{verb}|{key}"
        assert main_part(send(long, block, {**page.form(), "do": [do]})).get("data-focus") == f"{anchor(block)}-{place}"
        path = page.response.request.path
        answer = long.client.post(path, data={**page.form(), "do": [do]})
        assert answer.status_code == SEE_OTHER
        assert urlsplit(answer.location).fragment == f"{anchor(block)}-{place}"
        page = long.get(answer.location)
        assert page.has(f".//*[@id='{anchor(block)}-{place}']")


def test_what_is_refused_stands_among_the_entries_it_was_typed_in(long: Visitor, page: Page, block: str) -> None:
    key = rows_on(page, block)[5]
    page = long.send(page, f"{block}|change|{key}")
    field, words = {WEEK: ("rows-0-activity", "long " * 100), PRACTICE: ("rows-0-done_on", "one day")}[block]
    refused = long.send(page, "save", {f"{block}:{field}": words})
    assert refused.status == 422
    assert is_older(refused)
    assert key in rows_on(refused, block)
    fragment = send(long, block, {**page.form(), f"{block}:{field}": [words], "do": [f"{block}|save|{key}"]})
    assert fragment.status == 422
    assert is_older(fragment)
    mended = long.send(refused, "save", {f"{block}:{field}": "" if block == WEEK else "October 3, 2026"})
    assert is_older(mended)


def test_two_versions_are_settled_where_they_met(long: Visitor, page: Page, block: str) -> None:
    key = rows_on(page, block)[5]
    page = long.send(page, f"{block}|change|{key}")
    assert is_older(long.send(page, f"{block}|save|{key}", as_typed(page, block, "Typed elsewhere.")))
    sent = {**as_typed(page, block, "Typed here."), "editor": ["another-page"]}
    met = long.send(page, "save", sent)
    assert met.status == 409
    mine = next(one.get("value", "") for one in buttons_of(met, block) if "|mine|" in one.get("value", ""))
    settled = long.send(met, mine)
    assert is_older(settled)
    assert "Typed here." in words_of(section(settled, block))


def test_a_page_of_older_entries_says_so_and_adds_none(long: Visitor, page: Page, block: str) -> None:
    newest = opened(long, block)
    adding = [one for verb in ADDING[block] for one in newest.buttons() if f"|{verb}|" in one]
    assert adding
    assert [verb for verb in ADDING[block] for one in page.buttons() if f"|{verb}|" in one] == []
    assert "Log another day" not in page.words
    assert [name for name in page.form() if name.startswith(f"{block}:rows-")] == []
    titles = [one.one(".//head/title").text or "" for one in (newest, page)]
    assert titles[1] == f"Older entries: {titles[0]}"
    assert words_of(next(page.by_id(f"{anchor(block)}-body").iter("a"))) == "Back to the newest"


def test_the_way_back_to_ones_answers_stays(long: Visitor, block: str) -> None:
    module = exercise_of(block).rpartition(".")[0]
    newest = long.get(f"/workbook/{exercise_of(block)}?back={module}")
    page = older(long, newest, block)
    assert page is not None
    assert page.form()["back"] == [module]
    page = long.send(page, f"{block}|change|{rows_on(page, block)[3]}")
    assert page.form()["back"] == [module]
    back = next(one for one in section(page, block).iter("a") if words_of(one) == "Back to the newest")
    assert long.get(back.get("href", "")).form()["back"] == [module]


def test_another_question_of_the_page_leaves_one_there(long: Visitor, page: Page, block: str) -> None:
    other = {WEEK: "1.3.3.noticed", PRACTICE: "1.5.1.better"}[block]
    before = rows_on(page, block)
    page = long.send(page, f"{other}|change|")
    assert is_older(page)
    page = long.send(page, f"{other}|save|", {f"{other}:value": "It was the forms."})
    assert is_older(page)
    assert rows_on(page, block) == before
