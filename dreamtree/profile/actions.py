"""What one is afraid of, with what one would do, and the small steps one takes."""

from collections.abc import Iterable
from dataclasses import replace

from peewee import IntegerField, TextField

from dreamtree.content.blocks import Block
from dreamtree.profile.checklists import iso
from dreamtree.profile.noun import Items, Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField


class ActionRow(DerivedRow):
    """A step or a fear (`kind`). Of a fear, how `likely` it is (hardly, maybe, likely) and what one would `do`.

    Of a step, whether it is done, and by when: an ISO date, or "" where that was said in words.
    """

    kind = TextField()
    text = SealedField()
    likely = TextField(null=True)
    do = SealedField()
    note = SealedField()
    is_done = IntegerField(default=0)
    due_on = TextField(default="")

    class Meta:
        table_name = "actions"


def _dated(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    return [replace(item, fields={**item.fields, "date": iso(item.fields.get("date"))}) for item in items]


ACTIONS = Noun(
    ActionRow,
    says=("kind", "likely", "do", "note", ("is_done", "done"), ("due_on", "date")),
    order=("-kind", "position"),
    filters={"kinds": "kind", "done": "is_done"},
    source="actions",
    each=_dated,
)
