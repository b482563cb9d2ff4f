"""Which jobs use what a person does well: the matching of occupations with skills.

A job matches when it uses two or more (`LEAST_SHARED`) of the person's skills. A skill that few jobs use tells more
than one that many use: it counts log2(jobs / jobs that use it), which is 0 for a skill that every job uses. The job
whose shared skills count most comes first. Where two count the same, the one that shares more skills comes first, then
the one whose skills stand higher in the person's order, then the one whose title is earlier in the alphabet. So the
same skills find the same jobs, in whatever order the reference data is in.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum, log2

from dreamtree.content.reference import Occupation

LEAST_SHARED = 2


@dataclass(frozen=True)
class JobMatch:
    """A job, and the ids of the person's skills that it uses, in the person's order."""

    job: Occupation
    shared: tuple[str, ...]


class Jobs:
    """All occupations, found by the skills that they use."""

    def __init__(self, occupations: Iterable[Occupation] = ()) -> None:
        self.occupations = tuple(occupations)

    def sharing(self, skills: Sequence[str]) -> list[JobMatch]:
        """The jobs that use at least `LEAST_SHARED` of these skills (ids, the most important first), the best first."""
        places = {skill: place for place, skill in enumerate(dict.fromkeys(skills))}
        shared: dict[str, list[str]] = defaultdict(list)
        for skill in places:
            for job_id in self._users.get(skill, ()):
                shared[job_id].append(skill)
        found = [JobMatch(self._by_id[job], tuple(used)) for job, used in shared.items() if len(used) >= LEAST_SHARED]
        return sorted(found, key=lambda match: self._order(match, places))

    def telling(self, skill: str) -> float:
        """How much it says of a job that it uses this skill; 0 for one that every job uses, or none."""
        users = len(self._users.get(skill, ()))
        return log2(len(self.occupations) / users) if users else 0.0

    def _order(self, match: JobMatch, places: dict[str, int]) -> tuple[object, ...]:
        score = fsum(self.telling(skill) for skill in match.shared)
        stand = tuple(places[skill] for skill in match.shared)
        return -score, -len(match.shared), stand, match.job.title.casefold(), match.job.id

    @cached_property
    def _by_id(self) -> dict[str, Occupation]:
        return {one.id: one for one in self.occupations}

    @cached_property
    def _users(self) -> dict[str, tuple[str, ...]]:
        """Skill → the ids of the jobs that use it."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.occupations:
            for skill in dict.fromkeys(one.skills):
                found[skill].append(one.id)
        return {skill: tuple(ids) for skill, ids in found.items()}
