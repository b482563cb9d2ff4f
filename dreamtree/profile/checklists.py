"""Things to do, with what came of them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from peewee import IntegerField, TextField

from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, learn_rows, opened
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
        indexes = ((("user_id", "block_key"), False),)


def learn_checklist(user: Keyholder, block_key: str, rows: Iterable[Mapping[str, Any]], at: str) -> bool:
    """The things to do of one list, in their order; rows are key, text, done, date (ISO or words) and note."""
    wanted = {row["key"]: _columns(place, row) for place, row in enumerate(rows)}
    return learn_rows(user, ChecklistItem, block_key, wanted, at)


def _columns(place: int, row: Mapping[str, Any]) -> dict[str, Any]:
    date = str(row.get("date") or "")
    return {
        "text": row["text"],
        "note": row.get("note") or "",
        "is_done": int(bool(row.get("done"))),
        "due_on": date if DATE.fullmatch(date) else "",
        "position": place,
    }


def checklist(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Things to do as items, in the order of their lists. Filters: done (true or false), take."""
    rows = ChecklistItem.select().where(ChecklistItem.user_id == user.id)
    if (is_done := filters.get("done")) is not None:
        rows = rows.where(ChecklistItem.is_done == int(is_done))
    in_order = ChecklistItem.block_key, ChecklistItem.position, ChecklistItem.id
    return [_item(user, row) for row in rows.order_by(*in_order).limit(filters.get("take"))]


def _item(user: Keyholder, row: ChecklistItem) -> Item:
    fields = {"done": bool(row.is_done), "date": row.due_on, "note": opened(user, row, "note")}
    return Item(row.item_key, opened(user, row, "text"), fields, provenance(row.block_key, row.written_at))
