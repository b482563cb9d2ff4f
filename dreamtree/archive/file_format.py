"""The file format, version 2.0: every key, what it holds, and what becomes of it on restore.

A copy is the JSON of a `File`. The page about the format, the checks of a file, the export and the restore all go by
the annotations of these dataclasses, and of those in `snapshot`.
"""

import hashlib
from dataclasses import dataclass
from typing import Annotated, Any

from dreamtree.archive.json_types import (
    AnswerJson,
    AnyJson,
    BlockKey,
    Count,
    ExerciseVersion,
    Id,
    ModuleNumber,
    Moment,
    Name,
    Text,
    one_of,
)
from dreamtree.archive.pieces import CANONICAL
from dreamtree.archive.shapes import OnlyIfAny
from dreamtree.archive.snapshot import (
    BlockFacts,
    ChoiceSnapshot,
    EarlierText,
    InputSnapshot,
    InstanceSnapshot,
    SettingsSnapshot,
)

FORMAT = "dreamtree"
LOCKED_FORMAT = "dreamtree-locked"
VERSION = "2.0"
RESTORE_FILE = "to-restore.json"
"""The name of this file in the ZIP of a copy to read."""


@dataclass(frozen=True)
class FileExercise:
    """An exercise in the file, with the answers in it."""

    first_passed_at: Annotated[Moment | None, "When it was first done or skipped."]
    set_aside_at: Annotated[Moment | None, "When it was skipped, if it still is."]
    last_modified_at: Annotated[Moment | None, "When something in it last changed; null if it hasn’t been started."]
    responded_at: Annotated[Moment | None, "When its first answer was given."]
    skills: Annotated[tuple[Id, ...], "The skills named in it: ids from the library, or of the person’s own words."]
    response_json: Annotated[dict[BlockKey, AnswerJson], "What was answered, block by block."]
    blocks: Annotated[dict[BlockKey, BlockFacts], "Everything else about these answers, under the same keys."]


@dataclass(frozen=True)
class FileModule:
    """A module in the file, with its exercises."""

    first_completed_at: Annotated[Moment | None, "When it was first complete."]
    last_modified_at: Annotated[Moment | None, "When something in it last changed; null when nothing has."]
    exercises: Annotated[dict[ExerciseVersion, FileExercise], "Its exercises, with their versions: 1.1.4.v1."]


@dataclass(frozen=True)
class CompetencyScore:
    """How well the person can do something, by their own judgment."""

    competency_id: Annotated[Id, "The competency."]
    score: Annotated[Count, "The level in tenths, 10 to 50: 25 is between 2 and 3."]
    assessed_on: Annotated[Name, "The day it was rated on: 2027-03-14."]


@dataclass(frozen=True)
class CustomSkill:
    """A row of `own_skills`."""

    id: Annotated[Id, "The id of the person’s own word for a skill."]
    name: Annotated[Text, "The word."]
    category: Annotated[Name, "transferable, self_management or knowledge."]
    library_skill_id: Annotated[Id | None, "The same skill in the library, once it is there."]


@dataclass(frozen=True)
class OfferedWord:
    """A row of `skill_offers`."""

    id: Annotated[Id, "The id of the offer."]
    word: Annotated[Text, "The word that was suggested for everyone."]
    category: Annotated[Name, "As in custom skills."]
    status: Annotated[Name, "pending, or what became of it."]
    offered_at: Annotated[Moment, "When it was suggested."]


@dataclass(frozen=True)
class SnoozedLine:
    """A row of `snoozes`."""

    id: Annotated[Id, "Which reminder is snoozed."]
    until: Annotated[Moment, "Until when."]
    snoozed_at: Annotated[Moment, "When it was snoozed."]


