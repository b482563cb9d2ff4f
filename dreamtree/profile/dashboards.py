"""Where one stood, each time one looked: four numbers from 0 to 10, with their reasons.

Special: on the first page several blocks fill one row, a column each; later one answer fills a row for each day.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import TextField

from dreamtree.content.blocks import Block
from dreamtree.db import READ, PersonModel
from dreamtree.profile.beginnings import learn_column
from dreamtree.profile.noun import Items, SpecialNoun
from dreamtree.profile.provenance import exercise_of, maker, provenance
from dreamtree.profile.rows import changed_in, forget_rows, opened_column, sealed_columns, write_columns
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

AREAS = ("work", "play", "love", "health")
DAY_SIGN = "@"
"""What parts the exercise from the day in the id of a set."""


class LifeDashboard(PersonModel):
    """Four areas 0–10, sealed as text; `id` is the exercise they were said in, with the day of a set that is dated.

    `taken_on` is that day, None for the numbers of the first page.
    """

    work = SealedField(null=True)
    play = SealedField(null=True)
    love = SealedField(null=True)
    health = SealedField(null=True)
    work_reason = SealedField(null=True)
    play_reason = SealedField(null=True)
    love_reason = SealedField(null=True)
    health_reason = SealedField(null=True)
    work_raise = SealedField(null=True)
    play_raise = SealedField(null=True)
    love_raise = SealedField(null=True)
    health_raise = SealedField(null=True)
    taken_on = TextField(null=True)
    written_at = TextField()

    class Meta:
        table_name = "life_dashboards"


def _learn_number(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    return learn_column(user, LifeDashboard, block, items, at)


def _learn_sets(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    """A row for each set of the answer, by its day; those of other days go."""
    begins = f"{exercise_of(block.key)}{DAY_SIGN}"
    wanted = {f"{begins}{item.key}": _columns(item) for item in items}
    mine = {row.id: row for row in _rows(user)}
    gone = [identity for identity in mine if identity.startswith(begins) and identity not in wanted]
    if gone:
        forget_rows(LifeDashboard, LifeDashboard.user_id == user.id, LifeDashboard.id.in_(gone))
    written = [_write(user, identity, columns, at, mine.get(identity)) for identity, columns in wanted.items()]
    return bool(gone) or any(written)


def _columns(item: Item) -> dict[str, str | None]:
    """The columns of a set."""
    of = {"": "scores", "_reason": "reasons", "_raise": "raises"}
    by_column = {f"{area}{end}": (item.fields.get(name) or {}).get(area) for end, name in of.items() for area in AREAS}
    texts = {column: None if value in (None, "") else str(value) for column, value in by_column.items()}
    return {**texts, "taken_on": item.key}


def _write(user: Keyholder, identity: str, columns: Mapping[str, str | None], at: str, row: Any) -> bool:
    if row is None:
        values = sealed_columns(user, LifeDashboard, identity, columns)
        LifeDashboard.insert(user_id=user.id, id=identity, written_at=at, **values).execute()
        return True
    before = {name: opened_column(user, row, name) for name in columns}
    changed = changed_in(before, columns)
    if changed:
        write_columns(
            user, LifeDashboard, identity, sealed_columns(user, LifeDashboard, identity, changed) | {"written_at": at}
        )
    return bool(changed)


def life_dashboard(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The sets of numbers, the one of the first page first, then by their days.

    `first` asks for the oldest only; `lowest` for the lowest areas of the newest, with why and what would raise them.
    """
    rows = READ.once((LifeDashboard, user.id), lambda: _rows(user))
    filled = [row for row in rows if any(getattr(row, area) is not None for area in AREAS)]
    filled.sort(key=lambda row: (row.taken_on or "", row.id))
    if filters.get("lowest"):
        return _lowest(user, filled[-1:])
    return [_set(user, row) for row in (filled[:1] if filters.get("first") else filled)]


def _rows(user: Keyholder) -> list[Any]:
    return list(LifeDashboard.select().where(LifeDashboard.user_id == user.id))


def _set(user: Keyholder, row: Any) -> Item:
    scores = _scores(user, row)
    words = " · ".join(f"{area} {score}" for area, score in scores.items())
    return Item(row.id, words, {"on": row.taken_on, "scores": scores}, _written(row))


def _lowest(user: Keyholder, newest: Sequence[Any]) -> list[Item]:
    scored = [(row, _scores(user, row)) for row in newest]
    return [
        Item(area, f"{area.capitalize()}, {score}", _reasons(user, row, area), _written(row))
        for row, scores in scored
        for area, score in scores.items()
        if score == min(scores.values())
    ]


def _scores(user: Keyholder, row: Any) -> dict[str, int]:
    found = {area: opened_column(user, row, area) for area in AREAS}
    return {area: int(score) for area, score in found.items() if score is not None}


def _reasons(user: Keyholder, row: Any, area: str) -> dict[str, str]:
    return {name: opened_column(user, row, f"{area}_{name}") or "" for name in ("reason", "raise")}


def _written(row: Any) -> Any:
    """Where a set was said: the block that makes it; its exercise where no block does by now."""
    exercise_id, is_dated, _ = row.id.partition(DAY_SIGN)
    makes = "life_dashboards" if is_dated else f"life_dashboards.{AREAS[0]}"
    return provenance(maker(makes, exercise_id) or exercise_id, row.written_at)


FIRST_NUMBERS = SpecialNoun(
    makes=tuple(f"life_dashboards.{area}" for area in AREAS),
    teach=_learn_number,
    changes=("life_dashboard",),
    source="life_dashboard",
    reads=life_dashboard,
    has_row_by_exercise=True,
)
LATER_NUMBERS = SpecialNoun(
    makes=("life_dashboards",), teach=_learn_sets, changes=("life_dashboard",), has_row_by_exercise=True
)
