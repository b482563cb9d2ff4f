"""The history of one answer: see, compare, restore."""

from difflib import SequenceMatcher

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import history
from dreamtree.answers.responses import Said, Stamp, answer_to
from dreamtree.content.book import Block, Exercise
from dreamtree.saving import Attempt, save
from dreamtree.tools import tool
from dreamtree.workbook.dates import moment_words
from dreamtree.workbook.shapes import DiffLine, HistoryEntry, HistoryPage, Link

KINDS = {
    "autosave": "saved while typing",
    "save": "saved",
    "row": "saved with a button",
    "restored": "brought back",
    "refused": "not saved then, because a newer text stood here",
    "merged": "from another tree of yours",
}


def show(user: User, here: Exercise, block: Block, said: Said) -> HistoryPage:
    """The current text and every earlier one, each beside what it would change."""
    one = tool(block.type)
    current = one.long_form(block, said.answer)
    now = HistoryEntry(moment_words(user, said.saved_at), KINDS[said.last_kind], current, True, "", ())
    earlier = tuple(
        _entry(user, here, block, text, one.long_form(block, text.answer), current)
        for text in history.history_of(user, said)
    )
    back = Link(here.title, f"/workbook/{here.id}#{block.anchor}")
    return HistoryPage(f"History · {here.title}", block.label, back, (now, *earlier))


def restore(user: User, here: Exercise, block: Block, revision_id: str) -> bool:
    """Makes an earlier text the current one, as a new revision; False when there is no such text."""
    said = answer_to(user, block.key)
    earlier = history.earlier_text(user, said, revision_id) if said else None
    if said is None or earlier is None:
        return False
    stamp = Stamp(said.revision, db.new_id(), 1, "restored", db.now())
    return save(user, Attempt(here, block, earlier.answer, stamp, said.id, db.new_id(), {})).status == "saved"


def _entry(user: User, here: Exercise, block: Block, earlier: history.Earlier, text: str, current: str) -> HistoryEntry:
    return HistoryEntry(
        at=moment_words(user, earlier.written_at),
        kind_words=KINDS[earlier.kind],
        text=text,
        is_current=False,
        restore_url=f"/workbook/{here.id}/{block.key}/history/{earlier.id}",
        changes=compare(text, current),
    )


def compare(before: str, after: str) -> tuple[DiffLine, ...]:
    """Line by line, what `after` took out of `before` and added to it."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[DiffLine] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [DiffLine("same", text) for text in old[a:b]]
        else:
            lines += [DiffLine("removed", text) for text in old[a:b]] + [DiffLine("added", text) for text in new[c:d]]
    return tuple(lines)
