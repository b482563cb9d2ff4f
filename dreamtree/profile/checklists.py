"""Things to do, with what came of them."""

import re
from collections.abc import Iterable
from dataclasses import replace

from peewee import IntegerField, TextField

from dreamtree.content.blocks import Block
from dreamtree.profile.noun import Items, Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


class ChecklistItem(DerivedRow):
    """A thing to do. `is_done` is 0 or 1; `due_on` is an ISO date, a year or month alone too, or ""."""

    text = SealedField()
    note = SealedField()
    is_done = IntegerField(default=0)
    due_on = TextField(default="")

    class Meta:
        table_name = "checklists"


def dated(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    """The things to do; a date in words is none."""
    return [replace(item, fields={**item.fields, "date": iso(item.fields.get("date"))}) for item in items]


def iso(date: object) -> str:
    """A date as ISO has it; "" for one in words."""
    return str(date) if DATE.fullmatch(str(date or "")) else ""


CHECKLISTS = Noun(
    ChecklistItem,
    says=(("is_done", "done"), ("due_on", "date"), "note"),
    order=("block_key", "position"),
    filters={"done": "is_done"},
    source="checklist",
    on_learn=dated,
)
