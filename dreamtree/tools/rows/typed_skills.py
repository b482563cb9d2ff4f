"""Rows of one's own that name skills, where skills from elsewhere are judged: they are skills like any other."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from dreamtree.content.book import Block
from dreamtree.profile import nouns_of
from dreamtree.profile.skill_lessons import category_of, named_by_line
from dreamtree.tools.base import Inputs
from dreamtree.tools.rows.merging import named, words_of
from dreamtree.tools.rows.shape import R, Row
from dreamtree.values import Item

SKILLS = {"user_skills"}


def marks_of(row: Row) -> dict[str, Any]:
    """What the lesson of a row says of where it comes from."""
    return {} if row.is_live else {row.origin: True}


def without_typed(inputs: Inputs, rows: Iterable[Row]) -> Inputs:
    """What reaches a block, without the skills that rows of its own name already."""
    named = typed_skills(rows)
    return replace(inputs, rows=_left(inputs.rows, named), draft=_left(inputs.draft, named)) if named else inputs


def _left(items: Sequence[Item], named: Collection[str]) -> tuple[Item, ...]:
    return tuple(item for item in items if item.key not in named)


def typed_skills(rows: Iterable[Row]) -> frozenset[str]:
    """The ids of the skills in one's own words that rows name."""
    return frozenset(named_by_line(row.key) for row in rows if row.is_own and words_of(row))


def with_known_skills(block: Block, rows: Sequence[R], inputs: Inputs) -> tuple[R, ...]:
    """The rows of a block about skills; one whose words the library has is that skill, once."""
    whole = {row.key: row for row in rows}
    for row in rows if is_about_skills(block) else ():
        skill = inputs.library.called(words_of(row), category_of(block)) if row.is_own else None
        if skill is None:
            continue
        standing = whole.get(skill.id)
        if standing is None:
            whole[row.key] = named(replace(row, key=skill.id, origin="given"), skill.name)
        elif row.is_said and not standing.is_said:
            whole[skill.id] = named(replace(row, key=skill.id, origin=standing.origin), words_of(standing))
            del whole[row.key]
        else:
            del whole[row.key]
    return tuple(whole.values())


def is_about_skills(block: Block) -> bool:
    """Whether the rows of a block are skills."""
    return any(noun.changed_sources >= SKILLS for noun in nouns_of(block.makes))
