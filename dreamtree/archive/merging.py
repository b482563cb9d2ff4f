"""Bringing two trees together, shown on a page and then done: an account's and one without, or a copy and a tree."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from peewee import DataError, IntegrityError, InterfaceError, ProgrammingError

from dreamtree import db
from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.accounts.people import Current
from dreamtree.archive.holding import WRONG
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.merge_trees import Merged, ModuleMerge, Side, merge_trees
from dreamtree.archive.shapes import BadFile
from dreamtree.archive.snapshot import Snapshot
from dreamtree.archive.validate import earlier_questions
from dreamtree.archive.writing import write_snapshot
from dreamtree.content import book
from dreamtree.profile.orphans import release_offers
from dreamtree.workbook.dates import moment_words

BY_THEMSELVES = "Tools used on their own"
NOT_LEARNED = "An answer in this file isn’t in a form we can read, so we can’t use it. Nothing was changed."
UNWRITTEN = (*WRONG, DataError, IntegrityError, InterfaceError, ProgrammingError)
"""What a tool, or then the database, makes of values of another type."""
MENTIONED_FROM = 9
"""Fewer words are no writing, but what was chosen."""
NO_LONGER = "A module that’s no longer in the book"
log = logging.getLogger("dreamtree.archive")


@dataclass(frozen=True)
class SideLine:
    """What one side has: "12 answers, 3 entries, about 640 words", and when it last changed; "nothing yet", and ""."""

    words: str
    changed: str


@dataclass(frozen=True)
class ModuleLine:
    """One module on the page: `mine` is the receiving tree, `theirs` the other, `together` what comes of it.

    `met`: the questions that both answer differently; `stays`, mine or theirs, says whose answer shows there.
    """

    number: str
    title: str
    mine: SideLine
    theirs: SideLine
    together: str
    met: tuple[str, ...]
    stays: str


@dataclass(frozen=True)
class Comparison:
    """Both trees as a whole, then module by module."""

    mine: SideLine
    theirs: SideLine
    together: str
    modules: tuple[ModuleLine, ...]


@dataclass(frozen=True)
class Report:
    """What came of it: modules that were merged, texts that are new here, questions that the book no longer asks."""

    modules: tuple[ModuleLine, ...]
    answers: int
    records: int
    earlier: int
    earlier_questions: tuple[str, ...]
    has_changed: bool


def lines_of(user: User, merged: Merged) -> tuple[ModuleLine, ...]:
    """The modules in which anything stands, in the words and days of `user`."""
    shown = [one for one in merged.modules if not (one.mine.is_empty and one.theirs.is_empty)]
    return tuple(_line(user, one) for one in shown)


def comparison(user: User, merged: Merged) -> Comparison:
    """What both trees hold, what comes of it, and where both say something else."""
    mine, theirs, together = (
        _side(user, _sum([getattr(one, side) for one in merged.modules])) for side in ("mine", "theirs", "together")
    )
    return Comparison(mine, theirs, together.words, lines_of(user, merged))


def bring_in(user: User, theirs: Snapshot, arrive: Callable[[], object] | None = None) -> Report:
    """Writes the tree of a copy into that of `user`, in one transaction; answers what came of it.

    `arrive` writes somebody who is not there yet, in the same transaction. Raises `BadFile` when a tool cannot learn
    from what the copy says: then nothing was written.
    """
    at = db.now()
    try:
        return db.saving(lambda: _bring_in(user, theirs, at, arrive))
    except UNWRITTEN as error:
        log.warning("a copy cannot be learned from: %s", type(error).__name__)
        raise BadFile(NOT_LEARNED) from error


def join(account: Current, other: User) -> Report:
    """Writes the tree of `other` into the account, opens the session that waits, and erases `other`: all or nothing."""
    at = db.now()
    return db.saving(lambda: _join(account, other, at))


def would_join(user: User, theirs: Snapshot) -> tuple[bool, Merged]:
    """Whether the two must be shown to the person first, and what would come of it. Writes nothing."""
    mine = read_snapshot(user)
    merged = merge_trees(mine, theirs, db.now())
    return not mine.is_empty and merged.snapshot != mine, merged


def _bring_in(user: User, theirs: Snapshot, at: str, arrive: Callable[[], object] | None) -> Report:
    if arrive is not None:
        arrive()
    return _merge(user, theirs, at)


def _join(account: Current, other: User, at: str) -> Report:
    report = _merge(account.user, read_snapshot(other), at)
    _replace(account, other)
    return report


def _merge(user: User, theirs: Snapshot, at: str) -> Report:
    mine = read_snapshot(user)
    merged = merge_trees(mine, theirs, at)
    if merged.snapshot != mine:
        write_snapshot(user, mine, merged.snapshot, at)
    return _report(user, mine, theirs, merged)


def _replace(account: Current, other: User) -> None:
    people.open_session(account.user, account.session)
    if people.is_anonymous(other.id):
        release_offers([other.id])
        people.delete([other.id])


def _report(user: User, mine: Snapshot, theirs: Snapshot, merged: Merged) -> Report:
    return Report(
        modules=lines_of(user, merged),
        answers=len(merged.snapshot.answers) - len(mine.answers),
        records=len(merged.snapshot.instances) - len(mine.instances),
        earlier=_earlier(merged.snapshot) - _earlier(mine),
        earlier_questions=tuple(earlier_questions(theirs)),
        has_changed=merged.snapshot != mine,
    )


def _earlier(snapshot: Snapshot) -> int:
    return sum(len(one.history) for one in snapshot.texts)


def _line(user: User, one: ModuleMerge) -> ModuleLine:
    module = book().module(one.module_id)
    title = module.title if module else NO_LONGER if one.module_id else BY_THEMSELVES
    mine, theirs, together = (_side(user, side) for side in (one.mine, one.theirs, one.together))
    return ModuleLine(one.module_id, title, mine, theirs, together.words, _questions(one.met), one.stays)


def _questions(keys: Iterable[str]) -> tuple[str, ...]:
    """The words of these questions, once each; a block that is called like its exercise says that."""
    blocks = [book().block(key) for key in keys]
    return tuple(dict.fromkeys(block.label or block.key for block in blocks if block))


def _sum(sides: Sequence[Side]) -> Side:
    answers, records, said = (sum(getattr(one, name) for one in sides) for name in ("answers", "records", "words"))
    return Side(answers, records, said, max((one.changed_at for one in sides), default=""))


def _side(user: User, side: Side) -> SideLine:
    if side.is_empty:
        return SideLine("nothing yet", "")
    counts = ((side.answers, "answer", "answers"), (side.records, "entry", "entries"))
    words = [f"{number:,} {one if number == 1 else many}" for number, one, many in counts if number]
    if side.words > MENTIONED_FROM:
        words.append(f"about {side.words:,} words")
    return SideLine(", ".join(words), moment_words(user, side.changed_at) if side.changed_at else "")
