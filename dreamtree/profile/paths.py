"""The job one looks for now, and the paths that one could take."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from peewee import IntegerField, TextField

from dreamtree.content.blocks import Block
from dreamtree.profile.noun import Items, Noun, is_own
from dreamtree.profile.rows import DerivedRow
from dreamtree.profile.trying import OWN_KEY, paths_named_by_hand
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField


class CareerOption(DerivedRow):
    """A job or path in view; `item_key` is its place (`first`, `now`, …), `standing` first, second or parked.

    `is_path`: it is one of several to compare, with why it is one, and what it would use.
    """

    title = SealedField()
    why = SealedField(null=True)
    uses = SealedField(null=True)
    is_path = IntegerField(default=0)
    standing = TextField(null=True)

    class Meta:
        table_name = "career_options"


def _as_paths(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    """What a block makes that names no place is a path."""
    is_path = "." not in block.makes
    return (replace(item, fields={**item.fields, "is_path": is_path}) for item in items)


def _has_own_row(item: Item) -> bool:
    """Whether the block that puts paths in order gives this one a row: it was typed there, or where its years were
    drawn, so no block that makes paths has it.
    """
    return is_own(item) or item.key.startswith(OWN_KEY)


def career_options(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The jobs and paths; where no `paths` were chosen, those that were named where their years were drawn."""
    found = CAREER_OPTIONS.items(user, filters)
    return found if found or not filters.get("paths") else paths_named_by_hand(user)


CAREER_OPTIONS = Noun(
    CareerOption,
    text="title",
    says=("why", "uses", "is_path"),
    filled_by={"standing": "career_options.standing"},
    has_own_row=_has_own_row,
    source="career_options",
    filters={"paths": "is_path"},
    on_learn=_as_paths,
    reads=career_options,
)
