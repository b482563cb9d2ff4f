"""Whatever somebody typed stands on the page, in the answer or in its history: old pages, other tabs, any button."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
import time_machine

from dreamtree.accounts.models import User
from tests.page import Page
from tests.rules.recipes import MOMENTS, PLACES, PRACTICE, TOWNS, place, without_the_first_row, write
from tests.visitor import PARTIAL, Visitor

THANKS, PAST, BUDGET, CARDS = "1.1.1.thanks", "1.2.2.past", "1.2.4.budget", "1.4.5.values"
Fields = dict[str, str]


def path_of(block: str) -> str:
    return "/workbook/" + ".".join(block.split(".")[:3])


def opened(visitor: Visitor, block: str) -> Page:
    page = visitor.open(path_of(block))
    return page if page.has(".//form[@id='exercise']") else visitor.press(page, "Skip everything before this")


def filled(page: Page, block: str, fields: Fields) -> dict[str, str | list[str]]:
    form = page.form()
    names = {name.split("~")[0]: name for name in form}
    return {**form, **{names.get(f"{block}:{name}", f"{block}:{name}"): value for name, value in fields.items()}}


def sent(visitor: Visitor, page: Page, block: str, fields: Fields, do: str = "save") -> Page:
    """Sends `page` as it stands but for `fields`; the page may be an old one."""
    form = {**filled(page, block, fields), "do": do}
    return Page(visitor.client.post(path_of(block), data=form, follow_redirects=True))


def autosaved(visitor: Visitor, page: Page, block: str, fields: Fields, n: int) -> Page:
    form = {**filled(page, block, fields), "autosave": "1", "n": str(n)}
    answer = Page(visitor.client.post(f"{path_of(block)}/{block}", data=form, headers=PARTIAL))
    assert answer.status == 200, answer.words
    return answer


def typed_in(page: Page) -> str:
    return "\n".join(value for values in page.form().values() for value in values)


def in_history(visitor: Visitor, block: str) -> str:
    return visitor.get(f"{path_of(block)}/{block}/history").words


def findable(visitor: Visitor, block: str) -> str:
    """What stands in the fields, and in the history."""
    return typed_in(opened(visitor, block)) + in_history(visitor, block)


def value_of(page: Page, block: str, name: str) -> str:
    return page.form()[f"{block}:{name}"][0]


def button(page: Page, part: str) -> str:
    return next(value for value in page.buttons() if part in value)


def begun(visitor: Visitor) -> Page:
    """A practice with one day logged."""
    page = opened(visitor, PRACTICE)
    sent(visitor, page, PRACTICE, {"name": "Drawing", "days": "14"}, f"{PRACTICE}|begin|")
    page = opened(visitor, PRACTICE)
    sent(visitor, page, PRACTICE, {}, button(page, "|done|"))
    return opened(visitor, PRACTICE)


# A page that the browser brought back: its editor and number were used before


@pytest.mark.parametrize(("block", "name"), [(THANKS, "value"), (MOMENTS, "rows-0-activity"), (TOWNS, "rows-0-text")])
def test_going_back_and_saving_more_is_no_repeat(person: Visitor, block: str, name: str) -> None:
    page = opened(person, block)
    sent(person, page, block, {name: "By the harbor"})
    sent(person, page, block, {name: "By the harbor, in the rain"})
    assert "in the rain" in typed_in(opened(person, block))
    assert "By the harbor" in in_history(person, block)


def test_going_back_and_pressing_a_button_is_no_repeat(person: Visitor) -> None:
    page = opened(person, TOWNS)
    sent(person, page, TOWNS, {"rows-0-text": "Porto"}, f"{TOWNS}|add|rows")
    sent(person, page, TOWNS, {"rows-0-text": "Porto, by the sea"}, f"{TOWNS}|add|rows")
    assert "by the sea" in typed_in(opened(person, TOWNS))


def test_the_same_page_sent_twice_is_saved_once(person: Visitor) -> None:
    page = opened(person, MOMENTS)
    for _ in range(2):
        sent(person, page, MOMENTS, {"rows-0-activity": "The shed"}, f"{MOMENTS}|add|rows")
    assert typed_in(opened(person, MOMENTS)).count("The shed") == 1
    key = value_of(opened(person, MOMENTS), MOMENTS, "rows-0-key")
    page = opened(person, MOMENTS)
    for _ in range(2):
        sent(person, page, MOMENTS, {"rows-0-activity": "The shed, painted"}, f"{MOMENTS}|remove|{key}")
    assert "The shed" not in typed_in(opened(person, MOMENTS))
    assert in_history(person, MOMENTS).count("removed") == 1


# Typed and removed at once, before it was ever saved


@pytest.mark.parametrize(("block", "name"), [(MOMENTS, "activity"), (TOWNS, "text")])
@pytest.mark.parametrize("is_saved", [True, False])
def test_words_typed_into_a_row_that_is_removed_are_in_the_history(
    person: Visitor, block: str, name: str, is_saved: bool
) -> None:
    if is_saved:
        write(person, block, {f"rows-0-{name}": "By the harbor"})
    for words in ("By the harbor, in the rain", "On the night train"):
        page = opened(person, block)
        key = value_of(page, block, "rows-0-key")
        sent(person, page, block, {f"rows-0-{name}": words}, f"{block}|remove|{key}")
    assert "in the rain" in in_history(person, block)
    assert "in the rain" not in typed_in(opened(person, block))


def test_a_day_of_practice_that_is_removed_unsaved_can_be_brought_back(person: Visitor) -> None:
    page = begun(person)
    key = value_of(page, PRACTICE, "rows-0-key")
    sent(person, page, PRACTICE, {"rows-0-tried": "Hands in the park"}, f"{PRACTICE}|remove|{key}")
    url = f"{path_of(PRACTICE)}/{PRACTICE}/history/{quote(f'{PRACTICE}:{key}', safe=':')}"
    token = opened(person, PRACTICE).form()["csrf_token"]
    assert person.client.post(url, data={"csrf_token": token}).status_code == 303
    assert "Hands in the park" in typed_in(opened(person, PRACTICE))


# What lies upstream went away while the page was open


def test_words_about_something_that_was_removed_meanwhile_are_kept(person: Visitor) -> None:
    place(0, "Nurse on Ward B")(person)
    page = opened(person, PAST)
    without_the_first_row(PLACES, "Ward B")(person)
    sent(person, page, PAST, {"rows-0-fields-helped": "A room with a door"})
    assert "A room with a door" in typed_in(opened(person, PAST))
    write(person, PLACES, {}, do=f"{PLACES}|undo|")
    page = opened(person, PAST)
    assert "A room with a door" in typed_in(page)
    assert "Nurse on Ward B" in page.words
    assert sum(name.startswith(PAST) and name.endswith("-key") for name in page.form()) == 1


def test_what_a_card_means_is_kept_when_the_card_was_removed_meanwhile(person: Visitor) -> None:
    page = ordered_cards(person)
    at = next(name.split(":")[1].removesuffix("-key") for name, values in page.form().items() if is_own(name, values))
    other = opened(person, CARDS)
    sent(person, other, CARDS, {}, f"{CARDS}|step|piles")
    other = opened(person, CARDS)
    sent(person, other, CARDS, {}, button(other, "|remove|"))
    answer = sent(person, page, CARDS, {f"{at}-meaning": "What I had on the boat"})
    assert answer.status == 409
    assert "What I had on the boat" in in_history(person, CARDS)


def is_own(name: str, values: list[str]) -> bool:
    return name.startswith(CARDS) and name.endswith("-key") and len(values[0]) == 12


def ordered_cards(visitor: Visitor) -> Page:
    """Six cards in order, one's own among them, at the step that asks what they mean."""
    sent(visitor, opened(visitor, CARDS), CARDS, {}, f"{CARDS}|add|own")
    page = opened(visitor, CARDS)
    at = next(name.removesuffix("-own") for name in page.form() if name.endswith("-own")).split(":")[1]
    sent(visitor, page, CARDS, {f"{at}-text": "Courage at sea", **{f"rows-{n}-pile": "stays" for n in range(1, 6)}})
    while rest := unsorted(opened(visitor, CARDS)):
        sent(visitor, opened(visitor, CARDS), CARDS, {f"{name}-pile": "not-now" for name in rest})
    sent(visitor, opened(visitor, CARDS), CARDS, {}, f"{CARDS}|step|on")
    page = opened(visitor, CARDS)
    while chosen := [one for one in page.buttons() if "|next|" in one]:
        sent(visitor, page, CARDS, {}, chosen[0])
        page = opened(visitor, CARDS)
    return page


