"""How one is at work: a type as a mirror, and the four scales behind it."""

from collections.abc import Mapping
from typing import Any

from peewee import fn

from dreamtree.accounts.models import UserSettings
from dreamtree.content import book
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, learn_rows
from dreamtree.values import Answer, Item
from dreamtree.vault import Keyholder, SealedField


class PersonalityScore(DerivedRow):
    """One scale, −3…+3, sealed as text. `item_key` is the scale."""

    score = SealedField()

    class Meta:
        table_name = "personality_scores"


def learn_personality(user: Keyholder, block_key: str, answer: Answer, at: str) -> bool:
    """The type code (in settings) and the scores of one answer; True when they changed."""
    scores = {scale: {"score": str(value)} for scale, value in answer["scales"].items() if value is not None}
    changed = learn_rows(user, PersonalityScore, block_key, scores, at)
    code = answer["code"] or None
    is_other = fn.COALESCE(UserSettings.personality_type, "") != (code or "")
    written = UserSettings.update(personality_type=code, updated_at=at).where(UserSettings.user_id == user.id, is_other)
    return bool(written.execute()) or changed


def personality_type(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The person's type as one item: its name, and in its fields the code, the summary and the ways that go with it."""
    row = UserSettings.get_or_none(UserSettings.user_id == user.id)
    known = book().personality_type(row.personality_type) if row and row.personality_type else None
    if row is None or known is None:
        return []
    fields = {"code": known.code, "summary": known.summary, "ways": known.ways}
    return [Item(known.code, known.name, fields, provenance("1.1.7.type", row.updated_at))]
