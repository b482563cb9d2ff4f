"""What was said on the first page: why one came, how soon work is needed, and how life is just now.

Special: several blocks of an exercise fill one row, a column each.
"""

from collections.abc import Mapping
from typing import Any

from peewee import TextField

from dreamtree.content.blocks import Block
from dreamtree.db import PersonModel
from dreamtree.profile.noun import Items, SpecialNoun
from dreamtree.profile.provenance import exercise_of, maker, provenance
from dreamtree.profile.rows import closed, open_column, opened, row_of, write_columns
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

COLUMNS = ("reason", "urgency", "way")
AREAS = ("work", "play", "love", "health")


class StartingPoint(PersonModel):
    """One row a person; `id` is the exercise. Plain choices from short lists."""

    reason = TextField(null=True)
    urgency = TextField(null=True)
    way = TextField(null=True)
    written_at = TextField()

    class Meta:
        table_name = "starting_points"


class LifeDashboard(PersonModel):
    """Four areas 0–10, sealed as text; `id` is the exercise (and day) it was filled in."""

    work = SealedField(null=True)
    play = SealedField(null=True)
    love = SealedField(null=True)
    health = SealedField(null=True)
    written_at = TextField()

    class Meta:
        table_name = "life_dashboards"


def _learn(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    """One column of the row that the exercise of `block` fills; no item takes it back."""
    table, _, column = block.makes.partition(".")
    model, identity = _MODELS[table], exercise_of(block.key)
    value = items[0].text if items else None
    row = row_of(user, model, identity)
    if (open_column(user, model, identity, column, row[column]) if row else None) == value:
        return False
    columns = closed(user, model, identity, {column: value}) | {"written_at": at}
    if row is None:
        model.insert(user_id=user.id, id=identity, **columns).execute()
    else:
        write_columns(user, model, identity, columns)
    return True


_MODELS: Mapping[str, type[PersonModel]] = {"starting_points": StartingPoint, "life_dashboards": LifeDashboard}


def starting_point(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Why the person came, how soon they need work and which way they took, as one item."""
    row = StartingPoint.get_or_none(StartingPoint.user_id == user.id)
    if row is None or not row.reason:
        return []
    fields = {"urgency": row.urgency, "way": row.way}
    return [Item(row.id, row.reason, fields, provenance(_maker("starting_points.reason", row.id), row.written_at))]


def life_dashboard(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The four areas each time they were filled in, oldest first."""
    rows = LifeDashboard.select().where(LifeDashboard.user_id == user.id).order_by(LifeDashboard.written_at)
    return [_dashboard(user, row) for row in rows]


def _dashboard(user: Keyholder, row: LifeDashboard) -> Item:
    scores = {area: opened(user, row, area) for area in AREAS}
    words = " · ".join(f"{area} {score}" for area, score in scores.items() if score is not None)
    return Item(row.id, words, scores, provenance(_maker("life_dashboards.work", row.id), row.written_at))


def _maker(makes: str, exercise_id: str) -> str:
    """The block of the exercise that makes this; its exercise where no block does by now."""
    return maker(makes, exercise_id) or exercise_id


STARTING_POINT = SpecialNoun(
    makes=tuple(f"starting_points.{column}" for column in COLUMNS),
    teach=_learn,
    changes=("starting_point",),
    source="starting_point",
    reads=starting_point,
    has_row_by_exercise=True,
)
LIFE_DASHBOARD = SpecialNoun(
    makes=tuple(f"life_dashboards.{area}" for area in AREAS),
    teach=_learn,
    changes=("life_dashboard",),
    source="life_dashboard",
    reads=life_dashboard,
    has_row_by_exercise=True,
)
