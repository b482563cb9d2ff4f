"""What a copy to read says: every module of the book with what was answered in it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dreamtree import db
from dreamtree.accounts.days import today_of
from dreamtree.accounts.models import User
from dreamtree.answers import built_on, responses
from dreamtree.answers.stored import StoredAnswer
from dreamtree.archive.export import Learned
from dreamtree.archive.readable.lists import lists_of
from dreamtree.archive.readable.pictures import pictures_of, tree_picture
from dreamtree.archive.readable.shapes import Picture, ReadAnswer, ReadExercise, Reading, ReadModule
from dreamtree.archive.snapshot import InstanceSnapshot, Snapshot
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise, Module
from dreamtree.dates import day_words
from dreamtree.saving.progress import progress_of
from dreamtree.saving.typed import typed_words
from dreamtree.text import isolated
from dreamtree.tools import tool
from dreamtree.values import Answer
from dreamtree.workbook.answers_now import answers_now
from dreamtree.workbook.dates import written_words

EARLIER_QUESTIONS = "earlier"
Answers = Mapping[str, StoredAnswer]


def reading_of(user: User, snapshot: Snapshot, learned: Learned, *, without_private: bool) -> Reading:
    """Everything to read; with `without_private` nothing of what a private block holds or taught."""
    stored = _shown(_now(user, snapshot), without_private)
    with db.reading():
        complete = responses.complete_keys(user)
        progress = progress_of(user, complete)
    name, today = snapshot.settings.display_name, today_of(user).isoformat()
    title = f"{isolated(name)}’s tree" if name else "Your tree"
    modules = [_module(user, one, stored, snapshot, without_private) for one in book().modules]
    return Reading(
        title=title,
        saved_on=day_words(today),
        day=today,
        is_without_private=without_private,
        tree=tree_picture(progress, len(complete), title),
        modules=tuple(one for one in (*modules, _earlier_questions(user, stored, snapshot, without_private)) if one),
        lists=lists_of(learned, without_private=without_private),
    )


def _now(user: User, snapshot: Snapshot) -> Answers:
    _, off = built_on.stale_and_off(user)
    return answers_now(user, responses.answers_of(user, snapshot.answers), off)


def _shown(stored: Answers, without_private: bool) -> Answers:
    if not without_private:
        return stored
    return {key: _open_part(key, one) for key, one in stored.items() if not is_private(key)}


def _open_part(block_key: str, stored: StoredAnswer) -> StoredAnswer:
    """An answer without what came into it with a private mark."""
    block = book().block(block_key)
    return replace(stored, answer=tool(block.type).open_part(stored.answer)) if block else stored


def is_private(block_key: str) -> bool:
    """Whether a block is private; one that the book no longer has counts as private."""
    block = book().block(block_key)
    return block is None or block.is_private


def _module(
    user: User, module: Module, stored: Answers, snapshot: Snapshot, without_private: bool
) -> ReadModule | None:
    """The module; None when nothing in it was begun or set aside."""
    read = ReadModule(
        name=module.id,
        title=module.title,
        part=next(one.title for one in book().parts if one.id == module.part_id),
        exercises=tuple(_exercise(user, one, stored, snapshot, without_private) for one in module.exercises),
    )
    return read if any(one.is_begun or one.set_aside_on for one in read.exercises) else None


def _exercise(
    user: User, exercise: Exercise, stored: Answers, snapshot: Snapshot, without_private: bool
) -> ReadExercise:
    state = snapshot.exercises.get(exercise.id)
    asked = [one for one in exercise.answered_blocks if not (without_private and one.is_private)]
    return ReadExercise(
        id=exercise.id,
        title=exercise.title,
        answers=tuple(_answer(user, one, stored.get(one.key)) for one in asked),
        set_aside_on=written_words(user, (state.set_aside_at if state else None) or ""),
        pictures=tuple(_pictures(user, asked, stored)),
    )


def _pictures(user: User, asked: Iterable[Block], stored: Answers) -> Iterable[Picture]:
    today = today_of(user).isoformat()
    for block in asked:
        if block.key in stored:
            yield from pictures_of(block, stored[block.key], today)


def _answer(user: User, block: Block, stored: StoredAnswer | None) -> ReadAnswer:
    if stored is None:
        return ReadAnswer(block.label, "", "", block.is_private)
    kind = tool(block.type)
    words, is_private = (
        kind.long_form(block, stored.answer).strip(),
        block.is_private or kind.has_private(stored.answer),
    )
    return ReadAnswer(block.label, words, written_words(user, stored.saved_at), is_private)


# What no page of the book asks


def _earlier_questions(user: User, stored: Answers, snapshot: Snapshot, without_private: bool) -> ReadModule | None:
    """Answers whose questions are gone from the book, and tools that were used by themselves."""
    old = [
        _typed_answer(user, key, one.answer, one.saved_at) for key, one in stored.items() if book().block(key) is None
    ]
    alone = [] if without_private else [one for one in snapshot.instances.values() if _stands_alone(one)]
    used = [_typed_answer(user, one.name or one.tool_type, one.answer, one.saved_at) for one in alone]
    parts = (("Questions no longer in the book", old), ("Tools used on their own", used))
    exercises = tuple(ReadExercise("", title, tuple(answers), "") for title, answers in parts if answers)
    return ReadModule(EARLIER_QUESTIONS, "Earlier questions and tools", "", exercises) if exercises else None


def _stands_alone(one: InstanceSnapshot) -> bool:
    return one.origin == "standalone" and one.deleted_at is None


def _typed_answer(user: User, question: str, answer: Answer, at: str) -> ReadAnswer:
    return ReadAnswer(question, "\n".join(typed_words(answer)), written_words(user, at), True)
