"""Rule 11: neighbors open differently."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from dreamtree.content.book import Exercise
from dreamtree.content.markdown import plain
from dreamtree.content.prose import WORD


def check_openings(exercises: Iterable[Exercise]) -> Iterator[str]:
    """Worn openings, and two in a row that begin with the same words."""
    openings = [(exercise.id, _opening(exercise)) for exercise in exercises]
    there_are = [name for name, opening in openings if opening[:2] == ["there", "are"]]
    if len(there_are) * 5 > max(len(openings), 5):
        yield f"voice 11: more than one in five opens with “There are”: {', '.join(there_are)}"
    for name, opening in openings:
        if opening[:3] == ["in", "this", "exercise"]:
            yield f"voice 11: {name} opens with “In this exercise”"
    for (first, opening), (second, following) in pairwise(openings):
        if opening and opening[:2] == following[:2]:
            yield f"voice 11: {first} and {second} open with the same words"


def _opening(exercise: Exercise) -> list[str]:
    text = next((block.text for block in exercise.blocks if block.kind == "text"), "")
    return WORD.findall(plain(text).lower())[:3]
