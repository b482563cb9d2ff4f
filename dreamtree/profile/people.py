"""People: what others have said one does well, and who they are."""

from collections.abc import Mapping
from typing import Any

from peewee import JOIN

from dreamtree.content import library
from dreamtree.profile.noun import Noun
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow
from dreamtree.profile.skills import ExerciseSkill, OwnSkill
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField, open_


class Testimonial(DerivedRow):
    """Who was asked, how they know one's work, and their words once they answered."""

    person = SealedField()
    known = SealedField()
    words = SealedField()

    class Meta:
        table_name = "testimonials"


class Contact(DerivedRow):
    """Somebody one can write to."""

    name = SealedField()
    known = SealedField()

    class Meta:
        table_name = "contacts"


def testimonials(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """What others said: the person's name, with their words and how they know one's work in the fields.

    With `skills` in the filters: every skill named in their words, with who said it in the field who.
    """
    return _skills_seen(user) if filters.get("skills") else TESTIMONIALS.items(user, filters)


TESTIMONIALS = Noun(Testimonial, text="person", says=("known", "words"), source="testimonials", reads=testimonials)
CONTACTS = Noun(Contact, text="name", says=("known",), makes=("testimonials",), changes=("contacts",))


def _skills_seen(user: Keyholder) -> list[Item]:
    """One item a skill that was named for somebody's words, the most named first. Keys are of their own."""
    seen: dict[str, list[Any]] = {}
    for row in _seen(user):
        seen.setdefault(row[0], []).append(row)
    items = [_seen_item(user, skill, rows) for skill, rows in seen.items()]
    return sorted(items, key=lambda item: -len(item.fields["who"]))


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