def unsorted(page: Page) -> list[str]:
    rows = [name.removesuffix("-key") for name in page.form() if name.startswith(CARDS) and name.endswith("-key")]
    return [row.split(":")[1] for row in rows if not {f"{row}-pile", f"{row}-own"} & page.form().keys()]


# Refused, and gone on


def test_not_now_stays_on_the_page_with_what_cannot_be_stored(person: Visitor) -> None:
    answer = sent(person, opened(person, THANKS), THANKS, {"value": "x" * 10_000 + " and on"}, "not-now")
    assert answer.status == 422
    assert "x and on" in typed_in(answer)


def test_a_line_pasted_again_after_the_first_was_reworded_is_a_line(person: Visitor) -> None:
    sent(person, opened(person, TOWNS), TOWNS, {"paste": "Porto\nFaro"}, f"{TOWNS}|paste|")
    sent(person, opened(person, TOWNS), TOWNS, {"rows-0-text": "Lisbon"})
    page = opened(person, TOWNS)
    for _ in range(2):
        sent(person, page, TOWNS, {"paste": "Porto"}, f"{TOWNS}|paste|")
    said = typed_in(opened(person, TOWNS))
    assert [said.count(town) for town in ("Lisbon", "Faro", "Porto")] == [1, 1, 1]


