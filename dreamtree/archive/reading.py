"""Reading a file back: all of it, or nothing and why. What a file says of itself is only believed once it is read."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from dreamtree.archive.file_format import FILE, FORMAT, LOCKED_FORMAT, VERSION, sum_of
from dreamtree.archive.shapes import BadFile, require
from dreamtree.archive.snapshot import (
    AnswerSnapshot,
    Choice,
    EarlierText,
    ExerciseState,
    InputSnapshot,
    InstanceSnapshot,
    ModuleState,
    Snapshot,
)

MOST_PARTS = 400_000
"""How many values and lists a file may hold: far above any tree, and little memory for a server."""
MOST_NESTS = 100_000
NOT_OURS = "This is not a copy that DreamTree made. Look for a file whose name begins with “dreamtree-”."
CUT = "This file is damaged: it breaks off, or something in it was changed. Take another copy, if you have one."
CHANGED = (
    "Something in this file was changed after it was saved, so it is not taken. Take another copy, if you have one."
)
TOO_FULL = "There is more in this file than in any tree, so it is not taken."
TWICE = "The same thing stands twice in this file, so it is not taken."


def file_in(raw: bytes) -> dict[str, Any]:
    """The plain or locked file in these bytes, its contents not looked at yet. Raises `BadFile`."""
    if raw.count(b",") > MOST_PARTS or raw.count(b"{") + raw.count(b"[") > MOST_NESTS:
        raise BadFile(TOO_FULL)
    try:
        text = raw.decode("utf-8-sig")
        file = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise BadFile(CUT if raw.lstrip()[:1] == b"{" else NOT_OURS) from None
    if not isinstance(file, dict) or file.get("format") not in (FORMAT, LOCKED_FORMAT):
        raise BadFile(NOT_OURS)
    return file


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
        raise BadFile("This copy was made by a newer DreamTree, and this one cannot read it yet.")
    return reader(file)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise BadFile(TWICE)
    return made


def _refuse_constant(_: str) -> None:
    raise BadFile(CUT)


def _snapshot_2_0(file: dict[str, Any]) -> Snapshot:
    require(FILE, file)
    if sum_of(file) != file["sha256"]:
        raise BadFile(CHANGED)
    exercises = [(full, one) for module in file["modules"].values() for full, one in module["exercises"].items()]
    answers = [answer for full, one in exercises for answer in _answers(full, one)]
    instances = [_instance(one) for one in file["tool_instances"]]
    states = [_exercise_state(full, one) for full, one in exercises if one["last_modified_at"] is not None]
    snapshot = Snapshot(
        settings=dict(file["settings"]),
        answers={one.block_key: one for one in answers},
        instances={one.id: one for one in instances},
        seen=tuple(InputSnapshot(**one) for one in file["seen"]),
        choices=tuple(Choice(**one) for one in file["choices"]),
        exercises={one.id: one for one in states},
        modules={
            name: ModuleState(name, one["first_completed_at"], one["last_modified_at"])
            for name, one in file["modules"].items()
            if one["last_modified_at"] is not None
        },
    )
    _require_consistent(file, snapshot, answers, instances, states)
    return snapshot


READERS: dict[str, Callable[[dict[str, Any]], Snapshot]] = {VERSION: _snapshot_2_0}
"""Every version that there was: old files are read for good."""


def _answers(full_id: str, exercise: dict[str, Any]) -> list[AnswerSnapshot]:
    texts, blocks = exercise["response_json"], exercise["blocks"]
    if texts.keys() != blocks.keys():
        raise BadFile(f"Something in this file is not as it should be: {full_id} has answers without their dates.")
    return [_kept(full_id, key, texts[key], blocks[key]) for key in texts]


def _kept(full_id: str, key: str, answer: dict[str, Any], facts: dict[str, Any]) -> AnswerSnapshot:
    return AnswerSnapshot(
        id=facts["id"],
        block_key=key,
        exercise=full_id,
        answer=answer,
        begun_at=facts["responded_at"],
        **_state(facts),
    )


def _instance(one: dict[str, Any]) -> InstanceSnapshot:
    return InstanceSnapshot(
        id=one["id"],
        tool_type=one["tool_type"],
        origin=one["origin"],
        block_key=one["block_key"],
        name=one["name"],
        answer=one["content_json"],
        begun_at=one["created_at"],
        updated_at=one["updated_at"],
        **_state(one),
    )


def _state(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": facts["version"],
        "is_complete": facts["is_complete"],
        "revision": facts["revision"],
        "kind": facts["last_kind"],
        "saved_at": facts["saved_at"],
        "deleted_at": facts["deleted_at"],
        "history": tuple(_earlier(text) for text in facts["history"]),
    }


def _earlier(text: dict[str, Any]) -> EarlierText:
    said = {name: value for name, value in text.items() if name != "content_json"}
    return EarlierText(answer=text["content_json"], **said)


def _exercise_state(full_id: str, one: dict[str, Any]) -> ExerciseState:
    exercise_id, _, version = full_id.rpartition(".v")
    return ExerciseState(
        exercise_id, int(version), one["first_passed_at"], one["set_aside_at"], one["last_modified_at"]
    )


# What no shape says


def _require_consistent(
    file: dict[str, Any],
    snapshot: Snapshot,
    answers: list[AnswerSnapshot],
    instances: list[InstanceSnapshot],
    states: list[ExerciseState],
) -> None:
    """Nothing stands twice, and everything where it belongs."""
    everything: list[AnswerSnapshot | InstanceSnapshot] = [*answers, *instances]
    _require_once(one.block_key for one in answers)
    _require_once(one.id for one in everything)
    _require_once(text.id for one in everything for text in one.history)
    _require_once(one.id for one in states)
    _require_once((one.block_key, one.connection_id) for one in snapshot.seen)
    _require_once((one.block_key, one.connection_id) for one in snapshot.choices)
    misplaced = [one.id for one in answers if not one.block_key.startswith(one.exercise.rpartition(".v")[0] + ".")]
    for module_id, module in file["modules"].items():
        misplaced += [full for full in module["exercises"] if not full.startswith(f"{module_id}.")]
    if misplaced or any((one.origin == "exercise") != (one.block_key is not None) for one in instances):
        raise BadFile("Something in this file stands where it does not belong, so it is not taken.")


def _require_once(names: Iterable[Any]) -> None:
    every = list(names)
    if len(set(every)) < len(every):
        raise BadFile(TWICE)
