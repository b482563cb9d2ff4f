"""A skill of one's own that goes by another name, or that goes: what every answer that holds it has to follow."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SkillCalled:
    """What a skill is called from now on: the library's, or one in the person's own words."""

    skill: str
    name: str
    category: str
    own: bool


@dataclass(frozen=True)
class SkillChange:
    """A skill of one's own that goes by another name everywhere, or that goes everywhere (`now` is None).

    `keys` are its id and the keys of the lines that name it; `others` the same of the skill that it becomes one with,
    none where it stays itself.
    """

    skill: str
    keys: frozenset[str]
    now: SkillCalled | None
    others: frozenset[str] = frozenset()
