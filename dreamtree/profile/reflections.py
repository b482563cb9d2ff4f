"""What one cares about: people, groups, memories, and the problems one would like to see smaller."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from peewee import TextField

from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.profile.two_tables import TwoTables
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

KINDS = (
    *("shaped", "lesson", "leave", "group", "closer", "topic"),
    *("thanked", "most_me", "event", "held", "friend"),
)
"""All kinds, in the order in which they are read."""


class Reflection(DerivedRow):
    """A thought worth keeping.

    `kind` is shaped, lesson, leave, group, closer, thanked, most_me, event, held or friend. A group has what
    one `gives` and `gets`; an event has when it was.
    """

    kind = TextField()
    text = SealedField()
    gives = SealedField()
    gets = SealedField()
    happened = SealedField()

    class Meta:
        table_name = "reflections"
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


class Note(DerivedRow):
    """A small thing in a line or two. `kind` is topic: a problem that will not leave one alone."""

    kind = TextField()
    text = SealedField()
    more = SealedField()

    class Meta:
        table_name = "notes"
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


def _thought(item: Item) -> Item:
    """A thought with the fields in which something was said. Of a group, the words are what one gets from it."""
    fields = {name: value for name, value in item.fields.items() if value}
    is_group = fields.get("kind") == "group"
    return replace(item, text=fields.get("gets") or item.text if is_group else item.text, fields=fields)


def reflections(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Thoughts and topics, by kind, as listed; fields: kind, and what belongs to it. `kinds` filters.

    Special: two tables are read, in one query.
    """
    kinds = [*filters.get("kinds", KINDS)]
    found: dict[str, list[Item]] = {kind: [] for kind in KINDS if kind in kinds}
    for noun, columns in _BOTH.rows(user):
        if columns["kind"] in found:
            found[columns["kind"]].append(noun.item(user, columns))
    return [item for items in found.values() for item in items]


REFLECTIONS = Noun(
    Reflection,
    says=("kind", "gives", "gets", ("happened", "when")),
    source="reflections",
    on_read=_thought,
    reads=reflections,
)
TOPICS = Noun(
    Note,
    says=("kind", ("more", "better")),
    kind="topic",
    makes=("topics",),
    changes=("reflections", "topics"),
    source="topics",
    on_read=_thought,
)
_BOTH = TwoTables(REFLECTIONS, TOPICS, "position")
