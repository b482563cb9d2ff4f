"""What one does well with at work: the place itself, the people, and which factor matters most."""

from collections.abc import Iterable
from dataclasses import replace

from peewee import IntegerField, TextField

from dreamtree.content.blocks import Block
from dreamtree.profile.noun import Items, Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

PAST = ("helped", "hindered")


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


def _helped_and_hindered(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    """What helped and what hindered in each past place, a row each, where there are words."""
    for position, item in enumerate(items):
        for kind in PAST:
            if words := str(item.fields.get(kind) or "").strip():
                yield Item(f"{item.key}:{kind}", words, {"kind": kind, "position": position})


PREFERENCES = Noun(
    WorkPreference,
    says=("kind", "level", "who", "rank"),
    order=("rank", "block_key", "position"),
    filters={"kinds": "kind", "levels": "level"},
    source="work_preferences",
)
WANTED = replace(
    PREFERENCES,
    makes=("work_preferences.workplace", "work_preferences.people"),
    changes=("work_preferences", "work_factors"),
)
PAST_PLACES = replace(PREFERENCES, makes=("work_preferences.past",), on_learn=_helped_and_hindered)
