"""Value cards: sorted ten at a time, as many kept as one would keep, put in order, and nothing lost on the way."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as example
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import User
from dreamtree.content.book import Block, Book, ValueCard
from dreamtree.db import database
from dreamtree.profile import provenance
from dreamtree.profile.values import VALUES, UserValue
from dreamtree.tools import Button, Inputs, UnknownButton
from dreamtree.tools.value_cards import piles, tool
from dreamtree.values import Answer
from tests.examples import examples
from tests.rules.strict_html import fragment_faults
from tests.teaching import learn
from tests.tools.conftest import AT, ROOT, Rendered
from tests.tools.sheets import again, posted, printable_text, sheet

KEY = "1.4.5.values"
SEED = tomllib.loads((ROOT / "seed/reference/value_cards.toml").read_text())["card"]
CARDS = [ValueCard(one["slug"], one["slug"], one["kind"], one["name"], one["meaning"]) for one in SEED]
LIFE = [card.id for card in CARDS if card.kind == "life"]
NAMES = {card.id: card.name for card in CARDS}


@pytest.fixture(autouse=True, scope="module")
def _cards_of_the_book() -> Iterator[None]:
    shelf = Book(value_cards=tuple(CARDS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(piles, "book", lambda: shelf)
        patch.setattr(provenance, "book", lambda: shelf)
        yield


def block(**options: Any) -> Block:
    return Block(KEY, "1.4.5", "tool", "value-cards", label="Cards", makes="user_values.life", options=options)


def begun(**options: Any) -> Answer:
    return tool.with_live_rows(block(**options), tool.empty(block(**options)), Inputs())


def piled(stay: int, maybe: int = 0, not_now: int = 0) -> Answer:
    piles = ["stays"] * stay + ["maybe"] * maybe + ["not-now"] * not_now
    rows = [{"key": key, "pile": pile} for key, pile in zip(LIFE, piles, strict=False)]
    return tool.with_live_rows(block(), {"rows": rows}, Inputs())


def page(answer: Answer) -> Rendered:
    return sheet(tool, block(), answer)


def press(answer: Answer, button: str) -> Answer:
    verb, _, argument = button.partition("|")
    return tool.act(block(), answer, Button(verb, argument, MultiDict()))


def send(answer: Answer, **typed: str) -> Answer:
    """The answer after its page was sent with `typed`."""
    bare, problems = tool.read(block(), posted(page(answer), **typed))
    assert not problems
    return tool.merge_posted(block(), bare, answer, Inputs())


def put(answer: Answer, key: str, pile: str) -> Answer:
    return tool.merge_posted(block(), {"rows": [{"key": key, "pile": pile}]}, answer, Inputs())


def choices(answer: Answer) -> list[str]:
    return [value.partition("|")[2] for value in page(answer).buttons if "|next|" in value]


def in_order(count: int = 10) -> Answer:
    """Cards you kept, asked one after another until all have a place, the last of them first."""
    answer = press(piled(count), "step|on")
    while asked := choices(answer):
        answer = press(answer, asked[-1])
    return answer


def named(answer: Answer) -> list[str]:
    return [item.text for item in tool.items(answer)]


def pile_of(answer: Answer, key: str) -> str:
    return next((row.get("pile", "") for row in answer["rows"] if row["key"] == key), "")


# The piles


def test_ten_cards_a_page_each_with_its_meaning_and_three_piles() -> None:
    shown = page(begun())
    assert shown.root.findall(".//fieldset").__len__() == 10
    assert "Family" in shown.words
    assert "A few people who really know you, and stick around." in shown.words
    assert "0 of 40" in shown.words
    assert not shown.unlabelled
    assert len(set(shown.ids)) == len(shown.ids)
    assert not fragment_faults(shown.html)
    assert again(tool, block(), begun()) == ({"rows": []}, [])


def test_four_pages_turned_with_buttons_keep_what_was_chosen() -> None:
    answer = send(begun(), rows_0_pile="stays", rows_9_pile="not-now")
    answer = press(answer, "page|2")
    assert "Cards 11 to 20 of 40" in page(answer).words
    answer = send(answer, rows_0_pile="maybe")
    assert {row["key"]: row["pile"] for row in answer["rows"]} == {
        LIFE[0]: "stays",
        LIFE[9]: "not-now",
        LIFE[10]: "maybe",
    }
    assert "3 of 40: 1 to keep, 1 maybe, 1 to let go" in page(answer).words
    last = page(press(answer, "page|4"))
    assert f"{KEY}|page|3" in last.buttons
    assert "Next ten" not in last.words
    assert press(answer, "page|5") == press(answer, "page|x") == press(answer, "page|²") == answer


def test_it_is_left_and_resumed_at_the_first_card_in_no_pile() -> None:
    assert "Cards 11 to 20" in page(piled(5, 3, 4)).words
    kept_page = press(piled(5, 3, 4), "page|4")
    assert "Cards 31 to 40" in page(tool.with_live_rows(block(), kept_page, Inputs())).words


def test_undo_takes_back_the_last_card_where_it_lay() -> None:
    answer = put(put(put(begun(), LIFE[0], "stays"), LIFE[15], "maybe"), LIFE[0], "not-now")
    assert page(answer).buttons[f"{KEY}|undo|pile"] == "Undo the last card : Family"
    answer = press(answer, "undo|pile")
    assert (pile_of(answer, LIFE[0]), pile_of(answer, LIFE[15])) == ("stays", "maybe")
    answer = press(answer, "undo|pile")
    assert pile_of(answer, LIFE[15]) == ""
    assert "Cards 11 to 20" in page(answer).words
    answer = press(answer, "undo|pile")
    assert "0 of 40" in page(answer).words
    assert press(answer, "undo|pile") == answer


def test_undo_takes_back_the_last_of_those_sorted_together() -> None:
    answer = send(begun(), **{f"rows_{n}_pile": "maybe" for n in range(10)})
    assert pile_of(press(answer, "undo|pile"), LIFE[9]) == ""


def test_a_repeated_autosave_is_the_same_answer() -> None:
    answer = send(begun(), rows_0_pile="stays")
    assert tool.merge_posted(block(), {"rows": [{"key": LIFE[0], "pile": "stays"}]}, answer, Inputs()) == answer


# Cards of one's own


def test_an_own_card_stays_until_it_is_put_elsewhere() -> None:
    answer = press(begun(), "add|own")
    (own,) = answer["rows"]
    answer = send(answer, rows_0_text=" The  sea ")
    assert answer["rows"] == [{**own, "text": "The sea"}]
    assert "The sea" in page(answer).posted.values()
    assert "Remove The sea" in page(answer).buttons.values()
    assert again(tool, block(), answer) == (tool.form_part(answer), [])
    assert send(answer, rows_0_pile="maybe")["rows"][0]["pile"] == "maybe"
    gone = press(answer, f"remove|{own['key']}")
    assert gone["rows"] == []
    assert "“The sea” is removed." in page(gone).words
    assert press(gone, "undo|")["rows"] == answer["rows"]


def test_an_own_card_without_words_is_left_out_when_something_is_saved() -> None:
    answer = press(begun(), "add|own")
    assert again(tool, block(), answer) == (tool.form_part(answer), [])
    assert send(answer, rows_1_pile="maybe")["rows"] == [{"key": LIFE[0], "pile": "maybe", "text": "Family"}]


def test_up_to_ten_own_cards_and_what_is_too_long_is_said_at_the_card() -> None:
    answer = begun()
    for n in range(10):
        answer = send(press(answer, "add|own"), **{f"rows_{n}_text": f"Card {n}"})
    assert press(answer, "add|own") == answer
    assert "Add a card" not in page(answer).words
    bare, problems = tool.read(block(), posted(page(answer), rows_3_text="x" * 205))
    assert problems[0].field == "rows-3-text"
    refused = tool.merge_posted(block(), bare, answer, Inputs())
    assert "5 characters over" in sheet(tool, block(), refused, problems=problems).words


def test_only_own_cards_can_be_removed() -> None:
    answer = piled(3)
    assert press(answer, f"remove|{LIFE[0]}") == answer


# The ten


def test_going_on_needs_five_and_says_so() -> None:
    few = press(piled(4), "step|on")
    assert few["at"] == "piles"
    assert "step|on" not in str(page(piled(4)).buttons)
    (problem,) = tool.incomplete(block(), few)
    assert problem.message == "Keep at least five cards. You have four so far."
    assert "Keep at least five cards and put them in order to continue. Ten is better." in page(few).words
    assert page(piled(5)).buttons[f"{KEY}|step|on"] == "Continue with the five you kept"
    assert press(piled(5), "step|on")["at"] == "order"


def test_all_sorted_it_goes_on_by_itself() -> None:
    assert piled(12, 20, 8)["at"] == "ten"
    assert piled(10, 20, 10)["at"] == "order"
    assert piled(4, 26, 10)["at"] == "piles"


def test_where_more_stay_the_ten_are_ticked() -> None:
    answer = press(piled(12), "step|on")
    shown = page(answer)
    assert "Twelve kept. Which ten matter most?" in shown.words
    assert "0 of 10 checked" in shown.words
    assert not shown.unlabelled
    assert not fragment_faults(shown.html)
    assert again(tool, block(), answer) == (tool.form_part(answer), [])
    assert tool.incomplete(block(), answer)[0].message == "Twelve kept. Check the ten that matter most."
    all_ = send(answer, **{f"rows_{n}_kept": "1" for n in range(12)})
    assert press(all_, "step|on")["at"] == "ten"
    assert "Twelve are checked. Uncheck two." in page(all_).words
    three = send(answer, **{f"rows_{n}_kept": "1" for n in range(3)})
    assert tool.incomplete(block(), three)[0].message == "Check ten, or at least five."
    ten = send(answer, **{f"rows_{n}_kept": "1" for n in range(2, 12)})
    assert [row["key"] for row in ten["rows"] if row.get("kept")] == LIFE[2:12]
    assert ten["at"] == "order"


def test_the_way_back_loses_nothing() -> None:
    answer = send(in_order(), rows_0_meaning="Mine")
    back = press(answer, "step|piles")
    assert back["at"] == "piles"
    assert "10 of 40" in page(back).words
    assert press(send(back), "step|on") == {**answer, "step": "on"}


def test_an_eleventh_that_stays_leaves_the_ten_as_they_are() -> None:
    answer = in_order()
    more = put(press(answer, "step|piles"), LIFE[10], "stays")
    assert named(more) == named(answer)
    ten = press(more, "step|ten")
    assert "10 of 10 checked" in page(ten).words
    swapped = send(ten, rows_10_kept="1", rows_0_kept="")
    assert tool.merge_posted(block(), {"rows": [{"key": LIFE[0], "kept": False}]}, swapped, Inputs())["at"] == "ten"


# The order


def test_they_are_put_in_order_one_after_another() -> None:
    answer = press(piled(6), "step|on")
    assert "Which comes first?" in page(answer).words
    assert tool.incomplete(block(), answer)[0].message == "Your cards have no order yet. Say which comes first."
    assert [words for value, words in page(answer).buttons.items() if "|next|" in value] == [
        NAMES[key] for key in LIFE[:6]
    ]
    answer = press(answer, choices(answer)[3])
    assert "And next?" in page(answer).words
    assert "One of six places decided." in page(answer).words
    assert not fragment_faults(page(answer).html)
    stale = press(answer, f"next|1>{LIFE[0]}")
    assert stale == answer
    assert "log" not in press(answer, "undo|log")


def test_five_places_are_enough_and_the_rest_may_be_level() -> None:
    answer = press(piled(10), "step|on")
    for place in range(1, 6):
        assert tool.incomplete(block(), answer)
        assert press(answer, f"rest|{place}>") == answer
        answer = press(answer, f"next|{place}>{LIFE[10 - place]}")
    assert not tool.incomplete(block(), answer)
    assert page(answer).buttons[f"{KEY}|rest|6>"] == "The rest don’t matter"
    done = press(answer, "rest|6>")
    assert done["at"] == "words"
    assert "tied with the one above" in page(done).words


def test_ten_in_order_are_moved_by_hand_and_undone() -> None:
    answer = in_order()
    assert named(answer) == [NAMES[key] for key in reversed(LIFE[:10])]
    assert "Ten you kept, in your order" in page(answer).words
    assert page(answer).buttons[f"{KEY}|up|{LIFE[0]}"] == "Move Family up"
    up = press(answer, f"up|{LIFE[0]}")
    assert named(up)[-2:] == ["Family", "Friendship"]
    assert named(press(up, "undo|log")) == named(answer)
    assert press(answer, f"up|{LIFE[9]}") == answer
    assert press(piled(10), f"up|{LIFE[3]}") == piled(10)


def test_a_card_that_joins_later_is_asked_for_its_place() -> None:
    answer = press(put(press(in_order(6), "step|piles"), LIFE[20], "stays"), "step|on")
    assert f"Where does “{NAMES[LIFE[20]]}” go?" in page(answer).words
    assert not tool.incomplete(block(), answer)
    while pairs := [value.partition("|")[2] for value in page(answer).buttons if f"|over|{LIFE[20]}>" in value]:
        answer = press(answer, pairs[0])
    assert named(answer)[0] == NAMES[LIFE[20]]
    assert press(answer, f"over|{LIFE[0]}>{LIFE[5]}") == answer


def test_own_words_for_the_first_five_go_with_their_card() -> None:
    answer = send(in_order(), rows_0_meaning="one\r\ntwo", rows_4_meaning="five")
    shown = page(answer)
    assert len(shown.root.findall(".//textarea")) == 5
    assert f"What {NAMES[LIFE[9]]} means to me" in shown.words
    assert f"{KEY}:rows-0-meaning~7" in shown.html
    assert again(tool, block(), answer) == (tool.form_part(answer), [])
    down = press(press(answer, f"down|{LIFE[5]}"), f"down|{LIFE[5]}")
    assert len(page(down).root.findall(".//textarea")) == 6
    assert {row["key"]: row["meaning"] for row in down["rows"] if row.get("meaning")} == {
        LIFE[9]: "one\ntwo",
        LIFE[5]: "five",
    }
    assert send(down, rows_0_meaning="")["rows"][9]["meaning"] == ""
    _, problems = tool.read(block(), posted(shown, rows_2_meaning="x" * 10_001))
    assert problems[0].field == "rows-2-meaning"


# What it gives on


@pytest.fixture
def mara(user: User) -> User:
    database.create_tables((UserValue,))
    return user


def taught(user: User) -> dict[str, tuple[str, int | None, str]]:
    items = VALUES.items(user, {})
    return {item.key: (item.text, item.fields["rank"], item.fields["meaning"]) for item in items}


def test_the_kept_cards_are_taught_best_first(mara: User) -> None:
    answer = send(in_order(), rows_0_meaning="Mine")
    assert learn(tool, mara, block(), answer, AT) == {"user_values"}
    assert learn(tool, mara, block(), answer, "2030-01-01T00:00:00.000Z") == frozenset()
    best = VALUES.items(mara, {"kind": "life", "take": 5})
    assert [item.text for item in best] == named(answer)[:5]
    assert best[0].fields == {"kind": "life", "card_id": LIFE[9], "rank": 1, "meaning": "Mine", "level": None}
    assert best[0].provenance is not None
    assert best[0].provenance.block_key == KEY
    assert VALUES.items(mara, {"kind": "work"}) == []
    assert learn(tool, mara, block(), {"rows": []}, AT) == {"user_values"}
    assert taught(mara) == {}


def test_an_own_card_has_no_card_id(mara: User) -> None:
    answer = send(press(begun(), "add|own"), rows_0_text="The sea")
    learn(tool, mara, block(), answer, AT)
    (item,) = VALUES.items(mara, {})
    assert (item.text, item.fields["card_id"], item.fields["rank"]) == ("The sea", None, None)


def test_a_card_that_leaves_takes_only_its_own_row(mara: User) -> None:
    answer = send(in_order(), rows_0_meaning="First", rows_1_meaning="Second")
    learn(tool, mara, block(), answer, AT)
    before = taught(mara)
    left = put(answer, LIFE[9], "maybe")
    learn(tool, mara, block(), left, AT)
    now = taught(mara)
    assert before.keys() - now.keys() == {LIFE[9]}
    assert now[LIFE[8]] == (NAMES[LIFE[8]], 1, "Second")
    learn(tool, mara, block(), put(left, LIFE[9], "stays"), AT)
    assert taught(mara) == before


def test_words() -> None:
    answer = send(in_order(), rows_0_meaning="one\ntwo")
    assert tool.summary(block(), answer) == f"{', '.join(named(answer)[:3])}, and 7 more"
    assert tool.long_form(block(), answer).startswith(f"1. {NAMES[LIFE[9]]}\n  one\n  two\n2. ")
    assert tool.summary(block(), begun()) == "No cards sorted yet"
    assert tool.summary(block(), piled(2, 1)) == "3 of 40 cards sorted"
    assert tool.long_form(block(), piled(1, 1, 1)) == ("Keep:\n– Family\n\nMaybe:\n– Friendship\n\nLet go:\n– Love")


def test_the_work_cards_are_others() -> None:
    shown = sheet(tool, block(kind="work"), begun(kind="work"))
    assert "Fair pay" in shown.words
    assert "0 of 12" in shown.words


# Any order of doing things


@settings(max_examples=examples(7), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(data=st.data())
def test_any_walk_keeps_what_it_does_not_touch(data: st.DataObject) -> None:
    answer = piled(data.draw(st.integers(0, 13)), 3, data.draw(st.sampled_from([0, 24, 37])))
    for _ in range(data.draw(st.integers(1, 14))):
        shown = page(answer)
        assert not fragment_faults(shown.html)
        assert again(tool, block(), answer) == (tool.form_part(answer), [])
        before = answer
        if data.draw(st.booleans()):
            answer = send(answer, **data.draw(st.fixed_dictionaries({}, optional=_fields(shown))))
        else:
            changing = [one for one in shown.buttons if "|" in one and one.split("|")[1] not in tool.readonly_actions]
            button = data.draw(st.sampled_from(sorted(changing)))
            answer = press(answer, button.partition("|")[2])
            _is_as_it_was(before, answer)
        assert tool.with_live_rows(block(), answer, Inputs()) == answer
        assert send(send(answer)) == send(answer)


def _fields(shown: Rendered) -> dict[str, st.SearchStrategy[str]]:
    some = {
        "-pile": st.sampled_from(["stays", "maybe", "not-now"]),
        "-kept": st.just("1"),
        "-meaning": printable_text,
        "-text": printable_text,
    }
    names = {one.get("name", "").partition(":")[2].partition("~")[0] for one in shown.root.iter() if one.get("name")}
    return {name.replace("-", "_"): kind for name in sorted(names) for end, kind in some.items() if name.endswith(end)}


def _is_as_it_was(before: Answer, now: Answer) -> None:
    """A button moves at most one card, and no button takes words away."""
    piles = [{row["key"]: row.get("pile") for row in one["rows"]} for one in (before, now)]
    assert sum(piles[0].get(key) != piles[1].get(key) for key in {*piles[0], *piles[1]}) <= 1
    meanings = [{row["key"]: row.get("meaning") for row in one["rows"] if row.get("meaning")} for one in (before, now)]
    assert meanings[0] == meanings[1]


# What nobody meant to send


def test_unknown_cards_and_piles_are_not_kept() -> None:
    unknown = MultiDict({f"{KEY}:rows-0-key": "nobody", f"{KEY}:rows-0-pile": "stays"})
    bare, problems = tool.read(block(), unknown)
    assert not problems
    assert tool.merge_posted(block(), bare, begun(), Inputs())["rows"] == []
    pile = MultiDict({f"{KEY}:rows-0-key": LIFE[0], f"{KEY}:rows-0-pile": "elsewhere"})
    assert tool.read(block(), pile)[1][0].field == "rows-0-pile"
    key = MultiDict({f"{KEY}:rows-0-key": '" onclick', f"{KEY}:rows-0-pile": "stays"})
    assert tool.read(block(), key)[1]
    twice = MultiDict({f"{KEY}:rows-{n}-{name}": value for n in (0, 1) for name, value in _CARD.items()})
    assert tool.read(block(), twice)[1][0].message.startswith("One card is on this page twice")


_CARD = {"key": LIFE[0], "pile": "stays"}


def test_a_card_of_the_book_cannot_be_renamed() -> None:
    own = MultiDict({f"{KEY}:rows-0-{name}": value for name, value in {**_CARD, "own": "1", "text": "Mine"}.items()})
    bare, _ = tool.read(block(), own)
    assert tool.merge_posted(block(), bare, begun(), Inputs())["rows"] == [{**_CARD, "text": "Family"}]


def test_more_own_cards_than_fit_are_refused() -> None:
    fields = {"own": "1", "text": "x", "pile": "stays"}
    many = MultiDict({f"{KEY}:rows-{n}-{name}": value for n in range(300) for name, value in fields.items()})
    many.update({f"{KEY}:rows-{n}-key": f"k{n}" for n in range(300)})
    assert "Up to ten of your own cards" in tool.read(block(), many)[1][-1].message


@pytest.mark.parametrize(
    "button", ["next|1>nobody", "next|", "next|9>life-love", "over|a>b", "level|", "rest|", "up|nobody", "step|away",
               "page|-1", "page|999999", "undo|x", "remove|nobody", "next|1>life-love>life-home"],
)  # fmt: skip
def test_strange_buttons_change_nothing(button: str) -> None:
    answer = press(piled(7), "step|on")
    assert press(answer, button) == answer
    with pytest.raises(UnknownButton):
        press(answer, "explode|x")


@pytest.mark.parametrize(
    "old",
    [
        {},
        {"rows": None, "log": "x", "recent": {"a": 1}, "page": "2", "step": 7, "at": "there", "shown": 1},
        {"rows": [{"key": "gone", "text": "An old card", "pile": "stays"}, {"key": LIFE[0], "pile": "lost"}]},
        {"rows": [{"key": "k", "own": True}], "removed": None, "log": [["over"], ["next", "a"]]},
    ],
)
def test_an_answer_of_another_version_still_shows(old: Answer) -> None:
    shown = tool.with_live_rows(block(), old, Inputs())
    assert again(tool, block(), shown) == (tool.form_part(shown), [])
    assert tool.summary(block(), old)
    tool.long_form(block(), old)
    assert tool.incomplete(block(), old)
