"""What a life asks of work, and whom one would tell."""

from collections.abc import Iterable
from dataclasses import replace

from dreamtree.content.blocks import Block
from dreamtree.profile.noun import Items, Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

NONE_OF_THEM = "nothing"
"""The pick of a line that says there is nothing to leave room for."""


class Constraint(DerivedRow):
    """One thing work has to leave room for. All of it is sealed, the choices too.

    `firmness` is fixed, change or help; `tell` is yes, after or no; `until` is when it ends or begins.
    """

    kind = SealedField()
    text = SealedField()
    firmness = SealedField()
    tell = SealedField()
    until = SealedField()

    class Meta:
        table_name = "constraints"


def _picked(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    """The lines with their kind: what was picked from the short list."""
    lines = (replace(item, fields={**item.fields, "kind": item.fields.get("pick")}) for item in items)
    return [line for line in lines if line.fields["kind"] != NONE_OF_THEM]


CONSTRAINTS = Noun(
    Constraint,
    says=("kind", "firmness", "tell", "until"),
    kind="other",
    filters={"kinds": "kind", "firmness": "firmness", "tell": "tell"},
    source="constraints",
    on_learn=_picked,
)
