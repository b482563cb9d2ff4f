"""A person's data as a whole, with a script and without: copies, two trees, the trash, forgetting, erasing."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.looking import NARROW, look, visit
from tests.browser.signing import PASSWORD, sign_in, with_account
from tests.browser.test_saving import EXERCISE, field, reread
from tests.browser.trees import SHARED, start

PAGES = {
    "data": "/data",
    "format": "/data/format",
    "restore": "/data/restore",
    "erase": "/data/erase",
    "trash": "/data/trash",
    "merge without anybody": "/data/merge",
}
HISTORY = f"{EXERCISE}/1.1.1.thanks/history"
HERE, THERE = "The driver of the night bus.", "My neighbor with the ladder."
NewPage = Callable[[], Page]


@pytest.fixture(params=[True, False], ids=["with a script", "without a script"])
def new_page(request: pytest.FixtureRequest, open_page: Open) -> NewPage:
    """Opens a page of somebody new, on a small phone."""
    return lambda: open_page(size=NARROW, javascript=request.param)


def write(page: Page, words: str) -> None:
    page.goto(EXERCISE)
    field(page).fill(words)
    with page.expect_navigation():
        page.locator(".not-now").get_by_role("button", name="Save", exact=True).click()
    expect(field(page)).to_have_value(words)


def press(page: Page, button: str, heading: str) -> None:
    """Presses the button and looks at the page with this heading."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    assert look(page) == []


def copy_from(page: Page, folder: Path) -> Path:
    page.goto("/data")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save a copy", exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_copy_comes_back_in_a_new_browser_and_in_one_with_answers(new_page: NewPage, tmp_path: Path) -> None:
    first = start(new_page())
    write(first, HERE)
    copy = copy_from(first, tmp_path)
    visit(first, PAGES, look)
    newcomer = new_page()
    newcomer.goto("/data/restore")
    newcomer.get_by_label("The file").set_input_files(copy)
    press(newcomer, "Restore on my own device", "Your copy is back")
    assert reread(newcomer) == HERE
    other = start(new_page())
    write(other, THERE)
    other.goto("/data/restore")
    press(other, "Restore", "Restore a copy")
    expect(other.locator("#file-error")).to_contain_text("You haven’t chosen a file")
    other.get_by_label("The file").set_input_files(copy)
    press(other, "Restore", "There’s already something here")
    press(other, "Combine them", "Your copy is back")
    assert reread(other) == THERE
    other.goto(HISTORY)
    expect(other.locator(".words", has_text=HERE)).to_be_visible()


def test_two_trees_stay_apart_or_become_one(new_page: NewPage) -> None:
    name = f"mara {secrets.token_hex(6)}"
    write(with_account(new_page(), name), HERE)
    page = start(new_page())
    write(page, THERE)
    page.goto("/sign-in")
    sign_in(page, name)
    expect(page.get_by_role("heading", name="There are two trees")).to_be_visible()
    assert look(page) == []
    press(page, "Cancel", "Good")
    assert reread(page) == THERE
    page.goto("/sign-in")
    sign_in(page, name)
    press(page, "Combine them", "There is one tree now")
    assert reread(page) == THERE
    page.goto(HISTORY)
    expect(page.locator(".words", has_text=HERE)).to_be_visible()


def test_an_answer_goes_to_the_trash_comes_back_and_is_forgotten(new_page: NewPage) -> None:
    page = start(new_page())
    write(page, HERE)
    page.goto(HISTORY)
    page.get_by_role("button", name="Move this answer to the trash").click()
    page.wait_for_url("**/data/trash")
    assert look(page) == []
    page.get_by_role("button", name="Restore").click()
    page.wait_for_url(f"**{EXERCISE}**")
    assert reread(page) == HERE
    page.goto(HISTORY)
    page.get_by_role("link", name="Forget it for good").click()
    expect(page.get_by_role("button", name="Forget it for good", exact=True)).to_be_visible()
    assert look(page) == []
    press(page, "Forget it for good", "Forgotten")
    assert reread(page) == ""


def test_erased_with_a_receipt(new_page: NewPage) -> None:
    page = with_account(new_page(), f"tom {secrets.token_hex(6)}")
    page.goto("/data/erase")
    press(page, "Erase everything now", "Erase everything")
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Type the word").fill("erase")
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    press(page, "Erase everything now", "Erased")
    page.goto("/home")
    expect(page.get_by_role("button", name="Start on my own device")).to_be_visible()


def test_leaving_a_shared_device_for_good(open_page: Open) -> None:
    page = start(open_page(size=NARROW), SHARED)
    page.goto("/home")
    page.locator(".bar").get_by_role("button", name="Lock and leave").click()
    expect(page.get_by_role("heading", name="If you leave, this tree is gone")).to_be_visible()
    assert look(page) == []
    press(page, "Leave and delete this tree", "Locked")
