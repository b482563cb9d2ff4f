"""The rules of the book's voice that can be counted. Each check gives its findings as sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Protocol

from dreamtree.content.blocks import Block
from dreamtree.content.book import Book, Exercise, Module
from dreamtree.content.markdown import citations, plain
from dreamtree.content.prose import grade, sentences, word_count

WORDS_BEFORE_FIELD = 120
PROMPT_WORDS = 20
SHORT_EXAMPLE_WORDS = 20
HINT_GRADE, PROSE_GRADE = 6, 8
LEAST_WORDS_TO_GRADE = 12
WORDS_A_MINUTE = 180
SHORT_FIELD, LONG_FIELD, TAP = 1.0, 4.0, 0.2
REMEMBERING = re.compile(r"\b(did|was|were|remember|last time|have you|has known|used to|took)\b", re.IGNORECASE)
WAY_IN = re.compile(r"\bIf nothing comes\b")
CLAIM = re.compile(
    r"\b(most people|research|studies|study shows|scientists|experts|evidence shows|statistics|on average|proven|"
    r"per ?cent|people who .* are more likely)\b|\d ?%",
    re.IGNORECASE,
)


class TimedKind(Protocol):
    """How long a tool takes, in minutes; 0 where its fields are counted."""

    @property
    def minutes(self) -> float:
        """What it takes when it is answered well enough."""

    @property
    def minutes_each(self) -> float:
        """What each of its rows takes."""


def check_voice(book: Book, tools: Mapping[str, TimedKind]) -> Iterator[str]:
    """Everything rules 1, 3, 4, 5, 7, 8, 11 and 14 find in the book; `tools` by their kind."""
    for exercise in book.exercises:
        yield from _words_before_field(exercise)
        yield from _examples(exercise)
        yield from _sources(exercise)
        yield from _effort(exercise, tools)
        for block in exercise.blocks:
            yield from _question(block)
            yield from _way_in(block)
            yield from _grade(block)
            yield from _claims(block)
    for module in book.modules:
        yield from _repeated_examples(module)
    yield from _openings(book.exercises)


def _words_before_field(exercise: Exercise) -> Iterator[str]:
    before = 0
    for block in exercise.blocks:
        if block.is_answered:
            break
        before += word_count(plain(block.text)) if block.type != "example" else 0
    if before > WORDS_BEFORE_FIELD:
        yield f"voice 1: {exercise.id} has {before} words before the first field, {WORDS_BEFORE_FIELD} at most"


def _question(block: Block) -> Iterator[str]:
    if not block.is_answered:
        return
    length, questions = word_count(block.label), block.label.count("?")
    if length > PROMPT_WORDS:
        yield f"voice 3: {block.key} asks in {length} words, {PROMPT_WORDS} at most"
    if questions > 1:
        yield f"voice 3: {block.key} asks {questions} questions at once"
    if block.help.count("?") > 2:
        yield f"voice 3: the help of {block.key} has {block.help.count('?')} question marks, two at most"


def _examples(exercise: Exercise) -> Iterator[str]:
    examples = [block for block in exercise.blocks if block.type == "example"]
    by_size = {size: {one.who for one in examples if one.size == size} for size in ("short", "long")}
    for size, people in by_size.items():
        if not people:
            yield f"voice 4: {exercise.id} has no {size} example"
    if by_size["short"] and by_size["short"] == by_size["long"]:
        yield f"voice 4: both examples of {exercise.id} are by {', '.join(sorted(by_size['short']))}"
    for one in examples:
        length = word_count(plain(one.text))
        if one.size == "short" and length >= SHORT_EXAMPLE_WORDS:
            yield f"voice 4: the short example {one.key} has {length} words, under {SHORT_EXAMPLE_WORDS} is short"


def _repeated_examples(module: Module) -> Iterator[str]:
    seen: dict[str, str] = {}
    for block in (block for exercise in module.exercises for block in exercise.blocks):
        if block.type != "example":
            continue
        if block.text in seen:
            yield f"voice 4: {block.key} is the example of {seen[block.text]} again"
        seen[block.text] = block.key


def _way_in(block: Block) -> Iterator[str]:
    is_written = block.type in ("text", "textarea") if block.kind == "prompt" else block.kind == "tool"
    if is_written and REMEMBERING.search(block.label) and not WAY_IN.search(block.help):
        yield f"voice 5: {block.key} asks for a memory and has no line “If nothing comes …”"


def _grade(block: Block) -> Iterator[str]:
    text, most = (f"{block.label} {block.help}", HINT_GRADE) if block.is_answered else (plain(block.text), PROSE_GRADE)
    reached = grade(text)
    if word_count(text) >= LEAST_WORDS_TO_GRADE and reached > most:
        yield f"voice 7: {block.key} reads at grade {reached:.1f}, {most} at most"


def _claims(block: Block) -> Iterator[str]:
    if block.type == "example":
        return
    for sentence in sentences(block.text or f"{block.label}\n\n{block.help}"):
        found = CLAIM.search(sentence)
        if found and not citations(sentence):
            yield f"voice 8: {block.key} says “{found[0]}” without a source in that sentence"


def _sources(exercise: Exercise) -> Iterator[str]:
    cited = {number for block in exercise.blocks for number in citations(block.text + block.help)}
    listed = {use.reference.number: use.usage for use in exercise.references_used}
    for number in sorted(cited - listed.keys()):
        yield f"voice 8: {exercise.id} cites [{number}] and does not list it in its sources"
    for number, usage in listed.items():
        if number not in cited and usage != "inspiration":
            yield f"voice 8: {exercise.id} lists source [{number}] and cites it nowhere"


def _openings(exercises: Iterable[Exercise]) -> Iterator[str]:
    openings = [(exercise.id, plain(_opening(exercise)).lower().split()) for exercise in exercises]
    there_are = [name for name, opening in openings if opening[:2] == ["there", "are"]]
    if len(there_are) * 5 > max(len(openings), 5):
        yield f"voice 11: more than one in five opens with “There are”: {', '.join(there_are)}"
    for name, opening in openings:
        if opening[:3] == ["in", "this", "exercise"]:
            yield f"voice 11: {name} opens with “In this exercise”"
    for (first, opening), (second, following) in pairwise(openings):
        if opening and opening[:2] == following[:2]:
            yield f"voice 11: {first} and {second} open with the same words"


def _opening(exercise: Exercise) -> str:
    return next((block.text for block in exercise.blocks if block.kind == "text"), "")


def _effort(exercise: Exercise, tools: Mapping[str, TimedKind]) -> Iterator[str]:
    read = sum(word_count(f"{plain(block.text)} {block.label} {block.help}") for block in exercise.blocks)
    written = sum(_minutes(block, tools.get(block.type), bool(exercise.enough)) for block in exercise.blocks)
    minutes = read / WORDS_A_MINUTE + written
    if abs(minutes - exercise.minutes) > exercise.minutes / 3:
        yield f"voice 14: {exercise.id} says {exercise.minutes} minutes, counted {minutes:.0f}"


def _minutes(block: Block, tool: TimedKind | None, any_are_enough: bool) -> float:
    """Optional blocks count in part; where any of them are enough, they are the work."""
    is_work = block.is_required or any_are_enough
    if block.kind == "tool":
        return _minutes_of_tool(block, tool) * (1 if is_work else 0.3)
    if block.kind == "text":
        return 0.0
    share = 1 if is_work else 0.5
    by_type = {"textarea": LONG_FIELD, "choice": TAP, "slider": TAP, "checkboxes": 3 * TAP}
    return by_type.get(block.type, SHORT_FIELD) * share


def _minutes_of_tool(block: Block, tool: TimedKind | None) -> float:
    if tool is not None and tool.minutes:
        return tool.minutes
    if tool is not None and tool.minutes_each:
        return tool.minutes_each * _enough(block, 2)
    long_fields: int = sum(one.get("kind") == "textarea" for one in block.options.get("fields", ()))
    short_fields = 1 + len(block.options.get("fields", ())) - long_fields
    return _enough(block, 3) * (SHORT_FIELD * short_fields + LONG_FIELD * long_fields)


def _enough(block: Block, otherwise: int) -> int:
    enough = block.options.get("enough")
    return enough if isinstance(enough, int) else otherwise
