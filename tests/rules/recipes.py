"""How a person says, changes, adds to and takes back what connections read: through the pages, as anybody would."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dreamtree.content import book
from dreamtree.profile.competencies import FEWEST
from tests.page import Page
from tests.rules.test_walk import sort_the_cards
from tests.rules.touching import buttons_of
from tests.visitor import Visitor

Step = Callable[[Visitor], str]
PLACES, TOWNS, MOMENTS, PRACTICE = "1.1.2.experiences", "1.2.1.places", "1.3.2.moments", "1.5.1.practice"
STORY, TERMS = "1.1.4.story-1", "1.2.5.terms"
TREE, ACTIVITIES, IDEAS, PROBLEMS = "2.3.1.tree-1", "2.3.2.activities", "2.3.2.ideas", "1.4.3.problems"
SORT = "2.2.2.sort"
BUDGET, DASHBOARD, FACTOR_RANK, HELD_AGAINST = "1.2.4.budget", "2.1.1.dashboard", "1.3.1.order", "1.4.4.held"
WEEK, CARDS, WORKPLACE, WORK_CARDS = "1.3.3.week", "1.4.5.values", "1.2.2.ideal", "2.1.2.values"
LEVELS = "2.5.1.levels"
ROWS = ("experience-builder", "list-builder")


@dataclass(frozen=True)
class Recipe:
    """Each step answers the words that a later page then shows (`delete`: those it shows no more).

    `change` is None where the source has no words of its own to reword, `add` where it holds one thing only.
    """

    say: Step
    delete: Step
    change: Step | None = None
    add: Step | None = None


def write(visitor: Visitor, block: str, fields: dict[str, str | list[str]], do: str = "save") -> Page:
    """Fills in fields of one block (names without its key) and presses a button of the page."""
    path = "/workbook/" + ".".join(block.split(".")[:3])
    page = visitor.open(path)
    if not page.has(".//form[@id='exercise']"):
        visitor.press(page, "Skip everything before this")
        page = visitor.open(path)
    names = {name.split("~")[0]: name for name in page.form()}
    sent = {names.get(f"{block}:{name}", f"{block}:{name}"): value for name, value in fields.items()}
    answer = Page(visitor.client.post(path, data={**page.form(), **sent, "do": do}, follow_redirects=True))
    assert answer.status in (200, 422), answer.words[:300]
    return answer


def looked_at(visitor: Visitor, block: str) -> Page:
    """The page of a block once it is unlocked, with its form."""
    write(visitor, block, {})
    return visitor.open("/workbook/" + ".".join(block.split(".")[:3]))


def typing(block: str, name: str, words: str) -> Step:
    """Types `words` into one field; "" takes them back."""

    def step(visitor: Visitor) -> str:
        write(visitor, block, {name: words})
        return words

    return step


def place(number: int, title: str, **more: str) -> Step:
    """Fills in a place; presses *Add a place* first where it is not the first."""

    def step(visitor: Visitor) -> str:
        if number:
            write(visitor, PLACES, {}, do=f"{PLACES}|add|rows")
        row = f"rows-{number}"
        fields = {"title": title, "kind": "job", "tasks-0-text": f"Task at {title}"} | more
        write(visitor, PLACES, {f"{row}-{name}": value for name, value in fields.items()})
        return title

    return step


def listing(block: str, number: int, words: str, **more: str) -> Step:
    """Fills in a line of a list; presses *Add another* first where it is not the first."""

    def step(visitor: Visitor) -> str:
        if number:
            write(visitor, block, {}, do=f"{block}|add|rows")
        row = f"rows-{number}"
        write(visitor, block, {f"{row}-text": words, **{f"{row}-{name}": value for name, value in more.items()}})
        return words

    return step


def moment(number: int, activity: str) -> Step:
    """Remembers a moment that lifted."""

    def step(visitor: Visitor) -> str:
        row = f"rows-{number}"
        fields = {"activity": activity, "when": "March 2019", "energy": "2", "focus": "5"}
        write(visitor, MOMENTS, {f"{row}-{name}": value for name, value in fields.items()})
        return activity

    return step


def without_the_first_row(block: str, words: str) -> Step:
    def step(visitor: Visitor) -> str:
        page = visitor.open("/workbook/" + ".".join(block.split(".")[:3]))
        first = next(one.get("value", "") for one in buttons_of(page, block) if "|remove|" in one.get("value", ""))
        write(visitor, block, {}, do=first)
        return words

    return step


def emptied(block: str, words: str, *names: str) -> Step:
    def step(visitor: Visitor) -> str:
        write(visitor, block, dict.fromkeys(names, ""))
        return words

    return step


def keeping(block: str, words: str, kind: str) -> Step:
    """Looks for a word that the library does not have, and keeps it as a skill of the first thing in a tagger."""

    def step(visitor: Visitor) -> str:
        page = write(
            visitor, block, {"find-0": words, "kind-0": kind}, do=_button(looked_at(visitor, block), block, "find")
        )
        sent = page.form() | {f"{block}:kind-0": [kind], "do": [_button(page, block, "keep")]}
        path = "/workbook/" + ".".join(block.split(".")[:3])
        assert visitor.client.post(path, data=sent, follow_redirects=True).status_code in (200, 422)
        return words

    return step


def _button(page: Page, block: str, verb: str) -> str:
    return next(one.get("value", "") for one in buttons_of(page, block) if f"|{verb}|" in one.get("value", ""))


def unticked(block: str, words: str) -> Step:
    def step(visitor: Visitor) -> str:
        write(visitor, block, {"rows-0-skills": []})
        return words

    return step


def ranked(first: Step) -> Step:
    """Names a skill, takes it into the ranking where one stands, and says that the order is right as it is."""

    def step(visitor: Visitor) -> str:
        words = first(visitor)
        block = "1.1.6.rank"
        new = [one.get("value", "") for one in buttons_of(looked_at(visitor, block), block)]
        for button in (one for one in new if "|accept|" in one):
            write(visitor, block, {}, do=button)
        write(visitor, block, {}, do=f"{block}|way|hand")
        write(visitor, block, {}, do=f"{block}|order|")
        return words

    return step


def rated(first: Step, row: int = 0) -> Step:
    """Names a skill, and says how well and how often."""

    def step(visitor: Visitor) -> str:
        words = first(visitor)
        write(visitor, "1.1.6.rate", {f"rows-{row}-mastery": "4", f"rows-{row}-frequency": "4"})
        return words

    return step


def lifting(first: Step, row: int = 0) -> Step:
    """Names and rates a skill, and says that it lifts."""

    def step(visitor: Visitor) -> str:
        words, block = first(visitor), "1.3.4.sort"
        new = [one.get("value", "") for one in buttons_of(looked_at(visitor, block), block)]
        for button in (one for one in new if "|accept|" in one):
            write(visitor, block, {}, do=button)
        write(visitor, block, {f"rows-{row}-bucket": "lifts"}, do=f"{block}|save")
        return words

    return step


def seen_by(name: str, first: Step) -> Step:
    """Names somebody who has seen one work, and then what their words name."""

    def step(visitor: Visitor) -> str:
        write(visitor, "1.1.9.people", {"rows-0-text": name, "rows-0-fields-words": "She drew it for us"})
        return first(visitor)

    return step


def practicing(words: str) -> Step:
    def step(visitor: Visitor) -> str:
        write(visitor, PRACTICE, {"name": words, "days": "14"}, do=f"{PRACTICE}|begin|")
        return words

    return step


def noted(number: int, activity: str) -> Step:
    """Notes a moment of this week that lifted."""

    def step(visitor: Visitor) -> str:
        row = f"rows-{number}"
        write(visitor, WEEK, {f"{row}-activity": activity, f"{row}-energy": "2", f"{row}-focus": "5"})
        return activity

    return step


def sorted_into(block: str, row: int, bucket: str, words: str) -> Step:
    """Puts a card into a bucket."""

    def step(visitor: Visitor) -> str:
        write(visitor, block, {f"rows-{row}-bucket": bucket})
        return words

    return step


def levels(words: str, *first: str) -> Step:
    """Chooses a level for the first things, and the third for as many others as an average needs."""

    def step(visitor: Visitor) -> str:
        chosen = [*first, *["3"] * FEWEST][:FEWEST]
        write(visitor, LEVELS, {f"rows-{n}-level": level for n, level in enumerate(chosen)})
        return words

    return step


def named_in_a_story(words: str) -> Step:
    """Tells a story, and names a skill that was in it."""

    def step(visitor: Visitor) -> str:
        _story(visitor, STORY, "On the back of a menu")
        return keeping("1.1.5.skills", words, "transferable")(visitor)

    return step


def _cards_sorted(visitor: Visitor) -> str:
    """Sorts the cards, of which the first ten stay."""
    looked_at(visitor, CARDS)
    sort_the_cards(visitor, "/workbook/1.4.5", CARDS)
    return "Family"


def _first_card_let_go(visitor: Visitor) -> str:
    write(visitor, CARDS, {}, do=f"{CARDS}|step|piles")
    write(visitor, CARDS, {}, do=f"{CARDS}|page|1")
    write(visitor, CARDS, {"rows-0-pile": "not-now"})
    return "Family"


SEED = Recipe(
    say=typing("1.1.1.thanks", "value", "I drew the plan on a menu"),
    change=typing("1.1.1.thanks", "value", "I drew the whole plan on a menu"),
    delete=typing("1.1.1.thanks", "value", ""),
)
EXPERIENCES = Recipe(
    say=place(0, "Nurse on Ward B"),
    change=typing(PLACES, "rows-0-title", "Night nurse on Ward B"),
    add=place(1, "First aid evenings"),
    delete=without_the_first_row(PLACES, "Ward B"),
)
STORIES = Recipe(
    say=lambda visitor: _story(visitor, STORY, "On the back of a menu"),
    change=typing(STORY, "title", "On the back of the menu, at two"),
    add=lambda visitor: _story(visitor, "1.1.4.story-2", "Nine holes in the schedule"),
    delete=emptied(STORY, "On the back", "title", "situation", "action", "result"),
)
SKILLS = Recipe(
    say=keeping("1.1.1.skills", "Drawing what comes next", "transferable"),
    add=keeping("1.1.1.skills", "Counting out loud", "transferable"),
    delete=unticked("1.1.1.skills", "Drawing what comes next"),
)
RANKED = Recipe(
    say=ranked(SKILLS.say),
    add=ranked(keeping("1.1.1.skills", "Counting out loud", "transferable")),
    delete=SKILLS.delete,
)
WAYS = Recipe(
    say=keeping("1.1.7.ways", "Calm when it counts", "self_management"),
    add=keeping("1.1.7.ways", "Slow to anger", "self_management"),
    delete=unticked("1.1.7.ways", "Calm when it counts"),
)
EARLY_WAYS = Recipe(
    say=keeping("1.1.1.skills", "Calm when it counts", "self_management"),
    add=keeping("1.1.1.skills", "Slow to anger", "self_management"),
    delete=unticked("1.1.1.skills", "Calm when it counts"),
)
TYPE = Recipe(
    say=lambda visitor: typing("1.1.7.type", "type", "ENFJ")(visitor) and "Encouraging",
    delete=typing("1.1.7.type", "type", ""),
)
"""The words of a type are the ways that people with it often name."""
PAID = Recipe(
    say=place(0, "Nurse on Ward B", paid="y"),
    change=typing(PLACES, "rows-0-title", "Night nurse on Ward B"),
    add=place(1, "First aid evenings", paid="y"),
    delete=without_the_first_row(PLACES, "Ward B"),
)
CARE = Recipe(
    say=place(0, "Two years with my grandmother", kind="care"),
    change=typing(PLACES, "rows-0-title", "Three years with my grandmother"),
    add=place(1, "Sundays with Ben", kind="care"),
    delete=without_the_first_row(PLACES, "grandmother"),
)
LOCATIONS = Recipe(
    say=listing(TOWNS, 0, "Porto"),
    change=typing(TOWNS, "rows-0-text", "Porto, by the sea"),
    add=listing(TOWNS, 1, "My aunt’s village"),
    delete=without_the_first_row(TOWNS, "Porto"),
)
FACTORS = Recipe(
    say=LOCATIONS.say,
    change=LOCATIONS.change,
    add=keeping("1.1.1.skills", "Drawing what comes next", "transferable"),
    delete=LOCATIONS.delete,
)
FLOW = Recipe(
    say=moment(0, "Cleaning out the shed"),
    change=typing(MOMENTS, "rows-0-activity", "Cleaning out my father’s shed"),
    add=moment(1, "Two in the morning, with a pencil"),
    delete=without_the_first_row(MOMENTS, "the shed"),
)
BEST = Recipe(
    say=rated(SKILLS.say),
    add=rated(keeping("1.1.1.skills", "Counting out loud", "transferable"), 1),
    delete=SKILLS.delete,
)
TO_GROW = Recipe(
    say=lifting(BEST.say),
    add=lifting(rated(keeping("1.1.1.skills", "Counting out loud", "transferable"), 1), 1),
    delete=SKILLS.delete,
)
SEEN = Recipe(
    say=seen_by("Rafi", keeping("1.1.9.skills", "Explaining without hurry", "transferable")),
    add=keeping("1.1.9.skills", "Staying until it is done", "transferable"),
    delete=unticked("1.1.9.skills", "Explaining without hurry"),
)
REFLECTIONS = Recipe(
    say=typing("1.4.1.lesson", "value", "Ask before you help"),
    change=typing("1.4.1.lesson", "value", "Ask, then help"),
    add=typing("1.4.4.thanked", "value", "For drawing it"),
    delete=typing("1.4.1.lesson", "value", ""),
)
PRACTICES = Recipe(
    say=practicing("Draw one thing a day"),
    delete=emptied(PRACTICE, "Draw one thing", "name"),
)


def _seed_told(visitor: Visitor) -> str:
    """Names a skill for the thing one began with, and tells that as a story."""
    SEED.say(visitor)
    words = SKILLS.say(visitor)
    write(visitor, STORY, {"title": "On a menu", "situation": "At night", "result": "They knew"})
    return words


SEED_SKILLS = Recipe(say=_seed_told, add=SKILLS.add, delete=SKILLS.delete)
CARE_NAMED = Recipe(
    say=listing(TERMS, 0, "My brother on Tuesdays", kind="care"),
    change=typing(TERMS, "rows-0-text", "My brother on Fridays"),
    add=listing(TERMS, 1, "My aunt, in winter", kind="care"),
    delete=without_the_first_row(TERMS, "My brother"),
)
KNOWN = Recipe(
    say=keeping("1.1.1.skills", "Old printing presses", "knowledge"),
    add=keeping("1.1.1.skills", "The night buses", "knowledge"),
    delete=unticked("1.1.1.skills", "Old printing presses"),
)


SEEN_IN = Recipe(
    say=ranked(named_in_a_story("Drawing what comes next")),
    change=typing(STORY, "title", "On the back of the menu, at two"),
    add=ranked(named_in_a_story("Counting out loud")),
    delete=unticked("1.1.5.skills", "Drawing what comes next"),
)
STRENGTHS = Recipe(
    say=levels("Working things out", "5"),
    change=levels("between 4 and 5", "4-5"),
    add=levels("Getting things done", "5", "5"),
    delete=levels("Working things out", "3"),
)
NUMBERS = Recipe(
    say=lambda visitor: typing("1.1.1.life-work", "value", "2")(visitor) and "work 2",
    change=lambda visitor: typing("1.1.1.life-work", "value", "4")(visitor) and "work 4",
    delete=lambda visitor: typing("1.1.1.life-work", "value", "")(visitor) or "work 2",
)
WEEK_NOTED = Recipe(
    say=noted(0, "Cleaning out the shed"),
    change=typing(WEEK, "rows-0-activity", "Cleaning out my father’s shed"),
    delete=without_the_first_row(WEEK, "the shed"),
)
SUPERPOWERS = Recipe(
    say=TO_GROW.say,
    add=TO_GROW.add,
    delete=SKILLS.delete,
)
WANTED = Recipe(
    say=listing(WORKPLACE, 0, "A door I can close", **{"fields-level": "must"}),
    change=typing(WORKPLACE, "rows-0-text", "A door that I can close"),
    add=listing(WORKPLACE, 1, "Daylight", **{"fields-level": "should"}),
    delete=without_the_first_row(WORKPLACE, "A door"),
)
CARDS_KEPT = Recipe(say=_cards_sorted, delete=_first_card_let_go)
WORK_VALUES = Recipe(
    say=sorted_into(WORK_CARDS, 0, "most", "Fair pay"),
    add=sorted_into(WORK_CARDS, 1, "most", "A secure job"),
    delete=sorted_into(WORK_CARDS, 0, "little", "Fair pay"),
)


def leaf(number: int, word: str) -> Step:
    """Writes a word around the first one, and likes it."""

    def step(visitor: Visitor) -> str:
        write(visitor, TREE, {"root": "Water", f"rows-{number}-text": word})
        write(visitor, TREE, {f"rows-{number}-leaf": "1"})
        return word

    return step


def hours(words: str, **of_letter: str) -> Step:
    """Sorts all activities: those of a kind of interest, by its letter, as said, and the others as not for me."""

    def step(visitor: Visitor) -> str:
        sorted_ = [of_letter.get(one.interest, "no") for one in book().activities]
        write(visitor, ACTIVITIES, {f"rows-{n}-bucket": bucket for n, bucket in enumerate(sorted_)})
        return words

    return step


def idea(number: int, words: str) -> Step:
    """Names a job that could be."""

    def step(visitor: Visitor) -> str:
        write(visitor, IDEAS, {f"rows-{number}-text": words})
        return words

    return step


LEAVES = Recipe(
    say=leaf(0, "Leak"),
    change=typing(TREE, "rows-0-text", "A slow leak"),
    add=leaf(1, "Radio"),
    delete=lambda visitor: typing(TREE, "rows-0-leaf", "")(visitor) or "Leak",
)
DRAWN_TO = Recipe(
    say=hours("figuring things out", I="yes"),
    add=hours("keeping things in order", I="yes", C="maybe"),
    delete=hours("figuring things out", A="yes"),
)
CAREER_IDEAS = Recipe(
    say=idea(0, "Plumber on the air"),
    change=typing(IDEAS, "rows-0-text", "Plumber who takes calls on the air"),
    add=idea(1, "Paints the names of colors"),
    delete=without_the_first_row(IDEAS, "Plumber"),
)
TOPICS = Recipe(
    say=listing(PROBLEMS, 0, "Forms that lock people out"),
    change=typing(PROBLEMS, "rows-0-text", "Forms that lock people like me out"),
    add=listing(PROBLEMS, 1, "Good bikes in the dumpster"),
    delete=without_the_first_row(PROBLEMS, "Forms"),
)
FIXED = Recipe(
    say=listing(TERMS, 0, "Home by six on Wednesdays", **{"fields-firmness": "fixed"}),
    change=typing(TERMS, "rows-0-text", "Home by five on Wednesdays"),
    add=listing(TERMS, 1, "No kneeling all day", **{"fields-firmness": "fixed"}),
    delete=without_the_first_row(TERMS, "Home by"),
)
COMPASS = Recipe(
    say=typing("2.1.4.compass", "value", "Fix what’s in front of me"),
    change=typing("2.1.4.compass", "value", "Fix what’s broken"),
    delete=lambda visitor: typing("2.1.4.compass", "value", "")(visitor) or "Fix what’s in front of me",
)


def _factors_ranked(*first: str) -> Step:
    """Puts factors at the top of the order that stands on the page, and says that it is right."""

    def step(visitor: Visitor) -> str:
        for do in ("way|hand", *(f"top|{one}" for one in first), "order|"):
            write(visitor, FACTOR_RANK, {}, do=f"{FACTOR_RANK}|{do}")
        return "Using my skills"

    return step


def _paid(rent: str, words: str) -> Step:
    """Says what goes out in a month, and for how many hours a week."""

    def step(visitor: Visitor) -> str:
        fields = {"currency": "USD", "out-0-amount": rent, "out-1-amount": "200", "hours": "40"}
        write(visitor, BUDGET, fields if rent else {"out-0-amount": "", "out-1-amount": ""})
        return words

    return step


FACTORS_RANKED = Recipe(say=_factors_ranked(), delete=_factors_ranked("pay", "people"))
LOWEST_PAY = Recipe(
    say=_paid("1000", "At least $1,200 a month after tax"),
    change=_paid("1100", "At least $1,300 a month after tax"),
    delete=_paid("", "At least $1,200"),
)
LOWEST_NUMBER = Recipe(
    say=lambda visitor: typing(DASHBOARD, "rows-0-score", "2")(visitor) and "Work, 2",
    change=lambda visitor: typing(DASHBOARD, "rows-0-score", "3")(visitor) and "Work, 3",
    delete=lambda visitor: typing(DASHBOARD, "rows-0-score", "")(visitor) or "Work, 2",
)
HELD = Recipe(
    say=typing(HELD_AGAINST, "value", "I never asked for days"),
    change=typing(HELD_AGAINST, "value", "I never once asked for days"),
    add=typing("1.4.4.friend", "value", "You were tired"),
    delete=typing(HELD_AGAINST, "value", ""),
)
MUSTS_SAID = Recipe(
    say=listing(WORKPLACE, 0, "A door I can close", **{"fields-level": "must"}),
    change=WANTED.change,
    add=listing(WORKPLACE, 1, "Daylight", **{"fields-level": "must"}),
    delete=WANTED.delete,
)


def _must(number: int, words: str) -> Step:
    """Adds a line of one's own, and makes it a must."""

    def step(visitor: Visitor) -> str:
        if number:
            write(visitor, SORT, {}, do=f"{SORT}|add|rows")
        row = f"rows-{number}"
        write(visitor, SORT, {f"{row}-text": words, f"{row}-own": "y", f"{row}-bucket": "must"})
        return words

    return step


