"""Rule 7: good enough is a number, said once, and the same number that lets the person continue."""

import re
from collections.abc import Iterator, Mapping

from dreamtree.content.blocks import Block
from dreamtree.content.book import Exercise
from dreamtree.content.markdown import plain
from dreamtree.content.prose import paragraphs, whole_sentences
from dreamtree.content.voice.effort import TimedKind

IN_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
NUMBER = rf"\b({'|'.join(IN_WORDS)}|\d+)\b"
ENOUGH = re.compile(
    rf"{NUMBER}.*?(?:\b(?:is|are|will be)|['’]s|['’]ll be) (?:already |quite )?(?:enough|plenty)\b|"
    rf"{NUMBER}.*?(?:\bwill|['’]ll) do\b|\bat least {NUMBER}|{NUMBER} or more\b",
    re.IGNORECASE,
)


def enough_numbers(text: str) -> list[int]:
    """The numbers that a text says are enough: [2] for "Two is enough for now; five is better", or "at least two"."""
    clauses = (clause for one in whole_sentences(plain(text)) for clause in re.split(r"[;,:.]", one))
    return [_number(next(filter(None, found.groups()))) for clause in clauses for found in ENOUGH.finditer(clause)]


def check_enough(exercise: Exercise, tools: Mapping[str, TimedKind]) -> Iterator[str]:
    """Where the help of a tool says another number than the tool, none at all, or the same one twice."""
    texts = [block for block in exercise.blocks if not block.is_answered and block.type != "example"]
    for block in exercise.blocks:
        tool = tools.get(block.type)
        wanted = _wanted(block, tool) if tool and block.kind == "tool" else 0
        if not wanted:
            continue
        numbers = enough_numbers(f"{block.label} {block.help}")
        yield from (
            f"voice 7: the help of {block.key} says {one} is enough, and {wanted} is"
            for one in numbers
            if one != wanted
        )
        if not numbers and "enough" in block.options:
            yield f"voice 7: {wanted} is enough in {block.key}, and its help does not say so"
        again = [one.key for one in texts if wanted in _enough_numbers_in_prose(one.text)] if numbers else []
        if len(numbers) > 1 or again:
            yield f"voice 7: what is enough in {block.key} is said more than once{_where(again)}"


def _enough_numbers_in_prose(markdown: str) -> list[int]:
    """The numbers in running prose; a letter to copy speaks of other things."""
    return [number for one in paragraphs(markdown) for number in enough_numbers(one)]


def _where(keys: list[str]) -> str:
    return f", in {', '.join(keys)} again" if keys else ""


def _wanted(block: Block, tool: TimedKind) -> int:
    enough = block.options.get("enough", tool.options.get("enough", 0))
    return enough if isinstance(enough, int) else 0


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else IN_WORDS.index(word.lower()) + 1
