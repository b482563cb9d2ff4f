"""Superpowers: what one does well and what gives something back, told in words.

The rule: a superpower is done well or taught to others (mastery 4 or 5) and gives or lifts (lift +1 or +2). The
strongest comes first: mastery × lift, then how often it is used. How often also says which superpower is hardly used,
and which skill is used most days although it drains or tires. Whoever sees it otherwise says so, and that counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dreamtree.text import ended, isolated
from dreamtree.tools.bucket_sort.things import LIFTS, Sorted, rated, unsorted
from dreamtree.tools.rows.scales import FREQUENCY, MASTERY
from dreamtree.tools.rows.typed_skills import lesson_marks
from dreamtree.tools.wording import capitalized, in_words, listed
from dreamtree.values import Item

BUCKET_OF_ENERGY: Mapping[str, str] = {"lifted": "lifts", "same": "neither", "drained": "drains"}
"""What was said with three answers, as a first draft of the five."""
NEAR: Mapping[str, tuple[str, ...]] = {"lifts": ("gives", "lifts"), "drains": ("drains", "tires"), "neither": ()}
"""What a draft asks about a thing: which of two answers it is, now that there are five; nothing where none is near."""
MOST_DAYS = 5
SELDOM: Mapping[int, str] = {1: "hardly ever use", 2: "use only a few times a year"}
_DONE = (
    *("You're learning this", "You do this with help", "You do this on your own"),
    *("You do this well", "You teach this to others"),
)


def strengths(things: Iterable[Sorted]) -> list[Sorted]:
    """The skills that are sorted, the strongest first, level ones as they stand."""
    found = [one for one in things if one.bucket in LIFTS]
    return sorted(found, key=lambda one: (-(one.mastery or 0) * one.lift, -(one.frequency or 0)))


def drafted(item: Item) -> Sorted:
    """A skill as it was felt with three answers, not yet sorted with five."""
    energy = str(item.fields.get("energy") or "")
    return rated(replace(unsorted(item), bucket=BUCKET_OF_ENERGY.get(energy, "")), item.fields)


# Words


def how_used(mastery: int | None, frequency: int | None) -> str:
    """ "You do this well, most days", as far as it is known."""
    often = FREQUENCY[frequency - 1] if frequency else ""
    if mastery is None:
        return f"You do this {often}" if often else ""
    return ", ".join(filter(None, (_DONE[mastery - 1], often)))


def rating_choices(name: str) -> tuple[tuple[str, str], ...]:
    """The steps of a scale to choose from, the first for not said."""
    steps = MASTERY if name == "mastery" else FREQUENCY
    return (("", "Choose one"), *((str(n), capitalized(words)) for n, words in enumerate(steps, 1)))


def sentences_of(found: Sequence[Sorted]) -> tuple[str, ...]:
    """What the sorting shows, sentence by sentence; `found` are the strongest first."""
    if not found:
        return ()
    strong = [one for one in found if one.is_superpower]
    first = _by_word(len(found), strong) if any(one.word is not None for one in found) else _by_rule(len(found), strong)
    more = () if strong else _still_growing(found)
    return (first, *more, *_seldom_used(strong), *_daily_and_draining(found))


def _by_rule(total: int, strong: Sequence[Sorted]) -> str:
    names = listed([isolated(one.text) for one in strong])
    if total == 1:
        sentence = f"This one is strong and energizes you: {names}."
        return sentence if strong else "This one isn't both strong and energizing."
    if not strong:
        return f"{capitalized(_of(total, 0))} is both strong and energizing right now."
    if len(strong) == 1:
        return f"{capitalized(_of(total, 1))} is strong and energizes you: {names}."
    return f"{capitalized(_of(total, len(strong)))} are strong and energize you: {names}."


def _by_word(total: int, strong: Sequence[Sorted]) -> str:
    names = listed([isolated(one.text) for one in strong])
    if not strong:
        return "You decided none of them is a superpower." if total > 1 else "You decided it isn't a superpower."
    what = "is a superpower" if len(strong) == 1 else "are superpowers"
    return f"You decided {_of(total, len(strong)) if total > 1 else 'this one'} {what}: {names}."


def _of(total: int, count: int) -> str:
    """ "three of your ten"."""
    if count == total:
        return "both" if total == 2 else f"all {in_words(total)}"
    return f"{in_words(count) if count else 'none'} of your {in_words(total)}"


def _still_growing(found: Sequence[Sorted]) -> tuple[str, ...]:
    lifting = [isolated(one.text) for one in found if one.lift > 0 and one.word is None][:3]
    if not lifting:
        return ()
    verb = "leaves you feeling better and can" if len(lifting) == 1 else "leave you feeling better and can"
    return (f"{listed(lifting)} {verb} still grow.",)


def _seldom_used(strong: Sequence[Sorted]) -> tuple[str, ...]:
    seldom = sorted((one for one in strong if one.frequency in SELDOM), key=lambda one: one.frequency or 0)
    return tuple(f"One you {SELDOM[one.frequency or 1]}: {ended(isolated(one.text))}" for one in seldom[:1])


def _daily_and_draining(found: Sequence[Sorted]) -> tuple[str, ...]:
    daily = sorted((one for one in found if one.frequency == MOST_DAYS and one.lift < 0), key=lambda one: one.lift)
    sentence, verbs = "One you do most days, and it {} you: {}", {-2: "drains", -1: "tires"}
    return tuple(sentence.format(verbs[one.lift], ended(isolated(one.text))) for one in daily[:1])


# What it teaches


def lesson_of(thing: Sorted) -> dict[str, Any]:
    """What a sorted thing teaches about a skill."""
    sorted_ = {"lift": thing.lift, "mastery": thing.mastery, "frequency": thing.frequency, "said": thing.word}
    return {"lift": None, **(sorted_ if thing.bucket in LIFTS else {}), **lesson_marks(thing)}
