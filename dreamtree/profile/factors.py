"""What answers say about each of the five things that make up work: skills, place, workplace, people, pay."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Select, Value

from dreamtree.db import Statement
from dreamtree.profile.budgets import BudgetRow
from dreamtree.profile.locations import Location
from dreamtree.profile.noun import SpecialNoun
from dreamtree.profile.preferences import WorkPreference
from dreamtree.profile.provenance import provenance
from dreamtree.profile.skill_lists import named_skills, skill_words
from dreamtree.values import Item
from dreamtree.vault import Keyholder, Sealed, open_


@dataclass(frozen=True)
class _Mention:
    """A row about a factor; `place` is its rank or position, `words` what is needed to name it, sealed."""

    factor: str
    id: str
    words: str | None
    level: str | None
    place: int | None
    block_key: str
    at: str


Words = Callable[[Keyholder, Sequence[_Mention]], str]


def work_factors(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """One item a factor that anything was said about, with the count; those with nothing are left out."""
    mentions: dict[str, list[_Mention]] = {}
    for row in _EVERYTHING.rows(user.id):
        mentions.setdefault(row[0], []).append(_Mention(*row))
    known = ((name, words, sorted(mentions[name], key=_place)) for name, words in FACTORS.items() if name in mentions)
    return [_item(name, text, rows) for name, words, rows in known if (text := words(user, rows))]


def _place(one: _Mention) -> tuple[int, str]:
    return (999 if one.place is None else one.place, one.id)


def _item(name: str, text: str, rows: Sequence[_Mention]) -> Item:
    latest = max(one.at for one in rows)
    return Item(f"about-{name}", text, {"count": len(rows)}, provenance(rows[0].block_key, latest))


def _skills(user: Keyholder, rows: Sequence[_Mention]) -> str:
    return (
        _counted(len(rows), "skill named", "skills named") + f", first: {skill_words(user, rows[0].id, rows[0].words)}"
    )


def _places(user: Keyholder, rows: Sequence[_Mention]) -> str:
    first = open_(user, "locations.name", rows[0].id, Sealed(rows[0].words or ""))
    return _counted(len(rows), "place", "places") + f", first: {first}"


def _workplace(_: Keyholder, rows: Sequence[_Mention]) -> str:
    return _wanted(rows, "about the workplace")


def _people(_: Keyholder, rows: Sequence[_Mention]) -> str:
    return _wanted(rows, "about the people")


def _wanted(rows: Sequence[_Mention], about: str) -> str:
    musts = sum(one.level == "must" for one in rows)
    what = _counted(musts, "must", "musts") if musts else _counted(len(rows), "wish", "wishes")
    return f"{what} {about}"


def _pay(user: Keyholder, rows: Sequence[_Mention]) -> str:
    lowest = open_(user, "budgets.lowest_month", rows[0].id, Sealed(rows[0].words or ""))
    return "You worked out the lowest pay you need" if lowest else ""


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


FACTORS: Mapping[str, Words] = {
    "skills": _skills,
    "place": _places,
    "workplace": _workplace,
    "people": _people,
    "pay": _pay,
}
"""Factor → what its item says, from everything that mentions it, best first; "" leaves it out."""


def _everything(user_id: Any) -> Any:
    """Rows as in `_Mention`."""
    skills = named_skills(user_id)
    columns = ("id", "name", "category", "rank", "block_key", "at")
    named = Select([skills], [Value("skills").alias("factor"), *(getattr(skills.c, name) for name in columns)])
    places = Location.select(
        Value("place"), Location.id, Location.name, SQL("NULL"), Location.rank, *_origin(Location)
    ).where(Location.user_id == user_id, Location.position >= 0)
    wishes = WorkPreference.select(
        WorkPreference.kind, WorkPreference.id, SQL("NULL"), WorkPreference.level, WorkPreference.position,
        *_origin(WorkPreference),
    ).where(WorkPreference.user_id == user_id, WorkPreference.kind.in_(("workplace", "people")))  # fmt: skip
    pay = BudgetRow.select(
        Value("pay"), BudgetRow.id, BudgetRow.lowest_month, SQL("NULL"), BudgetRow.position, *_origin(BudgetRow)
    ).where(BudgetRow.user_id == user_id)
    return named.union_all(places).union_all(wishes).union_all(pay)


def _origin(model: Any) -> tuple[Any, Any]:
    return model.block_key, model.written_at


_EVERYTHING = Statement(_everything)

WORK_FACTORS = SpecialNoun(source="work_factors", reads=work_factors)
"""Special: what answers teach elsewhere, counted in one query over four tables."""
