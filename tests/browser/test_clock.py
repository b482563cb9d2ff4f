"""Today is the person's today: a browser tells its time zone once, and nobody is asked."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.hands import Finger, begin_at, block, by_name, save
from tests.browser.test_flow import LIFTED, WEEK, tell


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "Pacific/Pago_Pago"])
def test_a_week_begins_today_where_the_person_is(open_page: Open, zone: str) -> None:
    page = open_page(timezone_id=zone)
    begin_at(Finger(page), "1.3.3")
    before = today_in(zone)
    page.reload()
    day = by_name(page, WEEK, "rows-0-day")
    assert before <= date.fromisoformat(day.input_value()) <= today_in(zone)
    expect(day.locator("option:checked")).to_contain_text("Today")
    tell(Finger(page), WEEK, 0, "Watched the boats come in", LIFTED)
    save(Finger(page))
    expect(block(page, WEEK)).to_contain_text("Day 1 of 7.")
    page.goto("/settings")
    now = datetime.now(ZoneInfo(page.get_by_label("Time zone").input_value()))
    assert now.utcoffset() == now.astimezone(ZoneInfo(zone)).utcoffset()
    expect(page.get_by_text("We don’t know your time zone yet")).to_have_count(0)


def today_in(zone: str) -> date:
    return datetime.now(ZoneInfo(zone)).date()
