"""Two worked examples of two sizes an exercise, by different people, and none twice."""

import re
from collections.abc import Iterator

from dreamtree.content.book import Book, Exercise
from dreamtree.content.markdown import plain
from dreamtree.content.prose import word_count

SHORT_EXAMPLE_WORDS = 20
CROSSED_OUT, MOST_CROSSED_OUT = re.compile(r"\bcross(?:ed|ing)? (?:\w+ ){0,3}out\b", re.IGNORECASE), 3


def check_examples(exercise: Exercise) -> Iterator[str]:
    """A size that is missing, one person for both, a short one that is long."""
    examples = [block for block in exercise.blocks if block.type == "example"]
    by_size = {size: {one.who for one in examples if one.size == size} for size in ("short", "long")}
    for size, people in by_size.items():
        if not people:
            yield f"voice examples: {exercise.id} has no {size} example"
    if by_size["short"] and by_size["short"] == by_size["long"]:
        yield f"voice examples: both of {exercise.id} are by {', '.join(sorted(by_size['short']))}"
    for one in examples:
        length = word_count(plain(one.text))
        if one.size == "short" and length >= SHORT_EXAMPLE_WORDS:
            yield f"voice examples: the short one {one.key} has {length} words, under {SHORT_EXAMPLE_WORDS} is short"


def check_all_examples(book: Book) -> Iterator[str]:
    """One that stands twice, and a turn that is taken too often."""
    examples = [block for block in book.blocks if block.type == "example"]
    seen: dict[str, str] = {}
    for one in examples:
        if one.text in seen:
            yield f"voice examples: {one.key} is the example of {seen[one.text]} again"
        seen.setdefault(one.text, one.key)
    crossed = [one.key for one in examples if CROSSED_OUT.search(plain(one.text))]
    if len(crossed) > MOST_CROSSED_OUT:
        yield f"voice examples: something is crossed out in {', '.join(crossed)}, {MOST_CROSSED_OUT} at most"
