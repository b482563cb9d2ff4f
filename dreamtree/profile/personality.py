"""How one is at work: a type as a mirror, and the four scales behind it.

Special: the type is one of the person's settings, and its name and ways are the book's.
"""

from collections.abc import Mapping
from typing import Any

from peewee import fn

from dreamtree.accounts.models import UserSettings
from dreamtree.content import book
from dreamtree.content.blocks import Block
from dreamtree.profile.noun import Items, SpecialNoun
from dreamtree.profile.provenance import maker, provenance
from dreamtree.profile.rows import DerivedRow, learn_rows
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

MAKES = "personality_types"


class PersonalityScore(DerivedRow):
    """One scale, −3…+3, sealed as text. `item_key` is the scale."""

    score = SealedField()

    class Meta:
        table_name = "personality_scores"
        indexes = ()


def _learn(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    """The code of the type, in the settings, and the score of each scale."""
    code = next((item.key for item in items), "")
    scales = {scale: score for item in items for scale, score in item.fields["scales"].items()}
    scores = {scale: {"score": str(score)} for scale, score in scales.items() if score is not None}
    changed = learn_rows(user, PersonalityScore, block.key, scores, at)
    is_other = fn.COALESCE(UserSettings.personality_type, "") != code
    written = UserSettings.update(personality_type=code or None, updated_at=at).where(
        UserSettings.user_id == user.id, is_other
    )
    return bool(written.execute()) or changed


def personality_type(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The person's type as one item: its name, and in its fields the code, the summary and the ways that go with it."""
    row = UserSettings.get_or_none(UserSettings.user_id == user.id)
    known = book().personality_type(row.personality_type) if row and row.personality_type else None
    if row is None or known is None:
        return []
    fields = {"code": known.code, "summary": known.summary, "ways": known.ways}
    return [Item(known.code, known.name, fields, provenance(maker(MAKES) or "", row.updated_at))]


PERSONALITY = SpecialNoun(
    makes=(MAKES,), teach=_learn, changes=("personality_type",), source="personality_type", reads=personality_type
)
