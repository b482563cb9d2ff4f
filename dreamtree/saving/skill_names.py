"""What a skill in one's own words is called: in every answer that holds it, whichever answer gave it the name."""

from collections.abc import Iterator, Sequence

from dreamtree.accounts.models import User
from dreamtree.answers import responses
from dreamtree.answers.stored import Answers, StoredAnswer
from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.profile import may_name
from dreamtree.profile.skill_lessons import lines_naming
from dreamtree.profile.skill_lists import own_skills, subjects_of
from dreamtree.saving.lessons import lessons_of
from dreamtree.tools import SkillCalled, SkillChange, tool
from dreamtree.values import Answer, Item


def is_naming(block: Block, answer: Answer) -> bool:
    """Whether what this answer teaches may give a skill in the person's own words its name."""
    return may_name(block, lambda: lessons_of(block, answer))


def renamed_since(user: User, before: Sequence[Item]) -> Iterator[SkillChange]:
    """The own skills that are called otherwise than they were before."""
    names = {one.key: one.text for one in before}
    for one in own_skills(user) if names else ():
        if names.get(one.key, one.text) != one.text:
            yield change_to(user, one, SkillCalled(one.key, one.text, one.fields["category"], own=True))


def change_to(user: User, skill: Item, now: SkillCalled | None) -> SkillChange:
    """One of the person's own skills under another name, as another skill, or gone."""
    is_other = now is not None and now.skill != skill.key
    others = frozenset({now.skill}) | subjects_of(user, now.skill) if now and is_other else frozenset()
    return SkillChange(skill.key, lines_naming(user, skill.key), now, others)


def every_answer(user: User) -> Answers:
    """The answers of a person to what the book asks, by block."""
    return responses.answers_of(user, [block.key for block in book().blocks])


def answers_changed_by(user: User, change: SkillChange) -> Iterator[tuple[Block, StoredAnswer, Answer]]:
    """The blocks that hold the skill, with what stands there and what it becomes, in the order of the book."""
    blocks = book().blocks
    holding = responses.answers_naming(user, [block.key for block in blocks], change.keys)
    for block in blocks:
        if one := holding.get(block.key):
            after = tool(block.type).with_changed_skill(block, one.answer, change)
            if after != one.answer:
                yield block, one, after
