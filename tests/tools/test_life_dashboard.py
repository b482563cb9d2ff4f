"""Where one stands: numbers of a day, those of earlier days, and what moved."""

import time_machine

from dreamtree.content.book import Block
from dreamtree.tools import Inputs, tool
from dreamtree.values import Answer, Item, Provenance
from tests.rules.strict_html import fragment_faults
from tests.tools.sheets import again, posted, sheet

KEY = "9.9.9.dashboard"
ITEMS = (
    {"key": "work", "text": "Work", "help": "Paid or unpaid."},
    {"key": "play", "text": "Play"},
    {"key": "love", "text": "Love"},
    {"key": "health", "text": "Health"},
)
BLOCK = Block(KEY, "9.9.9", "tool", "life-dashboard", label="Where do you stand?", options={"items": ITEMS})
KIND = tool("life-dashboard")
FIRST = Item("1.1.1", "work 2", {"scores": {"work": 2, "love": 8}}, Provenance("1.1.1", "", "1.1.1.life", "2026-09-08"))


def on(day: str, *recalled: Item) -> Inputs:
    return Inputs(today=day, recalls={"life_dashboard": recalled})


def said(day: str, before: Answer | None = None, at: str = "", **typed: str) -> Answer:
    """What stands after these fields were typed on this day; `at` is the day that the page says."""
    page = posted(sheet(KIND, BLOCK, before or KIND.empty(BLOCK), on(day)), **typed)
    if at:
        page[f"{KEY}:on"] = at
    part, problems = KIND.read(BLOCK, page)
    assert problems == []
    return KIND.merge_posted(BLOCK, part, before, on(day))


def numbers(work: str, love: str) -> dict[str, str]:
    return {"rows_0_score": work, "rows_2_score": love}


def test_an_empty_page_asks_for_each_area_and_one_number_is_enough() -> None:
    shown = sheet(KIND, BLOCK, KIND.empty(BLOCK), on("2026-11-04"))
    assert not fragment_faults(shown.html)
    assert not shown.unlabelled
    for words in ("Work, from 0 to 10", "Paid or unpaid.", "Why that number?", "What would bring it up by one?"):
        assert words in shown.words
    assert KIND.incomplete(BLOCK, KIND.empty(BLOCK))
    assert not KIND.incomplete(BLOCK, said("2026-11-04", rows_3_score="0"))


def test_it_has_the_day_it_was_said_on_and_its_areas_in_order() -> None:
    answer = said("2026-11-04", rows_3_score="5", rows_3_raise="Phone stays in the kitchen")
    assert answer["on"] == "2026-11-04"
    assert [row["key"] for row in answer["rows"]] == ["work", "play", "love", "health"]
    assert said("2026-11-09", answer, rows_3_score="6")["on"] == "2026-11-04"
    assert again(KIND, BLOCK, answer, on("2026-11-09")) == (KIND.form_part(answer), [])


def test_a_number_off_the_scale_is_refused_and_stays_as_it_was_typed() -> None:
    page = posted(sheet(KIND, BLOCK, KIND.empty(BLOCK)), rows_0_score="eleven", rows_1_score="11")
    part, problems = KIND.read(BLOCK, page)
    assert [one.field for one in problems] == ["rows-0-score", "rows-1-score"]
    assert 'value="eleven"' in sheet(KIND, BLOCK, KIND.merge_posted(BLOCK, part, None, Inputs())).html


def test_a_new_set_leaves_the_one_before_as_it_was() -> None:
    first = said("2026-11-04", **numbers("3", "8"))
    assert "Add today's numbers" not in sheet(KIND, BLOCK, first, on("2026-11-04")).html
    assert "Add today&#39;s numbers" in sheet(KIND, BLOCK, first, on("2026-12-01")).html
    assert KIND.rest(BLOCK, KIND.with_live_rows(BLOCK, first, on("2026-12-01"))).buttons  # type: ignore[union-attr]
    second = said("2026-12-01", first, at="2026-12-01", **numbers("5", "8"))
    assert (second["on"], second["earlier"]) == ("2026-12-01", [{"on": "2026-11-04", "rows": first["rows"]}])
    assert [item.key for item in KIND.lessons(BLOCK, second)] == ["2026-11-04", "2026-12-01"]
    assert KIND.summary(BLOCK, second) == "Work 5, love 8"


