"""A list with so many lines and no others, each under its label, for a thing of its own.

A line goes by the value of its slot. Where a connection offers ideas, one of them gives a line its words; from then on
these are the person's, and the line knows the idea that it came from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dreamtree.content.book import Block
from dreamtree.tools.base import Inputs, Problem
from dreamtree.tools.fields import Choice, choices_of
from dreamtree.tools.list_builder.extras import extras_of
from dreamtree.tools.list_builder.lines import ListLine
from dreamtree.tools.rows.merging import item_words
from dreamtree.tools.wording import quoted


def slots_of(block: Block) -> tuple[Choice, ...]:
    """The slots that a block names; none where its lines are free."""
    return choices_of({"choices": block.options.get("slots", ())})


def in_slots(slots: Iterable[Choice], rows: Iterable[ListLine]) -> list[ListLine]:
    """A line for each slot: the one that says something there, or an empty one."""
    by_key = {row.key: row for row in rows}
    return [by_key.get(slot.value) or ListLine(slot.value) for slot in slots]


def settled_in(slots: Iterable[Choice], rows: Iterable[ListLine]) -> list[ListLine]:
    """Of posted lines those of a slot; one without words came from no idea."""
    slot_keys = {slot.value for slot in slots}
    return [row if row.text else replace(row, idea="") for row in rows if row.key in slot_keys]


def open_slots(slots: Sequence[Choice], rows: Iterable[ListLine]) -> list[Problem]:
    """The slots that still need words."""
    open_ = ((n, slot) for n, (slot, row) in enumerate(zip(slots, in_slots(slots, rows), strict=True)) if not row.text)
    return [Problem(f"rows-{n}-text", f"Write a few words under {quoted(slot.label)}") for n, slot in open_]


def offered(inputs: Inputs) -> dict[str, str]:
    """Key → words of the ideas that stand to choose from."""
    return item_words(item for items in inputs.offers.values() for item in items)


def with_idea(
    rows: Iterable[ListLine], slots: Sequence[Choice], chosen: str, ideas: Mapping[str, str]
) -> list[ListLine]:
    """The lines, one of them with the words of an idea; `chosen` is its slot and the key of the idea, "now:idea-1"."""
    slot, _, key = chosen.partition(":")
    words = ideas.get(key)
    given = [replace(row, text=words, idea=key) if words and row.key == slot else row for row in in_slots(slots, rows)]
    return [row for row in given if row.is_filled]


def in_slot_after(block: Block, chosen: str) -> str:
    """The field where one goes on once an idea gave a slot its words: what else is asked there."""
    slot = chosen.partition(":")[0]
    index = next((n for n, one in enumerate(slots_of(block)) if one.value == slot), 0)
    further = next((f"fields-{one.name}" for one in extras_of(block)), "text")
    return f"rows-{index}-{further}"


def without_idea(rows: Iterable[ListLine], key: str) -> list[ListLine]:
    """The lines as they are; one that came from this idea stands by itself."""
    return [replace(row, idea="") if row.idea == key else row for row in rows]