MUSTS = Recipe(
    say=_must(0, "No more nights"),
    change=typing(SORT, "rows-0-text", "No nights at all"),
    add=_must(1, "Somebody who asks first"),
    delete=without_the_first_row(SORT, "No more nights"),
)


def sentences_of(block: str) -> Recipe:
    """Two sentences of a view, one after the other."""
    first, second = "It keeps the lights on.", "It’s also for company."
    return Recipe(
        say=typing(block, "value", first),
        change=typing(block, "value", "It mostly keeps the lights on."),
        add=lambda visitor: typing(block, "value", f"{first} {second}")(visitor) and second,
        delete=lambda visitor: typing(block, "value", "")(visitor) or first,
    )


def _story(visitor: Visitor, block: str, title: str) -> str:
    write(visitor, block, {"title": title, "situation": "At night", "action": "I drew it", "result": "They knew"})
    return title


def in_its_form(block: str, words: str, **fields: str) -> Step:
    """Fills in fields of a block, also of one at rest (`_` for `-`)."""

    def step(visitor: Visitor) -> str:
        write(visitor, block, {}, do=f"{block}|change|")
        path = f"/workbook/{block.rpartition('.')[0]}"
        form = visitor.open(f"{path}?change={block}").form()
        sent = {f"{block}:{name.replace('_', '-')}": value for name, value in fields.items()}
        answer = Page(visitor.client.post(path, data={**form, **sent, "do": "save"}, follow_redirects=True))
        assert answer.status in (200, 422), answer.words[:300]
        return words

    return step


