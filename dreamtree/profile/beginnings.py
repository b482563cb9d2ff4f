"""What was said on the first page: why one came, how soon work is needed, and which way through the book.

Special: several blocks of an exercise fill one row, a column each.
"""

from collections.abc import Mapping
from typing import Any

from peewee import TextField

from dreamtree.content.blocks import Block
from dreamtree.db import PersonModel
from dreamtree.profile.noun import Items, SpecialNoun
from dreamtree.profile.provenance import exercise_of, maker, provenance
from dreamtree.profile.rows import open_column, row_of, sealed_columns, write_columns
from dreamtree.values import Item
from dreamtree.vault import Keyholder

COLUMNS = ("reason", "urgency", "way")


class StartingPoint(PersonModel):
    """One row a person; `id` is the exercise. Plain choices from short lists."""

    reason = TextField(null=True)
    urgency = TextField(null=True)
    way = TextField(null=True)
    written_at = TextField()

    class Meta:
        table_name = "starting_points"


def learn_column(user: Keyholder, model: type[PersonModel], block: Block, items: Items, at: str) -> bool:
    """One column of the row that the exercise of `block` fills; no item takes it back."""
    column, identity = block.makes.partition(".")[2], exercise_of(block.key)
    value = items[0].text if items else None
    row = row_of(user, model, identity)
    if (open_column(user, model, identity, column, row[column]) if row else None) == value:
        return False
    columns = sealed_columns(user, model, identity, {column: value}) | {"written_at": at}
    if row is None:
        model.insert(user_id=user.id, id=identity, **columns).execute()
    else:
        write_columns(user, model, identity, columns)
    return True


def _learn(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    return learn_column(user, StartingPoint, block, items, at)


def starting_point(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Why the person came, how soon they need work and which way they took, as one item."""
    row = StartingPoint.get_or_none(StartingPoint.user_id == user.id)
    if row is None or not row.reason:
        return []
    fields = {"urgency": row.urgency, "way": row.way}
    written_in = maker("starting_points.reason", row.id) or row.id
    return [Item(row.id, row.reason, fields, provenance(written_in, row.written_at))]


STARTING_POINT = SpecialNoun(
    makes=tuple(f"starting_points.{column}" for column in COLUMNS),
    teach=_learn,
    changes=("starting_point",),
    source="starting_point",
    reads=starting_point,
    has_row_by_exercise=True,
)
