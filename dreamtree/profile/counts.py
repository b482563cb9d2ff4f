"""What a tree holds so far, counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Model, Select, fn

from dreamtree.db import Statement
from dreamtree.profile.competencies import last_assessed
from dreamtree.profile.experiences import Experience
from dreamtree.profile.flow import FlowEntry
from dreamtree.profile.locations import Location
from dreamtree.profile.people import Testimonial
from dreamtree.profile.practices import PracticeRow
from dreamtree.profile.preferences import WorkPreference
from dreamtree.profile.reflections import Note
from dreamtree.profile.reframes import last_turned_over
from dreamtree.profile.skills import UserSkill
from dreamtree.profile.stories import SoaredStory
from dreamtree.profile.values import UserValue
from dreamtree.vault import Keyholder

MOST_COUNTED = 1_000
"""Nobody waits for more of a long log to be counted."""


@dataclass(frozen=True)
class _Counted:
    """A kind of thing: its name for one and for several, its table, and which of its rows count."""

    one: str
    several: str
    model: type[Model]
    which: tuple[Any, ...] = ()

    def of(self, user_id: Any) -> Any:
        """The query that counts somebody's, up to one more than `MOST_COUNTED`."""
        mine = self.model.user_id == user_id  # type: ignore[attr-defined]
        some = self.model.select(SQL("1")).where(mine, *self.which).limit(MOST_COUNTED + 1)
        return Select([some], [fn.COUNT(SQL("*"))])


_LIVING = UserSkill.removed_at.is_null()
_KINDS: Mapping[str, _Counted] = {
    "experiences": _Counted("thing you have done", "things you have done", Experience),
    "stories": _Counted("story told", "stories told", SoaredStory, (SoaredStory.kind == "told",)),
    "skills": _Counted("skill named", "skills named", UserSkill, (_LIVING,)),
    "ranked": _Counted(
        "skill put in order", "skills put in order", UserSkill, (_LIVING, UserSkill.rank.is_null(False))
    ),
    "superpowers": _Counted("superpower", "superpowers", UserSkill, (_LIVING, UserSkill.is_superpower == 1)),
    "people": _Counted("person who has seen you work", "people who have seen you work", Testimonial),
    "places": _Counted("place you could live", "places you could live", Location, (Location.position >= 0,)),
    "musts": _Counted("must for work", "musts for work", WorkPreference, (WorkPreference.level == "must",)),
    "moments": _Counted("moment of flow", "moments of flow", FlowEntry),
    "topics": _Counted("problem worth your time", "problems worth your time", Note, (Note.kind == "topic",)),
    "values": _Counted("value put in order", "values put in order", UserValue, (UserValue.kind == "life",)),
    "practices": _Counted("practice started", "practices started", PracticeRow),
}


@dataclass(frozen=True)
class Totals:
    """How many of each kind there are; the day on which the levels were last looked at, and the moment when a failure
    was last turned over, ISO, "" for never.
    """

    counts: Mapping[str, int]
    levels_on: str
    turned_over_at: str


def totals_of(user: Keyholder) -> Totals:
    """All of it, in one query."""
    [(levels_on, turned_over_at, *row)] = _TOTALS.rows(user.id, user.id, *(user.id for _ in _KINDS))
    return Totals(dict(zip(_KINDS, row, strict=True)), levels_on or "", turned_over_at or "")


def _totals(user_id: Any, same_user_id: Any, *user_ids: Any) -> Any:
    counted = (kind.of(one) for kind, one in zip(_KINDS.values(), user_ids, strict=True))
    return Select(columns=[last_assessed(user_id), last_turned_over(same_user_id), *counted])


_TOTALS = Statement(_totals)


def counts_in_words(counts: Mapping[str, int]) -> tuple[str, ...]:
    """ "12 skills named", "more than 1,000 moments of flow", one line a kind that there is any of."""
    kinds = ((_KINDS[name], number) for name, number in counts.items() if number)
    return tuple(f"{_in_figures(number)} {kind.one if number == 1 else kind.several}" for kind, number in kinds)


def _in_figures(number: int) -> str:
    return str(number) if number <= MOST_COUNTED else f"more than {MOST_COUNTED:,}"
