"""Reading a file back: all of it, or nothing and why. What a file says of itself is only believed once it is read."""

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable
from typing import Any

from dreamtree.archive.bounds import is_too_full, require_bounded
from dreamtree.archive.file_format import FORMAT, LOCKED_FORMAT, VERSION, File, FileExercise, sum_of
from dreamtree.archive.shapes import BadFile, from_json
from dreamtree.archive.snapshot import AnswerSnapshot, ExerciseState, InstanceSnapshot, ModuleState, Snapshot, module_of

NOT_OURS = "DreamTree didn’t make this file. Look for one whose name starts with “dreamtree-”."
CUT = (
    "This file is damaged. Part of it is missing, or something in it was changed. Choose another copy, if you have one."
)
CHANGED = (
    "Something in this file was changed after you saved it, so we can’t use it. Choose another copy, if you have one."
)
TOO_FULL = "There’s more in this file than any tree has, so we can’t use it. Choose another copy."
MISPLACED = "Something in this file is in the wrong place, so we can’t use it. Choose another copy."
TWICE = "Something is in this file twice, so we can’t use it. Choose another copy."


def file_in(raw: bytes) -> dict[str, Any]:
    """The plain or locked file in these bytes, its contents not looked at yet. Raises `BadFile`."""
    if is_too_full(raw):
        raise BadFile(TOO_FULL)
    try:
        text = raw.decode("utf-8-sig")
        file = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise BadFile(CUT if first_byte(raw) == b"{" else NOT_OURS) from None
    if not isinstance(file, dict) or file.get("format") not in (FORMAT, LOCKED_FORMAT):
        raise BadFile(NOT_OURS)
    return file


def first_byte(raw: bytes) -> bytes:
    """The first byte that is no blank (of JSON a bracket), as bytes; b"" for none."""
    return raw.removeprefix(BOM_UTF8).lstrip()[:1]


def is_locked(file: dict[str, Any]) -> bool:
    """Whether it needs a passphrase before it can be read."""
    return file.get("format") == LOCKED_FORMAT


def snapshot_in(file: dict[str, Any]) -> Snapshot:
    """The tree that a plain file holds, of any version there was. Raises `BadFile`: then nothing of it is taken."""
    if file.get("format") != FORMAT:
        raise BadFile(NOT_OURS)
    version = file.get("version")
    reader = READERS.get(version) if isinstance(version, str) else None
    if reader is None:
        raise BadFile("A newer DreamTree made this copy, and this one can’t read it yet. Restore it on the newer one.")
    return reader(file)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise BadFile(TWICE)
    return made


def _refuse_constant(_: str) -> None:
    raise BadFile(CUT)


def _snapshot_2_0(raw: dict[str, Any]) -> Snapshot:
    require_bounded(raw)
    file = from_json(File, raw)
    if sum_of(raw) != file.sha256:
        raise BadFile(CHANGED)
    exercises = [(key, one) for module in file.modules.values() for key, one in module.exercises.items()]
    answers = [answer for key, one in exercises for answer in _answers(key, one)]
    states = [state for key, one in exercises for state in _states(key, one)]
    snapshot = Snapshot(
        settings=file.settings,
        answers={one.block_key: one for one in answers},
        instances={one.id: one for one in file.tool_instances},
        seen=file.seen,
        choices=file.choices,
        exercises={one.id: one for one in states},
        modules={
            number: ModuleState(number, one.first_completed_at, one.last_modified_at)
            for number, one in file.modules.items()
            if one.last_modified_at is not None
        },
    )
    _require_once_each(file, answers, states)
    _require_in_place(file, answers)
    return snapshot


READERS: dict[str, Callable[[dict[str, Any]], Snapshot]] = {VERSION: _snapshot_2_0}
"""Every version that there was: old files are read for good."""


def _answers(full_id: str, exercise: FileExercise) -> list[AnswerSnapshot]:
    if exercise.response_json.keys() != exercise.blocks.keys():
        raise BadFile(f"Something in this file isn’t right: {full_id} has answers without their dates.")
    return [
        AnswerSnapshot(block_key=key, exercise=full_id, answer=answer, **vars(exercise.blocks[key]))
        for key, answer in exercise.response_json.items()
    ]


def _states(full_id: str, exercise: FileExercise) -> list[ExerciseState]:
    """How far the person is; none for an exercise that they have not begun."""
    if exercise.last_modified_at is None:
        return []
    exercise_id, _, version = full_id.rpartition(".v")
    dates = (exercise.first_passed_at, exercise.set_aside_at, exercise.last_modified_at)
    return [ExerciseState(exercise_id, int(version), *dates)]


# What no shape says


def _require_once_each(file: File, answers: list[AnswerSnapshot], states: list[ExerciseState]) -> None:
    texts: list[AnswerSnapshot | InstanceSnapshot] = [*answers, *file.tool_instances]
    _require_once(one.block_key for one in answers)
    _require_once(one.id for one in texts)
    _require_once(text.id for one in texts for text in one.history)
    _require_once(one.id for one in states)
    _require_once((one.block_key, one.connection_id) for one in file.seen)
    _require_once((one.block_key, one.connection_id) for one in file.choices)


def _require_once(names: Iterable[Any]) -> None:
    every = list(names)
    if len(set(every)) < len(every):
        raise BadFile(TWICE)


def _require_in_place(file: File, answers: list[AnswerSnapshot]) -> None:
    """Answers stand in their exercises, exercises in their modules, and what a block keeps names the block."""
    in_place = [
        *(one.block_key.startswith(one.exercise.rpartition(".v")[0] + ".") for one in answers),
        *(module_of(key) == number for number, module in file.modules.items() for key in module.exercises),
        *((one.origin == "exercise") == (one.block_key is not None) for one in file.tool_instances),
    ]
    if not all(in_place):
        raise BadFile(MISPLACED)
