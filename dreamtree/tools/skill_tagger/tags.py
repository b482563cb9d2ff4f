"""Things that skills are named for, and the tags that name them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from wtforms import BooleanField, Field, FieldList, Form, FormField

from dreamtree.content.library import Library, LibrarySkill
from dreamtree.text import as_line
from dreamtree.tools.base import NAME_LIMIT
from dreamtree.tools.fields import KEY, Choice, KeyField, LineField, OneOfField
from dreamtree.tools.rows.kinds import Kind, declared, unposted
from dreamtree.tools.rows.shape import Row, RowsAnswer
from dreamtree.tools.rows.typed_skills import OwnSkills
from dreamtree.tools.skill_changes import SkillChange
from dreamtree.values import Item

IN_GENERAL = "In general"
KINDS = (
    Choice("transferable", "something I do"),
    Choice("self_management", "a way I am"),
    Choice("knowledge", "something I know"),
)
KIND_VALUES = frozenset(kind.value for kind in KINDS)
NAMELESS = "A skill without a name"


@dataclass(frozen=True)
class SkillTag:
    """A skill of the library, or one in the person's own words; `offered` when the library may have it too.

    A page posts those of the library by their ids only: then they have no name.
    """

    skill: str
    name: str = ""
    category: str = KINDS[0].value
    own: bool = False
    offered: bool = False


def library_tag(skill: LibrarySkill) -> SkillTag:
    """A skill of the library."""
    return SkillTag(skill.id, skill.name, skill.category)


def known_kind(category: Any) -> str:
    """A kind of skill, whatever was posted or stored."""
    return category if category in KIND_VALUES else KINDS[0].value


def load_tags(stored: Any) -> tuple[SkillTag, ...]:
    """Tags as any version has stored them: each skill once, own words with their words."""
    found: dict[str, SkillTag] = {}
    for one in stored if isinstance(stored, list) else []:
        if isinstance(one, Mapping) and (tag := _load_tag(one)):
            found.setdefault(tag.skill, tag)
    return tuple(found.values())


def _load_tag(stored: Mapping[str, Any]) -> SkillTag | None:
    skill, name, own = str(stored.get("skill") or ""), as_line(stored.get("name")), bool(stored.get("own"))
    if not KEY.fullmatch(skill) or (own and not name):
        return None
    kind = known_kind(stored.get("category"))
    return SkillTag(skill, name or NAMELESS, kind, own, own and bool(stored.get("offered")))


def store_tags(tags: Iterable[SkillTag]) -> list[dict[str, Any]]:
    """Tags as JSON holds them."""
    return [asdict(tag) if tag.name else {"skill": tag.skill} for tag in tags]


# What is posted


class Ticked(Field):
    """The ids that were ticked, each once, in the order they stand on the page."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = list(dict.fromkeys(valuelist))
        if not all(KEY.fullmatch(one) for one in self.data):
            raise ValueError("Part of a skill didn't come through. Reload the page.")


class OwnWordForm(Form):
    """A skill in the person's own words."""

    skill = KeyField()
    name = LineField(NAME_LIMIT)
    category = OneOfField(KINDS)
    offered = BooleanField()


class TagsForm(Form):
    """What a page posts of one thing's skills: the ids that were ticked, and own words whole."""

    skills = Ticked()
    own = FieldList(FormField(OwnWordForm))


class TagsField(Field):
    """The ticked skills of one thing, as they are stored; those of the library by their ids only."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.form = TagsForm(formdata)
        own = {one["skill"]: {**one, "own": True} for one in self.form.data["own"]}
        self.data = [own.get(skill) or {"skill": skill} for skill in self.form.data["skills"] or ()]

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        return self.form.validate()


# Things with their tags


@dataclass(frozen=True)
class Tagged(Row):
    """A thing, by words that are changed where it comes from, and the skills named for it."""

    text: str = declared(Kind(None, lambda stored: str(stored or ""), counts=False))
    tags: tuple[SkillTag, ...] = declared(Kind(lambda _: TagsField(), load_tags, (), store_tags))


@dataclass(frozen=True)
class Tagging(RowsAnswer[Tagged]):
    """Things with their skills; `now` is the key of the one worked on last."""

    now: str = unposted(lambda stored: str(stored or ""))


def as_posted(row: Tagged) -> Tagged:
    """A thing as its page posts it: skills of the library by their ids only."""
    return replace(row, tags=tuple(tag if tag.own else SkillTag(tag.skill) for tag in row.tags))


def fields_on_page(stored: Mapping[str, Any]) -> dict[str, Any]:
    """A stored thing by the names of its fields: the ids that are ticked, and own words whole."""
    tags, rest = stored["tags"], {name: value for name, value in stored.items() if name != "tags"}
    own = [{name: one for name, one in tag.items() if name != "own"} for tag in tags if tag.get("own")]
    return {**rest, "skills": [tag["skill"] for tag in tags], "own": own}


def with_names(row: Tagged, library: Library, stored: Mapping[str, SkillTag]) -> Tagged:
    """A posted thing, its skills with names and kinds; without ids that neither library nor answer knows."""
    whole = []
    for tag in row.tags:
        known = library.skill(tag.skill)
        named = library_tag(known) if known else tag if tag.own else stored.get(tag.skill)
        whole += [named] if named else []
    return replace(row, tags=tuple(whole))


def with_tag(rows: Sequence[Tagged], key: str, tag: SkillTag) -> tuple[Tagged, ...]:
    """Things with one skill more for the thing `key`, unless it has it."""
    return tuple(
        replace(row, tags=(*row.tags, tag))
        if row.key == key and tag.skill not in {one.skill for one in row.tags}
        else row
        for row in rows
    )


def drafted_key(row: Tagged, tag: SkillTag) -> str:
    """The key of the item by which a skill was named for this thing before."""
    return f"{row.key}:{tag.skill}"


def without_drafted(rows: Sequence[Tagged], key: str) -> tuple[Tagged, ...]:
    """Things without the skill that was drafted under `key`."""
    return tuple(replace(row, tags=tuple(tag for tag in row.tags if drafted_key(row, tag) != key)) for row in rows)


def with_changed_tag(row: Tagged, change: SkillChange) -> Tagged:
    """A thing with a skill of one's own under its new name, or without it; each skill once."""
    tags = (_changed(tag, change) if tag.skill == change.skill else tag for tag in row.tags)
    return replace(row, tags=_each_once(tag for tag in tags if tag is not None))


def _each_once(tags: Iterable[SkillTag]) -> tuple[SkillTag, ...]:
    found: dict[str, SkillTag] = {}
    for tag in tags:
        found.setdefault(tag.skill, tag)
    return tuple(found.values())


def _changed(tag: SkillTag, change: SkillChange) -> SkillTag | None:
    now = change.now
    return SkillTag(now.skill, now.name, now.category, now.own, now.own and tag.offered) if now else None


def with_own_names(row: Tagged, own: OwnSkills) -> Tagged:
    """A thing with the person's own words for skills as they are called now, where they are known; each skill once."""
    tags = [_called(tag, own.of(tag.skill, tag.name)) if tag.own else tag for tag in row.tags]
    return replace(row, tags=_each_once(tags))


def _called(tag: SkillTag, known: Item | None) -> SkillTag:
    kind = known_kind(known.fields["category"]) if known else tag.category
    return replace(tag, skill=known.key, name=known.text, category=kind) if known else tag
