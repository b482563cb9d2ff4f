"""The history of one answer: see, compare, restore."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import history
from dreamtree.answers.responses import answer_to
from dreamtree.answers.stored import StoredAnswer
from dreamtree.content.book import Block, Exercise
from dreamtree.saving import SaveInfo, SaveRequest, save
from dreamtree.tools import tool
from dreamtree.values import Answer
from dreamtree.workbook.dates import moment_words
from dreamtree.workbook.record_history import earlier_parts, part_to_restore, part_words
from dreamtree.workbook.shapes import Link

KINDS = {
    "autosave": "saved while typing",
    "save": "saved",
    "row": "saved with a button",
    "renamed": "a skill renamed everywhere",
    "deleted": "a skill deleted everywhere",
    "restored": "restored",
    "refused": "not saved, because there was a newer version",
    "merged": "from another tree of yours",
    "removed": "removed",
    "trashed": "in the trash when you wrote a new answer",
}


@dataclass(frozen=True)
class DiffLine:
    """One line of a comparison: `kind` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class HistoryEntry:
    """One text that an answer had, with what it changes against the current one."""

    at: str
    kind_words: str
    text: str
    is_current: bool
    restore_url: str
    changes: tuple[DiffLine, ...]


@dataclass(frozen=True)
class HistoryPage:
    """The texts that one block's answer had, newest first. `is_mixed`: something in them came with a private mark."""

    title: str
    block_label: str
    back: Link
    entries: tuple[HistoryEntry, ...]
    is_private: bool
    is_mixed: bool
    trash_url: str
    forget_url: str


def show(user: User, exercise: Exercise, block: Block, stored: StoredAnswer) -> HistoryPage:
    """The current text and every earlier one, each beside what it would change."""
    kind = tool(block.type)
    current = kind.long_form(block, stored.answer)
    now = HistoryEntry(moment_words(user, stored.saved_at), KINDS[stored.last_kind], current, True, "", ())
    earlier = (_parts if kind.keeps_records else _wholes)(user, exercise, block, stored, current)
    back, url = Link(exercise.title, f"/workbook/{exercise.id}#{block.anchor}"), f"/workbook/{exercise.id}/{block.key}"
    title = f"History · {exercise.title}"
    is_mixed = any(map(kind.has_private, [stored.answer, *(text.answer for text in history.history_of(user, stored))]))
    return HistoryPage(
        title, block.label, back, (now, *earlier), block.is_private, is_mixed, f"{url}/trash", f"{url}/forget"
    )


def restore(user: User, exercise: Exercise, block: Block, revision_id: str) -> bool:
    """Makes an earlier text the current one, as a new revision; False when there is no such text."""
    stored = answer_to(user, block.key)
    answer = _earlier_answer(user, block, stored, revision_id) if stored else None
    if stored is None or answer is None:
        return False
    info = SaveInfo(stored.revision, db.new_id(), 1, "restored", db.now())
    return save(user, SaveRequest(exercise, block, answer, info, stored.id, db.new_id(), {})).status == "saved"


def _earlier_answer(user: User, block: Block, stored: StoredAnswer, revision_id: str) -> Answer | None:
    if tool(block.type).keeps_records:
        return part_to_restore(user, block, stored, revision_id)
    earlier = history.earlier_text(user, stored, revision_id)
    return earlier.answer if earlier else None


def _wholes(
    user: User, exercise: Exercise, block: Block, stored: StoredAnswer, current: str
) -> tuple[HistoryEntry, ...]:
    kind, url = tool(block.type), f"/workbook/{exercise.id}/{block.key}/history/"
    return tuple(
        _entry(user, text.written_at, text.kind, (kind.long_form(block, text.answer), current), url + text.id)
        for text in history.history_of(user, stored)
    )


def _parts(user: User, exercise: Exercise, block: Block, stored: StoredAnswer, _: str) -> tuple[HistoryEntry, ...]:
    """Each earlier text beside what now stands of it."""
    url = f"/workbook/{exercise.id}/{block.key}/history/"
    return tuple(
        _entry(
            user,
            part.written_at,
            part.kind,
            (part_words(block, part.answer), part_words(block, part.current)),
            url + part.path,
        )
        for part in earlier_parts(user, block, stored)
    )


def _entry(user: User, at: str, kind: str, texts: tuple[str, str], url: str) -> HistoryEntry:
    """`texts` are the earlier one and the one of now."""
    return HistoryEntry(moment_words(user, at), KINDS[kind], texts[0], False, url, line_changes(*texts))


def line_changes(before: str, after: str) -> tuple[DiffLine, ...]:
    """Line by line, what `after` took out of `before` and added to it."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[DiffLine] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [DiffLine("same", text) for text in old[a:b]]
        else:
            lines += [DiffLine("removed", text) for text in old[a:b]] + [DiffLine("added", text) for text in new[c:d]]
    return tuple(lines)
