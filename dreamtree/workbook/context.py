"""Everything an exercise page needs from the database, in a fixed number of queries, before anything is shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, TypeVar

from dreamtree import db
from dreamtree.accounts.days import day_of, today_of
from dreamtree.accounts.models import User
from dreamtree.answers import built_on, responses
from dreamtree.answers.built_on import BlockConnection, Seen
from dreamtree.answers.records import Excerpt, LogAnswer
from dreamtree.answers.stored import Effects, SaveResult, StoredAnswer
from dreamtree.connections.resolve import resolve
from dreamtree.connections.sources import SOURCES
from dreamtree.content import book, library
from dreamtree.content.book import Block, Connection, Exercise
from dreamtree.profile import SKILLS_SOURCE
from dreamtree.profile.skill_lists import own_skills
from dreamtree.saving.progress import Progress, progress_at
from dreamtree.saving.upstream import open_ahead, readers_of
from dreamtree.tools import Inputs, tool
from dreamtree.values import Answer, Item
from dreamtree.vault import digest

SeenAt = Mapping[BlockConnection, Seen]
T = TypeVar("T")
NEWEST = Excerpt()


@dataclass(frozen=True)
class PageContext:
    """What the page of one exercise rests on: who has it open, what they have said, and what reaches it from elsewhere.

    `stored` are the answers it shows, by block key, with those at its edge, `complete` the keys of all complete answers
    in the book. `items` are what connections bring, by their numbers. `today` and `secret` are as in `Inputs`. `opened`
    are the blocks whose form was asked for, by key, each with the row it was asked for at or "". Of answers that keep
    records this `excerpt` was read; `log_summaries` are what its tool says of all entries of a log, by block, on a page
    that is shown. `back` is the id of the module whose summary the person came from, or "".
    """

    user: User
    exercise: Exercise
    stored: Mapping[str, StoredAnswer]
    complete: frozenset[str]
    seen: SeenAt
    off: frozenset[BlockConnection]
    progress: Progress
    today: str
    secret: str
    items: Mapping[int, tuple[Item, ...]] = field(default_factory=dict)
    own_skills: tuple[Item, ...] = ()
    opened: Mapping[str, str] = field(default_factory=dict)
    excerpt: Excerpt = NEWEST
    log_summaries: Mapping[str, str] = field(default_factory=dict)
    back: str = ""
    cache: dict[tuple[str, str], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def is_locked(self) -> bool:
        """Whether the page can only be read."""
        return self.progress.is_locked(self.exercise)

    @property
    def shows_older(self) -> bool:
        """Whether it shows older entries of a log."""
        return any(one.span.end for one in self.stored.values() if isinstance(one, LogAnswer) and one.span)

    def is_off(self, block: Block, connection: Connection) -> bool:
        """Whether the person said *Don’t show this here*."""
        return (block.key, connection.id) in self.off

    def seen_by(self, block: Block, connection: Connection) -> Seen | None:
        """What an answer was built on; None for a connection that brought nothing when it was first saved."""
        return self.seen.get((block.key, connection.id))

    def items_through(self, block: Block, connection: Connection) -> tuple[Item, ...]:
        """The items of a connection at this block; none when it is switched off."""
        return () if self.is_off(block, connection) else self.items.get(connection.id, ())


def cached_on_page(find: Callable[[PageContext, Block], T]) -> Callable[[PageContext, Block], T]:
    """`find`, which depends on a page's context and one of its blocks only, called once for both.

    What it found stands in the context's `cache`. A context that is copied from another starts with an empty one.
    """

    @wraps(find)
    def cached(context: PageContext, block: Block) -> T:
        key = (find.__name__, block.key)
        if key not in context.cache:
            context.cache[key] = find(context, block)
        found: T = context.cache[key]
        return found

    return cached


def load_context(user: User, exercise: Exercise, saved: Block | None = None, excerpt: Excerpt = NEWEST) -> PageContext:
    """What the page of this exercise rests on: at most four queries, and one for each distinct source.

    Where this block is about to be `saved`, what other answers were built on is opened, too, before the save. Of logs
    this `excerpt` is read.
    """
    keys = [block.key for block in exercise.answered_blocks]
    most = {one.key: tool(one.type).most_read for one in (*exercise.answered_blocks, *book().ambient_on(exercise))}
    shown, excerpt = list(most), replace(excerpt, most=most)
    others = readers_of(saved).difference(shown) if saved else frozenset[str]()
    with db.reading():
        stored = responses.stored_answers_and_days(user, [*shown, *others])
        seen_anywhere, off = built_on.seen_and_off(user, [*keys, *others])
        seen = {place: one for place, one in seen_anywhere.items() if place[0] not in others}
        open_ahead(stored, others)
        context = PageContext(
            user=user,
            exercise=exercise,
            stored=stored.answers(shown, excerpt),
            complete=stored.complete,
            seen=seen,
            off=off,
            progress=progress_at(stored, _stale(seen)),
            today=today_of(user).isoformat(),
            secret=digest(user, "row-keys", ""),
            excerpt=excerpt,
        )
        if context.is_locked:
            return context
        return replace(context, items=resolve(user, _connections_to_resolve(context)), own_skills=_own_skills(context))


def load_again(before: PageContext) -> PageContext:
    """What the same page rests on by now."""
    return replace(load_context(before.user, before.exercise, excerpt=before.excerpt), back=before.back)


def context_after(before: PageContext, saves: Sequence[SaveResult]) -> PageContext:
    """What the page rests on once these answers of it are saved, as the saves tell it.

    Only what no save had to ask for is read; everything, where one set off more than it tells.
    """
    after = before
    with db.reading():
        for result in saves:
            if result.has_changed and result.effects is None:
                return load_again(before)
            after = _after_one(after, result, result.effects)
        changed_sources = frozenset[str]().union(*(one.changed_sources for one in saves))
        own = _own_skills(after) if SKILLS_SOURCE in changed_sources else before.own_skills
        return replace(after, items=_items_again(after), own_skills=own)


def _after_one(before: PageContext, result: SaveResult, effects: Effects | None) -> PageContext:
    """After one save; connections that read what it changed bring what it tells, or nothing that is known yet."""
    key = result.stored.block_key
    stored = {**before.stored, key: result.stored}
    if effects is None:
        return replace(before, stored=stored)
    own_keys = {block.key for block in before.exercise.answered_blocks}
    others = {place: seen for place, seen in before.seen.items() if place[0] != key}
    seen = others | {place: one for place, one in effects.seen.items() if place[0] in own_keys}
    progress = before.progress.after_save(before.exercise, effects.complete, _stale(seen))
    standing = {number: items for number, items in before.items.items() if not _reads(number, result.changed_sources)}
    return replace(
        before,
        stored=stored,
        complete=effects.complete,
        seen=seen,
        progress=progress,
        items={**standing, **effects.items},
    )


def _reads(number: int, sources: frozenset[str]) -> bool:
    connection = book().connection(number)
    return connection is None or connection.source in sources


@cached_on_page
def inputs_of(context: PageContext, block: Block) -> Inputs:
    """What connections and the other blocks of the page bring to this one."""
    rows = [item for one in block.connections if one.gives == "rows" for item in context.items_through(block, one)]
    draft = [item for one in block.connections if one.is_draft for item in context.items_through(block, one)]
    beside = [item for other in _named_blocks(context, block, "rows_of") for item in _items_of(context, other)]
    about = [item.text for other in _named_blocks(context, block, "about") for item in _items_of(context, other)]
    return Inputs(
        rows=(*rows, *beside),
        draft=tuple(draft),
        offers=_by_source(context, block, "offer"),
        recalls={name: _by_day(context, items) for name, items in _by_source(context, block, "recall").items()},
        connection_ids={
            item.key: one.id for one in block.connections if one.is_inside for item in context.items_through(block, one)
        },
        about="\n".join(about),
        own_skills=context.own_skills,
        library=library(),
        today=context.today,
        secret=context.secret,
        skill_pages=book().takers(SKILLS_SOURCE, block.exercise_id) if tool(block.type).wants_own_skills else {},
        opened=context.opened.get(block.key, ""),
        log_summary=context.log_summaries.get(block.key, ""),
    )


def _by_source(context: PageContext, block: Block, gives: str) -> dict[str, tuple[Item, ...]]:
    """What the connections bring that give this, by their source."""
    found: dict[str, tuple[Item, ...]] = {}
    for one in (one for one in block.connections if one.gives == gives):
        found[one.source] = (*found.get(one.source, ()), *context.items_through(block, one))
    return found


def _by_day(context: PageContext, items: Iterable[Item]) -> tuple[Item, ...]:
    """The items of a recall, each written on a day of the person's."""
    return tuple(_on_its_day(context.user, item) for item in items)


