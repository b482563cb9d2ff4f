"""What moved upstream since an answer was saved, item by item, with the buttons that settle it."""

from collections.abc import Sequence

from dreamtree.answers.built_on import Seen
from dreamtree.connections.resolve import seen_words
from dreamtree.content import book
from dreamtree.content.book import Block, Connection
from dreamtree.profile.provenance import exercise_of
from dreamtree.saving.staleness import Changes, changes
from dreamtree.tools import tool
from dreamtree.values import Answer, Item
from dreamtree.workbook.change_shapes import ChangeLine, ChangeView
from dreamtree.workbook.context import PageContext, cached_on_page
from dreamtree.workbook.recalls import scope_of

FORGOTTEN = "What you forgot for good"
ANOTHER_LOOK, NEW = "needs another look", "new"


@cached_on_page
def change_of(context: PageContext, block: Block) -> ChangeView | None:
    """What moved upstream of a block, the strongest first; None when all stands as it was seen.

    What an earlier block of the page asks about is not asked again: its buttons answer for all of them. What is new
    waits until then, for it may follow from that.
    """
    moved = [view for view in (change_through(context, block, one) for one in block.connections) if view]
    if not moved:
        return None
    before = _asked_before(context, block)
    asked = {one.mark for view in before for one in view.lines}
    left = [_without_asked(view, asked) for view in moved]
    shown = [view for view in left if view.lines and not (before and view.strength == NEW)]
    return min(shown, key=lambda view: view.strength == NEW, default=None)


def _without_asked(view: ChangeView, asked: set[tuple[str, str, str]]) -> ChangeView:
    """A view without what is asked elsewhere."""
    return _view(tuple(one for one in view.lines if one.mark not in asked), view.keep_all_value)


def _view(lines: tuple[ChangeLine, ...], keep_all_value: str) -> ChangeView:
    """What moved; a new item alone is one quiet line."""
    if all(one.kind == "add" for one in lines):
        return ChangeView(
            NEW,
            lines,
            keep_all_value,
            f"{len(lines)} are new since you answered." if len(lines) > 1 else "One is new since you answered.",
        )
    return ChangeView(
        ANOTHER_LOOK, lines, keep_all_value, "Something this was based on has changed. We didn't touch what you wrote."
    )


def _asked_before(context: PageContext, block: Block) -> list[ChangeView]:
    blocks = context.exercise.answered_blocks
    earlier = blocks[: blocks.index(block)] if block in blocks else ()
    return [view for view in (change_of(context, one) for one in earlier) if view]


def change_through(context: PageContext, block: Block, connection: Connection) -> ChangeView | None:
    """What moved in one connection of a block since it was last agreed to; None when nothing did."""
    stored, seen = context.stored.get(block.key), context.seen_by(block, connection)
    if stored is None or seen is None or not seen.has_changed or context.is_off(block, connection):
        return None
    if not connection.is_inside:
        return None
    items = context.items.get(connection.id, ())
    moved = changes(block, stored.answer, seen.words, seen_words(items))
    lines = _lines(block, connection, stored.answer, moved, seen, items)
    return _view(lines, f"{block.key}|noted|{connection.id}") if lines else None


def _lines(
    block: Block, connection: Connection, answer: Answer, moved: Changes, seen: Seen, items: Sequence[Item]
) -> tuple[ChangeLine, ...]:
    now, by_key = seen_words(items), {item.key: item for item in items}
    kinds = (("take out", moved.gone), ("changed", moved.reworded), ("add", moved.new))

    def button(verb: str, key: str) -> str:
        return f"{block.key}|{verb}|{connection.id}:{key}"

    return tuple(
        ChangeLine(
            kind=kind,
            key=key,
            old=seen.words.get(key) or FORGOTTEN,
            new=now.get(key, ""),
            source_title=_source_title(connection, seen, by_key.get(key)),
            accept_value=button("accept", key) if _is_accepted(block, answer, by_key.get(key)) else "",
            keep_value=button("keep-mine", key),
            is_private=connection.is_private or (key in by_key and by_key[key].is_private),
        )
        for kind, keys in kinds
        for key in keys
    )


def _source_title(connection: Connection, seen: Seen, item: Item | None) -> str:
    """The exercise that an item came from; for one that is gone, the one whose answer moved what was seen."""
    if item and item.provenance:
        return item.provenance.exercise_title
    mover = book().exercise(exercise_of(seen.moved_by)) if seen.moved_by else None
    return mover.title if mover else scope_of(connection).title


def _is_accepted(block: Block, answer: Answer, item: Item | None) -> bool:
    """Whether accepting changes the answer. What stands there by itself, or has no room, can only be noted."""
    return item is None or tool(block.type).apply_upstream(block, answer, item) != answer
