"""A word that is composed (Japanese, dictation, a phone's keyboard) arrives once, whatever is answered meanwhile."""

from playwright.sync_api import Page, Route, expect

from tests.browser.trees import stand_at

FIND = "**/workbook/1.1.3/*"


def test_an_answer_that_comes_while_a_word_is_composed_leaves_it_alone(page: Page) -> None:
    stand_at(page, "1.1.3")
    field = page.locator(".find input").first
    held: list[Route] = []
    keyboard = page.context.new_cdp_session(page)
    page.route(FIND, lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks what it is given)
    with page.expect_request(FIND):
        field.press_sequentially("teach")
    for part in ("k", "か", "かん", "かんが", "考える"):
        keyboard.send("Input.imeSetComposition", {"text": part, "selectionStart": len(part), "selectionEnd": len(part)})
    with page.expect_event("requestfinished"):
        held[0].continue_()
    page.unroute(FIND)
    expect(field).to_have_value("teach考える")
    with page.expect_response(FIND):
        keyboard.send("Input.insertText", {"text": "考える"})
    expect(field).to_have_value("teach考える")
    expect(field).to_be_focused()
