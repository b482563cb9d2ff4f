"""The skill tables as the library."""

from collections import defaultdict
from typing import Any

from dreamtree.content.library import Library, LibrarySkill
from dreamtree.content.reference_models import SkillRow, SkillWord
from dreamtree.content.rows import tuples


def load_library() -> Library:
    """All approved, active skills with their other words: two queries."""
    words = _words()
    columns = (SkillRow.id, SkillRow.slug, SkillRow.name, SkillRow.category, SkillRow.family)
    approved = SkillRow.select(*columns).where(SkillRow.is_active == 1, SkillRow.review_status == "approved")
    rows = tuples(approved.order_by(SkillRow.category, SkillRow.position))
    return Library(_skill(row, words) for row in rows)


def _skill(row: tuple[Any, ...], words: dict[tuple[str, str], list[str]]) -> LibrarySkill:
    skill_id, slug, name, category, family = row
    synonyms, phrases = tuple(words[skill_id, "synonym"]), tuple(words[skill_id, "phrase"])
    return LibrarySkill(skill_id, slug, name, category, family, synonyms, phrases)


def _words() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    every = SkillWord.select(SkillWord.skill, SkillWord.kind, SkillWord.words).order_by(SkillWord.position)
    for skill_id, kind, text in tuples(every):
        found[skill_id, kind].append(text)
    return found
