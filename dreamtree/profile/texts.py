"""Single texts about oneself, and the jobs and paths in view."""

from collections.abc import Mapping
from typing import Any

from peewee import TextField

from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, learn_rows, opened
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField


class ProfileText(DerivedRow):
    """One text; `item_key` is its kind (`resume_line`, …)."""

    text = SealedField()

    class Meta:
        table_name = "profile_texts"
        indexes = ((("user_id", "item_key"), False),)


class CareerOption(DerivedRow):
    """A job or path in view; `item_key` is its place (`first`, …), `standing` first, second or parked."""

    title = SealedField()
    standing = TextField(null=True)

    class Meta:
        table_name = "career_options"
        indexes = ((("user_id", "block_key"), False),)


def learn_text(user: Keyholder, block_key: str, kind: str, text: str, at: str) -> bool:
    """The text of this kind; "" takes it back. True when it changed."""
    return learn_rows(user, ProfileText, block_key, {kind: {"text": text}} if text else {}, at)


def learn_option(user: Keyholder, block_key: str, place: str, title: str, at: str) -> bool:
    """The job in view at this place; "" takes it back. True when it changed."""
    return learn_rows(user, CareerOption, block_key, {place: {"title": title}} if title else {}, at)


def profile_text(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Texts about oneself; `kinds` filters."""
    found = ProfileText.select().where(ProfileText.user_id == user.id).order_by(ProfileText.id)
    if "kinds" in filters:
        found = found.where(ProfileText.item_key.in_(filters["kinds"]))
    return [
        Item(row.item_key, opened(user, row, "text"), {}, provenance(row.block_key, row.written_at)) for row in found
    ]


def career_options(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Jobs and paths in view."""
    rows = CareerOption.select().where(CareerOption.user_id == user.id).order_by(CareerOption.id)
    return [
        Item(
            row.item_key,
            opened(user, row, "title"),
            {"standing": row.standing},
            provenance(row.block_key, row.written_at),
        )
        for row in rows
    ]
