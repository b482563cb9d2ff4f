"""Whether the tools can work with what a file says. A value of the wrong type would break a page long afterwards."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from dreamtree import db
from dreamtree.answers.records import KEYS, own_fields
from dreamtree.archive.parsing import MISPLACED
from dreamtree.archive.shapes import BadFile
from dreamtree.archive.snapshot import AnswerSnapshot, InstanceSnapshot, SettingsSnapshot, Snapshot
from dreamtree.content import book, library
from dreamtree.content.book import Block
from dreamtree.looks import BACKGROUNDS, FONTS, TEXTS
from dreamtree.tools import tool
from dreamtree.tools.base import PROSE_LIMIT, Inputs
from dreamtree.tools.rows.row_tool import RowsAnswerTool
from dreamtree.values import Answer

LOOKS = {"background_color": BACKGROUNDS, "text_color": TEXTS, "font": FONTS}
CATEGORIES = ("transferable", "self_management", "knowledge")
WORDS = ("key", "text", "title", "name")
FIELDS = "fields"
"""The further words of a row."""
NOTHING: tuple[Any, ...] = (None, "", [])
LONGEST = 2 * PROSE_LIMIT
WRONG = (TypeError, KeyError, ValueError, AttributeError, IndexError, ArithmeticError, RecursionError)


def validated(snapshot: Snapshot) -> Snapshot:
    """The tree, with skills that this library does not have as own words. Raises `BadFile` where a tool cannot read it.

    Blocks that this book does not ask are left as they are.
    """
    answers = {key: replace(one, answer=_with_own_words(one.answer)) for key, one in snapshot.answers.items()}
    instances = {key: replace(one, answer=_with_own_words(one.answer)) for key, one in snapshot.instances.items()}
    settings = _known_looks(snapshot.settings)
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
    """Tags whose skill the library does not have are the person's own words (decisions 29)."""
    if isinstance(value, list):
        return [_with_own_words(one) for one in value]
    if not isinstance(value, dict):
        return value
    tag = {name: _with_own_words(one) for name, one in value.items()}
    is_unknown = _is_tag(tag) and not tag.get("own") and library().skill(tag["skill"]) is None
    return {**tag, "own": True} if is_unknown else tag


def _is_tag(value: dict[str, Any]) -> bool:
    return isinstance(value.get("skill"), str) and bool(value.get("name")) and value.get("category") in CATEGORIES


# What the tools say


def _try_block(block: Block, one: AnswerSnapshot, records: list[InstanceSnapshot]) -> None:
    kind = tool(block.type)
    if kind.keeps_records != (KEYS in one.answer) or (records and not kind.keeps_records):
        raise BadFile(_cannot_read(block))
    _try(block, _whole(one, records) if kind.keeps_records else one.answer)
    for text in _earlier(one, records):
        _try(block, text, _summarize)


def _whole(one: AnswerSnapshot, records: list[InstanceSnapshot]) -> Answer:
    start = f"{one.block_key}:"
    if any(not record.id.startswith(start) for record in records) or not isinstance(one.answer[KEYS], list):
        raise BadFile(MISPLACED)
    rows = [{"key": record.id.removeprefix(start), "was": "", **record.answer} for record in records]
    return {**own_fields(one.answer), "rows": rows, "was": ""}


def _earlier(one: AnswerSnapshot, records: list[InstanceSnapshot]) -> Iterable[Answer]:
    yield from (text.answer for text in one.history)
    for record in records:
        yield from ({"rows": [{"key": "k", "was": "", **text.answer}]} for text in record.history)


def _try(block: Block, answer: Answer, use: Callable[[Block, Answer], None] | None = None) -> None:
    try:
        (use or _uses)(block, answer)
    except WRONG:
        raise BadFile(_cannot_read(block)) from None


def _uses(block: Block, answer: Answer) -> None:
    """All that pages do with an answer, short of learning from it."""
    _require_words(answer)
    kind, inputs = tool(block.type), Inputs(library=library(), today=db.now()[:10])
    if isinstance(kind, RowsAnswerTool):
        _require_understood(answer, kind.store(kind.load(answer)))
    shown = kind.with_live_rows(block, answer, inputs)
    kind.show(block, shown, inputs, {})
    hash(frozenset(kind.used(answer)))
    kind.incomplete(block, answer)
    _require_same_type(answer, kind.form_part(shown))
    kind.items(answer)
    _summarize(block, answer)


def _require_words(value: Any) -> None:
    """Names, titles, texts and further fields are words, and no longer than any field takes."""
    if isinstance(value, str) and len(value) > LONGEST:
        raise ValueError("longer than any text")
    for name, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        words = list(one.values()) if name == FIELDS and isinstance(one, dict) else [one] if name in WORDS else []
        if not all(isinstance(word, str | None) for word in words):
            raise TypeError(f"{name} is no text")
        _require_words(one)


def _require_understood(stored: Any, understood: Any) -> None:
    """A tool of rows reads as nothing what is of another type: a text for rows, an object for words."""
    if stored in NOTHING:
        return
    if isinstance(stored, dict) and isinstance(understood, dict):
        for name in stored.keys() & understood.keys():
            _require_understood(stored[name], understood[name])
    elif isinstance(stored, list) and isinstance(understood, list) and len(stored) == len(understood):
        for pair in zip(stored, understood, strict=True):
            _require_understood(*pair)
    elif _is_lost(stored, understood):
        raise TypeError("this is of another type")


def _is_lost(stored: Any, understood: Any) -> bool:
    if isinstance(stored, dict | list) or isinstance(understood, dict | list):
        return True
    return bool(stored) and not isinstance(stored, str) and understood in NOTHING


def _require_same_type(answer: Answer, form_part: Answer) -> None:
    """A prompt shows a value of another type as none at all."""
    if answer.get("value") not in NOTHING and form_part.get("value") in NOTHING:
        raise TypeError("the value is of another type")


def _summarize(block: Block, answer: Answer) -> None:
    kind = tool(block.type)
    for words in (kind.summary(block, answer), kind.long_form(block, answer)):
        words.splitlines()


def _cannot_read(block: Block) -> str:
    return (
        f"The answer in {block.exercise_id}, “{block.label}”, isn’t in a form we can read, so we can’t use this file."
    )
