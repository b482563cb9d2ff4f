"""From the plan to the tables: what is new is added, what differs is changed, what is gone is retired."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from dreamtree.content import models
from dreamtree.content import reference_models as reference
from dreamtree.content.rows import TableRow, dicts
from dreamtree.content.seed.plan import PrimaryKey, SeedPlan, key_fields, key_of
from dreamtree.db import BaseModel

ORDER: tuple[type[BaseModel], ...] = (
    reference.ToolTypeRow, reference.ReferenceRow, reference.SkillRow, reference.SkillWord,
    reference.PersonalityTypeRow, reference.PersonalityScaleRow, reference.CompetencyRow,
    reference.CompetencyLevelRow, reference.ValueCardRow, reference.InterestKindRow, reference.ActivityRow,
    reference.MindsetRow, reference.OccupationRow,
    models.PartRow, models.ModuleRow, models.ConnectionRow,
    models.ExerciseSequence, models.ExerciseContent, models.PromptRow, models.StemRow, models.StemConnection,
    models.ContentSource,
)  # fmt: skip
"""Every table of the content; one that is pointed at comes before those that point."""
BATCH_ROWS = 200


@dataclass(frozen=True)
class Counts:
    """What happened to the rows of one table."""

    added: int = 0
    changed: int = 0
    retired: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.retired)


def write_table(model: type[BaseModel], plan: SeedPlan, at: str) -> Counts:
    """Makes the table what the plan says. Rows that people's answers may name are switched off, never deleted."""
    wanted = {key: _complete(model, row) for key, row in plan.rows(model).items()}
    known = {key_of(model, row): row for row in dicts(model.select())}
    added = [row for key, row in wanted.items() if key not in known]
    changed = {key: row for key, row in wanted.items() if key in known and _differs(row, known[key])}
    gone = [key for key, row in known.items() if key not in wanted and row.get("is_active", 1)]
    if model is models.ExerciseSequence:
        _leave_places([*changed, *gone])
    _retire(model, gone, at)
    for key, row in changed.items():
        model.update(**_stamped(model, row, at, "updated_at")).where(_is(model, key)).execute()
    for start in range(0, len(added), BATCH_ROWS):
        rows = [_stamped(model, row, at, "created_at", "updated_at") for row in added[start : start + BATCH_ROWS]]
        model.insert_many(rows).execute()
    return Counts(len(added), len(changed), len(gone))


def _complete(model: type[BaseModel], row: TableRow) -> TableRow:
    return {**row, "is_active": 1} if "is_active" in model._meta.fields else row


def _differs(row: TableRow, known: TableRow) -> bool:
    return any(known[name] != value for name, value in row.items())


def _stamped(model: type[BaseModel], row: TableRow, at: str, *names: str) -> TableRow:
    return row | {name: at for name in names if name in model._meta.fields}


def _is(model: type[BaseModel], key: PrimaryKey) -> Any:
    fields = [model._meta.fields[name] for name in key_fields(model)]
    condition = fields[0] == key[0]
    for field, value in zip(fields[1:], key[1:], strict=True):
        condition &= field == value
    return condition


def _retire(model: type[BaseModel], keys: Collection[PrimaryKey], at: str) -> None:
    for key in keys:
        if "is_active" in model._meta.fields:
            model.update(**_stamped(model, {"is_active": 0}, at, "updated_at")).where(_is(model, key)).execute()
        else:
            model.delete().where(_is(model, key)).execute()


def _leave_places(keys: Collection[PrimaryKey]) -> None:
    """Places in the order are unique, so those that move are left before any is taken."""
    full_ids = [key[0] for key in keys]
    moved = models.ExerciseSequence.full_exercise_id.in_(full_ids)
    models.ExerciseSequence.update(sequence_order=None).where(moved).execute()
