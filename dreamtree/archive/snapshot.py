"""Everything one person said, opened: what a copy holds, what two trees are merged as, and what a restore writes back.

These dataclasses describe it once: the format page, the checks of a file, the export and the restore go by their
annotations, and `tables` says where their fields are kept. The profile is not part of it: it is derived from the
answers. Nor is what only the wire needs, which editor saved last, nor any fingerprint: those are made anew under the
key of whoever the tree is written for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

from dreamtree.archive.json_types import (
    AnswerJson,
    BlockKey,
    ConnectionNumber,
    ExerciseVersion,
    Id,
    Moment,
    Name,
    OwnName,
    Revision,
    Text,
    Version,
    YesNo,
    one_of,
)
from dreamtree.archive.shapes import Called
from dreamtree.workbook.history import KINDS

Kind = Annotated[str, one_of(*KINDS)]


@dataclass(frozen=True)
class SettingsSnapshot:
    """How the pages look, and what to call the person."""

    background_color: Annotated[Name, "The color of the paper."]
    text_color: Annotated[Name, "The color of the ink."]
    font: Annotated[Name, "The typeface."]
    personality_type: Annotated[Name | None, "The type chosen, four letters."]
    hides_private: Annotated[YesNo, "Whether private answers are hidden."]
    display_name: Annotated[OwnName | None, "What to call the person."]
    time_zone: Annotated[Name, "The IANA name of the time zone, or empty."]


@dataclass(frozen=True)
class EarlierText:
    """A text that an answer or an instance had before, or that was refused."""

    id: Annotated[Id, "The id of this text."]
    revision: Annotated[Revision, "Which revision it was."]
    kind: Annotated[Kind, "How it came about."]
    editor: Annotated[Name, "A random name of the page it was written on."]
    is_complete: Annotated[YesNo, "Whether it was enough to continue."]
    answer: Annotated[AnswerJson, Called("content_json"), "What it said."]
    written_at: Annotated[Moment, "When it was said."]
    recorded_at: Annotated[Moment, "When a newer text replaced it, or when it was refused."]


@dataclass(frozen=True, kw_only=True)
class TextState:
    """What answers and instances have in common: how their present text came to be, and the earlier ones."""

    version: Annotated[Version, "The version of the exercise it answers."]
    is_complete: Annotated[YesNo, "Whether it’s enough to continue."]
    revision: Annotated[Revision, "Grows by one with each change."]
    last_kind: Annotated[Kind, "How the current text came about."]
    saved_at: Annotated[Moment, "When the current text was saved."]
    deleted_at: Annotated[Moment | None, "When it went to the trash; null if it isn’t there."]
    history: Annotated[tuple[EarlierText, ...], "Its earlier texts, oldest first."] = ()


@dataclass(frozen=True, kw_only=True)
class Begun:
    """The answer to a block as a row: its id and its beginning."""

    id: Annotated[Id, "The id of the answer."]
    begun_at: Annotated[Moment, Called("responded_at"), "When it was first answered."]


@dataclass(frozen=True, kw_only=True)
class BlockFacts(TextState, Begun):
    """All about an answer but what it says; a dataclass lists the fields of its last base first."""


@dataclass(frozen=True, kw_only=True)
class AnswerSnapshot(BlockFacts):
    """The answer to one block, as its own row has it: that of a record tool names its `records`, and holds none.

    `exercise` is the exercise with its version ("1.1.4.v1").
    """

    block_key: BlockKey
    exercise: ExerciseVersion
    answer: AnswerJson


@dataclass(frozen=True, kw_only=True)
class ToolUse:
    """One use of a tool: which, where, what it says and when. `skills` are learned, so two uses may differ in them."""

    id: Annotated[Id, "The id of the entry."]
    tool_type: Annotated[Name, "The tool it was written with."]
    origin: Annotated[str, one_of("exercise", "standalone"), "Whether it belongs to a block or stands on its own."]
    block_key: Annotated[BlockKey | None, "The block it belongs to."]
    name: Annotated[OwnName | None, "What the person calls it."]
    answer: Annotated[AnswerJson, Called("content_json"), "What it says."]
    skills: Annotated[tuple[Id, ...], "The skills named in it."] = field(default=(), compare=False)
    begun_at: Annotated[Moment, Called("created_at"), "When it was begun."]
    updated_at: Annotated[Moment, "When it was last changed or moved."]


@dataclass(frozen=True, kw_only=True)
class InstanceSnapshot(TextState, ToolUse):
    """A record that a block keeps (`origin` exercise), or a standalone use of a tool, without a block."""


@dataclass(frozen=True)
class InputSnapshot:
    """What an answer was built on: item key → words. `is_kept`: the person looked at what had changed and agreed."""

    block_key: Annotated[BlockKey, "The block that was answered."]
    connection_id: Annotated[ConnectionNumber, "The number of the connection that showed something there."]
    words: Annotated[dict[Id, Text], "What it showed: the key of each item, and its words."]
    has_changed: Annotated[YesNo, "Whether that has changed since."]
    is_kept: Annotated[YesNo, "Whether the person has looked at a change and agreed."]
    is_stale: Annotated[YesNo, "Whether the answer needs another look."]
    updated_at: Annotated[Moment, "When this was last noted."]


@dataclass(frozen=True)
class ChoiceSnapshot:
    """*Don’t show this here*, or *Show it again*."""

    block_key: Annotated[BlockKey, "The block."]
    connection_id: Annotated[ConnectionNumber, "The number of the connection."]
    is_off: Annotated[YesNo, "True: don’t use it here. False: use it again."]
    chosen_at: Annotated[Moment, "When that was chosen."]


@dataclass(frozen=True)
class ExerciseState:
    """How far the person is with the exercise `id`. Times are ISO 8601 UTC text."""

    id: str
    version: int
    first_passed_at: str | None
    set_aside_at: str | None
    last_modified_at: str


@dataclass(frozen=True)
class ModuleState:
    """When the module `id` was first whole, and when something in it last changed. Times are ISO 8601 UTC text."""

    id: str
    first_completed_at: str | None
    last_modified_at: str


@dataclass(frozen=True)
class Snapshot:
    """All of it.

    `answers` by block key, `instances`, `exercises` and `modules` by id; `seen` and `choices` by block and connection.
    """

    settings: SettingsSnapshot
    answers: dict[str, AnswerSnapshot]
    instances: dict[str, InstanceSnapshot]
    seen: tuple[InputSnapshot, ...]
    choices: tuple[ChoiceSnapshot, ...]
    exercises: dict[str, ExerciseState]
    modules: dict[str, ModuleState]

    @property
    def texts(self) -> Iterator[AnswerSnapshot | InstanceSnapshot]:
        """The answers, then the instances: whatever has a present text and a history."""
        yield from self.answers.values()
        yield from self.instances.values()

    def texts_in(self, module_id: str) -> list[AnswerSnapshot | InstanceSnapshot]:
        """Those in one module, or in none for ""."""
        return [one for one in self.texts if module_of(one.block_key) == module_id]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said in it."""
        return not (self.answers or self.instances)


def module_of(key: str | None) -> str:
    """The number of the module of a block or an exercise, "1.1" of "1.1.4.v1"; "" for a tool used by itself."""
    return ".".join(key.split(".")[:2]) if key else ""
