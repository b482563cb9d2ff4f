"""Keeping typed words as a skill of one's own."""

from collections.abc import Sequence
from dataclasses import replace

from dreamtree.content.book import Block
from dreamtree.db import new_id
from dreamtree.profile.skills import GENERAL
from dreamtree.text import folded, without_bullet
from dreamtree.tools.base import NAME_LIMIT, Button, Inputs, Posted, Problem
from dreamtree.tools.fields import NUL_MESSAGE, fields_of_block, too_long
from dreamtree.tools.skill_tagger.tags import (
    IN_GENERAL,
    SkillTag,
    Tagged,
    known_kind,
    library_tag,
    with_tag,
)
from dreamtree.tools.skill_tagger.view import posted_place
from dreamtree.tools.wording import in_words

TAG_LIMIT = 40


def too_many(over: int) -> str:
    """What to do about so many skills more than fit for one thing."""
    return f"{TAG_LIMIT} skills fit here for one thing. Uncheck {in_words(over)}."


def cannot_keep(block: Block, rows: Sequence[Tagged], posted: Posted) -> list[Problem]:
    """What forbids keeping the words typed, when *Keep my words* was pressed."""
    pressed, prefix = posted.get("do", ""), f"{block.key}|keep|"
    key, fields = pressed.removeprefix(prefix), fields_of_block(posted, f"{block.key}:")
    index = posted_place(fields, key)
    if not pressed.startswith(prefix) or index is None:
        return []
    typed = fields.get(f"find-{index}", "")
    message = NUL_MESSAGE if "\0" in typed else too_long(without_bullet(typed), NAME_LIMIT)
    message = message or ("" if without_bullet(typed) else "Type your words here first, then keep them.")
    is_full = any(row.key == key and len(row.tags) >= TAG_LIMIT for row in rows)
    message = message or (too_many(1) if is_full else "")
    return [Problem(f"find-{index}", message)] if message else []


def with_typed_words(block: Block, rows: Sequence[Tagged], button: Button, category: str) -> tuple[Tagged, ...]:
    """Things with the words typed for one of them as a skill; as they are where nothing that fits was typed.

    `category` is the kind of skill where none was chosen.
    """
    key, fields = button.argument, fields_of_block(button.posted, f"{block.key}:")
    index = posted_place(fields, key)
    words = without_bullet(fields.get(f"find-{index}", ""))
    if index is None or not words or len(words) > NAME_LIMIT:
        return tuple(rows)
    if key == GENERAL and all(row.key != key for row in rows):
        rows = (*rows, Tagged(GENERAL, "live", IN_GENERAL))
    kind, is_offered = known_kind(fields.get(f"kind-{index}") or category), bool(fields.get(f"offer-{index}"))
    return with_tag(rows, key, _called(words, rows, button.inputs, SkillTag("", words, kind, True, is_offered)))


def _called(words: str, rows: Sequence[Tagged], inputs: Inputs, own: SkillTag) -> SkillTag:
    """The skill of the library that is called so; else `own`, under the id that these words have already."""
    if skill := inputs.library.named(words):
        return library_tag(skill)
    named = [
        *((item.text, item.key) for item in inputs.own_skills),
        *((tag.name, tag.skill) for row in rows for tag in row.tags if tag.own),
    ]
    known = next((skill for name, skill in named if folded(name) == folded(words)), None)
    return replace(own, skill=known or new_id())
