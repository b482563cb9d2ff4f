"""Everything an exercise page needs from the database, in a fixed number of queries, before anything is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dreamtree import db
from dreamtree.accounts.days import today_of
from dreamtree.accounts.models import User
from dreamtree.answers import inputs, responses
from dreamtree.answers.inputs import Seen
from dreamtree.answers.stored import StoredAnswer
from dreamtree.connections.resolve import resolve
from dreamtree.connections.sources import SOURCES
from dreamtree.content import library
from dreamtree.content.book import Block, Connection, Exercise
from dreamtree.profile.skill_lists import own_skills
from dreamtree.saving.progress import Progress, progress_of_person
from dreamtree.tools import Inputs, tool
from dreamtree.values import Answer, Item
from dreamtree.vault import digest
from dreamtree.workbook.summaries import read_beside


@dataclass(frozen=True)
class PageContext:
    """What one person has said, and what reaches one exercise from elsewhere."""

    said: Mapping[str, StoredAnswer]
    seen: Mapping[tuple[str, int], Seen]
    off: frozenset[tuple[str, int]]
    way: Progress
    items: Mapping[int, tuple[Item, ...]] = field(default_factory=dict)
    leaves: int = 0
    own: tuple[Item, ...] = ()
    today: str = ""
    secret: str = ""

    def is_off(self, block: Block, connection: Connection) -> bool:
        """Whether the person said *don't use this here*."""
        return (block.key, connection.id) in self.off

    def of(self, block: Block, connection: Connection) -> tuple[Item, ...]:
        """The items of a connection at this block; none when it is switched off."""
        return () if self.is_off(block, connection) else self.items.get(connection.id, ())


def load_context(user: User, exercise: Exercise) -> PageContext:
    """What the page of this exercise rests on: five queries, and at most one for each distinct source."""
    keys = [block.key for block in exercise.answered_blocks]
    with db.reading():
        said, complete = responses.answers_and_complete(user, read_beside(exercise))
        seen = inputs.seen_at(user, keys)
        stale = {key for (key, _), one in seen.items() if one.is_stale}
        off, today = inputs.switched_off(user, keys), today_of(user).isoformat()
        found = PageContext(
            said, seen, off, progress_of_person(user, complete, stale), leaves=len(complete), today=today
        )
        found = replace(found, secret=digest(user, "row-keys", ""))
        if found.way.is_locked(exercise):
            return found
        own = own_skills(user) if any(block.type == "skill-tagger" for block in exercise.blocks) else ()
        return replace(found, items=resolve(user, _asked(exercise, found)), own=own)


def inputs_of(exercise: Exercise, block: Block, found: PageContext) -> Inputs:
    """What connections and the other blocks of the page bring to this one."""
    rows = [item for one in block.connections if one.gives == "rows" for item in found.of(block, one)]
    draft = [item for one in block.connections if one.is_draft for item in found.of(block, one)]
    beside = [item for other in _named(exercise, block, "rows_of") for item in _items_of(other, found)]
    about = [item.text for other in _named(exercise, block, "about") for item in _items_of(other, found)]
    return Inputs((*rows, *beside), tuple(draft), "\n".join(about), found.own, library(), found.today, found.secret)


def shown_answer(block: Block, found: PageContext, given: Inputs) -> Answer:
    """The answer as the page shows it: saved, or a first draft from earlier, or empty; live rows as they are now."""
    one, said = tool(block.type), found.said.get(block.key)
    answer = said.answer if said else one.start(block, given) if given.draft else one.empty(block)
    return one.with_live_rows(block, answer, given)


def _asked(exercise: Exercise, found: PageContext) -> list[Connection]:
    """Each connection once; a draft that was saved and whose source stands still is not asked for again."""
    asked: dict[int, Connection] = {}
    for block in exercise.answered_blocks:
        for connection in block.connections:
            if (
                connection.source in SOURCES
                and not found.is_off(block, connection)
                and not _is_settled(block, connection, found)
            ):
                asked[connection.id] = connection
    return list(asked.values())


def _is_settled(block: Block, connection: Connection, found: PageContext) -> bool:
    seen = found.seen.get((block.key, connection.id))
    return seen is not None and connection.is_copied_once and not seen.has_changed


def _named(exercise: Exercise, block: Block, option: str) -> list[Block]:
    others = (exercise.block(name) for name in block.options.get(option, ()))
    return [other for other in others if other is not None]


def _items_of(block: Block, found: PageContext) -> tuple[Item, ...]:
    """What a block of the page says; the one line of a prompt goes by the block's name."""
    said = found.said.get(block.key)
    items = tool(block.type).items(said.answer) if said else ()
    return tuple(replace(item, key=block.name) if item.key == "value" else item for item in items)
