"""Money: a budget with an amount that can be read in two ways, and what it comes to."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Finger, Hand, Keys, block, by_name, go_on, open_
from tests.browser.test_heights import SCREENS, SHORT
from tests.browser.trees import PATHS, here_whole, stand_at

BUDGET = "1.2.4.budget"
RENT, FOOD = 0, 2


def test_on_a_phone(phone: Page) -> None:
    work_it_out(Finger(phone))
    phone.goto(PATHS["1.2.4"])
    expect(block(phone, BUDGET)).to_contain_text("The lowest pay you need: $980.50 a month after tax.")
    assert phone.evaluate(SCREENS) <= SHORT["1.2.4"]


def test_without_javascript(page_without_javascript: Page) -> None:
    work_it_out(Finger(page_without_javascript))


def test_with_the_keyboard_only(page: Page) -> None:
    work_it_out(Keys(page))


def work_it_out(hand: Hand) -> None:
    budget = block(hand.page, BUDGET)
    stand_at(hand.page, "1.2.4")
    hand.pick(by_name(hand.page, BUDGET, "currency"), "USD · US dollar")
    hand.write(by_name(hand.page, BUDGET, "savings"), "1.234")
    hand.write(by_name(hand.page, BUDGET, f"out-{RENT}-amount"), "680")
    hand.write(by_name(hand.page, BUDGET, f"out-{FOOD}-amount"), "300.50")
    hand.write(by_name(hand.page, BUDGET, "hours"), "40")
    hand.press(budget.get_by_role("button", name="Work it out"))
    expect(figures(budget)).to_have_text(["One thing isn't clear yet.", "$980.50 a month after tax"])
    meanings = budget.locator(".ask").get_by_role("button")
    expect(meanings).to_have_text(["$1,234 for the money you could use", "$1.23 for the money you could use"])
    hand.press(meanings.first)
    expect(budget.locator(".ask")).to_have_count(0)
    expect(figures(budget).first).to_have_text(re.compile(r"^Until about \w+ \d+, \d{4}, 5 weeks\.$"))
    here_whole(hand.page)
    open_(hand, budget.locator("details", has_text="The lowest pay by hour").last)
    expect(budget.get_by_role("row", name="An hour")).to_contain_text("$5.66")
    look_at_the_shares(hand, budget)
    go_on(hand, "/workbook/1.2.5")


def figures(budget: Locator) -> Locator:
    """How long I can manage, and the lowest pay I need."""
    return budget.locator(".results__figure")


def look_at_the_shares(hand: Hand, budget: Locator) -> None:
    """What the chart says stands in its table too."""
    open_(hand, budget.locator("details", has_text="What goes out in a month, as a picture").first)
    chart = budget.locator(".chart")
    open_(hand, chart.locator("details"))
    rows = [row.get_by_role("cell").all_inner_texts() for row in chart.locator("tbody tr").all()]
    assert [cells[-2:] for cells in rows] == [["$680", "69%"], ["$300.50", "31%"]]
    names = chart.locator("tbody th").all_inner_texts()
    total = chart.locator("tfoot td").first.inner_text()
    shares = {f"{name}{cells[-1]}" for name, cells in zip(names, rows, strict=True)}
    assert set(chart.locator("svg text").all_text_contents()) == {*shares, total, "a month"}