def _on_its_day(user: User, item: Item) -> Item:
    if item.provenance is None:
        return item
    day = day_of(user, item.provenance.written_at).isoformat()
    return replace(item, provenance=replace(item.provenance, written_at=day))


@cached_on_page
def shown_answer(context: PageContext, block: Block) -> Answer:
    """The answer as the page shows it: saved, or a first draft from earlier, or empty; live rows as they are now."""
    kind, stored, inputs = tool(block.type), context.stored.get(block.key), inputs_of(context, block)
    answer = stored.answer if stored else kind.start(block, inputs) if inputs.draft else kind.empty(block)
    return kind.with_live_rows(block, answer, inputs)


def _stale(seen: SeenAt) -> frozenset[str]:
    return frozenset(key for (key, _), one in seen.items() if one.is_stale)


def to_show(context: PageContext) -> PageContext:
    """The same with what is said of all entries of its logs, where only a part of them was read."""
    stored = ((block, context.stored.get(block.key)) for block in context.exercise.answered_blocks)
    parts = [(block, one.answer) for block, one in stored if one and "unread" in one.answer]
    if not parts:
        return context
    with db.reading():
        summaries = {block.key: tool(block.type).log_summary(context.user, block, answer) for block, answer in parts}
    return replace(context, log_summaries=summaries)


