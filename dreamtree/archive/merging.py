"""Bringing two trees together, told on a page and then done: an account's and one without, or a copy and a tree."""

from collections.abc import Callable
from dataclasses import dataclass

from peewee import ModelDelete

from dreamtree import db
from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.accounts.people import Present
from dreamtree.archive.sense import earlier_questions
from dreamtree.archive.tree import Tree, read_tree
from dreamtree.archive.weaving import ModuleMet, Side, Woven, is_empty, woven
from dreamtree.archive.writing import write_within
from dreamtree.content import book
from dreamtree.profile.unnamed import release_approved
from dreamtree.workbook.dates import moment_words

BY_THEMSELVES = "Tools used by themselves"
NO_LONGER = "A module that is no longer in the book"


@dataclass(frozen=True)
class SideLine:
    """What one side has in a module: "12 answers, 3 entries", and when it last changed; "nothing yet", and ""."""

    words: str
    changed: str


@dataclass(frozen=True)
class ModuleLine:
    """One module on the page: `mine` is the receiving tree, `theirs` the other; `stays` is mine, theirs or both."""

    number: str
    title: str
    mine: SideLine
    theirs: SideLine
    stays: str


@dataclass(frozen=True)
class Report:
    """What came of it: the modules that met, texts that are new here, and questions that the book no longer asks."""

    modules: tuple[ModuleLine, ...]
    answers: int
    records: int
    earlier: int
    earlier_questions: tuple[str, ...]
    has_changed: bool


def lines_of(user: User, found: Woven) -> tuple[ModuleLine, ...]:
    """The modules in which anything stands, in the words and days of `user`."""
    met = [one for one in found.modules if not (one.mine.is_empty and one.theirs.is_empty)]
    return tuple(_line(user, one) for one in met)


def bring_in(user: User, theirs: Tree) -> Report:
    """Writes `theirs` into the tree of `user`, in one transaction; answers what came of it."""
    at = db.now()
    return db.saving(lambda: _bring_in(user, theirs, at, lambda: None))


def join(account: Present, other: User) -> Report:
    """Writes the tree of `other` into the account, opens the session that waits, and erases `other`: all or nothing."""
    at = db.now()
    return db.saving(lambda: _bring_in(account.user, read_tree(other), at, lambda: _replace(account, other)))


def would_join(user: User, theirs: Tree) -> tuple[bool, Woven]:
    """Whether the two must be shown to the person first, and what would come of it. Writes nothing."""
    mine = read_tree(user)
    found = woven(mine, theirs, db.now())
    return not is_empty(mine) and found.tree != mine, found


def _bring_in(user: User, theirs: Tree, at: str, and_then: Callable[[], None]) -> Report:
    mine = read_tree(user)
    found = woven(mine, theirs, at)
    if found.tree != mine:
        write_within(user, mine, found.tree, at)
    and_then()
    return _report(user, mine, theirs, found)


def _replace(account: Present, other: User) -> None:
    people.open_session(account.user, account.session)
    release_approved([other.id])
    ModelDelete(User).where(User.id == other.id, User.is_anonymous == 1).execute()


def _report(user: User, mine: Tree, theirs: Tree, found: Woven) -> Report:
    return Report(
        modules=lines_of(user, found),
        answers=len(found.tree.answers) - len(mine.answers),
        records=len(found.tree.instances) - len(mine.instances),
        earlier=_earlier(found.tree) - _earlier(mine),
        earlier_questions=tuple(earlier_questions(theirs)),
        has_changed=found.tree != mine,
    )


def _earlier(tree: Tree) -> int:
    answers, records = tree.answers.values(), tree.instances.values()
    return sum(len(one.history) for one in answers) + sum(len(one.history) for one in records)


def _line(user: User, one: ModuleMet) -> ModuleLine:
    module = book().module(one.module_id)
    title = module.title if module else NO_LONGER if one.module_id else BY_THEMSELVES
    return ModuleLine(one.module_id, title, _side(user, one.mine), _side(user, one.theirs), one.stays)


def _side(user: User, side: Side) -> SideLine:
    if side.is_empty:
        return SideLine("nothing yet", "")
    counts = ((side.answers, "answer", "answers"), (side.records, "entry", "entries"))
    words = ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counts if number)
    return SideLine(words, moment_words(user, side.changed_at))
