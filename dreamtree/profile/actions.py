"""What one is afraid of, with what one would do, and the small steps one takes."""

from peewee import IntegerField, TextField

from dreamtree.profile.checklists import dated
from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.vault import SealedField


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


ACTIONS = Noun(
    ActionRow,
    says=("kind", "likely", "do", "note", ("is_done", "done"), ("due_on", "date")),
    order=("-kind", "position"),
    filters={"kinds": "kind", "done": "is_done"},
    source="actions",
    on_learn=dated,
)