def _own_skills(context: PageContext) -> tuple[Item, ...]:
    is_wanted = any(tool(block.type).wants_own_skills for block in context.exercise.answered_blocks)
    return own_skills(context.user) if is_wanted else ()


def _items_again(context: PageContext) -> dict[int, tuple[Item, ...]]:
    """What connections bring: what is known of it, and the others asked."""
    asked = _connections_to_resolve(context)
    known = {one.id: context.items[one.id] for one in asked if one.id in context.items}
    return known | resolve(context.user, [one for one in asked if one.id not in known])


def _connections_to_resolve(context: PageContext) -> list[Connection]:
    """Each connection once; a draft that was copied and whose source stands still is not asked for again."""
    asked = {
        connection.id: connection
        for block in context.exercise.answered_blocks
        for connection in block.connections
        if connection.source in SOURCES
        and not context.is_off(block, connection)
        and not _is_settled(context, block, connection)
    }
    return list(asked.values())


def _is_settled(context: PageContext, block: Block, connection: Connection) -> bool:
    seen = context.seen_by(block, connection)
    is_copied = connection.is_copied_once and connection.gives not in tool(block.type).follows
    return seen is not None and is_copied and not seen.has_changed


def _named_blocks(context: PageContext, block: Block, option: str) -> list[Block]:
    others = (context.exercise.block(name) for name in block.options.get(option, ()))
    return [other for other in others if other is not None]


def _items_of(context: PageContext, block: Block) -> tuple[Item, ...]:
    """What a block of the page says; the one line of a prompt goes by the block's name."""
    stored = context.stored.get(block.key)
    items = tool(block.type).items(stored.answer) if stored else ()
    return tuple(replace(item, key=block.name) if item.key == "value" else item for item in items)
