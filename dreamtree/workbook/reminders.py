"""The honest reminder: a tree without an account opens in this browser alone."""

from dataclasses import dataclass

from dreamtree.accounts.people import ANONYMOUS_LIFE, Current
from dreamtree.accounts.snoozes import is_snoozed, snooze
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise, Module
from dreamtree.saving.progress import Progress
from dreamtree.tools import tool

__all__ = ["Reminder", "after_exercise", "after_module", "kinds", "put_off"]
AFTER_A_STORY = "keep-after-a-story"
AFTER_A_MODULE = "keep-after-module-"
WORDS = "Only this browser can open these answers. If you clear its data, they're gone, and we can't get them back."
WORDS_SHARED = (
    "Only this browser can open these answers, until you leave or you're away for 20 minutes. "
    "Then they're gone, and we can't get them back."
)


@dataclass(frozen=True)
class Reminder:
    """One line; `kind` is what *Remind me later* puts off."""

    words: str
    kind: str


def after_exercise(current: Current, exercise: Exercise, progress: Progress) -> Reminder | None:
    """The reminder of an exercise's page, after the first story that was told; None where none is due."""
    first = next((one for one in book().exercises if any(map(_is_worth_keeping, one.answered_blocks))), None)
    if first is not None and first.id in progress.done and book().next_after(first.id) == exercise:
        return _due(current, AFTER_A_STORY)
    return None


def after_module(current: Current, module: Module) -> Reminder | None:
    """The reminder at the end of a module; None where none is due."""
    return _due(current, AFTER_A_MODULE + module.id)


def kinds() -> frozenset[str]:
    """All that can be put off."""
    modules = (module for part in book().parts for module in part.modules if module.exercises)
    return frozenset({AFTER_A_STORY, *(AFTER_A_MODULE + module.id for module in modules)})


def put_off(current: Current, kind: str) -> None:
    """*Remind me later*: this one line is not shown again; the next module has its own."""
    snooze(current.user, kind, ANONYMOUS_LIFE)


def _is_worth_keeping(block: Block) -> bool:
    return tool(block.type).reminds_to_keep


def _due(current: Current, kind: str) -> Reminder | None:
    if current.user.is_sample or not current.user.is_anonymous or is_snoozed(current.user, kind):
        return None
    return Reminder(WORDS_SHARED if current.session.is_shared else WORDS, kind)