FEARS = Recipe(
    say=listing("2.2.3.fears", 0, "Being the oldest in the shop"),
    change=typing("2.2.3.fears", "rows-0-text", "Being twice as old as the others"),
    add=listing("2.2.3.fears", 1, "My knee"),
    delete=without_the_first_row("2.2.3.fears", "Being the oldest"),
)
PATHS = Recipe(
    say=typing("2.3.3.paths", "rows-0-text", "Makes maps by hand"),
    change=typing("2.3.3.paths", "rows-0-text", "Draws maps by hand"),
    add=typing("2.3.3.paths", "rows-1-text", "Writes for the bus"),
    delete=lambda visitor: typing("2.3.3.paths", "rows-0-text", "")(visitor) or "Makes maps by hand",
)
YEARS = Recipe(
    say=in_its_form(
        "2.4.1.timelines",
        "A first day",
        rows_0_text="Fixes bikes",
        rows_0_entries_0_text="A first day",
        rows_0_entries_0_year="1",
        rows_0_entries_0_lane="work",
    ),
    change=in_its_form("2.4.1.timelines", "A very first day", rows_0_entries_0_text="A very first day"),
    delete=in_its_form("2.4.1.timelines", "A first day", rows_0_entries_0_text=""),
)
GAUGES = {f"rows_0_scores_{one}": "60" for one in ("liking", "confidence", "coherence")}
READINESS = Recipe(
    say=in_its_form(
        "2.4.2.gauges", "One stool", rows_0_scores_resources="20", rows_0_reasons_resources="One stool", **GAUGES
    ),
    change=in_its_form("2.4.2.gauges", "One low stool", rows_0_reasons_resources="One low stool"),
    delete=in_its_form("2.4.2.gauges", "One stool", **dict.fromkeys(GAUGES, "")),
)
UNKNOWN = Recipe(
    say=listing("2.4.3.questions", 0, "What’s the pay in February?"),
    change=typing("2.4.3.questions", "rows-0-text", "What’s the pay in a slow month?"),
    add=listing("2.4.3.questions", 1, "Who did the wheels before?"),
    delete=without_the_first_row("2.4.3.questions", "What’s the pay"),
)


