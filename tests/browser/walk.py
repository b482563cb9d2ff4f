"""The first module from the landing page to its celebration, in the sample person's words, with any kind of hand."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Hand, begin, block, by_name, go_on, items, open_, save, turn_to
from tests.browser.trees import here_whole

PERSONA = Path(__file__).parents[2] / "seed" / "personas" / "mara.toml"
SAID: dict[str, dict[str, Any]] = {
    one["block"]: one["answer"] for one in tomllib.loads(PERSONA.read_text(encoding="utf-8"))["answer"]
}
TAGS = {
    "1.1.1.skills": {0: ("Explaining complicated things simply", "Calming upset people")},
    "1.1.3.skills": {
        0: (
            "Nursing patients",
            "Judging how urgent a case is",
            "Passing on information at shift change",
            "Making work schedules",
            "Training new coworkers",
        ),
        1: ("Introducing a new system",),
        2: ("Leading a workshop",),
    },
    "1.1.5.skills": {0: ("Explaining complicated things simply", "Drawing things so people understand")},
    "1.1.9.skills": {0: ("Explaining complicated things simply",)},
}
"""Block → which of its subjects → skills: the ten that the sample person puts in order, and where she found them."""
OWN = "Drawing things so people understand"
PLACES, TASKS, WAYS = 4, 2, 5
Steps = tuple[Callable[[Hand], None], ...]
STORY = "situation", "obstacle", "action", "result", "evaluation", "discovery"


def tag(hand: Hand, key: str) -> None:
    for subject, names in TAGS[key].items():
        for name in names:
            find(hand, key, subject, name)


def find(hand: Hand, key: str, subject: int, name: str) -> None:
    """Looks for a skill and takes it."""
    search(hand, key, subject, name)
    hand.choose(chip(hand.page, key, subject, name))


def chip(page: Page, key: str, subject: int, name: str) -> Locator:
    chip = page.locator(f'label:has([name="{key}:rows-{subject}-skills"])')
    label = chip.filter(has=page.get_by_text(name, exact=True))
    return label.locator("input")


def search(hand: Hand, key: str, subject: int, words: str) -> None:
    unfold(hand, key, subject)
    field = by_name(hand.page, key, f"find-{subject}")
    hand.write(field, words)
    hand.press(hand.page.locator(".find", has=field).get_by_role("button"))
    expect(field).to_have_value(words)


def unfold(hand: Hand, key: str, subject: int) -> None:
    """Opens the subject where there are several."""
    fold = block(hand.page, key).locator(f"details[id$='-subject-{subject}']")
    if fold.count():
        open_(hand, fold)


def keep_own_words(hand: Hand, key: str, words: str) -> None:
    search(hand, key, 0, words)
    inside = block(hand.page, key)
    fold = inside.locator("details", has_text="What kind of skill is it?")
    expect(fold).to_be_visible()
    open_(hand, fold)
    hand.choose(inside.get_by_label("something I do"))
    hand.press(inside.get_by_role("button", name=f"Keep “{words}”"))
    expect(chip(hand.page, key, 0, words)).to_be_checked()


def one_thing(hand: Hand) -> None:
    page = hand.page
    hand.choose(page.get_by_label("Within a year"))
    for name in ("thanks", "after"):
        hand.write(by_name(page, f"1.1.1.{name}", "value"), SAID[f"1.1.1.{name}"]["value"])
    tag(hand, "1.1.1.skills")
    keep_own_words(hand, "1.1.1.skills", OWN)
    hand.write(by_name(page, "1.1.1.life-work", "value"), str(SAID["1.1.1.life-work"]["value"]))
    go_on(hand, "/workbook/1.1.2")


def everything(hand: Hand) -> None:
    write_places(hand, PLACES)


def two_places(hand: Hand) -> None:
    write_places(hand, 2)


def write_places(hand: Hand, most: int) -> None:
    for number, place in enumerate(SAID["1.1.2.experiences"]["rows"][:most]):
        if number:
            hand.press(hand.page.get_by_role("button", name="Add a place"))
        write_place(hand, number, place)
    go_on(hand, "/workbook/1.1.3")


KINDS = {"job": "Job", "project": "Project", "volunteering": "Volunteering"}


def write_place(hand: Hand, number: int, place: dict[str, Any]) -> None:
    def field(name: str) -> Locator:
        return by_name(hand.page, "1.1.2.experiences", f"rows-{number}-{name}")

    hand.write(field("title"), place["title"])
    hand.write(field("where"), place["where"])
    hand.pick(field("kind"), KINDS[place["kind"]])
    hand.write(field("from"), place["from"])
    hand.write(field("to"), place["to"])
    if place["paid"]:
        hand.choose(field("paid"))
    for at, task in enumerate(place["tasks"][:TASKS]):
        hand.write(field(f"tasks-{at}-text"), task["text"])


def tasks_to_skills(hand: Hand) -> None:
    tag(hand, "1.1.3.skills")
    go_on(hand, "/workbook/1.1.4")


def story(hand: Hand) -> None:
    answer = SAID["1.1.4.story-1"]
    for name in ("title", *STORY):
        hand.write(by_name(hand.page, "1.1.4.story-1", name), answer[name])
    go_on(hand, "/workbook/1.1.5")


def skills_in_stories(hand: Hand) -> None:
    tag(hand, "1.1.5.skills")
    go_on(hand, "/workbook/1.1.6")


def top_ten(hand: Hand) -> None:
    rate(hand, "1.1.6.rate")
    save(hand)
    put_in_order(hand)
    save(hand)
    sort(hand, "1.1.6.energy")
    go_on(hand, "/workbook/1.1.7")


def sort(hand: Hand, key: str) -> None:
    buckets = {row["text"]: row["bucket"] for row in SAID[key]["rows"]}
    for name, item in items(hand.page, key):
        turn_to(hand, key, item)
        hand.choose(item.locator(f"input[value={buckets[name]}]"))


def rate(hand: Hand, key: str) -> None:
    """Says of every skill that the page asks for how well and how often, in the order they stand there."""
    ratings = {row["text"]: row for row in SAID[key]["rows"]}
    for name, item in items(hand.page, key):
        if not turn_to(hand, key, item):
            return
        for scale in ("mastery", "frequency"):
            hand.choose(item.locator(f"input[name$='-{scale}'][value='{ratings[name][scale]}']"))


ORDER = [
    next(item["text"] for item in SAID["1.1.6.rank"]["items"] if item["key"] == key)
    for key in SAID["1.1.6.rank"]["order"]
]


def put_in_order(hand: Hand) -> None:
    """Those that are there to choose from, in the sample person's order."""
    choices = block(hand.page, "1.1.6.rank").locator(".pick button")
    offered = " ".join(choices.all_inner_texts())
    for name in [one for one in ORDER if one in offered][:-1]:
        choice = choices.filter(has_text=name)
        hand.press(choice)
        expect(choice).to_have_count(0)
    expect(choices).to_have_count(0)


