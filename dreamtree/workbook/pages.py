"""The pages of the workbook as frozen shapes. Pure: everything was gathered before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dreamtree.accounts.models import User
from dreamtree.content import book
from dreamtree.content.book import Exercise, Module, Part
from dreamtree.content.library import Library, LibrarySkill
from dreamtree.drawing import tree
from dreamtree.saving.progress import Progress
from dreamtree.workbook.blocks import NO_RESULT, BlockResult, read_block, show_block
from dreamtree.workbook.context import PageContext
from dreamtree.workbook.growth import growth_of
from dreamtree.workbook.shapes import (
    BlockView,
    Celebration,
    ExerciseLine,
    ExercisePage,
    FormTokens,
    Link,
    ModuleLines,
    PartLines,
    ProgressView,
)
from dreamtree.workbook.summaries import brought, ends_roots, made_in

BlockResults = Mapping[str, BlockResult]
NUMBERS = ("none", "one", "two", "three", "four", "five")


@dataclass(frozen=True)
class ContentsPage:
    """The contents of the book, part by part."""

    parts: tuple[PartLines, ...]


@dataclass(frozen=True)
class Family:
    """A kind of work and its skills, in the order of the library."""

    name: str
    skills: tuple[LibrarySkill, ...]


def show_exercise(
    user: User, exercise: Exercise, found: PageContext, form: FormTokens, trials: BlockResults, notice: str = ""
) -> ExercisePage:
    """The page of one exercise: to write in, or to read ahead while it is locked."""
    is_locked = found.way.is_locked(exercise)
    blocks = _blocks(user, exercise, found, trials, is_locked)
    errors = tuple(error for block in blocks for error in block.errors)
    part, module = book_place(exercise)
    return ExercisePage(
        id=exercise.id,
        title=exercise.title,
        minutes=exercise.minutes,
        crumb=f"{part.title} › {module.title} · {_position(exercise)}",
        part_title=part.title,
        module_title=module.title,
        position=_position(exercise),
        is_optional=exercise.is_optional,
        is_locked=is_locked,
        blocks=blocks,
        form=None if is_locked else form,
        progress=progress_of(exercise, found),
        previous=link_to(book().previous_before(exercise.id)),
        next=link_to(book().next_after(exercise.id)),
        errors=errors,
        title_prefix="Error: " if errors else "",
        state=found.way.state(exercise),
        is_sample=bool(user.is_sample),
        notice=notice or (_lock_notice(found.way) if is_locked else ""),
        celebration=celebration_of(user, exercise, found) if exercise.celebrates and not is_locked else None,
    )


def celebration_of(user: User, exercise: Exercise, found: PageContext) -> Celebration:
    """What stands at the end of a module."""
    module = book_place(exercise)[1]
    is_end = ends_roots(exercise)
    return Celebration(
        title=f"What you made in {module.title}",
        url=f"/workbook/modules/{module.id}",
        made=made_in(user, module.exercises, found.said, module),
        tree=tree(growth_of(found.way.done, found.leaves), "celebration-tree"),
        ends_roots=is_end,
        brought=brought(found.said, module) if is_end else (),
    )


def _blocks(
    user: User, exercise: Exercise, found: PageContext, trials: BlockResults, is_locked: bool
) -> tuple[BlockView, ...]:
    told = [block for block in exercise.blocks if not (block.type == "example" and block.about)]
    if is_locked:
        return tuple(read_block(block, exercise) for block in told)
    return tuple(
        show_block(user, exercise, block, found, trials.get(block.key, NO_RESULT))
        if block.is_answered
        else read_block(block, exercise)
        for block in told
    )


def progress_of(exercise: Exercise, found: PageContext) -> ProgressView:
    """How much of an exercise is complete."""
    needed = [block for block in exercise.answered_blocks if block.is_required or exercise.enough]
    done = sum(1 for block in needed if block.key in found.said and found.said[block.key].is_complete)
    if exercise.enough:
        words = f"{done} answered; {_are_enough(exercise)}." if done else f"{enough_words(exercise)} here."
        return ProgressView(min(done, exercise.enough), exercise.enough, len(found.way.set_aside), words)
    words = "Done." if done == len(needed) else f"{done} of {len(needed)} answered."
    return ProgressView(done, len(needed), len(found.way.set_aside), words)


def enough_words(exercise: Exercise) -> str:
    """ "One answer is enough", "Two answers are enough"."""
    number, _, enough = _are_enough(exercise).partition(" ")
    return f"{number.capitalize()} {'answer' if exercise.enough == 1 else 'answers'} {enough}"


def _are_enough(exercise: Exercise) -> str:
    number = exercise.enough
    return f"{NUMBERS[number] if number < len(NUMBERS) else number} {'is' if number == 1 else 'are'} enough"


def contents(way: Progress, complete: Collection[str]) -> ContentsPage:
    """All parts, modules and exercises with their state; `complete` are the keys of complete answers."""
    return ContentsPage(tuple(_part_lines(part, way, complete) for part in book().parts if any(part.exercises)))


def _part_lines(part: Part, way: Progress, complete: Collection[str]) -> PartLines:
    modules = tuple(_module_lines(module, way, complete) for module in part.modules if module.exercises)
    return PartLines(part.id, part.title, part.subtitle, modules)


def _module_lines(module: Module, way: Progress, complete: Collection[str]) -> ModuleLines:
    has_made = any(block.key in complete for block in module.answered_blocks)
    lines = tuple(_exercise_line(one, way) for one in module.exercises)
    return ModuleLines(module.id, module.title, lines, f"/workbook/modules/{module.id}" if has_made else "")


def _exercise_line(exercise: Exercise, way: Progress) -> ExerciseLine:
    url = f"/workbook/{exercise.id}"
    is_current = exercise == way.open_exercise(book())
    return ExerciseLine(
        exercise.id, exercise.title, url, exercise.minutes, way.state(exercise), exercise.is_optional, is_current
    )


def link_to(exercise: Exercise | None) -> Link | None:
    """The title and address of an exercise; None for none."""
    return Link(exercise.title, f"/workbook/{exercise.id}") if exercise else None


def book_place(exercise: Exercise) -> tuple[Part, Module]:
    """The part and the module that an exercise stands in."""
    module = book().module(exercise.module_id)
    part = next(one for one in book().parts if one.id == exercise.part_id)
    assert module is not None
    return part, module


def _position(exercise: Exercise) -> str:
    module = book().module(exercise.module_id)
    assert module is not None
    return f"{module.exercises.index(exercise) + 1} of {len(module.exercises)}"


def _lock_notice(way: Progress) -> str:
    first = way.open_exercise(book())
    where = f" {first.title} is open now." if first else ""
    return f"You can read this page; its fields open when the pages before it are done or set aside.{where}"


def families(library: Library, category: str) -> tuple[Family, ...]:
    """The library's skills of one category, by kind of work."""
    grouped: dict[str, list[LibrarySkill]] = {}
    for skill in library.skills:
        if skill.category == category:
            grouped.setdefault(skill.family, []).append(skill)
    return tuple(Family(name, tuple(skills)) for name, skills in grouped.items())