RECIPES: dict[tuple[str, str], Recipe] = {
    ("soared_stories", "kind=seed"): SEED,
    ("soared_stories", "kind=told"): STORIES,
    ("experiences", ""): EXPERIENCES,
    ("user_skills", "category=transferable"): SKILLS,
    ("user_skills", "category=transferable order=strength top=10"): SKILLS,
    ("user_skills", "category=self_management"): WAYS,
    ("user_skills", "ranked=True"): RANKED,
    ("user_skills", "category=transferable order=best"): BEST,
    ("user_skills", "category=transferable order=grow"): TO_GROW,
    ("personality_type", ""): TYPE,
    ("experiences", "paid=True"): PAID,
    ("experiences", "kinds=['care']"): CARE,
    ("user_skills", "category=knowledge"): KNOWN,
    ("skill_evidence", "kind=seed"): SEED_SKILLS,
    ("skill_evidence", "category=self_management"): EARLY_WAYS,
    ("constraints", "kinds=['care']"): CARE_NAMED,
    ("locations", ""): LOCATIONS,
    ("work_factors", ""): FACTORS,
    ("flow_entries", ""): FLOW,
    ("testimonials", "skills=True"): SEEN,
    ("reflections", ""): REFLECTIONS,
    ("practices", ""): PRACTICES,
    ("seen_skills", ""): SEEN_IN,
    ("competency_scores", "strengths=True"): STRENGTHS,
    ("life_dashboard", "first=True"): NUMBERS,
    ("flow_entries", "in_one_sentence=True"): WEEK_NOTED,
    ("user_skills", "superpower=True"): SUPERPOWERS,
    ("work_preferences", "kinds=['workplace', 'people'] levels=['must', 'should']"): WANTED,
    ("user_values", "kind=life"): CARDS_KEPT,
    ("work_preferences", "kinds=['factor']"): FACTORS_RANKED,
    ("work_preferences", "kinds=['workplace', 'people'] levels=['must']"): MUSTS_SAID,
    ("non_negotiables", "levels=['must']"): MUSTS,
    ("budget", "at_least=True"): LOWEST_PAY,
    ("life_dashboard", "lowest=True"): LOWEST_NUMBER,
    ("reflections", "kinds=['held', 'friend']"): HELD,
    ("user_values", "kind=work levels=['most']"): WORK_VALUES,
    ("profile_text", "by_sentence=True kinds=['work_view']"): sentences_of("2.1.2.view"),
    ("idea_trees", "leaves=True"): LEAVES,
    ("interests", "top=True"): DRAWN_TO,
    ("career_ideas", ""): CAREER_IDEAS,
    ("actions", ""): FEARS,
    ("career_options", "paths=True"): PATHS,
    ("career_timelines", ""): YEARS,
    ("career_assessments", ""): READINESS,
    ("questions", "first_of=path"): UNKNOWN,
    ("topics", ""): TOPICS,
    ("constraints", "firmness=['fixed']"): FIXED,
    ("profile_text", "kinds=['compass']"): COMPASS,
    ("profile_text", "by_sentence=True kinds=['life_view']"): sentences_of("2.1.3.view"),
}
"""Source and filter of a connection → how to fill it. A connection that finds none here fails the sweep."""


def recipe_for(connection: dict[str, Any]) -> Recipe:
    return RECIPES[_filled_by(connection)]


def name_of(connection: dict[str, Any]) -> str:
    """The name of the recipe for this connection, as a file may have it."""
    return re.sub(r"\W+", "-", " ".join(_filled_by(connection)))


def _filled_by(connection: dict[str, Any]) -> tuple[str, str]:
    words = " ".join(f"{name}={value}" for name, value in sorted(connection.get("filter", {}).items()))
    source = connection["source"]
    found = next((key for key in ((source, words), (source, "")) if key in RECIPES), None)
    assert found, f"no recipe says how to fill {source} ({words}): add it to recipes.py"
    return found
