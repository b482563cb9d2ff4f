"""Bringing two trees together, shown on a page and then done: an account's and one without, or a copy and a tree."""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from peewee import DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError

from dreamtree import db
from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.accounts.people import Current, NewTree
from dreamtree.answers import responses
from dreamtree.answers.limits import LimitReached, require_fitting_together
from dreamtree.archive.erasing import erase_unfinished
from dreamtree.archive.holding import WRONG
from dreamtree.archive.loading import TreeVersion, read_snapshot, tree_version, with_new_records
from dreamtree.archive.merge_trees import Merged, ModuleMerge, Side, merge_trees
from dreamtree.archive.rebuilding import BEHIND, LEARNED, is_behind, learn_changed, set_version
from dreamtree.archive.room import require_room
from dreamtree.archive.shapes import BadFile
from dreamtree.archive.snapshot import Snapshot
from dreamtree.archive.turns import in_turn
from dreamtree.archive.validate import earlier_questions
from dreamtree.archive.writing import SealedRows, changed_blocks, earlier_changes, last_changes, unseen_records
from dreamtree.content import book
from dreamtree.profile.orphans import release_offers
from dreamtree.saving.own_skills import unite
from dreamtree.workbook.dates import moment_words

BY_THEMSELVES = "Tools used on their own"
LONG_PATIENCE = 60
"""A server may find again and again that others saved meanwhile, and to read a large tree once takes it seconds."""
TRIES = 6
"""Readings of a tree in which somebody writes meanwhile, at most."""
NOT_LEARNED = "An answer in this file isn’t in a form we can read, so we can’t use it. Nothing was changed."
UNWRITTEN = (*WRONG, DataError, IntegrityError, InterfaceError, ProgrammingError)
"""What a tool, or then the database, makes of values of another type."""
MENTIONED_FROM = 9
"""Fewer words are no writing, but what was chosen."""
NO_LONGER = "A module that’s no longer in the book"
log = logging.getLogger("dreamtree.archive")


class MovedOn(Exception):
    """Somebody wrote in a tree while another one was brought into it."""


@dataclass(frozen=True)
class SideLine:
    """What one side has: "12 answers, 3 entries, about 640 words", and when it last changed; "nothing yet", and ""."""

    words: str
    changed: str


@dataclass(frozen=True)
class ModuleLine:
    """One module on the page: `mine` is the receiving tree, `theirs` the other, `together` what comes of it.

    `conflicts`: the questions that both answer differently; `stays`, mine or theirs, says whose answer shows there.
    """

    number: str
    title: str
    mine: SideLine
    theirs: SideLine
    together: str
    conflicts: tuple[str, ...]
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


def merged_lines(user: User, merged: Merged) -> tuple[ModuleLine, ...]:
    """The modules in which anything stands, in the words and days of `user`."""
    shown = [one for one in merged.modules if not (one.mine.is_empty and one.theirs.is_empty)]
    return tuple(_line(user, one) for one in shown)


def comparison(user: User, merged: Merged) -> Comparison:
    """What both trees hold, what comes of it, and where both say something else."""
    mine, theirs, together = (
        _side(user, _sum([getattr(one, side) for one in merged.modules])) for side in ("mine", "theirs", "together")
    )
    return Comparison(mine, theirs, together.words, merged_lines(user, merged))


def bring_in(user: User, theirs: Snapshot) -> Report:
    """Writes the tree of a copy into that of `user`; answers what came of it. Raises `LimitReached`."""
    return _learned(user, _merge(MergeRun(user, lambda: theirs)))


def begin_with(arrival: NewTree, theirs: Snapshot) -> Report:
    """A new tree with all that a copy holds: no browser opens it before all of it is there.

    Raises `BadFile` when a tool cannot learn from what the copy says: then nobody was begun.
    """
    user, session = arrival.current.user, arrival.current.session
    db.saving(lambda: people.insert_arriving(arrival))
    try:
        merge = _merge(MergeRun(user, lambda: theirs))
        learn_changed(user, merge.changed, merge.at)
        db.saving(lambda: people.open_session(user, session))
    except UNWRITTEN as error:
        erase_unfinished(user)
        log.warning("a copy cannot be learned from: %s", type(error).__name__)
        raise BadFile(NOT_LEARNED) from error
    return merge.report


def join(account: Current, other: User) -> Report:
    """Writes the tree of `other` into the account, opens the session that waits, and erases `other`: all or nothing.

    Raises `LimitReached`.
    """
    run = MergeRun(account.user, lambda: read_snapshot(other), other, lambda: _replace(account, other))
    return _learned(account.user, _merge(run))


def would_join(user: User, theirs: Snapshot) -> tuple[bool, Merged]:
    """Whether the two must be shown to the person first, and what would come of it. Writes nothing.

    Raises `LimitReached`.
    """
    mine = read_snapshot(user)
    merged = _merged(mine, theirs, db.now())
    return not mine.is_empty and merged.snapshot != mine, merged


