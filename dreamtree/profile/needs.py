"""What one won't give up at work, and what would only be nice to have."""

from collections.abc import Iterable
from dataclasses import replace

from peewee import IntegerField, TextField

from dreamtree.content.blocks import Block
from dreamtree.profile.noun import Items, Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField


class NonNegotiable(DerivedRow):
    """One thing and how firm it is: `level` is must, should, nice or no. `look` is what one would see of it at work.

    `is_private`: it came from something private, and is private wherever it shows up.
    """

    text = SealedField()
    look = SealedField()
    level = TextField(null=True)
    is_private = IntegerField(default=0)

    class Meta:
        table_name = "non_negotiables"


def _sorted(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    """The things that are sorted."""
    return [item for item in items if item.fields.get("level")]


def _with_its_mark(item: Item) -> Item:
    """A thing, private where it came from something private."""
    if item.provenance is None or not item.fields["private"]:
        return item
    return replace(item, provenance=replace(item.provenance, is_private=True))


NON_NEGOTIABLES = Noun(
    NonNegotiable,
    says=("look", "level", ("is_private", "private")),
    source="non_negotiables",
    filters={"levels": "level"},
    on_learn=_sorted,
    on_read=_with_its_mark,
)
