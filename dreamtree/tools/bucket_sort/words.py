"""What was sorted, told in words."""

from dreamtree.text import isolated
from dreamtree.tools.base import RestLine
from dreamtree.tools.bucket_sort.things import Piles
from dreamtree.tools.wording import begun, in_words, listed

NOTHING = "Nothing answered yet"
VERBS = ("it", "matters", "doesn't")
"""How the name of a bucket begins that says something of a thing, and does not name things."""


def still_open(left: int, unsorted: int) -> list[str]:
    """A sentence for so many things that are still to be sorted, of those that are not; none where none is left."""
    if left <= 0:
        return []
    if left < unsorted:
        return [f"Answer {in_words(left)} more to continue."]
    return [f"{begun(in_words(left))} still {'needs' if left == 1 else 'need'} an answer."]


def in_one_line(piles: Piles) -> str:
    """ "Four lifted and six drained"; a bucket whose name is a sentence comes before its number."""
    filled = [(one.label, in_words(piles.counts[one.value])) for one in piles.buckets if piles.counts[one.value]]
    if any(one.label.partition(" ")[0] in VERBS for one in piles.buckets):
        return begun("; ".join(f"{label}: {count}" for label, count in filled)) or NOTHING
    return begun(listed([f"{count} {label}" for label, count in filled])) or NOTHING


def in_full(piles: Piles) -> str:
    """Each bucket with what is in it, then what is not sorted yet."""
    labels = [*((begun(one.label), one.value) for one in piles.buckets), ("Not answered yet", "")]
    parts = [(label, [f"– {words}" for words in piles.inside(value)]) for label, value in labels]
    return "\n\n".join("\n".join([f"{label}:", *lines]) for label, lines in parts if lines)


def rest_lines(piles: Piles) -> tuple[RestLine, ...]:
    """The buckets that hold anything, each with what it holds."""
    filled = ((begun(one.label), piles.inside(one.value)) for one in piles.buckets)
    return tuple(RestLine(label, listed([*map(isolated, inside)])) for label, inside in filled if inside)
