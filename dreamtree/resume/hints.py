"""What would make a resume stronger: what is missing on it, with the exercise that asks for it. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from dreamtree.content import book
from dreamtree.content.book import Exercise
from dreamtree.values import Item

MOST = 3
NUMBER = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen"
    r"|(twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|dozens?)\b",
    re.IGNORECASE,
)
ENOUGH_STORIES = 2
Found = Mapping[str, list[Item]]


@dataclass(frozen=True)
class Hint:
    """What would make the resume stronger, and the exercise where it is written."""

    words: str
    title: str
    url: str


@dataclass(frozen=True)
class _Lack:
    """Something that may be missing: what is said then, and what the answer to it makes."""

    words: str
    makes: str
    is_missing: Callable[[Found], bool]


def _has_bare_place(found: Found) -> bool:
    return any(not one.fields["tasks"] for one in found["places"])


def _has_no_figure(found: Found) -> bool:
    tasks = [task for one in found["places"] for task in one.fields["tasks"]]
    return bool(tasks) and not any(map(NUMBER.search, tasks))


_LACKS = (
    _Lack("One story of something you did.", "soared_stories.told", lambda found: not found["stories"]),
    _Lack("The places where you've worked, helped, or learned.", "experiences", lambda found: not found["places"]),
    _Lack("A line about who you are at work.", "profile_texts.resume_line", lambda found: not found["lines"]),
    _Lack("One or two tasks for each place. Some have none yet.", "experiences", _has_bare_place),
    _Lack("A number in one of your tasks: how many, how often, or how long?", "experiences", _has_no_figure),
    _Lack("Your skills, in your own order.", "user_skills.rank", lambda found: not _is_ranked(found)),
    _Lack("A second story.", "soared_stories.told", lambda found: len(found["stories"]) < ENOUGH_STORIES),
)


def _is_ranked(found: Found) -> bool:
    return any(one.fields.get("rank") for one in found["skills"])


def hints_for(found: Found) -> tuple[Hint, ...]:
    """The first few things that are missing; the items of the resume are given by what they are."""
    return tuple(_hints(found))[:MOST]


def _hints(found: Found) -> Iterator[Hint]:
    for lack in _LACKS:
        exercise = _asking_for(lack.makes)
        if exercise and lack.is_missing(found):
            yield Hint(lack.words, exercise.title, f"/workbook/{exercise.id}")


def _asking_for(makes: str) -> Exercise | None:
    block = next((one for one in book().blocks if one.makes == makes), None)
    return book().exercise(block.exercise_id) if block else None
