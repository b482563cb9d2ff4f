"""The pages of the workbook as frozen shapes. Pure: everything was loaded before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from dreamtree.content import book
from dreamtree.content.book import Block, Exercise, Module, Part
from dreamtree.content.library import Library, LibrarySkill
from dreamtree.saving.progress import Progress
from dreamtree.tools import tool
from dreamtree.tools.wording import quoted
from dreamtree.workbook.blocks import NO_RESULT, BlockResult, read_block, show_block
from dreamtree.workbook.context import PageContext
from dreamtree.workbook.links import module_end_url, next_link
from dreamtree.workbook.occupations import jobs_of
from dreamtree.workbook.shapes import (
    AmbientView,
    BlockView,
    ExerciseLine,
    ExercisePage,
    FormTokens,
    Link,
    ModuleLines,
    PartLines,
    ProgressView,
    link_to,
)

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


def show_exercise(context: PageContext, form: FormTokens, results: BlockResults) -> ExercisePage:
    """The page of one exercise: to write in, or to read ahead while it is locked."""
    exercise, is_locked = context.exercise, context.is_locked
    blocks = _blocks(context, results)
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
        progress=progress_view(context),
        previous=_neighbor(book().previous_before(exercise.id)),
        next=_neighbor(book().next_after(exercise.id)) if is_locked else next_link(exercise, context.progress),
        errors=errors,
        title_prefix=("Error: " if errors else "") + ("Older entries: " if context.shows_older else ""),
        state=context.progress.state(exercise),
        is_sample=bool(context.user.is_sample),
        ambient=_ambient(context),
        lock_notice=_lock_notice(context.progress) if is_locked else "",
        jobs=() if is_locked else tuple(jobs_of(context, exercise.answered_blocks)),
    )


def _ambient(context: PageContext) -> tuple[AmbientView, ...]:
    """The earlier answers that stand at the edge of this page, as far as they are there."""
    blocks = ((block, context.stored.get(block.key)) for block in book().ambient_on(context.exercise))
    return tuple(
        AmbientView(block.at_end, words, f"/workbook/{block.exercise_id}#{block.anchor}")
        for block, stored in blocks
        if stored and (words := tool(block.type).long_form(block, stored.answer).strip())
    )


def _blocks(context: PageContext, results: BlockResults) -> tuple[BlockView, ...]:
    exercise, is_locked = context.exercise, context.is_locked
    shown = [block for block in exercise.blocks if not _stands_elsewhere(block)]
    views = tuple(
        _posted_block(context, block, results.get(block.key, NO_RESULT))
        if block.is_answered and not is_locked
        else read_block(exercise, block)
        for block in shown
    )
    return _without_explaining(views) if context.progress.state(exercise) == "done" else views


def _without_explaining(views: tuple[BlockView, ...]) -> tuple[BlockView, ...]:
    """The blocks of a page that is done: what explains its questions, below the first of them, is folded."""
    first = next((index for index, view in enumerate(views) if view.kind != "text"), len(views))
    return tuple(
        replace(view, is_folded=True) if index > first and view.type == "help" else view
        for index, view in enumerate(views)
    )


def _posted_block(context: PageContext, block: Block, result: BlockResult) -> BlockView:
    """A block of a page that a post is answered with: one that was asked something is where the page comes back to."""
    view = show_block(context, block, result)
    return replace(view, takes_focus=True) if result.view_state and not result.problems else view


def _stands_elsewhere(block: Block) -> bool:
    """An example stands at the block that it answers, a celebration at the end of the module."""
    return block.type == "celebration" or bool(block.type == "example" and block.about)


def progress_view(context: PageContext) -> ProgressView:
    """How much of an exercise is complete."""
    exercise, set_aside = context.exercise, len(context.progress.set_aside)
    needed = [block.key for block in exercise.answered_blocks if block.is_required or exercise.enough]
    done = sum(key in context.complete for key in needed)
    if exercise.enough:
        words = f"{done} answered; {_are_enough(exercise)}." if done else f"{enough_answers_words(exercise)} here."
        return ProgressView(min(done, exercise.enough), exercise.enough, set_aside, words)
    others = " The other questions are optional." if len(needed) < len(exercise.answered_blocks) else ""
    words = "Done." if done == len(needed) else f"{done} of {len(needed)} answered.{others}"
    return ProgressView(done, len(needed), set_aside, words)


def enough_answers_words(exercise: Exercise) -> str:
    """ "One answer is enough", "Two answers are enough"."""
    number, _, enough = _are_enough(exercise).partition(" ")
    return f"{number.capitalize()} {'answer' if exercise.enough == 1 else 'answers'} {enough}"


def _are_enough(exercise: Exercise) -> str:
    number = exercise.enough
    return f"{NUMBERS[number] if number < len(NUMBERS) else number} {'is' if number == 1 else 'are'} enough"


def contents(progress: Progress, kept_keys: Collection[str]) -> ContentsPage:
    """All parts, modules and exercises with their state; `kept_keys` are those of answers that ends of modules show."""
    return ContentsPage(tuple(_part_lines(part, progress, kept_keys) for part in book().parts if any(part.exercises)))


def _part_lines(part: Part, progress: Progress, kept_keys: Collection[str]) -> PartLines:
    modules = tuple(_module_lines(module, progress, kept_keys) for module in part.modules if module.exercises)
    return PartLines(part.id, part.title, part.subtitle, modules)


def _module_lines(module: Module, progress: Progress, kept_keys: Collection[str]) -> ModuleLines:
    has_made = any(key.startswith(f"{module.id}.") for key in kept_keys)
    lines = tuple(_exercise_line(one, progress) for one in module.exercises)
    return ModuleLines(module.id, module.title, lines, module_end_url(module.id) if has_made else "")


def _exercise_line(exercise: Exercise, progress: Progress) -> ExerciseLine:
    url = f"/workbook/{exercise.id}"
    is_current = exercise == progress.open_exercise(book())
    return ExerciseLine(
        exercise.id, exercise.title, url, exercise.minutes, progress.state(exercise), exercise.is_optional, is_current
    )


def book_place(exercise: Exercise) -> tuple[Part, Module]:
    """The part and the module that an exercise stands in."""
    module = book().module(exercise.module_id)
    part = book().part(exercise.part_id)
    assert part is not None
    assert module is not None
    return part, module


def _position(exercise: Exercise) -> str:
    module = book().module(exercise.module_id)
    assert module is not None
    return f"{module.exercises.index(exercise) + 1} of {len(module.exercises)}"


def _lock_notice(progress: Progress) -> str:
    first = progress.open_exercise(book())
    where = f" For now, you can work on {quoted(first.title)}" if first else ""
    return f"You can read this page now. You can fill it in once the exercises before it are done or skipped.{where}"


SKILL_KINDS = {
    "transferable": "Things people do",
    "self_management": "Ways people are",
    "knowledge": "Things people know",
}


def skill_kinds(category: str) -> tuple[tuple[str, str, bool], ...]:
    """Title and address of the library's page for each kind of skill, and whether it is this one."""
    return tuple((title, f"/reference/skills?category={kind}", kind == category) for kind, title in SKILL_KINDS.items())


def families(library: Library, category: str) -> tuple[Family, ...]:
    """The library's skills of one category, by kind of work."""
    grouped: dict[str, list[LibrarySkill]] = {}
    for skill in library.skills:
        if skill.category == category:
            grouped.setdefault(skill.family, []).append(skill)
    return tuple(Family(name, tuple(skills)) for name, skills in grouped.items())


def _neighbor(exercise: Exercise | None) -> Link | None:
    return link_to(exercise) if exercise else None
