"""Superpowers: what one does well and what gives something back, told in words.

The rule: a superpower is done well or taught to others (mastery 4 or 5) and gives or lifts (lift +1 or +2). The
strongest comes first: mastery × lift, then how often it is used. How often also says which superpower is hardly used,
and which skill is used most days although it drains or tires. Whoever sees it otherwise says so, and that counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dreamtree.profile.skills import is_strong_and_lifting
from dreamtree.tools.fields import as_line
from dreamtree.tools.rows.lines import Row
from dreamtree.tools.rows.scales import FREQUENCY, MASTERY
from dreamtree.tools.wording import begun, in_words, listed
from dreamtree.values import Item

LIFTS: Mapping[str, int] = {"drains": -2, "tires": -1, "neither": 0, "gives": 1, "lifts": 2}
"""The five buckets, from what costs to what gives back."""
BUCKET_OF_ENERGY: Mapping[str, str] = {"lifted": "lifts", "same": "neither", "drained": "drains"}
"""What was said with three answers, as a first draft of the five."""
RATINGS = ("mastery", "frequency")
MOST_DAYS = 5
SELDOM: Mapping[int, str] = {1: "hardly ever use", 2: "use only a few times a year"}
_DONE = (
    *("You are learning this", "You do this with help", "You do this on your own"),
    *("You do this well", "You teach this to others"),
)


@dataclass(frozen=True)
class Strength:
    """One sorted skill. `said` is what the person says about it against the rule, None where the rule holds."""

    key: str
    text: str
    lift: int
    mastery: int | None
    frequency: int | None
    said: bool | None = None

    @property
    def is_computed(self) -> bool:
        return is_strong_and_lifting(self.mastery, self.lift)

    @property
    def is_superpower(self) -> bool:
        return self.is_computed if self.said is None else self.said


def strengths(rows: Iterable[Mapping[str, Any]]) -> list[Strength]:
    """The sorted rows as skills, the strongest first, level ones as they stand."""
    found = [
        Strength(
            row["key"],
            as_line(row.get("text")),
            LIFTS[row["bucket"]],
            _step(row.get("mastery")),
            _step(row.get("frequency")),
            row.get("said") if isinstance(row.get("said"), bool) else None,
        )
        for row in rows
        if row.get("bucket") in LIFTS
    ]
    return sorted(found, key=lambda one: (-(one.mastery or 0) * one.lift, -(one.frequency or 0)))


def _step(value: object) -> int | None:
    return value if isinstance(value, int) and 1 <= value <= MOST_DAYS else None


# Rows


def drafted_row(item: Item) -> Row:
    """A skill as it was felt with three answers, not yet sorted with five."""
    energy = str(item.fields.get("energy") or "")
    return rated({"key": item.key, "text": as_line(item.text), "bucket": BUCKET_OF_ENERGY.get(energy, "")}, item.fields)


def rated(row: Row, fields: Mapping[str, Any]) -> Row:
    """A row with how well and how often, where a source knows it."""
    return {**row, **{name: fields[name] for name in RATINGS if fields.get(name) is not None}}


def without_the_obvious(row: Row) -> Row:
    """A row without a word of the person that says what the rule says anyway."""
    is_needless = any(one.said == one.is_computed for one in strengths([row]))
    return as_computed(row) if is_needless else row


def as_computed(row: Row) -> Row:
    """A row by the rule alone."""
    return {name: value for name, value in row.items() if name != "said"}


def typed_word(row: Mapping[str, Any]) -> bool | None:
    """What the person says against the rule: a tick that was changed, else what was said before."""
    held = {"1": True, "0": False}.get(row.get("held") or "")
    if row.get("was") not in ("0", "1"):
        return held
    ticked = bool(row.get("super"))
    return held if ticked == (row["was"] == "1") else ticked


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
    return (("", "Not said"), *((str(n), begun(words)) for n, words in enumerate(steps, 1)))


def told(found: Sequence[Strength]) -> tuple[str, ...]:
    """What the sorting shows, sentence by sentence; `found` are the strongest first."""
    if not found:
        return ()
    strong = [one for one in found if one.is_superpower]
    first = _by_word(len(found), strong) if any(one.said is not None for one in found) else _by_rule(len(found), strong)
    more = () if strong else _still_growing(found)
    return (first, *more, *_seldom_used(strong), *_daily_and_draining(found))


def _by_rule(total: int, strong: Sequence[Strength]) -> str:
    names = listed([one.text for one in strong])
    if total == 1:
        return f"This one is strong and lifts you: {names}." if strong else "This one is not both strong and lifting."
    if not strong:
        return f"{begun(_of(total, 0))} is both strong and lifting, as you put it."
    if len(strong) == 1:
        return f"{begun(_of(total, 1))} is strong and lifts you: {names}."
    return f"{begun(_of(total, len(strong)))} are strong and lift you: {names}."


def _by_word(total: int, strong: Sequence[Strength]) -> str:
    names = listed([one.text for one in strong])
    if not strong:
        return "By your own word, there is no superpower among them." if total > 1 else "By your own word, it is none."
    what = "is a superpower" if len(strong) == 1 else "are superpowers"
    return f"By your own word, {_of(total, len(strong)) if total > 1 else 'this one'} {what}: {names}."


def _of(total: int, count: int) -> str:
    """ "three of your ten"."""
    if count == total:
        return "both" if total == 2 else f"all {in_words(total)}"
    return f"{in_words(count) if count else 'none'} of your {in_words(total)}"


def _still_growing(found: Sequence[Strength]) -> tuple[str, ...]:
    lifting = [one.text for one in found if one.lift > 0 and one.said is None][:3]
    if not lifting:
        return ()
    verb = "gives you something and can" if len(lifting) == 1 else "give you something and can"
    return (f"{listed(lifting)} {verb} still grow.",)


def _seldom_used(strong: Sequence[Strength]) -> tuple[str, ...]:
    seldom = sorted((one for one in strong if one.frequency in SELDOM), key=lambda one: one.frequency or 0)
    return tuple(f"One you {SELDOM[one.frequency or 1]}: {one.text}." for one in seldom[:1])


def _daily_and_draining(found: Sequence[Strength]) -> tuple[str, ...]:
    daily = sorted((one for one in found if one.frequency == MOST_DAYS and one.lift < 0), key=lambda one: one.lift)
    verbs = {-2: "drains", -1: "tires"}
    return tuple(f"One you do most days, and it {verbs[one.lift]} you: {one.text}." for one in daily[:1])


# What it teaches


def lesson_of(row: Mapping[str, Any]) -> Row:
    """What a sorted row teaches about a skill."""
    (one,) = strengths([row]) or (None,)
    lift = {"lift": one.lift, "mastery": one.mastery, "frequency": one.frequency, "said": one.said} if one else {}
    return {"lift": None, **lift, "own": bool(row.get("own"))}