def how_i_am(hand: Hand) -> None:
    page = hand.page
    for scale, place in SAID["1.1.7.type"]["scales"].items():
        hand.choose(page.locator(f'[name="1.1.7.type:{scale}"][value="{place}"]'))
    save(hand)
    for one in SAID["1.1.7.ways"]["rows"][0]["tags"][:WAYS]:
        find(hand, "1.1.7.ways", 0, one["name"])
    save(hand)
    proofs = {row["text"]: row["fields"]["proof"] for row in SAID["1.1.7.five"]["rows"]}
    rows = block(page, "1.1.7.five").locator(".row")
    for name in rows.locator(".subject").all_inner_texts():
        hand.write(rows.filter(has_text=name).locator("[name*='-proof~']"), proofs[name])
    go_on(hand, "/workbook/1.1.8")


def what_i_know(hand: Hand) -> None:
    for name in ("work", "learning", "life"):
        key = f"1.1.8.{name}"
        for number, row in enumerate(SAID[key]["rows"]):
            if number:
                hand.press(block(hand.page, key).get_by_role("button", name="Add another"))
            hand.write(by_name(hand.page, key, f"rows-{number}-text"), row["text"])
        save(hand)
    rate(hand, "1.1.8.rate")
    go_on(hand, "/workbook/1.1.9")


def what_others_see(hand: Hand) -> None:
    page = hand.page
    for number, row in enumerate(SAID["1.1.9.people"]["rows"]):
        for name, text in (("text", row["text"]), *((f"fields-{one}", words) for one, words in row["fields"].items())):
            hand.write(by_name(page, "1.1.9.people", f"rows-{number}-{name}"), text)
    save(hand)
    hand.press(page.locator('button[value="1.1.9.skills|change|"]'))
    tag(hand, "1.1.9.skills")
    go_on(hand, "/workbook/modules/1.1")
    expect(page.locator(".large").first).to_be_visible()
    hand.press(page.get_by_role("link", name="Continue with Places"))
    expect(page).to_have_url(re.compile(r"/workbook/1\.2\.1$"))


def set_aside(hand: Hand) -> None:
    """*Not now*: its tool comes again, or came before."""
    before = hand.page.url
    hand.press(hand.page.get_by_role("button", name="Skip for now"))
    expect(hand.page).not_to_have_url(before)
    here_whole(hand.page)


STEPS = (
    one_thing,
    everything,
    tasks_to_skills,
    story,
    skills_in_stories,
    top_ten,
    how_i_am,
    what_i_know,
    what_others_see,
)


EACH_TOOL = (
    one_thing,
    two_places,
    set_aside,
    story,
    set_aside,
    top_ten,
    how_i_am,
    set_aside,
    what_others_see,
)
"""Each tool of the nine at least once."""
OTHER_KEYS = tuple(set_aside if step is how_i_am else step for step in EACH_TOOL)
"""What the keys do in an exercise that is set aside here they do in the others: radio buttons, a search, fields."""


def walk(hand: Hand, steps: Steps = STEPS) -> None:
    """From the landing page through all nine to the celebration, and into the next module."""
    begin(hand)
    for step in steps:
        step(hand)