def test_the_button_shows_an_empty_set_and_writes_nothing() -> None:
    first = said("2026-11-04", **numbers("3", "8"))
    view = KIND.show(BLOCK, first, on("2026-12-01"), {"verb": "again"})
    assert view.on == "2026-12-01"
    assert [area.score for area in view.areas] == [None] * 4
    untouched = {f"rows_{n}_{field}": "" for n in range(4) for field in ("score", "reason", "raise")}
    assert said("2026-12-01", first, at="2026-12-01", **untouched) == first


def test_emptying_a_new_set_brings_back_the_one_before() -> None:
    first = said("2026-11-04", **numbers("3", "8"))
    second = said("2026-12-01", first, at="2026-12-01", **numbers("5", "8"))
    assert said("2026-12-01", second, **numbers("", "")) == first


def test_a_day_that_has_not_come_is_no_new_set() -> None:
    first = said("2026-11-04", **numbers("3", "8"))
    assert "earlier" not in said("2026-11-05", first, at="2031-01-01", **numbers("4", "8"))


def test_it_says_what_is_highest_and_lowest() -> None:
    def told(**typed: str) -> str:
        return " ".join(KIND.show(BLOCK, said("2026-11-04", **typed), Inputs(), {}).result)

    assert told(**numbers("3", "8")) == "Love is highest, at 8. Work is lowest, at 3."
    assert told(rows_1_score="3", **numbers("3", "8")) == "Love is highest, at 8. Work and play are lowest, at 3."
    assert told(**numbers("4", "4")) == "Both are at 4."
    assert told(rows_0_score="4") == ""


def test_it_says_what_moved_since_the_first_day_after_the_answer() -> None:
    empty = KIND.show(BLOCK, KIND.empty(BLOCK), on("2026-11-04", FIRST), {})
    assert (empty.result, empty.chart) == ((), None)
    shown = KIND.show(BLOCK, said("2026-11-04", **numbers("3", "8")), on("2026-11-04", FIRST), {})
    assert shown.result[-1] == "Since September 8, 2026, work went from 2 to 3. Love is the same."
    assert shown.chart.table.rows == (("Sep 8, 2026", "2", "–", "8", "–"), ("Nov 4, 2026", "3", "–", "8", "–"))


def test_what_is_recalled_is_never_stored() -> None:
    shown = KIND.with_live_rows(BLOCK, said("2026-11-04", **numbers("3", "8")), on("2026-11-05", FIRST))
    assert "first" in shown
    part = KIND.form_part(shown)
    assert KIND.merge_posted(BLOCK, part, shown, on("2026-11-05", FIRST)).keys() == {"rows", "on"}


def test_many_sets_are_drawn_as_the_first_and_the_last_ones() -> None:
    answer = said("2026-01-01", **numbers("1", "1"))
    for month in range(2, 10):
        day = f"2026-{month:02}-01"
        answer = said(day, answer, at=day, **numbers(str(month), "1"))
    chart = KIND.show(BLOCK, answer, on("2026-09-01"), {}).chart
    assert [row[1] for row in chart.table.rows] == ["1", "5", "6", "7", "8", "9"]
    assert chart.notes == ("The first set, and the last five of nine.",)


@time_machine.travel("2026-11-04T12:00:00Z", tick=False)
def test_at_rest_it_says_each_area_in_a_line() -> None:
    answer = said("2026-11-04", rows_0_score="3", rows_0_reason="By the week", rows_0_raise="Somebody calls back.")
    rest = KIND.rest(BLOCK, answer)
    assert rest is not None
    assert [(one.text, one.detail) for one in rest.lines] == [
        ("Work", "3. By the week. To bring it up: Somebody calls back.")
    ]
    assert KIND.long_form(BLOCK, answer).startswith("November 4, 2026\nWork: 3.")