# Two versions


@pytest.mark.parametrize(("block", "name"), [(THANKS, "value"), (MOMENTS, "rows-0-activity")])
def test_mine_meets_a_third_text_that_came_after_the_two_were_shown(person: Visitor, block: str, name: str) -> None:
    write(person, block, {name: "By the river"})
    one, two = opened(person, block), opened(person, block)
    sent(person, one, block, {name: "By the harbor"})
    both = sent(person, two, block, {name: "On the train"})
    write(person, block, {name: "In the shed"})
    again = sent(person, both, block, {}, button(both, "|mine|"))
    assert again.status == 409
    assert "In the shed" in again.words
    assert "On the train" in again.words
    assert "In the shed" in typed_in(opened(person, block))
    sent(person, again, block, {}, button(again, "|mine|"))
    assert "On the train" in typed_in(opened(person, block))
    assert "In the shed" in in_history(person, block)


# Typing for a long time


def test_a_text_that_grew_for_an_hour_and_went_word_by_word_is_in_the_history(person: Visitor) -> None:
    words = "".join(f"word{n:03} " for n in range(100))
    page = opened(person, THANKS)
    with time_machine.travel(datetime(2027, 3, 1, 9, 0, tzinfo=UTC), tick=False) as clock:
        lengths = [*range(8, 801, 8), *range(784, 0, -16)]
        for n, length in enumerate(lengths, start=2):
            clock.shift(30)
            autosaved(person, page, THANKS, {"value": words[:length]}, n)
    assert "word080" in in_history(person, THANKS)


# What stands already never forbids saving the rest


def test_a_day_noted_east_of_here_stands_where_it_has_not_come_yet(person: Visitor) -> None:
    with time_machine.travel(datetime(2027, 3, 1, 20, 0, tzinfo=UTC), tick=False):
        User.update(time_zone="Asia/Kathmandu").execute()
        assert value_of(begun(person), PRACTICE, "rows-0-done_on") == "March 2, 2027"
        User.update(time_zone="America/New_York").execute()
        answer = sent(person, opened(person, PRACTICE), PRACTICE, {"rows-0-tried": "Hands in the park"})
        assert answer.status == 200
        assert "Hands in the park" in typed_in(opened(person, PRACTICE))
        answer = sent(person, opened(person, PRACTICE), PRACTICE, {"rows-0-done_on": "2027-03-03"})
        assert answer.status == 422


def test_an_entry_emptied_on_a_page_that_shows_more_than_a_new_one_would_is_taken_out(person: Visitor) -> None:
    rows = {f"rows-{n}-{name}": words for n in range(60) for name, words in row(n).items()}
    sent(person, opened(person, MOMENTS), MOMENTS, rows)
    page = opened(person, MOMENTS)
    first = value_of(page, MOMENTS, "rows-0-activity")
    more = {f"rows-60-{name}": words for name, words in row(60).items()}
    served = autosaved(person, page, MOMENTS, more, 2).one(".//*[@data-served]").get("data-served", "")
    emptied = {"rows-0-activity": "", "rows-0-energy": "", "rows-0-day": "", "rows-0-when": "", "served": served}
    autosaved(person, page, MOMENTS, more | emptied, 3)
    assert first not in opened(person, MOMENTS).words
    assert first in in_history(person, MOMENTS)


def row(n: int) -> Fields:
    return {"key": f"moment-{n:02}", "was": "", "activity": f"Moment {n:02}", "energy": "1"}


def test_a_browser_brings_no_old_text_back_into_an_entry_that_was_changed(person: Visitor) -> None:
    begun(person)
    before = names_of(opened(person, PRACTICE), "rows-0-tried")
    write(person, PRACTICE, {"rows-0-tried": "Hands in the park"})
    assert names_of(opened(person, PRACTICE), "rows-0-tried") != before


def names_of(page: Page, name: str) -> list[str]:
    return [one for one in page.form() if one.startswith(f"{PRACTICE}:{name}~")]


def test_a_budget_without_an_offered_line_is_saved_again(person: Visitor) -> None:
    page = opened(person, BUDGET)
    sent(person, page, BUDGET, {}, button(page, "|remove|"))
    assert sent(person, opened(person, BUDGET), BUDGET, {"alternative": "A year at my aunt’s"}).status == 200
    assert "A year at my aunt’s" in typed_in(opened(person, BUDGET))
