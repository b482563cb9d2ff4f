"""Whether the tools can work with what a file says. A value of the wrong type would break a page long afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dreamtree.answers.records import KEYS, own_fields
from dreamtree.archive.holding import WRONG, names_its_records, require_held, require_readable, require_record
from dreamtree.archive.parsing import MISPLACED
from dreamtree.archive.room import require_room_in_a_copy
from dreamtree.archive.shapes import BadFile
from dreamtree.archive.snapshot import AnswerSnapshot, InstanceSnapshot, SettingsSnapshot, Snapshot
from dreamtree.content import book, library
from dreamtree.content.book import Block
from dreamtree.looks import BACKGROUNDS, FONTS, TEXTS
from dreamtree.tools import KEY, tool
from dreamtree.values import Answer

LOOKS = {"background_color": BACKGROUNDS, "text_color": TEXTS, "font": FONTS}
CATEGORIES = ("transferable", "self_management", "knowledge")


def validated(snapshot: Snapshot) -> Snapshot:
    """The tree, with skills that this library does not have as own words. Raises `BadFile` where a tool cannot read it.

    Blocks that this book does not ask are left as they are.
    """
    answers = {key: replace(one, answer=_with_own_words(one.answer)) for key, one in snapshot.answers.items()}
    instances = {key: replace(one, answer=_with_own_words(one.answer)) for key, one in snapshot.instances.items()}
    settings = _known_looks(snapshot.settings)
    require_room_in_a_copy(replace(snapshot, answers=answers, instances=instances))
    _require_in_their_answers(answers, instances)
    for key, one in answers.items():
        if block := book().block(key):
            _try_block(block, one, [other for other in instances.values() if other.block_key == key])
    return replace(snapshot, settings=settings, answers=answers, instances=instances)


def earlier_questions(snapshot: Snapshot) -> list[str]:
    """The keys of answers to questions that this book does not ask any more; they are kept."""
    return [key for key in snapshot.answers if book().block(key) is None]


def _known_looks(settings: SettingsSnapshot) -> SettingsSnapshot:
    """Without colors and fonts that are not offered here."""
    usual: dict[str, Any] = {name: known[0] for name, known in LOOKS.items() if getattr(settings, name) not in known}
    return replace(settings, **usual)


# Skills


def _with_own_words(value: Any) -> Any:
    """Tags whose skill the library does not have are the person's own words."""
    if isinstance(value, list):
        return [_with_own_words(one) for one in value]
    if not isinstance(value, dict):
        return value
    tag = {name: _with_own_words(one) for name, one in value.items()}
    is_unknown = _is_tag(tag) and not tag.get("own") and library().skill(tag["skill"]) is None
    return {**tag, "own": True} if is_unknown else tag


def _is_tag(value: dict[str, Any]) -> bool:
    return isinstance(value.get("skill"), str) and bool(value.get("name")) and value.get("category") in CATEGORIES


# Records


def _require_in_their_answers(answers: dict[str, AnswerSnapshot], instances: dict[str, InstanceSnapshot]) -> None:
    """Each record of a block belongs to an answer that names its records, under a key that a page can post."""
    keeping = {key for key, one in answers.items() if KEYS in one.answer}
    records = [one for one in instances.values() if one.block_key is not None]
    is_known = all(one.block_key in keeping and _has_key(one) for one in records)
    if not is_known or not all(names_its_records(answers[key].answer) for key in keeping):
        raise BadFile(MISPLACED)


def _has_key(record: InstanceSnapshot) -> bool:
    start = f"{record.block_key}:"
    return record.id.startswith(start) and KEY.fullmatch(record.id.removeprefix(start)) is not None


# What the tools say


def _try_block(block: Block, one: AnswerSnapshot, records: list[InstanceSnapshot]) -> None:
    if tool(block.type).keeps_records != (KEYS in one.answer):
        raise BadFile(_cannot_read(block))
    if any(record.tool_type != block.type for record in records):
        raise BadFile(MISPLACED)
    try:
        _require_all_held(block, one, records)
    except WRONG:
        raise BadFile(_cannot_read(block)) from None


def _require_all_held(block: Block, one: AnswerSnapshot, records: list[InstanceSnapshot]) -> None:
    is_of_today = one.exercise == f"{block.exercise_id}.v{_version_of(block)}"
    for record in records:
        require_record(record.answer)
    require_held(block, _answer_with_rows(one, records) if KEYS in one.answer else one.answer, is_of_today=is_of_today)
    for text in _earlier(one, records):
        require_readable(block, text)


def _earlier(one: AnswerSnapshot, records: list[InstanceSnapshot]) -> Iterator[Answer]:
    yield from (before.answer for before in one.history)
    for before in (before for record in records for before in record.history):
        require_record(before.answer)
        yield {"rows": [{"key": "k", "was": "", **before.answer}]}


def _version_of(block: Block) -> int:
    exercise = book().exercise(block.exercise_id)
    assert exercise is not None
    return exercise.version


def _answer_with_rows(one: AnswerSnapshot, records: list[InstanceSnapshot]) -> Answer:
    start = f"{one.block_key}:"
    rows = [{"key": record.id.removeprefix(start), "was": "", **record.answer} for record in records]
    return {**own_fields(one.answer), "rows": rows, "was": ""}


def _cannot_read(block: Block) -> str:
    return (
        f"The answer in {block.exercise_id}, “{block.label}”, isn’t in a form we can read, so we can’t use this file."
    )
