"""Where the parts of a snapshot are kept: their tables, the columns of other names, and the labels of sealed ones."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dreamtree.accounts.models import User, UserModule, UserSettings
from dreamtree.answers import built_on, history, models, records, responses
from dreamtree.archive import snapshot
from dreamtree.archive.shapes import object_of
from dreamtree.db import BaseModel
from dreamtree.vault import Sealed, open_, seal

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SnapshotPart = TypeVar("SnapshotPart", bound="DataclassInstance")
Row = dict[str, Any]
INSTANCE_NAME = "record.name"


@dataclass(frozen=True)
class Table(Generic[SnapshotPart]):
    """The table of one kind of part. A field stands in the column that is called as its key in the file.

    `columns`: field → column, where that is not so. `texts` and `objects`: sealed field → its label; the latter are
    sealed as JSON. A field that has no column is not kept here.
    """

    model: type[BaseModel]
    kind: type[SnapshotPart]
    columns: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _columns(self) -> dict[str, str]:
        """Field → column of whatever is kept here."""
        in_file = {key.field: key.name for key in object_of(self.kind).keys}
        named = {one.name: in_file.get(one.name, one.name) for one in fields(self.kind)}
        return {name: column for name, column in {**named, **self.columns}.items() if column in self.model._meta.fields}

    @cached_property
    def _flags(self) -> set[str]:
        """The fields that are true or false, which columns hold as 1 or 0."""
        return {one.name for one in fields(self.kind) if getattr(one.type, "__origin__", None) is bool}

    def rows_of(self, user: User, *order: str) -> Iterable[Any]:
        """The person's rows, by these columns."""
        columns = self.model._meta.fields
        mine: Any = self.model.select().where(columns["user_id"] == user.id)
        rows: Iterable[Any] = mine.order_by(*(columns[name] for name in order))
        return rows

    def read(self, user: User, row: Any, **others: Any) -> SnapshotPart:
        """The part that a row says, opened; `others` are fields that are not kept here. Raises `Locked`."""
        values = {name: self._open(user, row, name, getattr(row, column)) for name, column in self._columns.items()}
        return self.kind(**values, **others)

    def row(self, user: User, part: SnapshotPart, **others: Any) -> Row:
        """The row that says `part`, sealed for this person; `others` are columns that it does not name."""
        identity = str(others.get("id") or getattr(part, "id", ""))
        columns = {
            column: self._seal(user, identity, name, getattr(part, name)) for name, column in self._columns.items()
        }
        return {"user_id": user.id, **columns, **others}

    def _open(self, user: User, row: Any, name: str, value: Any) -> Any:
        if not isinstance(value, Sealed):
            return bool(value) if name in self._flags else value
        if name in self.texts:
            return open_(user, self.texts[name], row.id, value)
        return json.loads(open_(user, self.objects[name], row.id, value))

    def _seal(self, user: User, identity: str, name: str, value: Any) -> Any:
        if value is None or name not in (*self.texts, *self.objects):
            return value
        if name in self.texts:
            return seal(user, self.texts[name], identity, value)
        return seal(user, self.objects[name], identity, json.dumps(value, ensure_ascii=False, separators=(",", ":")))


SETTINGS = Table(UserSettings, snapshot.SettingsSnapshot)
ANSWERS = Table(
    models.ExerciseResponse,
    snapshot.AnswerSnapshot,
    columns={"answer": "response_json", "exercise": "full_exercise_id"},
    objects={"answer": responses.LABEL},
)
INSTANCES = Table(
    models.ToolInstance, snapshot.InstanceSnapshot, texts={"name": INSTANCE_NAME}, objects={"answer": records.LABEL}
)
EARLIER = Table(models.AnswerRevision, snapshot.EarlierText, objects={"answer": history.LABEL})
SEEN = Table(models.AnswerInput, snapshot.InputSnapshot, columns={"words": "seen"}, objects={"words": built_on.LABEL})
CHOICES = Table(models.ConnectionChoice, snapshot.ChoiceSnapshot)
EXERCISES = Table(models.UserExercise, snapshot.ExerciseState)
MODULES = Table(UserModule, snapshot.ModuleState, columns={"id": "module_id"})
TABLES: tuple[Table[Any], ...] = (SETTINGS, ANSWERS, INSTANCES, EARLIER, SEEN, CHOICES, EXERCISES, MODULES)
