"""Whether the book hangs together: connections, sources, tools and what is made; and its voice."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from dreamtree.content.blocks import ANY_SOURCE, Block, Connection, same_noun
from dreamtree.content.book import Book, Exercise, Part
from dreamtree.content.check_interests import check_interests
from dreamtree.content.check_occupations import check_occupations
from dreamtree.content.voice import PLAIN, Manner, TimedKind, check_voice

MOST_OPEN = 2
MOST_AT_END = 3
NAMES_OF_BLOCKS = ("about", "rows_of")
MAY_STAY_BLANK = re.compile(r"\b(leave|left)\b[^.?!]*\bblank\b|\bskip this\b", re.IGNORECASE)


class ToolKind(TimedKind, Protocol):
    """What the check must know of a tool; `tools.base.Tool` has all of it."""

    @property
    def accepts(self) -> Mapping[str, Collection[str]]:
        """What a connection may give it → from which sources."""

    def empty(self, block: Block) -> Any:
        """The answer of somebody who has said nothing."""

    def incomplete(self, block: Block, answer: Any) -> Collection[Any]:
        """What is still open in an answer; empty when it is complete."""


@dataclass(frozen=True)
class Findings:
    """`errors` break something a person would meet; `warnings` are lines to write better."""

    errors: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def fails(self) -> bool:
        """Whether the book may not go out so."""
        return bool(self.errors or self.warnings)


def check_book(
    book: Book,
    sources: Collection[str],
    reference_sources: Collection[str],
    tools: Mapping[str, ToolKind],
    manner: Manner = PLAIN,
    addresses: Collection[str] | None = None,
) -> Findings:
    """Checks the book against the known sources (of a person, and of reference) and the tools by their kind.

    `addresses` are all that the application answers: the page of each part has to be one of them. None: not checked.
    """
    check = _Check(book, frozenset(sources), frozenset(reference_sources), tools, addresses)
    warnings = (
        *check_voice(book, tools, manner),
        *check_occupations(book.occupations),
        *check_interests(book.interests, book.activities),
    )
    return Findings(tuple(dict.fromkeys(check.errors())), tuple(dict.fromkeys(warnings)))


@dataclass(frozen=True)
class _Check:
    book: Book
    sources: frozenset[str]
    reference_sources: frozenset[str]
    tools: Mapping[str, ToolKind]
    addresses: Collection[str] | None = None

    def errors(self) -> Iterator[str]:
        for part in self.book.parts:
            yield from self._page(part)
        for connection in self.book.connections:
            yield from self._connection(connection)
        for exercise in self.book.exercises:
            yield from self._open_recalls(exercise)
            yield from self._enough(exercise)
            if exercise.closes_part and not exercise.celebrates:
                yield f"{exercise.id}: it closes its part, and celebrates nothing"
            yield from self._at_end(exercise)
            for block in exercise.blocks:
                yield from self._options(exercise, block)
                yield from self._asked_if(exercise, block)
                yield from _optional(exercise, block)
                if block.is_ambient and (block.is_private or not block.at_end):
                    yield f"{block.key}: what stands at the edge of later pages is not private, and has its at_end"
                yield from self._read(block)
                for connection in block.connections:
                    yield from self._carried(block, connection)
        yield from self._unused_sources()

    def _connection(self, connection: Connection) -> Iterator[str]:
        name, known = connection.name, self.sources | self.reference_sources
        if connection.source not in known:
            yield f"{name}: there is no source “{connection.source}”"
        if not any(connection in block.connections for block in self.book.blocks):
            yield f"{name}: no block carries it"
        for scope in connection.from_scope:
            if not self._is_there(scope):
                yield f"{name}: reads from {scope}, which is not in the book"
            elif _place(scope) > _place(connection.to_exercise)[: len(_place(scope))]:
                yield f"{name}: {connection.to_exercise} reads from {scope}, which comes later"
        if bool(connection.from_scope) != (connection.source in self.sources) and connection.source in known:
            yield f"{name}: a source of reference data has no “from”, any other has one"
        if (connection.type == "reference_link") != (not connection.from_scope):
            yield f"{name}: reference_link is for reference data, and nothing else is"

    def _at_end(self, exercise: Exercise) -> Iterator[str]:
        module = self.book.module(exercise.module_id)
        large = [block for block in module.answered_blocks if block.at_end] if module else []
        if exercise.celebrates and not 1 <= len(large) <= MOST_AT_END:
            yield f"{exercise.id}: its module has {len(large)} answers that stand at_end; 1 to {MOST_AT_END} are wanted"

    def _is_there(self, scope: str) -> bool:
        return any(scope in (one.id, one.module_id) for one in self.book.exercises)

    def _carried(self, block: Block, connection: Connection) -> Iterator[str]:
        name = connection.name
        if connection.to_exercise != block.exercise_id:
            yield f"{name}: is for {connection.to_exercise}, and {block.key} carries it"
        if connection.is_inside and not self._is_accepted(block, connection):
            yield f"{name}: {block.type} ({block.key}) accepts no {connection.gives} from {connection.source}"
        if connection.is_inside and block.is_public and self._is_private(connection):
            yield f"{name}: brings private words into {block.key}, which others read; recall them instead"

    def _is_accepted(self, block: Block, connection: Connection) -> bool:
        tool = self.tools.get(block.type)
        sources = tool.accepts.get(connection.gives, ()) if tool else ()
        return sources == ANY_SOURCE or connection.source in sources

    def _is_private(self, connection: Connection) -> bool:
        return connection.is_private or any(
            block.is_private and connection.reads(block.exercise_id) and same_noun(connection.source, block.makes)
            for block in self.book.blocks
        )

    def _page(self, part: Part) -> Iterator[str]:
        """What of the tree grows with a part, and where it gathers what it brings together once it is closed."""
        exercises = tuple(part.exercises)
        if exercises and not part.grows:
            yield f"{exercises[0].id}: nothing of the tree grows with its part; say with “grows” in book.toml what does"
        for closing in (one for one in exercises if one.closes_part):
            if not part.page_address:
                yield f"{closing.id}: it closes its part, which has no “page” in book.toml"
            elif self.addresses is not None and part.page_address not in self.addresses:
                yield f"{closing.id}: it closes its part, and nothing is at the part's page, {part.page_address}"

    def _open_recalls(self, exercise: Exercise) -> Iterator[str]:
        recalls = {
            connection.name
            for block in exercise.blocks
            for connection in block.connections
            if connection.is_open and not connection.is_inside
        }
        if len(recalls) > MOST_OPEN:
            yield f"{exercise.id}: {len(recalls)} recalls are open ({', '.join(sorted(recalls))}), two at most"

    def _enough(self, exercise: Exercise) -> Iterator[str]:
        if not exercise.enough:
            return
        if exercise.required_keys:
            yield f"{exercise.id}: {exercise.enough} of its answers is enough, so none of them is required"
        if exercise.enough > len(exercise.answered_blocks):
            yield f"{exercise.id}: {exercise.enough} answers are enough, and it asks for fewer"
        for block in exercise.answered_blocks:
            tool = self.tools.get(block.type)
            if tool is not None and not tool.incomplete(block, tool.empty(block)):
                yield f"{block.key}: an empty answer would be enough; let it ask for one at least"

    def _options(self, exercise: Exercise, block: Block) -> Iterator[str]:
        if block.kind != "tool":
            return
        tool = self.tools.get(block.type)
        if tool is None:
            yield f"{block.key}: there is no tool “{block.type}”"
            return
        for name in sorted(block.options.keys() - tool.options.keys()):
            yield f"{block.key}: {block.type} has no option “{name}”"
        carried = {connection.source for connection in block.connections}
        for name, value in block.options.items():
            named = {one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, str)}
            for source in sorted(named & (self.sources | self.reference_sources) - carried):
                yield f"{block.key}: option “{name}” names the source {source}, and no connection brings it"
            for key in sorted(named) if name in NAMES_OF_BLOCKS else ():
                if not _stands_before(exercise, key, block):
                    yield f"{block.key}: option “{name}” names {key}, which is not answered above it"

    def _asked_if(self, exercise: Exercise, block: Block) -> Iterator[str]:
        if block.asked_if and block.is_required:
            yield f"{block.key}: it is asked only sometimes, so it cannot be required"
        for name, values in block.asked_if.items():
            other = exercise.block(name)
            if other is None or not _stands_before(exercise, name, block):
                yield f"{block.key}: “asked_if” names {name}, which is not answered above it"
            elif not set(values) <= {one["value"] for one in other.options.get("choices", ())}:
                yield f"{block.key}: “asked_if” waits for what is none of the choices of {name}"

    def _read(self, block: Block) -> Iterator[str]:
        if not block.makes or block.final:
            return
        if not any(same_noun(connection.source, block.makes) for connection in self.book.connections):
            yield f"{block.key}: nothing reads {block.makes}; say why in “final”"

    def _unused_sources(self) -> Iterator[str]:
        used = {connection.source for connection in self.book.connections}
        final_makes = [block.makes for block in self.book.blocks if block.final]
        for source in sorted((self.sources | self.reference_sources) - used):
            if not any(same_noun(source, makes) for makes in final_makes):
                yield f"{source}: no connection uses this source"


def _optional(exercise: Exercise, block: Block) -> Iterator[str]:
    """Whether its page says once that a question may be left blank."""
    is_without = block.is_answered and exercise.is_done_without(block)
    if block.says_optional and not (is_without and block.help):
        yield f"{block.key}: says_optional is for the help of a question that its exercise is done without"
    if is_without and not block.says_optional and MAY_STAY_BLANK.search(block.help):
        yield f"{block.key}: its page would say twice that it may be left blank; set says_optional"


def _place(scope: str) -> tuple[int, ...]:
    return tuple(int(number) if number.isdecimal() else 0 for number in scope.split("."))


def _stands_before(exercise: Exercise, key: str, block: Block) -> bool:
    other = exercise.block(key)
    return other is not None and other.is_answered and exercise.blocks.index(other) < exercise.blocks.index(block)
