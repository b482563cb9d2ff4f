"""People: what others have said one does well, and who they are."""

from collections.abc import Mapping
from typing import Any

from peewee import JOIN

from dreamtree.content import library
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, learn_rows, opened
from dreamtree.profile.skills import ExerciseSkill, OwnSkill
from dreamtree.values import Answer, Item
from dreamtree.vault import Keyholder, SealedField, open_


class Testimonial(DerivedRow):
    """Who was asked, how they know one's work, and their words once they answered."""

    person = SealedField()
    known = SealedField()
    words = SealedField()

    class Meta:
        table_name = "testimonials"
        indexes = ((("user_id", "block_key"), False),)


class Contact(DerivedRow):
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
    """What others said: the person's name, with their words and how they know one's work in the fields.

    With `skills` in the filters: every skill named in their words, with who said it in the field who.
    """
    if filters.get("skills"):
        return _skills_seen(user)
    rows = Testimonial.select().where(Testimonial.user_id == user.id).order_by(Testimonial.position)
    return [_said(user, row) for row in rows]


def _said(user: Keyholder, row: Testimonial) -> Item:
    fields = {"words": opened(user, row, "words"), "known": opened(user, row, "known")}
    return Item(row.item_key, opened(user, row, "person"), fields, provenance(row.block_key, row.written_at))


def _skills_seen(user: Keyholder) -> list[Item]:
    """One item a skill that was named for somebody's words, the most named first. Keys are of their own."""
    seen: dict[str, list[Any]] = {}
    for row in _seen(user):
        seen.setdefault(row[0], []).append(row)
    said = [_seen_item(user, skill, rows) for skill, rows in seen.items()]
    return sorted(said, key=lambda item: -len(item.fields["who"]))


def _seen_item(user: Keyholder, skill: str, rows: list[Any]) -> Item:
    _, own, block_key, at, *_ = rows[0]
    known = library().skill(skill)
    words = open_(user, "own_skills.name", skill, own) if own else known.name if known else ""
    who = tuple(open_(user, "testimonials.person", identity, person) for *_, identity, person in rows)
    return Item(f"seen-{skill}", words, {"skills": words, "who": who}, provenance(block_key, at))


def _seen(user: Keyholder) -> Any:
    """Skill id, own word (sealed or None), block and time, id and name of the person: a row a skill and person."""
    is_theirs = (ExerciseSkill.user_id == Testimonial.user_id) & (ExerciseSkill.subject_key == Testimonial.item_key)
    is_own = (OwnSkill.user_id == ExerciseSkill.user_id) & (OwnSkill.id == ExerciseSkill.skill_id)
    columns = (ExerciseSkill.skill_id, OwnSkill.name, ExerciseSkill.block_key, ExerciseSkill.written_at)
    return (
        Testimonial.select(*columns, Testimonial.id, Testimonial.person)
        .join(ExerciseSkill, on=is_theirs)
        .join(OwnSkill, JOIN.LEFT_OUTER, on=is_own)
        .where(Testimonial.user_id == user.id)
        .order_by(ExerciseSkill.id)
        .tuples()
    )
