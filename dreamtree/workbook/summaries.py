"""What was made in a module: one line an answer, with the way to change it and come back. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dreamtree.accounts.models import User
from dreamtree.answers.stored import StoredAnswer
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise, Module
from dreamtree.saving.progress import Progress
from dreamtree.tools import tool
from dreamtree.workbook.dates import written_words
from dreamtree.workbook.shapes import Link, MadeIn, MadeLine

Answers = Mapping[str, StoredAnswer]


@dataclass(frozen=True)
class ModulePage:
    """All that was made in one module, to read, change and print."""

    id: str
    title: str
    part_title: str
    made: tuple[MadeIn, ...]
    set_aside: tuple[Link, ...]
    to_come: tuple[Link, ...]
    has_private: bool
    prints_private: bool


def show_module(user: User, module: Module, stored: Answers, progress: Progress, *, prints_private: bool) -> ModulePage:
    """The page of a module; `prints_private`: its private answers go on paper too."""
    part = book().part(module.part_id)
    assert part is not None
    made = made_in(user, module.exercises, stored, module)
    shown = {one.id for one in made} | progress.set_aside
    return ModulePage(
        id=module.id,
        title=module.title,
        part_title=part.title,
        made=made,
        set_aside=tuple(_link(one) for one in module.exercises if one.id in progress.set_aside),
        to_come=tuple(_link(one) for one in module.exercises if one.id not in shown),
        has_private=any(line.is_private for one in made for line in one.lines),
        prints_private=prints_private,
    )


def made_in(user: User, exercises: Iterable[Exercise], stored: Answers, module: Module) -> tuple[MadeIn, ...]:
    """What was made in each of these exercises; those without an answer are left out."""
    made = (_made(user, exercise, stored, module) for exercise in exercises)
    return tuple(one for one in made if one.lines)


def brought(stored: Answers, module: Module) -> tuple[MadeLine, ...]:
    """What the part brings together, in short, for the page that closes it."""
    blocks = (block for block in _brought_blocks(module.part_id) if block.key in stored)
    return tuple(line for block in blocks if (line := _line(block, stored[block.key], module)).words)


def _brought_blocks(part_id: str) -> tuple[Block, ...]:
    part = book().part(part_id)
    return tuple(block for one in part.exercises for block in one.blocks if block.is_brought) if part else ()


def read_beside(exercise: Exercise) -> tuple[str, ...]:
    """The keys of the blocks whose answers its page shows: its own; at the end of a module, those of the module."""
    module = book().module(exercise.module_id) if exercise.celebrates else None
    shown = (
        *(module.answered_blocks if module else exercise.answered_blocks),
        *(_brought_blocks(exercise.part_id) if exercise.closes_part else ()),
    )
    return tuple(dict.fromkeys(block.key for block in shown))


def _made(user: User, exercise: Exercise, stored: Answers, module: Module) -> MadeIn:
    answers = [(block, stored[block.key]) for block in exercise.answered_blocks if block.key in stored]
    lines = [line for block, one in answers if (line := _line(block, one, module)).words]
    last = max((one.saved_at for _, one in answers), default="")
    return MadeIn(
        id=exercise.id,
        anchor=f"made-{exercise.id.replace('.', '-')}",
        title=exercise.title,
        url=f"/workbook/{exercise.id}?back={module.id}",
        written_on=written_words(user, last),
        lines=tuple(lines),
    )


def _line(block: Block, one: StoredAnswer, module: Module) -> MadeLine:
    kind = tool(block.type)
    return MadeLine(
        label=block.label,
        words=kind.summary(block, one.answer),
        long_form=kind.long_form(block, one.answer),
        url=f"/workbook/{block.exercise_id}?back={module.id}#{block.anchor}",
        is_private=block.is_private,
    )


def _link(exercise: Exercise) -> Link:
    return Link(exercise.title, f"/workbook/{exercise.id}")
