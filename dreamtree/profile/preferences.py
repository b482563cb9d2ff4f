"""What one does well with at work: the place itself, the people, and which factor matters most."""

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import IntegerField, TextField, fn

from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, learn_rows, opened
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

PAST = ("helped", "hindered")
Rows = Sequence[Mapping[str, Any]]


class WorkPreference(DerivedRow):
    """One line. `kind` is workplace, people, helped, hindered, drained, lifted, benefit or factor.

    `level` is must, should or nice; `who` says whom a line about people means; `rank` orders the factors, 1 first.
    """

    kind = TextField()
    text = SealedField()
    level = TextField(null=True)
    who = TextField(null=True)
    rank = IntegerField(null=True)

    class Meta:
        table_name = "work_preferences"
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


def learn_preferences(user: Keyholder, block_key: str, kind: str, rows: Rows, at: str) -> bool:
    """The lines of one list, all of one `kind`, with the fields level and who; True when anything changed."""
    wanted = {
        row["key"]: {
            "kind": kind,
            "text": row["text"],
            "level": _field(row, "level") or None,
            "who": _field(row, "who") or None,
            "position": n,
        }
        for n, row in enumerate(rows)
    }
    return learn_rows(user, WorkPreference, block_key, wanted, at)


def learn_past(user: Keyholder, block_key: str, rows: Rows, at: str) -> bool:
    """What helped and what hindered in each past place, a row each, where there are words."""
    wanted = {
        f"{row['key']}:{kind}": {"kind": kind, "text": _field(row, kind), "position": n}
        for n, row in enumerate(rows)
        for kind in PAST
        if _field(row, kind)
    }
    return learn_rows(user, WorkPreference, block_key, wanted, at)


def learn_people(user: Keyholder, block_key: str, kind: str, words: str, at: str) -> bool:
    """Who drained or lifted one, and why; "" takes it back."""
    return learn_rows(user, WorkPreference, block_key, {kind: {"kind": kind, "text": words}} if words else {}, at)


def learn_factors(user: Keyholder, block_key: str, words: Mapping[str, str], ranks: Mapping[str, int], at: str) -> bool:
    """The factors that have a place: item key → words, and item key → rank."""
    wanted = {
        key: {"kind": "factor", "text": words[key], "rank": rank, "position": rank} for key, rank in ranks.items()
    }
    return learn_rows(user, WorkPreference, block_key, wanted, at)


def _field(row: Mapping[str, Any], name: str) -> str:
    return str((row.get("fields") or {}).get(name) or "").strip()


def work_preferences(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Lines about work, as listed, factors by rank; fields: kind, level, who, rank. `kinds` and `levels` filter."""
    found = WorkPreference.select().where(WorkPreference.user_id == user.id)
    for name, column in (("kinds", WorkPreference.kind), ("levels", WorkPreference.level)):
        found = found.where(column.in_(filters[name])) if name in filters else found
    rows = found.order_by(fn.COALESCE(WorkPreference.rank, 999), WorkPreference.block_key, WorkPreference.position)
    return [_item(user, row) for row in rows]


def _item(user: Keyholder, row: WorkPreference) -> Item:
    fields = {"kind": row.kind, "level": row.level, "who": row.who, "rank": row.rank}
    return Item(row.item_key, opened(user, row, "text"), fields, provenance(row.block_key, row.written_at))
