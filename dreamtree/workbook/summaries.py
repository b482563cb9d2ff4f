"""The end of a module: the tree, the answers that matter, what comes next, and every answer to change. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from dreamtree.accounts.models import User
from dreamtree.answers.stored import Answers, StoredAnswer
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise, Module
from dreamtree.drawing import tree
from dreamtree.saving.progress import Progress
from dreamtree.tools import tool
from dreamtree.tools.wording import listed
from dreamtree.values import Answer
from dreamtree.workbook.dates import written_words
from dreamtree.workbook.gathered_pages import brought_blocks, gathered_page
from dreamtree.workbook.growth import growth_of
from dreamtree.workbook.shapes import Link, MadeIn, MadeLine, link_to


@dataclass(frozen=True)
class LargeResult:
    """One of the answers that matter at the end of a module, in a few words under its heading.

    `is_stale`: it needs another look.
    """

    title: str
    words: tuple[str, ...]
    url: str
    is_private: bool
    is_stale: bool


@dataclass(frozen=True)
class BroughtLine:
    """One of the answers that a part brings together, in a few words under their name."""

    label: str
    words: str


@dataclass(frozen=True)
class ModulePage:
    """The end of one module. `celebration` are the book's words for it, once all that it asks for is done.

    `progress_words` say how much of it is done. Its answers are folded unless `shows_answers`. `gathered` is the page
    that gathers its part and `brought` what is on it, in short, where the module closes the part.
    """

    id: str
    title: str
    part_title: str
    tree: Markup
    progress_words: str
    celebration: Markup
    results: tuple[LargeResult, ...]
    next: Link | None
    made: tuple[MadeIn, ...]
    set_aside: tuple[Link, ...]
    to_come: tuple[Link, ...]
    gathered: Link | None
    brought: tuple[BroughtLine, ...]
    has_private: bool
    prints_private: bool
    shows_answers: bool


@dataclass(frozen=True)
class ModuleDisplay:
    """How the page of a module is asked for: with its private answers on paper, with its answers unfolded."""

    prints_private: bool = False
    shows_answers: bool = False


def show_module(
    user: User, module: Module, stored: Answers, complete: frozenset[str], progress: Progress, display: ModuleDisplay
) -> ModulePage:
    """The page of a module, from the answers that `shown_keys` names."""
    part = book().part(module.part_id)
    assert part is not None
    made = _made_in(user, module, stored, progress.stale)
    shown = {one.id for one in made} | progress.set_aside
    return ModulePage(
        id=module.id,
        title=module.title,
        part_title=part.title,
        tree=tree(growth_of(progress.done, len(complete), ended=module)),
        progress_words=_progress_words(module, progress),
        celebration=_celebration(module, progress),
        results=_large_results(module, stored, progress.stale),
        next=_comes_next(module, progress),
        made=made,
        set_aside=tuple(link_to(one) for one in module.exercises if one.id in progress.set_aside),
        to_come=tuple(link_to(one) for one in module.exercises if one.id not in shown),
        gathered=gathered_page(part) if _closes_part(module) else None,
        brought=_brought_lines(module, stored),
        has_private=any(line.is_private for one in made for line in one.lines),
        prints_private=display.prints_private,
        shows_answers=display.shows_answers or display.prints_private,
    )


def shown_keys(module: Module) -> tuple[str, ...]:
    """The keys of the blocks whose answers the page of a module shows."""
    brought = brought_blocks(module.part_id) if _closes_part(module) else ()
    return tuple(dict.fromkeys(block.key for block in (*module.answered_blocks, *brought)))


def _closes_part(module: Module) -> bool:
    return any(one.closes_part for one in module.exercises)


def _progress_words(module: Module, progress: Progress) -> str:
    done, total = sum(one.id in progress.done for one in module.exercises), len(module.exercises)
    return f"{done} of {total} exercises done"


def _celebration(module: Module, progress: Progress) -> Markup:
    """What the book says at its end, which is true once all of it is done."""
    if any(one.is_required and one.id not in progress.done for one in module.exercises):
        return Markup()
    blocks = (block for one in module.exercises for block in one.blocks if block.type == "celebration")
    return next((block.html for block in blocks), Markup())


def _large_results(module: Module, stored: Answers, stale: frozenset[str]) -> tuple[LargeResult, ...]:
    """The answers that matter, as the book names them, as far as they are there."""
    blocks = [block for block in module.answered_blocks if block.at_end and block.key in stored]
    return tuple(one for block in blocks if (one := _large(block, stored[block.key], module, stale)).words)


def _large(block: Block, one: StoredAnswer, module: Module, stale: frozenset[str]) -> LargeResult:
    words = tool(block.type).headline(block, one.answer) if one.is_complete else ()
    return LargeResult(block.at_end, words, _change_url(block, module), block.is_private, block.key in stale)


def _comes_next(module: Module, progress: Progress) -> Link | None:
    """The exercise that is open now; where none is, the first one after the module that was not set aside."""
    last = module.exercises[-1].order
    after = (one for one in book().exercises if one.order > last and one.id not in progress.set_aside)
    following = progress.open_exercise(book()) or next(after, None)
    return link_to(following) if following else None


def _made_in(user: User, module: Module, stored: Answers, stale: frozenset[str]) -> tuple[MadeIn, ...]:
    """What was made in each exercise; those without an answer are left out."""
    made = (_made_in_exercise(user, exercise, stored, module, stale) for exercise in module.exercises)
    return tuple(one for one in made if one.lines)


def _brought_lines(module: Module, stored: Answers) -> tuple[BroughtLine, ...]:
    """What the part brings together, in short, for the module that closes it; nothing private."""
    blocks = brought_blocks(module.part_id) if _closes_part(module) else ()
    shown = (block for block in blocks if block.key in stored and not block.is_private)
    lines = (_brought_line(block, tool(block.type).open_part(stored[block.key].answer)) for block in shown)
    return tuple(line for line in lines if line.words)


def _brought_line(block: Block, answer: Answer) -> BroughtLine:
    """Its first words under the name that the book has for them, else its one line under its question."""
    kind = tool(block.type)
    if not kind.long_form(block, answer).strip():
        return BroughtLine(block.label, "")
    if block.at_end and (words := kind.headline(block, answer)):
        return BroughtLine(block.at_end, listed(words))
    return BroughtLine(block.label, kind.summary(block, answer))


def _made_in_exercise(user: User, exercise: Exercise, stored: Answers, module: Module, stale: frozenset[str]) -> MadeIn:
    answers = [(block, stored[block.key]) for block in exercise.answered_blocks if block.key in stored]
    lines = [line for block, one in answers for line in _lines(block, one, module, stale) if line.words]
    last = max((one.saved_at for _, one in answers), default="")
    return MadeIn(
        id=exercise.id,
        anchor=f"made-{exercise.id.replace('.', '-')}",
        title=exercise.title,
        url=f"/workbook/{exercise.id}?back={module.id}",
        written_on=written_words(user, last),
        lines=tuple(lines),
    )


def _lines(block: Block, one: StoredAnswer, module: Module, stale: frozenset[str]) -> Iterator[MadeLine]:
    """An answer, and what came into it with a private mark as a line of its own."""
    kind, is_stale = tool(block.type), block.key in stale
    private = kind.private_part(one.answer)
    yield _line(block, kind.open_part(one.answer), module, is_private=block.is_private, is_stale=is_stale)
    if private is not None:
        yield _line(block, private, module, is_private=True, is_stale=is_stale)


def _line(block: Block, answer: Answer, module: Module, *, is_private: bool, is_stale: bool) -> MadeLine:
    kind = tool(block.type)
    long_form = kind.long_form(block, answer)
    return MadeLine(
        label=block.label,
        words=kind.summary(block, answer) if long_form.strip() else "",
        long_form=long_form,
        url=_change_url(block, module),
        is_private=is_private,
        is_stale=is_stale,
    )


def _change_url(block: Block, module: Module) -> str:
    """Where an answer is changed, with the way back to this page."""
    return f"/workbook/{block.exercise_id}?back={module.id}#{block.anchor}"