# Writing


@dataclass(frozen=True)
class MergeRun:
    """Who receives a tree, what reads it, whose it is where it is somebody's, and what is done with it in the end."""

    user: User
    theirs: Callable[[], Snapshot]
    other: User | None = None
    finish: Callable[[], None] = lambda: None

    def versions(self) -> tuple[TreeVersion, ...]:
        """The versions of both trees: others once somebody wrote in either."""
        return tuple(tree_version(one) for one in (self.user, self.other) if one)


@dataclass(frozen=True)
class Merge:
    """A merge that was written: what came of it, the blocks that are to be learned from, and the moment."""

    report: Report
    changed: Collection[str]
    at: str


def _merge(run: MergeRun) -> Merge:
    """Reads, compares and seals beside all others; what is sent to the database is short.

    What a page shows comes at once, in the last transaction, and only if nobody wrote in either tree meanwhile.
    """
    at, user = db.now(), run.user
    for _ in range(TRIES):
        with db.reading():
            versions, mine, theirs = run.versions(), read_snapshot(user), run.theirs()
        merged = _merged(mine, theirs, at)
        with suppress(MovedOn):
            _write(run, versions, mine, merged.snapshot, at)
            return Merge(_report(user, mine, theirs, merged), changed_blocks(mine, merged.snapshot), at)
    raise OperationalError("the tree was written in all the time")


def _merged(mine: Snapshot, theirs: Snapshot, at: str) -> Merged:
    """Both as one tree. Raises `LimitReached` where they have more entries or text together than a tree."""
    merged = merge_trees(mine, theirs, at)
    require_fitting_together(one.block_key for one in merged.snapshot.instances.values())
    require_room(merged.snapshot, mine, theirs)
    return merged


def _write(run: MergeRun, versions: tuple[TreeVersion, ...], mine: Snapshot, after: Snapshot, at: str) -> None:
    for change in earlier_changes(run.user, mine, after):
        in_turn(change.send)
    expected = (with_new_records(versions[0], unseen_records(mine, after)), *versions[1:])
    last = [*last_changes(run.user, mine, after, at)]
    in_turn(lambda: _finish(run, expected, last), LONG_PATIENCE)


def _finish(run: MergeRun, expected: tuple[TreeVersion, ...], changes: Sequence[SealedRows]) -> None:
    if run.versions() != expected:
        raise MovedOn
    for change in changes:
        change.send()
    if changes:
        set_version(run.user, BEHIND)
    run.finish()


def _learned(user: User, merge: Merge) -> Report:
    """The report, once the answers are learned from. What cannot be is left: the answers themselves are there."""
    try:
        learn_changed(user, merge.changed, merge.at)
        unite(user)
    except (LimitReached, *UNWRITTEN) as error:
        log.warning("an answer cannot be learned from: %s", type(error).__name__)
    return merge.report


def catch_up(user: User) -> None:
    """Learns all answers where a merge was broken off before it had, a little at a time. What cannot be is left."""
    if not is_behind(user):
        return
    try:
        learn_changed(user, responses.answered_keys(user), db.now())
    except UNWRITTEN as error:
        log.warning("an answer cannot be learned from: %s", type(error).__name__)
        db.saving(lambda: set_version(user, LEARNED))


def _replace(account: Current, other: User) -> None:
    people.open_session(account.user, account.session)
    if people.is_anonymous(other.id):
        release_offers([other.id])
        people.delete([other.id])


def _report(user: User, mine: Snapshot, theirs: Snapshot, merged: Merged) -> Report:
    return Report(
        modules=merged_lines(user, merged),
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
    return ModuleLine(one.module_id, title, mine, theirs, together.words, _questions(one.conflicts), one.stays)


def _questions(keys: Iterable[str]) -> tuple[str, ...]:
    """The words of these questions, once each; a block that is called like its exercise says that."""
    blocks = [book().block(key) for key in keys]
    return tuple(dict.fromkeys(block.label or block.key for block in blocks if block))


def _sum(sides: Sequence[Side]) -> Side:
    answers, records, count_of_words = (
        sum(getattr(one, name) for one in sides) for name in ("answers", "records", "words")
    )
    return Side(answers, records, count_of_words, max((one.changed_at for one in sides), default=""))


def _side(user: User, side: Side) -> SideLine:
    if side.is_empty:
        return SideLine("nothing yet", "")
    counts = ((side.answers, "answer", "answers"), (side.records, "entry", "entries"))
    words = [f"{number:,} {one if number == 1 else many}" for number, one, many in counts if number]
    if side.words > MENTIONED_FROM:
        words.append(f"about {side.words:,} words")
    return SideLine(", ".join(words), moment_words(user, side.changed_at) if side.changed_at else "")
