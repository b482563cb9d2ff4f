"""Whether the activities tell of each kind of interest alike: as many of each, in few words, none twice."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dreamtree.content.prose import word_count
from dreamtree.content.reference import Activity, InterestKind

EACH = 4
WORDS = range(3, 11)
MEANING_WORDS = range(4, 15)


def check_interests(kinds: Sequence[InterestKind], activities: Sequence[Activity]) -> Iterator[str]:
    """All findings, as sentences."""
    counts = Counter(one.interest for one in activities)
    for kind in kinds:
        if counts[kind.letter] != EACH:
            yield f"interest {kind.slug}: {counts[kind.letter]} activities tell of it, {EACH} are right"
        if word_count(kind.meaning) not in MEANING_WORDS:
            yield f"interest {kind.slug}: its meaning has {word_count(kind.meaning)} words; {_between(MEANING_WORDS)}"
    texts = Counter(" ".join(one.text.casefold().split()) for one in activities)
    for one in activities:
        if word_count(one.text) not in WORDS:
            yield f"activity {one.slug}: it has {word_count(one.text)} words; {_between(WORDS)}"
        if texts[" ".join(one.text.casefold().split())] > 1:
            yield f"activity {one.slug}: another one says the same"


def _between(words: range) -> str:
    return f"{words.start} to {words.stop - 1} are right"
