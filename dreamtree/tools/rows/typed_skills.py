"""Rows of one's own that name skills: they are skills like any other, each once however often it is typed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from dreamtree.content.book import Block
from dreamtree.profile import SKILLS_SOURCE, nouns_of
from dreamtree.profile.skill_lessons import category_of, named_by_line
from dreamtree.text import folded
from dreamtree.tools.base import Inputs
from dreamtree.tools.rows.merging import filled_from, renamed, row_words
from dreamtree.tools.rows.shape import R, Row
from dreamtree.tools.skill_changes import SkillCalled, SkillChange
from dreamtree.values import Item


class OwnSkills:
    """The person's own words for skills, found by their ids, or else by what they are called."""

    def __init__(self, own: Iterable[Item]) -> None:
        self.by_id = {item.key: item for item in own}
        self.by_words = {folded(item.text): item for item in reversed(self.by_id.values())}

    def of(self, skill: str, words: str) -> Item | None:
        """The one with this id; where there is none, the one that is called so."""
        return self.by_id.get(skill) or self.by_words.get(folded(words))


def lesson_marks(row: Row) -> dict[str, Any]:
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
    return frozenset(named_by_line(row.key) for row in rows if row.is_own and row_words(row))


def with_known_skills(block: Block, rows: Sequence[R], inputs: Inputs) -> tuple[R, ...]:
    """The rows of a block about skills; one whose words the library has is that skill, once."""
    whole = {row.key: row for row in rows}
    for row in rows if is_about_skills(block) else ():
        skill = inputs.library.called(row_words(row), category_of(block)) if row.is_own else None
        if skill is None:
            continue
        standing = whole.get(skill.id)
        if standing is not None:
            whole[skill.id] = filled_from(standing, row)
            del whole[row.key]
        else:
            one = renamed(replace(row, key=skill.id, origin="given"), skill.name)
            whole = {other.key: other for other in (one if other is row else other for other in whole.values())}
    return tuple(whole.values())


def typed_again(block: Block, rows: Sequence[Row], own: Iterable[Item]) -> Iterator[SkillChange]:
    """Each row that was typed here and says what another skill of one's own is called: it is that one.

    Of two rows that say the same here, the one stays that the person had before, or else the first.
    """
    known = OwnSkills(own)
    mine = {named_by_line(row.key): row for row in rows if row.is_own and row_words(row)}
    others = (one for one in known.by_id.values() if one.key not in mine)
    called = {folded(one.text): SkillCalled(one.key, one.text, one.fields["category"], own=True) for one in others}
    for skill, row in sorted(mine.items(), key=lambda pair: pair[0] not in known.by_id):
        now = called.setdefault(
            folded(row_words(row)), SkillCalled(skill, row_words(row), category_of(block), own=True)
        )
        if now.skill != skill:
            twin = mine.get(now.skill)
            yield SkillChange(skill, frozenset({row.key}), now, frozenset({now.skill, *((twin.key,) if twin else ())}))


def is_about_skills(block: Block) -> bool:
    """Whether the rows of a block are skills."""
    return any(SKILLS_SOURCE in noun.changed_sources for noun in nouns_of(block.makes))
