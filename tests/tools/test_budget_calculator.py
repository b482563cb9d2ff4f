"""What is there, what comes in, what goes out: how long it lasts, the pay it needs, and what is asked about."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import User
from dreamtree.content.book import Block, Book
from dreamtree.db import database
from dreamtree.profile import provenance
from dreamtree.profile.budgets import BUDGETS, SUMS, BudgetLineRow, BudgetRow
from dreamtree.profile.money import money
from dreamtree.profile.rows import opened_column
from dreamtree.text import clean_line, clean_prose
from dreamtree.tools import Button, Inputs, Problem, UnknownButton
from dreamtree.tools.budget_calculator import tool
from dreamtree.tools.budget_calculator.budget import last_day
from dreamtree.values import Answer
from dreamtree.workbook.sent_words import words_of_page
from tests.databases import ask
from tests.examples import examples
from tests.teaching import learn
from tests.tools.conftest import AT, Rendered
from tests.tools.sheets import again, posted, sheet, some_text

KEY = "1.2.4.budget"
BLOCK = Block(
    KEY,
    "1.2.4",
    "tool",
    "budget-calculator",
    label="What do I need?",
    is_required=True,
    is_private=True,
    makes="budgets",
)
TODAY = Inputs(today="2027-03-01")


def out(key: str, amount: Any, kind: str = "other", **more: Any) -> dict[str, Any]:
    row = {"key": key, "name": key, "kind": kind, "amount": amount, "period": "month", "other": None, "need": "need"}
    return row | more


def come(key: str, amount: Any, kind: str = "pay", **more: Any) -> dict[str, Any]:
    row = {"key": key, "name": key, "kind": kind, "amount": amount, "period": "month", "other": None, "until": ""}
    return row | more


def answered(**more: Any) -> Answer:
    whole = tool.empty(BLOCK) | {
        "currency": "USD",
        "savings": 280_000,
        "in": [come("room", 25_000, "stays"), come("benefit", 30_000, "benefit")],
        "out": [
            out("out-housing", 85_000, "housing", name="Rent or housing"),
            out("meals", 9_000, "food", period="week"),
        ],
        "hours": "38.5",
        "rate": "25",
        "on": "2027-03-01",
    }
    return whole | more


def shown(answer: Answer, problems: tuple[Problem, ...] | list[Problem] = ()) -> Rendered:
    return sheet(tool, BLOCK, answer, TODAY, problems)


def read(fields: MultiDict[str, str]) -> Answer:
    answer, problems = tool.read(BLOCK, fields)
    assert not problems, problems
    return answer


def press(answer: Answer, verb: str, argument: str = "") -> Answer:
    return tool.act(BLOCK, answer, Button(verb, argument, MultiDict()))


def fields_missing(answer: Answer) -> list[str]:
    return [problem.field for problem in tool.incomplete(BLOCK, answer)]


# A first opening


def test_it_begins_with_the_lines_that_are_often_needed_and_stores_none() -> None:
    page = shown(tool.empty(BLOCK))
    assert "Rent or housing" in page.words
    assert "Groceries and household" in page.words
    assert "Shift and night pay" in page.words
    assert "How long I can manage" not in page.words
    assert again(tool, BLOCK, tool.empty(BLOCK)) == (tool.empty(BLOCK), [])
    assert tool.form_part(tool.empty(BLOCK))["out"] == []


def test_every_field_has_a_label_and_an_id_of_its_own() -> None:
    page = shown(answered(out=[out("a", "1.234", other="9.999"), out("b", 5, name="")]))
    assert not page.unlabelled
    assert len(set(page.ids)) == len(page.ids)
    spoken = list(page.buttons.values())
    assert len(set(spoken)) == len(spoken)


def test_what_is_typed_is_read() -> None:
    page = shown(tool.empty(BLOCK))
    answer = read(
        posted(page, currency="EUR", savings="2.800,00", out_0_amount="850", out_2_amount="90,50", out_2_period="week")
    )
    assert (answer["currency"], answer["savings"]) == ("EUR", 280_000)
    assert [(row["key"], row["name"], row["kind"], row["amount"], row["period"]) for row in answer["out"]] == [
        ("out-housing", "Rent or housing", "housing", 85_000, "month"),
        ("out-food", "Groceries and household", "food", 9_050, "week"),
    ]
    assert again(tool, BLOCK, answer) == (answer, [])


def test_any_three_letters_are_a_currency() -> None:
    page = shown(tool.empty(BLOCK))
    assert read(posted(page, currency="another", own="isk", savings="1.500"))["savings"] == 1500
    answer, problems = tool.read(BLOCK, posted(page, own="kroner"))
    assert "fit here. Cut it down" in problems[0].message
    assert "KRONER" in shown(answer, problems).posted.values()
    assert tool.read(BLOCK, posted(page, own="12x"))[1][0].field == "own"
    assert "You chose EUR and wrote SEK" in tool.read(BLOCK, posted(page, currency="EUR", own="SEK"))[1][0].message


# Enough


def test_two_lines_of_what_goes_out_and_the_hours_are_enough() -> None:
    assert tool.incomplete(BLOCK, answered()) == []
    assert fields_missing(answered(out=[out("out-housing", 85_000)])) == ["out-1-amount"]
    assert fields_missing(answered(hours="")) == ["hours"]
    assert fields_missing(answered(currency="")) == ["currency"]
    assert fields_missing(tool.empty(BLOCK)) == ["currency", "out-0-amount", "hours"]
    assert fields_missing(answered(before=100, after=None)) == ["after"]
    assert fields_missing(answered(before=100, after=200)) == ["after"]


# Amounts


def test_an_amount_is_read_as_its_currency_writes_it() -> None:
    page = shown(answered())
    for code, text in (
        ("USD", "1,250"),
        ("EUR", "1.250"),
        ("CHF", "1'250"),
        ("SEK", "1\u202f250"),
        ("USD", "\u200e1,250"),
    ):
        assert read(posted(page, currency=code, out_0_amount=text))["out"][0]["amount"] == 125_000


@pytest.mark.parametrize(
    ("chosen", "texts", "code", "amount", "told"),
    [
        ("", {"savings": "$400"}, "USD", 40_000, ""),
        ("", {"out_0_amount": "400 USD"}, "USD", 40_000, ""),
        ("", {"out_0_other": "€400"}, "EUR", 40_000, ""),
        ("", {"savings": "400"}, "", 40_000, ""),
        ("USD", {"savings": "$400"}, "USD", 40_000, ""),
        ("EUR", {"savings": "$400"}, "EUR", "$400", "Type the amount in EUR"),
        ("another", {"savings": "$400"}, "", "$400", "Choose yours above"),
    ],
)
def test_a_sign_says_the_currency_until_one_is_chosen(
    chosen: str, texts: dict[str, str], code: str, amount: Any, told: str
) -> None:
    page = shown(tool.empty(BLOCK))
    answer, problems = tool.read(BLOCK, posted(page, currency=chosen, **texts))
    assert answer["currency"] == code
    said = answer["savings"] if "savings" in texts else answer["out"][0][next(iter(texts)).split("_")[2]]
    assert said == amount
    assert [told in one.message for one in problems] == ([True] if told else [])


def test_an_amount_with_two_meanings_is_kept_asked_and_not_counted() -> None:
    page, text = shown(answered()), "1.234"
    answer = read(posted(page, out_0_amount=text))
    assert answer["out"][0]["amount"] == text
    assert fields_missing(answer) == ["out-0-amount", "out-1-amount"]
    asking = shown(answer)
    assert "Do you mean $1,234 for Rent or housing or $1.23 for Rent or housing" in asking.words
    assert text in asking.posted.values()
    assert tool.incomplete(BLOCK, answer)[0].message == "Pick the amount you meant: $1,234 or $1.23."
    units, cents = [value for value in asking.buttons if "|means-" in value]
    assert press(answer, *units.split("|")[1:])["out"][0]["amount"] == 123_400
    assert press(answer, *cents.split("|")[1:])["out"][0]["amount"] == 123


def test_an_amount_changed_meanwhile_is_asked_again() -> None:
    answer = read(posted(shown(answered()), savings="2.345"))
    assert press(answer, "means-123400", "savings")["savings"] == "2.345"
    assert press(answer, "means-234500", "savings")["savings"] == 234_500


@pytest.mark.parametrize("path", ["", "x", ":::", "out", "amount:nowhere:a", "name:out:a", "on", "amount:out:b"])
def test_a_made_up_meaning_changes_nothing(path: str) -> None:
    answer = answered(out=[out("a", "1.234")])
    assert tool.form_part(press(answer, "means-123400", path)) == tool.form_part(answer)
    assert tool.form_part(press(answer, "means-7", "amount:out:a")) == tool.form_part(answer)


def test_three_decimals_of_a_dinar_stand_as_they_were_meant() -> None:
    answer = answered(currency="KWD", savings=1234, out=[out("a", 2345, other=9999)])
    assert again(tool, BLOCK, answer) == (tool.form_part(answer), [])
    assert read(posted(shown(answer), out_6_amount="3.456"))["out"][0]["amount"] == 3456


@pytest.mark.parametrize("text", ["abc", "-5", "9" * 200, "12.345.6", "1.2345"])
@pytest.mark.parametrize("field", ["savings", "before", "out-0-amount", "in-1-amount", "out-0-other"])
def test_an_amount_that_cannot_be_read_is_told_beside_its_field_and_kept(field: str, text: str) -> None:
    answer, problems = tool.read(BLOCK, posted(shown(answered(), ()), **{field: text}))
    assert [problem.field for problem in problems] == [field]
    page = shown(answer, problems)
    assert text in page.posted.values()
    assert problems[0].message in page.words


@pytest.mark.parametrize("text", ["$400 a month", "400/mo", "0.4k per month", "about 400, monthly"])
def test_an_amount_may_say_the_period_that_its_line_has(text: str) -> None:
    page = shown(answered(out=[]))
    assert read(posted(page, out_0_amount=text, out_0_period="month"))["out"][0]["amount"] == 40_000
    assert read(posted(page, per="year", posted1="45k a year"))["posted1"] == 4_500_000


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("out-0-amount", "$100 a week", "This says “a week”, but next to it you chose “a month”."),
        ("in-1-other", "100/yr", "This says “/yr”, but next to it you chose “a month”."),
        ("posted2", "3k monthly", "This says “monthly”, but next to it you chose “an hour”."),
        ("savings", "2k a month", "Leave out “a month”."),
        ("before", "2,000 biweekly", "Leave out “biweekly”."),
        ("hours", "8 hours a day", "This says “a day”. Type the hours for a whole week."),
        ("rate", "22% a year", "This says “a year”. Type the percentage by itself."),
        ("hours", "30 to 40", "Type one number."),
        ("savings", "400-500", "Type one number."),
    ],
)
def test_a_period_that_contradicts_is_told_beside_its_field_and_kept(field: str, text: str, told: str) -> None:
    answer, problems = tool.read(BLOCK, posted(shown(answered(out=[])), **{field: text}))
    (problem,) = problems
    assert problem.field == field and told in problem.message
    page = shown(answer, problems)
    assert text in page.posted.values() and told in page.words


def test_a_nul_is_refused() -> None:
    for field in ("savings", "hours", "alternative", "out-6-name"):
        assert [problem.field for problem in tool.read(BLOCK, posted(shown(answered()), **{field: "5\0"}))[1]] == [
            field
        ]


@pytest.mark.parametrize(
    ("field", "text"), [("hours", "169"), ("hours", "0"), ("rate", "100"), ("rate", "a"), ("in-0-until", "soon")]
)
def test_other_figures_out_of_range_are_kept_and_told(field: str, text: str) -> None:
    answer, problems = tool.read(BLOCK, posted(shown(answered()), **{field: text}))
    assert [problem.field for problem in problems] == [field]
    assert text in shown(answer, problems).posted.values()


def test_an_error_says_which_line_it_is_about() -> None:
    _, problems = tool.read(BLOCK, posted(shown(answered()), **{"savings": "a lot", "in-0-until": "soon"}))
    assert [problem.question for problem in problems] == ["Money you could use", "Pay: ends"]


# Buttons


def test_lines_are_added_removed_and_brought_back() -> None:
    assert len(press(answered(), "add", "in")["in"]) == 3
    assert len(press(answered(), "add", "out")["out"]) == 3
    gone = press(answered(), "remove", "meals")
    assert [row["key"] for row in gone["out"] if row["amount"]] == ["out-housing"]
    assert "“meals” is removed." in shown(gone).words
    bare, _ = again(tool, BLOCK, gone)
    back = press(tool.merge_posted(BLOCK, bare, gone, TODAY), "undo")
    assert tool.form_part(back) == tool.form_part(answered())
    assert press(answered(), "remove", "unknown") == answered()
    with pytest.raises(UnknownButton):
        press(answered(), "explode")


@pytest.mark.parametrize("key", ["out-phone", "out-housing", "in-pay"])
def test_an_offered_line_stays_away_until_it_is_brought_back(key: str) -> None:
    gone = press(answered(), "remove", key)
    bare, problems = again(tool, BLOCK, gone)
    assert not problems
    assert bare == tool.form_part(gone)
    assert key not in keys_on(shown(bare))
    back = press(tool.merge_posted(BLOCK, bare, gone, TODAY), "undo")
    assert tool.form_part(back) == tool.form_part(answered())
    assert key in keys_on(shown(back))


def keys_on(page: Rendered) -> list[str]:
    return [value for name, value in page.posted.items() if name.endswith("-key")]


def test_a_new_line_has_a_kind_to_choose() -> None:
    more = press(tool.empty(BLOCK), "add", "out")
    page = shown(more)
    answer = read(posted(page, out_6_name="Piano lessons", out_6_amount="60", out_6_kind="joy", out_6_need="want"))
    assert (answer["out"][0]["kind"], answer["out"][0]["need"]) == ("joy", "want")


def test_limits() -> None:
    crowd = answered(out=[out(f"k{n}", 100) for n in range(58)])
    answer, problems = again(tool, BLOCK, crowd)
    assert len(answer["out"]) == 58
    assert "Remove 4" in problems[0].message
    full = answered(out=[out(f"k{n}", 100) for n in range(54)])
    assert len(press(full, "add", "out")["out"]) == 54
    assert f"{KEY}|add|out" not in shown(full).buttons


# What it comes to


@pytest.mark.parametrize(
    ("more", "name", "time", "pay"),
    [
        ({"savings": "2.800"}, "Money you could use", True, False),
        ({"out": [out("out-housing", "1.250"), out("b", 5)]}, "Rent or housing", True, True),
        ({"in": [come("room", "1.250", "pay")]}, "room", True, False),
        ({"in": [come("room", "1.250", "stays")]}, "room", True, True),
        ({"in": [come("room", 5, "pay", until="in spring")]}, "The end of room", True, False),
        ({"hours": "a few"}, "Hours a week", False, True),
        ({"rate": "some"}, "Tax", False, True),
        ({"before": "2.500", "after": 190_000}, "Pay before tax", False, True),
    ],
)
def test_no_figure_rests_on_what_is_not_clear(more: dict[str, Any], name: str, time: bool, pay: bool) -> None:
    answer = answered(**more)
    page = shown(answer)
    assert ("Until about" in page.words) is not time
    assert ("a month before tax" in page.words) is not pay
    assert page.words.count(f"One thing isn't clear yet. {name} says “") == time + pay
    taught = tool.lessons(BLOCK, answer)[0].fields
    assert (taught["lasts_until"] == "") is time
    assert (taught["lowest_month"] == "") is pay
    for told in (tool.summary(BLOCK, answer), tool.long_form(BLOCK, answer)):
        assert ("until about" in told) is not time
        assert ("before tax" in told.replace("before tax “", "")) is not pay or "payslip" in told


def test_pay_in_local_postings_stands_beside_the_lowest_pay() -> None:
    page = shown(answered())
    answer = read(posted(page, posted1="7", posted2="8.50", per="hour"))
    assert (answer["posted1"], answer["posted2"], answer["per"]) == (700, 850, "hour")
    assert again(tool, BLOCK, answer) == (answer, [])
    assert "These postings pay $7 to $8.50 an hour. One of two would be enough." in shown(answer).words
    assert "Add your tax or a pay stub" in shown(answer | {"rate": ""}).words
    assert "posted1" not in tool.form_part(answered())


def test_how_long_it_lasts() -> None:
    # 85000 × 12 + 9000 × 52 − 55000 × 12 = 828,000 a year more; 280,000 × 364 ÷ 828,000 = 123 days
    page = shown(answered())
    assert "Until about July 2, 2027, 17 weeks." in page.words
    assert "Each month, $690 more goes out than comes in." in page.words
    assert "As long as this goes on." in shown(answered(out=[out("a", 55_000)])).words
    assert "Not beyond today." in shown(answered(savings=None)).words
    assert "for more than 100 years" in shown(answered(savings=10**14)).words.lower()
    assert "until about March 11, 2027, 10 days" in tool.summary(BLOCK, answered(savings=24_000))


@pytest.mark.parametrize(
    ("until", "day"),
    [
        ("2027", date(2027, 12, 31)),
        ("2028-02", date(2028, 2, 29)),
        ("2027-06-15", date(2027, 6, 15)),
        ("", None),
        ("soon", None),
        ("2027-13", None),
        ("2027-02-30", None),
        ("99999999999999999999", None),
    ],
)
def test_the_last_day_of_a_year_a_month_or_a_day(until: str, day: date | None) -> None:
    assert last_day(until) == day


def test_money_with_an_end_counts_until_then() -> None:
    ended = answered(savings=0, **{"in": [come("old-job", 300_000, until="2027-03")]})
    assert "Until about" in shown(ended).words
    over = answered(savings=0, **{"in": [come("old-job", 300_000, until="2027-02")]})
    assert "Not beyond today." in shown(over).words
    assert "Not counted, already over: old-job." in shown(over).words


def test_it_counts_from_the_day_it_was_said() -> None:
    page = sheet(tool, BLOCK, answered(), Inputs(today="2027-04-10"))
    assert "Until about July 2, 2027" in page.words
    assert "Counted from March 1, 2027" in page.words
    assert (
        tool.merge_posted(BLOCK, tool.form_part(answered()), answered(), Inputs(today="2027-04-10"))["on"]
        == "2027-04-10"
    )


def test_the_lowest_pay() -> None:
    # 1,488,000 − 300,000 you kepts = 1,188,000 a year; ÷ 0.75 = 1,584,000
    page = shown(answered())
    assert "$1,320 a month before tax" in page.words
    assert table(page, "The lowest pay") == [
        ["An hour", "$7.92", "$7.92"],
        ["A week", "$304.62", "$304.62"],
        ["A month", "$1,320", "$1,320"],
        ["A year", "$15,840", "$15,840"],
    ]
    assert "$300 a month ends when you start work" in page.words
    assert "$250 a month stays the same, job or no job" in page.words


def test_without_the_tax_it_says_what_must_reach_me() -> None:
    page = shown(answered(rate=""))
    assert "$990 a month after tax" in page.words
    assert "a month before tax" not in page.words


def test_a_payslip_counts_before_a_rate() -> None:
    page = shown(answered(rate="50", before=300_000, after=200_000))
    assert "$1,485 a month before tax" in page.words
    assert "33.3% taken out" in page.words


def test_wants_stand_beside_the_needs() -> None:
    wanted = answered(out=[*answered()["out"], out("cello", 30_000, "joy", need="want")])
    assert ["A month", "$1,320", "$1,720"] in table(shown(wanted), "The lowest pay")
    assert "With only your needs: until about July 2, 2027, 17 weeks." in shown(wanted).words


def test_what_if_stands_beside_what_is() -> None:
    changed = answered()
    changed["out"] = [{**changed["out"][0], "other": 55_000}, changed["out"][1]]
    rows = table(shown(changed), "Now and what if")
    assert rows[0] == [
        "How long",
        "Until about July 2, 2027, 17 weeks",
        "Until about October 4, 2027, 31 weeks",
    ]
    assert ["A month", "$1,320", "$920"] in rows
    assert "Now and what if" not in shown(answered()).words
    assert tool.form_part(changed)["out"][0]["amount"] == 85_000


def table(page: Rendered, caption: str) -> list[list[str]]:
    """The rows of the body of the table with this caption."""
    for one in page.root.iter("table"):
        if "".join(one.find("caption").itertext()).startswith(caption):  # type: ignore[union-attr]
            body = one.find("tbody")
            assert body is not None
            return [["".join(cell.itertext()).strip() for cell in row] for row in body.iter("tr")]
    raise AssertionError(f"no table “{caption}”")


def test_what_comes_to_nothing_in_a_month_is_not_in_the_picture() -> None:
    a_cent_a_year = out("k0", 1, "housing", period="year")
    outgoing = [a_cent_a_year, out("k1", 1, "food", period="week"), out("k2", 2, "transport", period="week")]
    page = shown(answered(out=outgoing))
    assert [row[0] for row in table(page, "What goes out in a month")] == ["Transport", "Food"]
    assert not any(one.get("class") == "donut" for one in shown(answered(out=outgoing[:2])).root.iter("svg"))


categories = st.sampled_from(["housing", "food", "transport", "health", "care", "debt", "joy", "saving", "other"])


@settings(max_examples=examples(40), deadline=None)
@example(
    st.lists(st.tuples(st.integers(0, 10**7), categories, st.sampled_from(["week", "month", "year"])), max_size=12)
)
def test_the_picture_says_what_its_table_says(lines: list[tuple[int, str, str]]) -> None:
    page = shown(
        answered(out=[out(f"k{n}", amount, kind, period=period) for n, (amount, kind, period) in enumerate(lines)])
    )
    pictures = list(page.root.iter("svg"))
    drawn = [one for one in pictures if one.get("class") == "donut"]
    if not drawn:
        assert "Show it as a table" not in page.words
        return
    rows = table(page, "What goes out in a month")
    said = drawn[0].find("desc")
    assert said is not None
    assert said.text == "; ".join(f"{name} {share}" for name, _, share in rows) + "."
    labels = ["".join(one.itertext()) for one in drawn[0].iter("text")]
    assert sorted(labels[: len(rows)]) == sorted(f"{name}{share}" for name, _, share in rows)
    minor = [int(Decimal(re.sub(r"[^0-9.]", "", amount)) * 100) for _, amount, _ in rows]
    total = money(sum(minor), "USD")
    assert labels[len(rows) :] == [total, "a month"]
    assert f"In all {total}" in page.words
    assert minor == sorted(minor, reverse=True)


# Rendered and read again

some_amount = st.none() | st.integers(0, 10**13)
some_out = st.fixed_dictionaries(
    {
        "name": some_text.map(clean_line),
        "kind": categories,
        "amount": some_amount,
        "period": st.sampled_from(["week", "month", "year"]),
        "other": some_amount,
        "need": st.sampled_from(["need", "want"]),
    }
)
some_in = st.fixed_dictionaries(
    {
        "name": some_text.map(clean_line),
        "kind": st.sampled_from(["pay", "extras", "benefit", "stays"]),
        "amount": some_amount,
        "period": st.sampled_from(["week", "month", "year"]),
        "other": some_amount,
        "until": st.sampled_from(["", "2027", "2027-06", "2027-06-30"]),
    }
)
some_keys = st.sampled_from(["out-housing", "out-food", "a", "b", "c:1"])
some_budget = st.fixed_dictionaries(
    {
        "currency": st.sampled_from(["", "EUR", "KWD", "XYZ"]),
        "savings": some_amount,
        "before": some_amount,
        "after": some_amount,
        "hours": st.sampled_from(["", "40", "37.5"]),
        "rate": st.sampled_from(["", "0", "22.125"]),
        "out": st.dictionaries(some_keys, some_out, max_size=4),
        "in": st.dictionaries(st.sampled_from(["in-pay", "in-stays", "d"]), some_in, max_size=3),
        "alternative": some_text.map(clean_prose),
        "dropped": st.lists(st.sampled_from(["out-phone", "in-extras"]), unique=True),
    }
)


@settings(max_examples=examples(50), deadline=None)
@example(some_budget)
def test_what_is_rendered_is_read_again(some: dict[str, Any]) -> None:
    lists = {side: [{"key": key, **row} for key, row in some[side].items()] for side in ("in", "out")}
    answer = tool.form_part({**some, **lists})
    assert again(tool, BLOCK, answer, TODAY) == (answer, [])
    assert tool.form_part(answer) == answer
    assert "\n" not in tool.summary(BLOCK, answer)
    tool.long_form(BLOCK, answer)
    tool.incomplete(BLOCK, answer)


# What arrives from outside


HOSTILE = [
    "out-²-name",
    "out-" + "9" * 5000 + "-name",
    "out--1-name",
    "out-0-key",
    "in-x",
    "out",
    "in-0-0",
    "dropped",
    "savings-was",
    "own",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("value", ["x", "", "\0", "<script>", "k" * 200, "out-food"])
def test_hostile_fields_never_raise(name: str, value: str) -> None:
    fields = MultiDict({f"{KEY}:{name}": value, f"{KEY}:out-3-name": "a", f"{KEY}:out-3-key": "k"})
    answer, problems = tool.read(BLOCK, fields)
    assert "a" in [row["name"] for row in answer["out"]]
    shown(answer, problems)


def test_keys_and_choices_are_checked() -> None:
    bad = MultiDict({f"{KEY}:out-0-key": 'a" onclick', f"{KEY}:out-0-name": "a"})
    assert tool.read(BLOCK, bad)[1]
    twice = MultiDict({f"{KEY}:out-{n}-{part}": "k" for n in (0, 1) for part in ("key", "name")})
    assert tool.read(BLOCK, twice)[1][0].field == ""
    page = posted(shown(answered()), **{"out-0-period": "decade", "out-0-need": "must"})
    assert {problem.field for problem in tool.read(BLOCK, page)[1]} == {"out-0-period", "out-0-need"}


OLD: list[Answer] = [
    {},
    {"rows": []},
    {"in": None, "out": [{"key": "a"}, "b", {}], "dropped": None, "removed": {}},
    {"out": [{"key": "a", "amount": "?", "period": "decade", "kind": 7}], "hours": "many", "rate": "-1", "on": "today"},
    {
        "currency": "USD",
        "savings": True,
        "in": [{"key": "a", "amount": 5, "until": "2027-13"}],
        "removed": {"side": "x"},
    },
]


@pytest.mark.parametrize("old", OLD)
def test_an_answer_of_another_version_still_shows(old: Answer) -> None:
    shown(old)
    assert tool.summary(BLOCK, old)
    tool.long_form(BLOCK, old)
    tool.incomplete(BLOCK, old)
    press(old, "undo")


def test_a_finished_budget_rests_on_what_it_comes_to() -> None:
    rest = tool.rest(BLOCK, answered(alternative="Share the flat."))
    assert rest.results == (
        "How long you can manage: until about July 2, 2027, 17 weeks.",
        "The lowest pay you need: $1,320 a month before tax.",
    )
    assert [(line.text, line.detail) for line in rest.lines] == [
        ("Money you could use", "$2,800"),
        ("What comes in", "$550 a month"),
        ("What goes out", "$1,240 a month"),
        ("Hours a week", "38.5"),
        ("If no job pays enough", "Share the flat."),
    ]


def test_words() -> None:
    assert tool.summary(BLOCK, answered()) == (
        "Lowest pay $1,320 a month before tax; your money lasts until about July 2, 2027, 17 weeks"
    )
    assert tool.summary(BLOCK, tool.empty(BLOCK)) == "No budget yet"
    long = tool.long_form(BLOCK, answered(alternative="I share the flat.\nSix months."))
    assert "Money I can use: $2,800" in long
    assert "– meals, $90 a week, Food, need" in long
    assert "How long I can manage: until about July 2, 2027, 17 weeks" in long
    assert "What I'd do instead: I share the flat.\nSix months." in long


# What it teaches


@pytest.fixture
def mara(user: User, monkeypatch: pytest.MonkeyPatch) -> User:
    monkeypatch.setattr(provenance, "book", Book)
    database.create_tables((BudgetRow, BudgetLineRow))
    return user


def test_it_teaches_one_budget_and_its_lines(mara: User) -> None:
    answer = answered(alternative="I share the flat.")
    assert learn(tool, mara, BLOCK, answer, AT) == {"budget", "work_factors"}
    assert learn(tool, mara, BLOCK, answer, "2031-01-01T00:00:00.000Z") == frozenset()
    (item,) = BUDGETS.items(mara, {})
    assert item.text == "$1,320 a month before tax"
    assert dict(item.fields) == {
        "currency": "USD",
        "savings": "280000",
        "hours": "38.5",
        "tax": "1/4",
        "lowest_hour": "792",
        "lowest_month": "132000",
        "lowest_year": "1584000",
        "lasts_until": "2027-07-02",
        "alternative": "I share the flat.",
    }
    lines = {(opened_column(mara, row, "side"), opened_column(mara, row, "amount")) for row in BudgetLineRow.select()}
    assert lines == {("in", "25000"), ("in", "30000"), ("out", "85000"), ("out", "9000")}


def test_nothing_of_it_is_kept_in_plain(mara: User) -> None:
    learn(tool, mara, BLOCK, answered(alternative="I share the flat."), AT)
    for table_name, plain in (
        ("budgets", SUMS),
        ("budget_lines", ("side", "category", "name", "amount", "period", "need")),
        ("budget_lines", ("id", "item_key")),
    ):
        for row in ask(f"SELECT {', '.join(plain)} FROM {table_name}"):
            assert not {"EUR", "280000", "85000", "9000", "meals", "food", "need", "132000"} & {str(one) for one in row}
            assert "housing" not in str(row)


def test_taken_back_it_teaches_nothing(mara: User) -> None:
    learn(tool, mara, BLOCK, answered(), AT)
    assert learn(tool, mara, BLOCK, tool.empty(BLOCK), AT) == {"budget", "work_factors"}
    assert (BudgetRow.select().count(), BudgetLineRow.select().count()) == (0, 0)
    assert BUDGETS.items(mara, {}) == []


def test_unclear_amounts_and_an_unknown_day_teach_nothing(mara: User) -> None:
    answer = answered(out=[out("a", "1.234")], savings=None, **{"in": []})
    answer.pop("on")
    assert learn(tool, mara, BLOCK, answer, AT) == frozenset()
    learn(tool, mara, BLOCK, {**answer, "out": [out("a", 5)]}, AT)
    (item,) = BUDGETS.items(mara, {})
    assert item.fields["lasts_until"] == ""


def test_what_is_chosen_in_it_is_no_typed_word(app: Flask) -> None:
    sent = {"out-0-period": "month", "out-0-need": "need", "in-0-kind": "pay", "currency": "EUR", "out-0-amount": "12"}
    told = words_of_page((f"1.2.4.budget:{name}", text) for name, text in sent.items())
    assert [one.text for one in told] == ["12"]
