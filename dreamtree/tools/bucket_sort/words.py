"""What was sorted, told in words."""

from collections.abc import Iterable, Sequence

from dreamtree.text import isolated
from dreamtree.tools.base import RestLine
from dreamtree.tools.bucket_sort.things import Bucket, Piles, Sorted
from dreamtree.tools.wording import capitalized, in_words, listed

NOTHING = "Nothing answered yet"
NOT_YET = "Not answered yet"
VERBS = ("it", "matters", "doesn't")
"""How the name of a bucket begins that says something of a thing, and does not name things."""


def still_open(left: int, unsorted: int) -> list[str]:
    """A sentence for so many things that are still to be sorted, of those that are not; none where none is left."""
    if left <= 0:
        return []
    if left < unsorted:
        return [f"Answer {in_words(left)} more to continue."]
    return [f"{capitalized(in_words(left))} still {'needs' if left == 1 else 'need'} an answer."]


def too_many(piles: Piles, bucket: Bucket) -> str:
    """ "You have six musts, and there's room for five. Choose one to move."."""
    count = piles.counts[bucket.value]
    inside = f"{counted(bucket, count)}," if _noun(bucket) else f"{in_words(count)} in “{capitalized(bucket.label)},”"
    return f"You have {inside} and there's room for {in_words(bucket.limit)}. Choose one to move."


def gives_way_to(bucket: Bucket) -> str:
    """What becomes of the one that gives way."""
    return f"It becomes {bucket.label}." if _noun(bucket) else f"It moves to “{capitalized(bucket.label)}.”"


def full_words(piles: Piles) -> tuple[str, ...]:
    """A sentence for each bucket that holds as many as it may, with what to do to add one."""
    return tuple(_full(piles, one) for one in piles.full)


def _full(piles: Piles, bucket: Bucket) -> str:
    if _noun(bucket):
        most = f"You have {counted(bucket, bucket.limit)}, and that's the most."
        return f"{most} If you add another, you'll choose one to move."
    inside = listed(shown_words(piles.inside(bucket.value)))
    move = "move it" if bucket.limit == 1 else "move one of these"
    return f"“{capitalized(bucket.label)}” is full: {inside}. If you want a different one there, {move} first."


def shown_words(things: Sequence[Sorted]) -> list[str]:
    """The words of things for a sentence that everybody may see: of the private ones, how many they are."""
    hidden = sum(thing.is_private for thing in things)
    more = [f"{in_words(hidden)} that {'is' if hidden == 1 else 'are'} private"] if hidden else []
    return [*(isolated(thing.text) for thing in things if not thing.is_private), *more]


def counted(bucket: Bucket, count: int) -> str:
    """ "six musts", "one must", "two not needed"; "five in “Matters most”" where its name is a sentence."""
    number = in_words(count)
    if noun := _noun(bucket):
        return f"{number} {noun}{'' if count == 1 else 's'}"
    return f"{number} in “{capitalized(bucket.label)}”" if _is_sentence(bucket) else f"{number} {bucket.label}"


def _noun(bucket: Bucket) -> str:
    """ "must" of "a must"; "" where it is called otherwise."""
    return bucket.label.removeprefix("a ") if bucket.label.startswith("a ") else ""


def _is_sentence(bucket: Bucket) -> bool:
    return bucket.label.partition(" ")[0] in VERBS


def in_one_line(piles: Piles) -> str:
    """ "Four lifted and six drained"."""
    filled = [(one, piles.counts[one.value]) for one in piles.buckets if piles.counts[one.value]]
    return capitalized(listed([counted(one, count) for one, count in filled])) or NOTHING


def waiting(piles: Piles) -> tuple[str, ...]:
    """How many are not sorted although enough are; nothing where none is left."""
    left = piles.counts[""]
    sentence = "One isn't sorted yet" if left == 1 else f"{capitalized(in_words(left))} aren't sorted yet"
    return (f"{sentence}. Press Change if you'd like to go on.",) if left else ()


def in_full(piles: Piles) -> str:
    """Each bucket with what is in it, then what is not sorted yet."""
    labels = [*((_title(one, len(piles.inside(one.value))), one.value) for one in piles.buckets), (NOT_YET, "")]
    parts = [(label, [f"– {_with_look(thing)}" for thing in piles.inside(value)]) for label, value in labels]
    return "\n\n".join("\n".join([f"{label}:", *lines]) for label, lines in parts if lines)


def rest_lines(piles: Piles) -> tuple[RestLine, ...]:
    """The buckets that hold anything, each with what it holds; what is private has lines of its own."""
    return (*_rest_of(piles, is_private=False), *_rest_of(piles, is_private=True))


def _rest_of(piles: Piles, *, is_private: bool) -> Iterable[RestLine]:
    for one in piles.buckets:
        things = [thing for thing in piles.inside(one.value) if thing.is_private == is_private]
        if things:
            words = listed([isolated(_with_look(thing)) for thing in things])
            yield RestLine(_title(one, len(things)), words, is_private=is_private)


def headed(things: Sequence[Sorted]) -> tuple[str, ...]:
    """Things as they stand large at the end of a module; of the private ones, how many they are."""
    hidden = sum(thing.is_private for thing in things)
    more = [f"{capitalized(in_words(hidden))} you keep private"] if hidden else []
    return (*(thing.text for thing in things if not thing.is_private), *more)


def _title(bucket: Bucket, count: int) -> str:
    noun = _noun(bucket)
    return capitalized(f"{noun}s" if noun and count > 1 else bucket.label)


def _with_look(thing: Sorted) -> str:
    return f"{thing.text} ({thing.look})" if thing.look else thing.text