@dataclass(frozen=True, kw_only=True)
class File:
    """The whole file; its keys are written in this order."""

    format: Annotated[str, one_of(FORMAT), "What kind of file this is."] = FORMAT
    version: Annotated[str, one_of(VERSION), "The version of the format."] = VERSION
    exported_at: Annotated[Moment, "When the file was made."]
    sha256: Annotated[Name, "The SHA-256 of all other keys, as below."] = ""
    left_out: Annotated[
        Count, OnlyIfAny(), "How many of the oldest earlier versions had no room in this file. If none, it isn’t there."
    ] = 0
    settings: Annotated[SettingsSnapshot, "How the pages look, and what to call the person."]
    competency_scores: Annotated[tuple[CompetencyScore, ...], "The levels of every assessment."] = ()
    modules: Annotated[dict[ModuleNumber, FileModule], "Every answer, by module and exercise."]
    tool_instances: Annotated[
        tuple[InstanceSnapshot, ...], "Entries of tools: a day, a meeting, a tool used on its own."
    ]
    custom_skills: Annotated[tuple[CustomSkill, ...], "The person’s own words for skills."]
    choices: Annotated[tuple[ChoiceSnapshot, ...], "Which connections are switched off."]
    seen: Annotated[tuple[InputSnapshot, ...], "What answers were built on."]
    profile: Annotated[
        dict[Name, tuple[AnyJson, ...]], "What the tree has learned, table by table, for other programs."
    ]
    offered_words: Annotated[tuple[OfferedWord, ...], "Words suggested for everyone."]
    snoozes: Annotated[tuple[SnoozedLine, ...], "Reminders that are snoozed."]


@dataclass(frozen=True, kw_only=True)
class Kdf:
    """How a passphrase becomes a key, and what that costs."""

    name: Annotated[str, one_of("argon2id"), "How the key is made from the passphrase (RFC 9106, version 19)."] = (
        "argon2id"
    )
    memory_kib: Annotated[Count, "Memory in KiB, at most 65536."]
    passes: Annotated[Count, "Passes, at most 10."]
    lanes: Annotated[Count, "Lanes, at most 8."]
    salt: Annotated[Name, "16 random bytes, in Base64."]


@dataclass(frozen=True, kw_only=True)
class LockedFile:
    """A file that is closed with a passphrase."""

    format: Annotated[str, one_of(LOCKED_FORMAT), "What kind of file this is."] = LOCKED_FORMAT
    version: Annotated[str, one_of(VERSION), "The version of the format."] = VERSION
    kdf: Annotated[Kdf, "How the 32 bytes of the key come from the passphrase, as UTF-8 in Unicode’s form C."]
    iv: Annotated[Name, "12 random bytes, in Base64."]
    ciphertext: Annotated[Text, "The plain file, sealed by AES-256-GCM, in Base64."]


@dataclass(frozen=True)
class Described:
    """An object of the file on the page about the format: what it is called there, and which keys it tells last."""

    kind: type
    title: str
    last: tuple[str, ...] = ()


OBJECTS = (
    Described(File, "The file"),
    Described(SettingsSnapshot, "Settings"),
    Described(FileModule, "Module"),
    Described(FileExercise, "Exercise"),
    Described(BlockFacts, "Block", last=("responded_at",)),
    Described(EarlierText, "Earlier text"),
    Described(InstanceSnapshot, "Tool instance", last=("created_at", "updated_at")),
    Described(InputSnapshot, "Seen"),
    Described(ChoiceSnapshot, "Choice"),
    Described(CustomSkill, "Custom skill"),
    Described(OfferedWord, "Offered word"),
    Described(SnoozedLine, "Snooze"),
    Described(CompetencyScore, "Competency score"),
)
LOCKED_OBJECTS = (Described(LockedFile, "The locked file"), Described(Kdf, "kdf"))
"""Both in the order in which the page about the format tells them."""
DERIVED = ("competency_scores", "profile", "custom_skills")
"""Keys that a restore does not read: the tree learns them from the answers again."""
CHANGED_BY_RESTORE = {
    "exported_at": "The next copy is made at a different time.",
    "sha256": "It’s computed from everything else.",
    "left_out": "Those texts aren’t in the tree anymore, so nothing is left out the next time.",
    "profile": "It’s worked out again from the answers, so its dates are from the restore.",
    "custom_skills": "Words that no answer uses anymore are left out.",
    "offered_words": "A word that was already suggested for everyone isn’t suggested again.",
    "snoozes": "They stay with the tree they were set in.",
}
"""Keys of a file that differ when a tree was restored from it and is saved again; every other key is the same."""


def canonical_bytes(value: Any) -> bytes:
    """JSON without blanks, keys in order, UTF-8: equal values have equal bytes."""
    return CANONICAL.encode(value).encode()


def sum_of(file: dict[str, Any]) -> str:
    """The SHA-256 of everything in the file but the sum itself."""
    return hashlib.sha256(
        canonical_bytes({name: value for name, value in file.items() if name != "sha256"})
    ).hexdigest()
