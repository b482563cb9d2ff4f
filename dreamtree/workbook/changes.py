"""What moved upstream since an answer was saved, item by item, with the buttons that settle it."""

from collections.abc import Sequence

from dreamtree.connections.resolve import words_of
from dreamtree.content.book import Block, Connection
from dreamtree.saving.staleness import Changes, changes
from dreamtree.tools import tool
from dreamtree.values import Answer, Item
from dreamtree.workbook.context import PageContext
from dreamtree.workbook.recalls import filled_by
from dreamtree.workbook.shapes import ChangeLine, ChangeView

FORGOTTEN = "What you forgot for good"


def change_of(context: PageContext, block: Block) -> ChangeView | None:
    """The first of the block's connections that moved, strongest first; None when all stand as they were seen."""
    moved = [view for view in (_change(context, block, one) for one in block.connections) if view]
    return min(moved, key=lambda view: view.strength == "new", default=None)


def _change(context: PageContext, block: Block, connection: Connection) -> ChangeView | None:
    stored, seen = context.stored.get(block.key), context.seen_by(block, connection)
    if stored is None or seen is None or not seen.has_changed or context.is_off(block, connection):
        return None
    if not connection.is_inside:
        return None
    items = context.items.get(connection.id, ())
    moved = changes(block, stored.answer, seen.words, words_of(items))
    lines = _lines(block, connection, stored.answer, moved, seen.words, items)
    if not lines:
        return None
    return ChangeView(
        strength="needs another look" if moved.is_stale else "new",
        source_title=filled_by(connection).title,
        lines=lines,
        keep_all_value=f"{block.key}|noted|{connection.id}",
        words=_words(moved),
    )


def _lines(
    block: Block, connection: Connection, answer: Answer, moved: Changes, seen: dict[str, str], items: Sequence[Item]
) -> tuple[ChangeLine, ...]:
    now, by_key = words_of(items), {item.key: item for item in items}
    kinds = (("take out", moved.gone), ("changed", moved.reworded), ("add", moved.new))

    def button(verb: str, key: str) -> str:
        return f"{block.key}|{verb}|{connection.id}:{key}"

    return tuple(
        ChangeLine(
            kind=kind,
            key=key,
            old=seen.get(key) or FORGOTTEN,
            new=now.get(key, ""),
            accept_value=button("accept", key) if _is_accepted(block, answer, by_key.get(key)) else "",
            keep_value=button("keep-mine", key),
        )
        for kind, keys in kinds
        for key in keys
    )


def _is_accepted(block: Block, answer: Answer, item: Item | None) -> bool:
    """Whether accepting changes the answer. What stands there by itself, or has no room, can only be noted."""
    return item is None or tool(block.type).apply_upstream(block, answer, item) != answer


def _words(moved: Changes) -> str:
    if moved.is_stale:
        return "Something this rests on changed. Nothing you wrote was touched."
    return f"{len(moved.new)} new since." if len(moved.new) > 1 else "One new since."
