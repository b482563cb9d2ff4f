"""What sorted activities tell of the six kinds of interest.

The rule: the first bucket counts two, the second one, any other nothing. The kind with the most comes first; of two
that come to the same, the one of which more stands in the first bucket, then the one that comes first in the reference
data. The first three are the person's interests, with those that are level with the third; none that comes to nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dreamtree.content import book
from dreamtree.content.reference import InterestKind
from dreamtree.tools.base import RestLine
from dreamtree.tools.bucket_sort.cards import ACTIVITIES, cards_called
from dreamtree.tools.bucket_sort.things import Bucket, Sorted
from dreamtree.tools.wording import capitalized, listed
from dreamtree.values import Item

COUNTS = (2, 1)
TOP = 3
PLACES = ("first", "second", "third")
NONE = "None of these would make a good hour, so there’s no kind of interest to look for jobs by yet."


@dataclass(frozen=True)
class Tally:
    """What the taps of a person come to for one kind of interest."""

    kind: InterestKind
    score: int
    firsts: int

    @property
    def level(self) -> tuple[int, int]:
        """What it is compared by."""
        return self.score, self.firsts


def interests_in(things: Iterable[Sorted], buckets: Sequence[Bucket]) -> list[Tally]:
    """All kinds of interest, the strongest first."""
    letters = {card.id: card.interest for card in cards_called(ACTIVITIES)}
    worth = dict(zip((one.value for one in buckets), COUNTS, strict=False))
    taps = [(letters.get(one.key, ""), worth.get(one.bucket, 0)) for one in things]
    found = [_found(kind, [count for letter, count in taps if letter == kind.letter]) for kind in book().interests]
    return sorted(found, key=lambda one: (-one.score, -one.firsts))


def _found(kind: InterestKind, counts: Sequence[int]) -> Tally:
    return Tally(kind, sum(counts), counts.count(COUNTS[0]))


def top_of(found: Sequence[Tally]) -> list[Tally]:
    """The first three, and those that are level with the third."""
    some = [one for one in found if one.score]
    return [one for one in some if one.level >= some[min(TOP, len(some)) - 1].level]


def lessons_of(found: Sequence[Tally]) -> tuple[Item, ...]:
    """Every kind in its order, by its letter."""
    top = top_of(found)
    return tuple(
        Item(one.kind.letter, "", {"letter": one.kind.letter, "score": one.score, "is_top": one in top})
        for one in found
    )


def sentence_of(found: Sequence[Tally]) -> str:
    """ "You'd most enjoy figuring things out, helping, and creating."; and who shares the last place."""
    top = top_of(found)
    if not top:
        return NONE
    sentence = f"You’d most enjoy {listed([one.kind.in_sentence for one in top])}."
    level = [one for one in top if one.level == top[-1].level]
    if len(top) <= TOP:
        return sentence
    if len(level) == len(top):
        return f"{sentence} They’re all tied."
    names = capitalized(listed([one.kind.in_sentence for one in level]))
    return f"{sentence} {names} are tied for {PLACES[len(top) - len(level)]}."


def rest_lines_of(found: Sequence[Tally]) -> tuple[RestLine, ...]:
    """The first kinds, each with what it means."""
    return tuple(RestLine(one.kind.name, one.kind.meaning) for one in top_of(found))
