"""What home shows: where to go on, what needs another look, what was set aside, the tree. Pure."""

from dataclasses import dataclass

from markupsafe import Markup

from dreamtree.accounts.days import now_of
from dreamtree.accounts.models import User
from dreamtree.accounts.naming import name_of
from dreamtree.content import book
from dreamtree.content.book import Exercise, Part, Reference
from dreamtree.drawing import tree
from dreamtree.home.today import Daily
from dreamtree.saving.progress import Progress
from dreamtree.text import isolated
from dreamtree.tools.wording import in_words
from dreamtree.workbook.growth import growth_of
from dreamtree.workbook.shapes import Link, link_to

MOST_LOOKS = 3
FEW_FOR_LATER = 3
"""So many exercises off the short way are listed with the others; more of them are one line, folded."""


@dataclass(frozen=True)
class Credit:
    """A source on the credits page: the number it is cited by, its words, and the exercises that use it."""

    number: int
    sentence: Markup
    used_in: tuple[Link, ...]


@dataclass(frozen=True)
class AnotherLook:
    """An exercise that needs another look, and why, in a sentence."""

    title: str
    words: str
    url: str


@dataclass(frozen=True)
class PartProgress:
    """How far a person is in a part of the book: exercises `done` `of` all, also as a sentence."""

    title: str
    done: int
    of: int
    words: str


@dataclass(frozen=True)
class BookSize:
    """How much there is to do today: exercises, hours for all in words, minutes of the shortest and the longest."""

    exercises: int
    hours: str
    shortest: int
    longest: int


@dataclass(frozen=True)
class HomePage:
    """Home, ready to show.

    `go_on` is the exercise to go on with, None when each is done or set aside. `more_looks` counts the exercises that
    need another look besides those listed; `for_later` are those set aside in bulk by the short way;
    `made` has one line for each kind of thing the person has made.
    """

    greeting: str
    go_on: Link | None
    go_on_words: str
    today: tuple[Daily, ...]
    needs_another_look: tuple[AnotherLook, ...]
    more_looks: int
    set_aside: tuple[Link, ...]
    for_later: tuple[Link, ...]
    progress: tuple[PartProgress, ...]
    tree: Markup
    made: tuple[str, ...]


def show_home(user: User, progress: Progress, today: tuple[Daily, ...], made: tuple[str, ...], leaves: int) -> HomePage:
    """Home, from the person's way through the book, what today asks, and one line a thing they made."""
    another_look = [
        _another_look(exercise) for exercise in book().exercises if progress.state(exercise) == "needs another look"
    ]
    later, aside = _for_later(progress)
    following = progress.next_to_do(book())
    return HomePage(
        greeting=_greeting(user),
        go_on=link_to(following) if following else None,
        go_on_words=_go_on_words(following, progress),
        today=today,
        needs_another_look=tuple(another_look[:MOST_LOOKS]),
        more_looks=max(0, len(another_look) - MOST_LOOKS),
        set_aside=tuple(link_to(one) for one in aside),
        for_later=tuple(link_to(one) for one in later),
        progress=tuple(_part(part, progress) for part in book().parts if list(part.exercises)),
        tree=tree(growth_of(progress.done, leaves)),
        made=made,
    )


def _for_later(progress: Progress) -> tuple[list[Exercise], list[Exercise]]:
    """What was set aside: the many that the short way leaves for later, and the others."""
    aside, later = [one for one in book().exercises if one.id in progress.set_aside], progress.for_later(book())
    if len(later) <= FEW_FOR_LATER:
        return [], aside
    return later, [one for one in aside if one not in later]


def whole_tree() -> Markup:
    """The tree as it looks when every page that is here is done."""
    return tree(growth_of(frozenset(one.id for one in book().exercises), 9, "A tree"))


def book_size() -> BookSize:
    """What the book holds as it is seeded, for the landing page."""
    minutes = [one.minutes for one in book().exercises]
    return BookSize(len(minutes), in_words(round(sum(minutes) / 60)), min(minutes), max(minutes))


def all_credits() -> tuple[Credit, ...]:
    """Every source with the exercises that use it, by author."""
    ordered = sorted(book().references, key=lambda one: (one.author_surname.casefold(), one.number))
    return tuple(Credit(one.number, one.html, _used_in(one)) for one in ordered)


def _used_in(reference: Reference) -> tuple[Link, ...]:
    return tuple(
        link_to(exercise)
        for exercise in book().exercises
        if any(use.reference.number == reference.number for use in exercise.references_used)
    )


def _greeting(user: User) -> str:
    hour = now_of(user).hour
    words = "Good morning" if 4 <= hour < 12 else "Good afternoon" if 12 <= hour < 18 else "Good evening"
    name = name_of(user)
    return f"{words}, {isolated(name)}" if name else words


def _go_on_words(following: Exercise | None, progress: Progress) -> str:
    if following is None:
        return "You've done or skipped every exercise that's here so far."
    begun = "You’ve started it." if following.id in progress.begun else "It comes next."
    return f"{begun} About {following.minutes} minutes."


def _another_look(exercise: Exercise) -> AnotherLook:
    return AnotherLook(exercise.title, "Something it was based on has changed.", f"/workbook/{exercise.id}")


def _part(part: Part, progress: Progress) -> PartProgress:
    exercises = list(part.exercises)
    done = sum(1 for one in exercises if one.id in progress.done)
    aside = sum(1 for one in exercises if one.id in progress.set_aside)
    words = f"{done} of {len(exercises)} done" + (f", {aside} skipped" if aside else "")
    return PartProgress(part.title, done, len(exercises), words)
