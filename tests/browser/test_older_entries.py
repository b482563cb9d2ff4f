"""A log that is longer than its page: among the older entries one stays there, whatever one does with them."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Finger, Hand, Keys, block, by_name
from tests.browser.trees import HIDDEN, here_whole, stand_at

WEEK, PRACTICE = "1.3.3.week", "1.5.1.practice"
MANY = {WEEK: 70, PRACTICE: 110}
DAY = "2026-10-{:02}"


def test_on_a_phone(phone: Page) -> None:
    change_one_of_long_ago(Finger(phone), WEEK)


def test_without_javascript(page_without_javascript: Page) -> None:
    change_one_of_long_ago(Finger(page_without_javascript), WEEK)


def test_days_of_practice_with_the_keyboard_only(page: Page) -> None:
    change_one_of_long_ago(Keys(page), PRACTICE)


def test_days_of_practice_without_javascript(page_without_javascript: Page) -> None:
    change_one_of_long_ago(Finger(page_without_javascript), PRACTICE)


def write_many(page: Page, key: str) -> None:
    """A log of many entries, sent as its page sends them, all at once."""
    address = f"/workbook/{key.rpartition('.')[0]}"
    hidden = dict(HIDDEN.findall(page.request.get(f"{address}?change={key}").text()))
    own = {f"{key}:name": "Drawing", f"{key}:days": "14", f"{key}:begun_on": "2026-10-01"} if key == PRACTICE else {}
    form = {**hidden, **own, "do": f"{key}|save|"}
    for n in range(MANY[key]):
        for name, value in entry(key, n).items():
            form[f"{key}:rows-{n}-{name}"] = value
    expect(page.request.post(f"{address}/{key}", form=form)).to_be_ok()


def entry(key: str, n: int) -> dict[str, str]:
    day = DAY.format(n % 28 + 1)
    said = (
        {"activity": f"Thing {n}", "energy": "1", "when": day}
        if key == WEEK
        else {"tried": f"Thing {n}", "done_on": day}
    )
    return {"key": f"entry-{n}", "was": "", **said}


def change_one_of_long_ago(hand: Hand, key: str) -> None:
    page, words = hand.page, "activity" if key == WEEK else "tried"
    stand_at(page, key.rpartition(".")[0])
    write_many(page, key)
    page.reload()
    standing = older(hand, key)
    before = standing.count()
    one, name = standing.nth(4), standing.nth(4).get_attribute("data-row")
    hand.press(one.get_by_role("button", name="Change"))
    expect(by_name(page, key, f"rows-0-{words}")).to_be_visible()
    hand.write(by_name(page, key, f"rows-0-{words}"), "Found again")
    hand.press(block(page, key).get_by_role("button", name="Done with"))
    mine = block(page, key).locator(f'[data-row="{name}"]')
    expect(mine).to_contain_text("Found again")
    expect(standing).to_have_count(before)
    goes_on_at(mine.get_by_role("button", name="Change"))
    hand.press(mine.get_by_role("button", name="Change"))
    hand.press(block(page, key).get_by_role("button", name="Remove"))
    undo = block(page, key).get_by_role("button", name="Undo")
    expect(mine).to_have_count(0)
    goes_on_at(undo)
    hand.press(undo)
    expect(mine).to_contain_text("Found again")
    goes_on_at(mine.get_by_role("button", name="Change"))
    page.reload()
    expect(block(page, key)).to_contain_text("These are older")
    expect(standing).to_have_count(before)
    hand.press(block(page, key).get_by_role("link", name="Back to the newest").first)
    expect(block(page, key)).not_to_contain_text("These are older")


def older(hand: Hand, key: str) -> Locator:
    """The entries of the next page of the log, all of them."""
    hand.press(block(hand.page, key).get_by_role("link", name="Older"))
    expect(block(hand.page, key)).to_contain_text("These are older")
    here_whole(hand.page)
    return block(hand.page, key).locator(".row--rests")


def goes_on_at(button: Locator) -> None:
    """It is on the screen, and the next one for the keyboard: it has the focus, or the address leads to it."""
    expect(button.and_(button.page.locator(":focus, :target"))).to_be_in_viewport()
