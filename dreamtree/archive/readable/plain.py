"""A module as Markdown: readable as it is, and the same in whatever shows it."""

import re
from collections.abc import Iterator

from dreamtree.archive.readable.shapes import ReadAnswer, ReadExercise, ReadModule
from dreamtree.text import isolated
from dreamtree.web.direction import apart_in_text

MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>&|~])")
LINE_START = re.compile(r"^(\s*)([#+=-])", re.MULTILINE)


def markdown_of(module: ReadModule) -> Iterator[str]:
    """Every exercise with its questions, and what was answered as quotes, a piece at a time."""
    before = ""
    for part in _parts(module):
        yield f"{before}{part}"
        before = "\n\n"
    yield "\n"


def _parts(module: ReadModule) -> Iterator[str]:
    yield f"# {_plain(module.title)}"
    for exercise in module.exercises:
        yield f"## {exercise.id} {_plain(exercise.title)}".replace("  ", " ")
        yield from _exercise(exercise)


def _exercise(exercise: ReadExercise) -> Iterator[str]:
    if exercise.set_aside_on:
        yield f"Skipped on {exercise.set_aside_on}."
    elif not exercise.is_begun:
        yield "Not started."
    if exercise.is_begun:
        for answer in exercise.answers:
            yield from _answer(answer)
    for picture in exercise.pictures:
        yield f"![{_plain(picture.title)}](../pictures/{picture.name})"


def _answer(answer: ReadAnswer) -> Iterator[str]:
    yield f"### {isolated(_plain(answer.question))}"
    if not answer.words:
        yield "Not answered."
        return
    yield "\n".join(f"> {line}  " if line.strip() else ">" for line in apart_in_text(_plain(answer.words)).split("\n"))
    yield f"{answer.written_on}{', private' if answer.is_private else ''}"


def _plain(words: str) -> str:
    """Words that mean themselves in Markdown."""
    return LINE_START.sub(r"\1\\\2", MEANS_SOMETHING.sub(r"\\\1", words))
