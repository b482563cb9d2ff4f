"""What moved upstream since an answer was saved, item by item, with the buttons that settle it."""

from typing import NamedTuple

from dreamtree.connections.resolve import words_of
from dreamtree.content.book import Block, Connection
from dreamtree.saving.staleness import Changes, changes
from dreamtree.tools import tool
from dreamtree.values import Answer, Item
from dreamtree.workbook.gather import Gathered, gives_draft, gives_rows
from dreamtree.workbook.recalls import filled_by
from dreamtree.workbook.shapes import ChangeLine, ChangeView

FORGOTTEN = "What you forgot for good"


class Now(NamedTuple):
    """An item as it is upstream now: its words, and whether accepting it changes the answer."""

    words: str
    is_taken_in: bool


GONE = Now("", True)


def change_of(block: Block, found: Gathered) -> ChangeView | None:
    """The first of the block's connections that moved, strongest first; None when all stand as they were seen."""
    moved = [view for view in (_change(block, one, found) for one in block.connections) if view]
    return min(moved, key=lambda view: view.strength == "new", default=None)


def _change(block: Block, connection: Connection, found: Gathered) -> ChangeView | None:
    one, said = tool(block.type), found.said.get(block.key)
    seen = found.seen.get((block.key, connection.id))
    if said is None or seen is None or not seen.has_changed or found.is_off(block, connection):
        return None
    if not (gives_rows(one, block, connection) or gives_draft(one, connection)):
        return None
    items = found.items.get(connection.id, ())
    moved = changes(block, said.answer, seen.words, words_of(items))
    lines = _lines(block, connection, moved, seen.words, _taken(block, said.answer, items))
    if not lines:
        return None
    return ChangeView(
        strength="needs another look" if moved.is_stale else "new",
        source_title=filled_by(connection).title,
        lines=lines,
        keep_all_value=f"{block.key}|noted|{connection.id}",
        words=_words(moved),
    )


def _taken(block: Block, answer: Answer, items: tuple[Item, ...]) -> dict[str, Now]:
    """Each item as it is now. One that stands there by itself, or has no room, changes nothing: it is only noted."""
    one, words = tool(block.type), words_of(items)
    return {item.key: Now(words[item.key], one.take_in(block, answer, item) != answer) for item in items}


def _lines(
    block: Block, connection: Connection, moved: Changes, seen: dict[str, str], now: dict[str, Now]
) -> tuple[ChangeLine, ...]:
    told = (("take out", moved.gone), ("changed", moved.reworded), ("add", moved.new))
    return tuple(_line(block, connection, kind, key, seen, now.get(key, GONE)) for kind, keys in told for key in keys)


def _line(block: Block, connection: Connection, kind: str, key: str, seen: dict[str, str], now: Now) -> ChangeLine:
    return ChangeLine(
        kind=kind,
        key=key,
        old=seen.get(key) or FORGOTTEN,
        new=now.words,
        accept_value=f"{block.key}|accept|{connection.id}:{key}" if now.is_taken_in else "",
        keep_value=f"{block.key}|keep-mine|{connection.id}:{key}",
    )


def _words(moved: Changes) -> str:
    if moved.is_stale:
        return "Something this rests on changed. Nothing you wrote was touched."
    return f"{len(moved.new)} new since." if len(moved.new) > 1 else "One new since."
