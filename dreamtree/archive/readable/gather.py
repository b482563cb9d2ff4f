"""What a copy to read says: every module of the book with what was answered in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from dreamtree import db
from dreamtree.accounts.days import today_of
from dreamtree.accounts.models import User
from dreamtree.accounts.naming import name_of
from dreamtree.answers import built_on, responses
from dreamtree.answers.built_on import BlockConnection
from dreamtree.answers.stored import Answers, StoredAnswer
from dreamtree.archive.loading import exercises_of, instances_of
from dreamtree.archive.readable.pictures import pictures_of, tree_picture
from dreamtree.archive.readable.shapes import Picture, ReadAnswer, ReadExercise, Reading, ReadModule
from dreamtree.archive.snapshot import ExerciseState, InstanceSnapshot
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
States = Mapping[str, ExerciseState]


def reading_of(user: User, *, without_private: bool) -> Reading:
    """What all pages of the copy say."""
    with db.reading():
        complete = responses.complete_keys(user)
        progress = progress_of(user, complete)
    name, today = name_of(user), today_of(user).isoformat()
    title = f"{isolated(name)}’s tree" if name else "Your tree"
    return Reading(
        title=title,
        saved_on=day_words(today),
        day=today,
        is_without_private=without_private,
        tree=tree_picture(progress, len(complete), title),
    )


def modules_of(user: User, *, without_private: bool) -> Iterator[ReadModule]:
    """Every module in which something was begun or set aside, one read after another: the texts of one are in memory.

    With `without_private` nothing of what a private block holds. Within a transaction.
    """
    _, off = built_on.stale_and_off(user)
    states = {one.id: one for one in exercises_of(user)}
    read = partial(_module, user, off=off, states=states, without_private=without_private)
    yield from filter(None, map(read, book().modules))
    yield from filter(None, [_earlier_questions(user, without_private)])


def _stored(user: User, module: Module, off: frozenset[BlockConnection], without_private: bool) -> Answers:
    """The answers in a module, as its pages show them."""
    asked = [block.key for exercise in module.exercises for block in exercise.answered_blocks]
    return _shown(answers_now(user, responses.answers_of(user, asked), off), without_private)


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
    user: User, module: Module, off: frozenset[BlockConnection], states: States, without_private: bool
) -> ReadModule | None:
    """The module; None when nothing in it was begun or set aside."""
    stored = _stored(user, module, off, without_private)
    read = ReadModule(
        name=module.id,
        title=module.title,
        part=next(one.title for one in book().parts if one.id == module.part_id),
        exercises=tuple(_exercise(user, one, stored, states, without_private) for one in module.exercises),
    )
    return read if any(one.is_begun or one.set_aside_on for one in read.exercises) else None


def _exercise(user: User, exercise: Exercise, stored: Answers, states: States, without_private: bool) -> ReadExercise:
    state = states.get(exercise.id)
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


def _earlier_questions(user: User, without_private: bool) -> ReadModule | None:
    """Answers whose questions are gone from the book, and tools that were used by themselves: all of it is private."""
    if without_private:
        return None
    gone = sorted(key for key in responses.answered_keys(user) if book().block(key) is None)
    stored = responses.answers_of(user, gone)
    old = [_typed_answer(user, key, stored[key].answer, stored[key].saved_at) for key in gone if key in stored]
    alone = [one for one in instances_of(user) if _stands_alone(one)]
    used = [_typed_answer(user, one.name or one.tool_type, one.answer, one.saved_at) for one in alone]
    parts = (("Questions no longer in the book", old), ("Tools used on their own", used))
    exercises = tuple(ReadExercise("", title, tuple(answers), "") for title, answers in parts if answers)
    return ReadModule(EARLIER_QUESTIONS, "Earlier questions and tools", "", exercises) if exercises else None


def _stands_alone(one: InstanceSnapshot) -> bool:
    return one.origin == "standalone" and one.deleted_at is None


def _typed_answer(user: User, question: str, answer: Answer, at: str) -> ReadAnswer:
    return ReadAnswer(question, "\n".join(typed_words(answer)), written_words(user, at), True)
