"""The Book: everything that is asked, immutable and in memory, as the content tables hold it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dreamtree.content.blocks import CONNECTION_TYPES, NOTHING, PROMPT_TYPES, TEXT_TYPES, Block, Connection, same_noun
from dreamtree.content.jobs import Jobs
from dreamtree.content.reference import (
    Activity,
    Competency,
    CompetencyLevel,
    InterestKind,
    Mindset,
    Occupation,
    PersonalityType,
    Reference,
    Scale,
    ToolType,
    ValueCard,
)

__all__ = [
    "CONNECTION_TYPES",
    "NOTHING",
    "PROMPT_TYPES",
    "TEXT_TYPES",
    "Activity",
    "Block",
    "Book",
    "Competency",
    "CompetencyLevel",
    "Connection",
    "Exercise",
    "InterestKind",
    "Mindset",
    "Module",
    "Occupation",
    "Part",
    "PersonalityType",
    "Reference",
    "ReferenceUse",
    "Scale",
    "ToolType",
    "ValueCard",
]


@dataclass(frozen=True)
class ReferenceUse:
    """How an exercise uses a reference: `usage` is one of the usage types of the schema."""

    reference: Reference
    usage: str
    notes: str


@dataclass(frozen=True)
class Exercise:
    """One exercise in its current version, with its blocks in the order they are read.

    `enough` is how many of its answers make it done, where none by itself is required; 0 where blocks are.
    `closes_part`: what the part has brought together stands at its end.
    """

    id: str
    version: int
    full_id: str
    title: str
    minutes: int
    is_optional: bool
    unlocks: str | None
    order: int
    module_id: str
    part_id: str
    blocks: tuple[Block, ...]
    references_used: tuple[ReferenceUse, ...] = ()
    enough: int = 0
    closes_part: bool = False

    @property
    def is_required(self) -> bool:
        """Whether the book waits for it."""
        return not self.is_optional

    @property
    def celebrates(self) -> bool:
        """Whether it ends a module, with what was made."""
        return any(block.type == "celebration" for block in self.blocks)

    @cached_property
    def answered_blocks(self) -> tuple[Block, ...]:
        """The prompts and tools."""
        return tuple(block for block in self.blocks if block.is_answered)

    @cached_property
    def required_keys(self) -> frozenset[str]:
        """Keys of the blocks that make the exercise done."""
        return frozenset(block.key for block in self.blocks if block.is_required)

    def is_done_without(self, block: Block) -> bool:
        """Whether it needs answers, and this is none of them; what is asked after a choice only is no such block."""
        return not (block.is_required or block.asked_if or self.is_optional or self.enough)

    def is_done(self, complete: Collection[str]) -> bool:
        """Whether complete answers, by their block keys, make it done."""
        if self.enough:
            return sum(block.key in complete for block in self.answered_blocks) >= self.enough
        return bool(self.required_keys) and all(key in complete for key in self.required_keys)

    @cached_property
    def _by_key(self) -> Mapping[str, Block]:
        return {block.key: block for block in self.blocks}

    def block(self, key: str) -> Block | None:
        """The block with this key, full ("1.1.4.why") or short ("why")."""
        return self._by_key.get(key) or self._by_key.get(f"{self.id}.{key}")


@dataclass(frozen=True)
class Module:
    """A handful of exercises with one subject. `needs_care`: it asks for hard things, and says where help is."""

    id: str
    title: str
    part_id: str
    exercises: tuple[Exercise, ...]
    needs_care: bool = False

    @cached_property
    def answered_blocks(self) -> tuple[Block, ...]:
        """The prompts and tools of all its exercises."""
        return tuple(block for exercise in self.exercises for block in exercise.answered_blocks)


@dataclass(frozen=True)
class Part:
    """Roots, Trunk or Branches; `subtitle` says what it is about ("what I bring").

    `grows` is what of the drawn tree grows as its exercises are done: "roots", "trunk" or "branches". The page at
    `page_address`, titled `page_title`, gathers what came of the part; both are "" where it has no such page.
    """

    id: str
    title: str
    subtitle: str
    modules: tuple[Module, ...]
    grows: str = ""
    page_title: str = ""
    page_address: str = ""

    @property
    def exercises(self) -> Iterator[Exercise]:
        """All of the part, in order."""
        return (exercise for module in self.modules for exercise in module.exercises)


@dataclass(frozen=True)
class Book:
    """All of it. Collections are tuples in reading order, lookups answer None for what is unknown."""

    parts: tuple[Part, ...] = ()
    connections: tuple[Connection, ...] = ()
    short_way: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    personality_types: tuple[PersonalityType, ...] = ()
    scales: tuple[Scale, ...] = ()
    value_cards: tuple[ValueCard, ...] = ()
    mindsets: tuple[Mindset, ...] = ()
    interests: tuple[InterestKind, ...] = ()
    activities: tuple[Activity, ...] = ()
    competencies: tuple[Competency, ...] = ()
    tool_types: tuple[ToolType, ...] = ()
    occupations: tuple[Occupation, ...] = ()
    revision: int = 0

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """Every module, in order."""
        return tuple(module for part in self.parts for module in part.modules)

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise, in order."""
        return tuple(exercise for module in self.modules for exercise in module.exercises)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every block, in order."""
        return tuple(block for exercise in self.exercises for block in exercise.blocks)

    @cached_property
    def _by_id(self) -> Mapping[str, Exercise]:
        return {exercise.id: exercise for exercise in self.exercises}

    @cached_property
    def _by_key(self) -> Mapping[str, Block]:
        return {block.key: block for block in self.blocks}

    @cached_property
    def _making(self) -> Mapping[str, tuple[Block, ...]]:
        found: dict[str, tuple[Block, ...]] = {}
        for block in self.blocks:
            found[block.makes] = (*found.get(block.makes, ()), block)
        return found

    @cached_property
    def _ambient(self) -> tuple[tuple[int, Block], ...]:
        return tuple((one.order, block) for one in self.exercises for block in one.answered_blocks if block.is_ambient)

    @cached_property
    def _types(self) -> Mapping[str, PersonalityType]:
        return {kind.code: kind for kind in self.personality_types}

    @cached_property
    def _connections(self) -> Mapping[int, Connection]:
        return {connection.id: connection for connection in self.connections}

    @cached_property
    def _reading(self) -> Mapping[str, tuple[Connection, ...]]:
        found: dict[str, tuple[Connection, ...]] = {}
        for connection in self.connections:
            found[connection.source] = (*found.get(connection.source, ()), connection)
        return found

    @cached_property
    def _readers(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for block in self.blocks:
            for connection in block.connections:
                found.setdefault(connection.source, set()).add(block.key)
        return {source: frozenset(keys) for source, keys in found.items()}

    @cached_property
    def jobs(self) -> Jobs:
        """The occupations, to be found by the skills they use."""
        return Jobs(self.occupations)

    def exercise(self, exercise_id: str) -> Exercise | None:
        """The exercise "1.1.4"."""
        return self._by_id.get(exercise_id)

    def block(self, key: str) -> Block | None:
        """The block with the full key "1.1.4.story-1"."""
        return self._by_key.get(key)

    def making(self, makes: str) -> tuple[Block, ...]:
        """The blocks that make this, in order."""
        return self._making.get(makes, ())

    def reading(self, source: str) -> tuple[Connection, ...]:
        """The connections that read this source, in order."""
        return self._reading.get(source, ())

    def readers(self, source: str) -> frozenset[str]:
        """The keys of the blocks that such a connection reaches."""
        return self._readers.get(source, frozenset())

    def part(self, part_id: str) -> Part | None:
        """The part "1"."""
        return next((part for part in self.parts if part.id == part_id), None)

    def module(self, module_id: str) -> Module | None:
        """The module "1.1"."""
        return next((module for module in self.modules if module.id == module_id), None)

    def connection(self, connection_id: int) -> Connection | None:
        """The connection with this number."""
        return self._connections.get(connection_id)

    def personality_type(self, code: str) -> PersonalityType | None:
        """The type "ENFP"."""
        return self._types.get(code)

    def ambient_on(self, exercise: Exercise) -> tuple[Block, ...]:
        """The blocks whose answers stand at the edge of this exercise: those of earlier ones that say so."""
        return tuple(block for order, block in self._ambient if order < exercise.order)

    def cards(self, kind: str) -> tuple[ValueCard, ...]:
        """The value cards of a kind, in their order."""
        return tuple(card for card in self.value_cards if card.kind == kind)

    def interest(self, letter: str) -> InterestKind | None:
        """The kind of interest with this letter."""
        return next((one for one in self.interests if one.letter == letter), None)

    def tool_type(self, kind: str) -> ToolType | None:
        """The standalone tool of this kind."""
        return next((tool for tool in self.tool_types if tool.id == kind), None)

    def takers(self, source: str, exercise_id: str) -> dict[str, str]:
        """Category → the title of the first other exercise to which this source brings it from `exercise_id`."""
        found: dict[str, Exercise] = {}
        for connection in self.reading(source):
            kind, to = connection.filter.get("category"), self.exercise(connection.to_exercise)
            if kind and to and connection.reads(exercise_id) and to.id != exercise_id:
                found[str(kind)] = min(to, found.get(str(kind), to), key=lambda one: one.order)
        return {kind: to.title for kind, to in found.items()}

    def makers(self, connection: Connection) -> list[Exercise]:
        """The exercises that a connection reads and that make what its source holds; all it reads where none does."""
        read = [one for one in self.exercises if connection.from_scope and connection.reads(one.id)]
        makers = [one for one in read if any(same_noun(connection.source, block.makes) for block in one.blocks)]
        return makers or read

    def next_after(self, exercise_id: str) -> Exercise | None:
        """The exercise that follows; None at the end of the book and for an unknown id."""
        return self._neighbor(exercise_id, 1)

    def previous_before(self, exercise_id: str) -> Exercise | None:
        """The exercise that comes before; None at the start and for an unknown id."""
        return self._neighbor(exercise_id, -1)

    def _neighbor(self, exercise_id: str, step: int) -> Exercise | None:
        exercise = self.exercise(exercise_id)
        if exercise is None:
            return None
        place = self.exercises.index(exercise) + step
        return self.exercises[place] if 0 <= place < len(self.exercises) else None
