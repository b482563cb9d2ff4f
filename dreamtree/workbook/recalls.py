"""Recalls: what was said earlier, set beside the work, with where it came from."""

from collections.abc import Container, Iterator

from dreamtree.accounts.models import User
from dreamtree.connections.sources import SOURCES
from dreamtree.content import book
from dreamtree.content.book import Block, Connection
from dreamtree.profile.provenance import exercise_of
from dreamtree.tools import tool
from dreamtree.values import Item
from dreamtree.workbook.context import PageContext
from dreamtree.workbook.dates import written_words
from dreamtree.workbook.shapes import BroughtView, Link, RecallItem, RecallView, link_to

OPEN_ITEMS = 3
OPEN_TASKS = 2
YEAR = 4


def recalls_of(context: PageContext, block: Block) -> tuple[tuple[RecallView, ...], tuple[RecallView, ...]]:
    """The recalls of a block that stand before its answer, and those that stand after."""
    shown = [one for one in block.connections if one.source in SOURCES and _is_shown(context, block, one)]
    before = tuple(_without_repeated([_recall(context, block, one) for one in shown if one.place == "before"]))
    is_answered = block.key in context.stored
    after = tuple(_recall(context, block, one) for one in shown if one.place == "after") if is_answered else ()
    return before, after


def _without_repeated(recalls: list[RecallView]) -> Iterator[RecallView]:
    """Without those that say again of a page that there is nothing from it yet."""
    for n, one in enumerate(recalls):
        if one.empty is None or all(other.empty != one.empty for other in recalls[:n]):
            yield one


def _is_shown(context: PageContext, block: Block, connection: Connection) -> bool:
    """Rows and drafts stand in the tool itself; only an empty source or a switched-off one is told beside it."""
    if not connection.is_inside or context.is_off(block, connection):
        return True
    return block.key not in context.stored and not context.items_through(block, connection)


def brought_to(context: PageContext, block: Block) -> tuple[BroughtView, ...]:
    """Where the rows or the draft that stand in the tool itself come from."""
    inside = [one for one in block.connections if one.is_inside and _is_brought(context, block, one)]
    return tuple(_brought_view(context, block, one) for one in inside)


def _is_brought(context: PageContext, block: Block, connection: Connection) -> bool:
    return not context.is_off(block, connection) and bool(context.items_through(block, connection))


def _brought_view(context: PageContext, block: Block, connection: Connection) -> BroughtView:
    items = context.items_through(block, connection)
    source = _source_of(connection, items)
    is_copied = connection.gives == "draft" and "draft" not in tool(block.type).follows
    dates = [item.provenance.written_at for item in items if item.provenance]
    return BroughtView(
        id=connection.id,
        anchor=f"{block.anchor}-c{connection.id}",
        sentence=connection.sentence,
        source_title=source.title,
        url=_block_url(items) or source.url,
        written_on=written_words(context.user, max(dates, default="")),
        is_draft=is_copied and block.key not in context.stored,
    )


def _source_of(connection: Connection, items: tuple[Item, ...]) -> Link:
    """The one exercise that the items were written in; the module when there are several."""
    titles = {item.provenance.exercise_id: item.provenance.exercise_title for item in items if item.provenance}
    if len(titles) == 1:
        ((exercise_id, title),) = titles.items()
        return Link(title, f"/workbook/{exercise_id}")
    return scope_of(connection)


def scope_of(connection: Connection) -> Link:
    """Where the items of a connection may come from: its module, or the one exercise."""
    modules = (book().module(scope) for scope in connection.from_scope)
    module = next((one for one in modules if one), None)
    return Link(module.title, "/workbook") if module else filled_by(connection)


def _block_url(items: tuple[Item, ...]) -> str:
    """The block that all the items were written in, or ""."""
    blocks = {item.provenance.block_key for item in items if item.provenance}
    return _url_of(blocks.pop()) if len(blocks) == 1 else ""


def _url_of(block_key: str) -> str:
    return f"/workbook/{exercise_of(block_key)}#b-{block_key.replace('.', '-')}"


def _recall(context: PageContext, block: Block, connection: Connection) -> RecallView:
    items = tuple(_recall_item(context.user, item) for item in context.items_through(block, connection))
    seen, is_off = context.seen_by(block, connection), context.is_off(block, connection)
    return RecallView(
        id=connection.id,
        anchor=f"{block.anchor}-c{connection.id}",
        sentence=connection.sentence,
        items=items[:OPEN_ITEMS],
        more=items[OPEN_ITEMS:],
        is_open=connection.is_open,
        is_private=connection.is_private or (bool(items) and all(item.is_private for item in items)),
        is_off=is_off,
        empty=None if items or is_off else _would_fill(context, block, connection),
        has_changed=bool(seen and seen.has_changed),
    )


def _recall_item(user: User, item: Item) -> RecallItem:
    where = item.provenance
    return RecallItem(
        text=item.text,
        detail=_detail(item),
        url=_url_of(where.block_key) if where else "",
        source_title=where.exercise_title if where else "",
        written_on=written_words(user, where.written_at) if where else "",
        is_private=bool(where and where.is_private),
    )


def _detail(item: Item) -> str:
    """What an item's fields add in a short line: how it felt, when, where, what it was seen in, what would raise it."""
    tasks = tuple(item.fields.get("tasks") or item.fields.get("subject_words") or ())
    years = dict.fromkeys(str(item.fields.get(end) or "")[:YEAR] for end in ("from", "to"))
    more = f" (and {len(tasks) - OPEN_TASKS} more)" if len(tasks) > OPEN_TASKS else ""
    shown = "; ".join(tasks[:OPEN_TASKS]) + more
    felt, where, raises = (item.fields.get(one) for one in ("felt", "where", "raise"))
    parts = (felt, where, "–".join(filter(None, years)), shown, raises)
    return " · ".join(part for part in parts if part)


def _would_fill(context: PageContext, block: Block, connection: Connection) -> Link:
    """What would fill an empty source: another exercise, or the blocks before this one on its page."""
    source = filled_by(connection, context.progress.done)
    exercise = book().exercise(block.exercise_id)
    if exercise is None or source.url != f"/workbook/{exercise.id}":
        return Link(f"“{source.title}”", source.url)
    return Link("Your answer above", f"#{exercise.answered_blocks[0].anchor}")


def filled_by(connection: Connection, done: Container[str] = ()) -> Link:
    """The first exercise that would fill an empty source, one that is not `done` before one that is."""
    exercise = min(book().makers(connection), key=lambda one: one.id in done, default=None)
    return link_to(exercise) if exercise else Link("The workbook", "/workbook")
