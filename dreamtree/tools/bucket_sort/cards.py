"""Cards of the reference data that a block lays out to be sorted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dreamtree.content import book

ACTIVITIES = "activities"


@dataclass(frozen=True)
class SortCard:
    """A card: what it says, and what that means; `interest` is the letter of the kind of interest it tells of."""

    id: str
    name: str
    meaning: str = ""
    interest: str = ""


def _activities() -> tuple[SortCard, ...]:
    return tuple(SortCard(one.id, one.text, interest=one.interest) for one in book().activities)


DECKS: Mapping[str, Callable[[], tuple[SortCard, ...]]] = {ACTIVITIES: _activities}


def cards_called(kind: str) -> tuple[SortCard, ...]:
    """The cards of a kind in their order; those of a kind that is no deck of its own are value cards."""
    if kind in DECKS:
        return DECKS[kind]()
    return tuple(SortCard(card.id, card.name, card.meaning) for card in book().cards(kind)) if kind else ()
