"""Trees to look at in a browser: an empty one, the sample person's, one with errors, one whose sources have changed."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.grown import FURTHEST
from tests.rules.seeded import EXERCISE_FILES, EXERCISES
from tests.rules.seeded import MODULES as MODULE_IDS

PATHS = {one: f"/workbook/{one}" for one in EXERCISES}
ASKING = {one["id"]: PATHS[one["id"]] for one in EXERCISE_FILES if not one.get("optional")}
"""Exercises that cannot be left without an answer."""
LAST = EXERCISES[-1]
MODULES = {f"module {one}": f"/workbook/modules/{one}" for one in MODULE_IDS}
OTHERS = {
    **MODULES,
    "home": "/home",
    "contents": "/workbook",
    "what I bring": "/what-i-bring",
    "my story": "/my-story",
    "resume": "/resume",
    "settings": "/settings",
    "credits": "/credits",
    "skills": "/reference/skills",
    "types": "/reference/personality-types",
    "jobs": "/reference/occupations",
    "missing": "/nothing-here",
}
HISTORY = {"history": "/workbook/1.1.4/1.1.4.story-1/history"}
EVERYWHERE = {"landing": "/", **PATHS, **OTHERS, **HISTORY}


OWN, SHARED = "own", "shared"
"""Devices to start on."""
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
FIRST_ANSWER = {"1.1.1.brings:value": "stuck"}
KEPT: dict[str, list[Any]] = {}
"""The cookies of the sample trees that were planted: an address may only plant a few an hour."""


def start(page: Page, device: str = OWN) -> Page:
    """A tree of one's own, with the first answer only, at the first exercise."""
    begin_tree(page, device)
    page.goto(PATHS["1.1.1"])
    return page


def empty(page: Page) -> Page:
    """A tree in which everything is open and nothing but the first tap is answered."""
    return stand_at(page, LAST)


def stand_at(page: Page, exercise: str) -> Page:
    """A tree of one's own in which everything up to the exercise is set aside, at that exercise."""
    begin_tree(page)
    post(page, PATHS[exercise], f"{PATHS[exercise]}/open")
    page.goto(PATHS[exercise])
    expect(page.locator("#exercise")).to_be_visible()
    return page


def begin_tree(page: Page, device: str = OWN) -> None:
    """What the button *Start* does, without the page around it."""
    post(page, "/", "/start", {**FIRST_ANSWER, "device": device})


def post(page: Page, form: str, to: str, fields: dict[str, str] | None = None) -> None:
    """Sends a form of the page at `form` as the person of `page`, without showing either."""
    token = TOKEN.search(page.request.get(form).text())
    assert token, f"{form} has no form"
    expect(page.request.post(to, form={"csrf_token": token[1], **(fields or {})})).to_be_ok()


def refused(page: Page, path: str) -> str:
    """What the exercise at `path` answers to whoever goes on and said nothing, without showing it."""
    hidden = dict(HIDDEN.findall(page.request.get(path).text()))
    return page.request.post(path, form={**hidden, "do": "go"}).text()


def filled(page: Page) -> Page:
    """The sample person's, to look at only."""
    return kept(page, "filled", plant)


def furthest(page: Page) -> Page:
    """That of the sample person who has come furthest in the book, to look at only."""
    return kept(page, "furthest", plant_the_furthest)


def touched(page: Page) -> Page:
    """The sample person's, to write in: others may have written there before."""
    return kept(page, "touched", plant)


def of_its_own(page: Page, name: str) -> Page:
    """The sample person's, to write in, for one test that measures what stands there."""
    return kept(page, name, plant)


def stale(page: Page) -> Page:
    """The sample person's, after jobs, a story and places to live were renamed or taken away and a trait given up."""
    return kept(page, "stale", change)


def kept(page: Page, name: str, grow: Callable[[Page], None]) -> Page:
    """A page that is in the tree of this name, which is grown the first time that somebody asks for it."""
    if name not in KEPT:
        grow(page)
        KEPT[name] = list(page.context.cookies())
    page.context.add_cookies(KEPT[name])
    return page


def plant(page: Page) -> None:
    post(page, "/", "/sample")


def plant_the_furthest(page: Page) -> None:
    post(page, "/", "/sample", {"who": FURTHEST})


def change(page: Page) -> None:
    plant(page)
    page.goto(PATHS["1.1.2"])
    for number, title in ((0, "Night nurse, Ward B"), (2, "First aid for new parents")):
        page.locator('[data-block="1.1.2.experiences"] .rows > li').nth(number).get_by_role(
            "button", name="Edit"
        ).click()
        page.locator(f'[name="1.1.2.experiences:rows-{number}-title"]').fill(title)
    page.get_by_role("button", name="Remove this place Taking care of my grandmother").click()
    expect(page.get_by_text("is removed.")).to_be_visible()
    page.goto(PATHS["1.1.4"])
    page.locator('[name="1.1.4.story-1:title"]').fill("The menu")
    save(page)
    page.goto(f"{PATHS['1.1.7']}?change=1.1.7.ways")
    page.get_by_role("checkbox", name="Patient").uncheck()
    save(page)
    page.goto(f"{PATHS['1.2.1']}?change=1.2.1.places")
    unfold(page)
    page.locator('[name^="1.2.1.places:rows-0-text~"]').fill("The river town")
    page.locator('[data-block="1.2.1.places"]').get_by_role("button", name="Remove The capital").click()
    expect(page.get_by_text("is removed.")).to_be_visible()
    page.goto("/home")
    expect(page.get_by_role("heading", name="Needs another look")).to_be_visible()


def unfold(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true })")


def save(page: Page) -> None:
    """Presses the page's own *Save* and waits for the page that answers."""
    new_page_after(page, page.locator(".not-now").get_by_role("button", name="Save", exact=True).click)


def new_page_after(page: Page, press: Callable[[], None]) -> None:
    """Presses what loads the exercise again, and waits until that page is here, whole."""
    before = page.locator("input[name=editor]").input_value()
    press()
    expect(page.locator(f'input[name=editor]:not([value="{before}"])')).to_have_count(1)
    here_whole(page)


def here_whole(page: Page) -> None:
    """Waits until all of the page is here, to its last line and with its scripts; that it has come is seen before."""
    page.wait_for_load_state()


def go_on(page: Page) -> None:
    page.locator("button[name=do][value=go]").click()
