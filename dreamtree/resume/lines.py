"""How things of the profile stand on a resume: a line each, as long as the page has room. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from dreamtree.dates import short_day
from dreamtree.values import Item

WIDTH = 88
"""About how many letters stand in a line of the printed page."""
SENTENCE = re.compile(r"(.+?[.!?…])(?:\s|$)", re.S)
GAP = 0.4
"""How much room there is above an entry, in lines."""
MOST_TASKS = 4
NOW = "now"
LATEST = "9999"


@dataclass(frozen=True)
class Change:
    """Where a line was written: the exercise, and the address at which it is changed."""

    exercise: str
    url: str


@dataclass(frozen=True)
class ResumeEntry:
    """Something with lines of its own: a place with its tasks, or one line by itself. `left_out` lines had no room."""

    text: str
    note: str
    lines: tuple[str, ...]
    left_out: int
    change: Change | None


@dataclass
class Space:
    """How many printed lines are left."""

    lines: float

    def takes(self, *texts: str, above: float = 0) -> bool:
        """Whether these still fit, each on lines of its own, with so much room above; if so, they are taken off."""
        needed = above + sum(max(1, ceil(len(text) / WIDTH)) for text in texts)
        if needed > self.lines:
            return False
        self.lines -= needed
        return True


def change_url(item: Item, row: str = "") -> Change | None:
    """Where an item was written: its form opens there, at its row."""
    if item.provenance is None:
        return None
    block, exercise = item.provenance.block_key, item.provenance.exercise_id
    query = urlencode({"change": "|".join(filter(None, (block, row)))})
    return Change(item.provenance.exercise_title, f"/workbook/{exercise}?{query}#b-{block.replace('.', '-')}")


def line_entry(item: Item) -> ResumeEntry:
    """One line by itself."""
    return ResumeEntry(item.text, "", (), 0, change_url(item))


def place_entry(item: Item, space: Space) -> ResumeEntry | None:
    """A place one worked or learned at, with its first tasks; None where not even its name fits."""
    where, when = item.fields.get("where") or "", years(item)
    note = " · ".join(filter(None, (where, when)))
    if not space.takes(f"{item.text} {note}", above=GAP):
        return None
    tasks = [task for task in item.fields["tasks"] if task != item.text]
    shown = tuple(task for task in tasks[:MOST_TASKS] if space.takes(task))
    return ResumeEntry(
        item.text, " · ".join(filter(None, (where, when))), shown, len(tasks) - len(shown), change_url(item, item.key)
    )


def story_entry(item: Item, space: Space) -> ResumeEntry | None:
    """A story: its title, and under it what was done and what came of it, each by its first sentence."""
    parts = (item.fields.get("action") or "", item.fields.get("result") or "")
    line = " ".join(first_sentence(words) for words in parts if words)
    if not space.takes(item.text, *filter(None, [line]), above=GAP):
        return None
    return ResumeEntry(item.text, "", (line,) if line and line != item.text else (), 0, change_url(item))


def voice_entry(item: Item, space: Space) -> ResumeEntry | None:
    """What somebody else said, with how they know one's work; None where they have said nothing yet."""
    words = item.fields.get("words") or ""
    who = " · ".join(filter(None, (item.text, item.fields.get("known") or "")))
    line = first_sentence(words) if words else ""
    return ResumeEntry(line, who, (), 0, change_url(item)) if line and space.takes(f"{line} {who}", above=GAP) else None


def first_sentence(words: str) -> str:
    """The first sentence of what somebody wrote, on one line, with a stop at its end."""
    line = " ".join(words.split())
    found = SENTENCE.match(line)
    return found[1] if found else f"{line}."


def latest_first(places: Iterable[Item]) -> list[Item]:
    """Places by when they ended, those that go on first; without a date they come last, in the person's order."""
    return sorted(places, key=_ended, reverse=True)


def years(item: Item) -> str:
    """ "Mar 2021 to present", "2019"; "" where nothing was said."""
    began, ended = (item.fields.get(name) or "" for name in ("from", "to"))
    words = ["present" if one == NOW else short_day(one) for one in (began, ended) if one]
    return " to ".join(dict.fromkeys(words))


def _ended(item: Item) -> tuple[str, str]:
    began, ended = item.fields.get("from") or "", item.fields.get("to") or ""
    return (LATEST if ended == NOW else ended or began), began
