"""People: what others have said one does well, and who they are."""

from collections.abc import Mapping
from typing import Any

from dreamtree.profile.came_from import came_from
from dreamtree.profile.rows import TaughtModel, learn_rows, opened
from dreamtree.values import Answer, Item
from dreamtree.vault import Keyholder, SealedField


class Testimonial(TaughtModel):
    """Who was asked, how they know one's work, and their words once they answered."""

    person = SealedField()
    known = SealedField()
    words = SealedField()

    class Meta:
        table_name = "testimonials"
        indexes = ((("user_id", "block_key"), False),)


class Contact(TaughtModel):
    """Somebody one can write to."""

    name = SealedField()
    known = SealedField()

    class Meta:
        table_name = "contacts"
        indexes = ((("user_id", "block_key"), False),)


def learn_testimonials(user: Keyholder, block_key: str, answer: Answer, at: str) -> bool:
    """The people of one list: each a testimonial (their words may come later) and a contact."""
    rows = [row for row in answer["rows"] if row["text"]]
    said = {row["key"]: _testimonial(n, row) for n, row in enumerate(rows)}
    who = {
        key: {"name": row["person"], "known": row["known"], "position": row["position"]} for key, row in said.items()
    }
    changed = learn_rows(user, Testimonial, block_key, said, at)
    return learn_rows(user, Contact, block_key, who, at) or changed


def _testimonial(position: int, row: Mapping[str, Any]) -> dict[str, Any]:
    fields = row.get("fields", {})
    return {
        "person": row["text"],
        "known": fields.get("known", ""),
        "words": fields.get("words", ""),
        "position": position,
    }


def testimonials(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """What others said: the person's name, with their words and how they know one's work in the fields."""
    rows = Testimonial.select().where(Testimonial.user_id == user.id).order_by(Testimonial.position)
    return [_said(user, row) for row in rows]


def _said(user: Keyholder, row: Testimonial) -> Item:
    fields = {"words": opened(user, row, "words"), "known": opened(user, row, "known")}
    return Item(row.item_key, opened(user, row, "person"), fields, came_from(row.block_key, row.written_at))
