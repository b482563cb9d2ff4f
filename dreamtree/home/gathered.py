"""What the book has gathered of a person, section by section, for one page to keep, show or print."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dreamtree.accounts.models import User
from dreamtree.content import book
from dreamtree.profile import sources
from dreamtree.values import NOTHING, Item
from dreamtree.workbook.shapes import Link, link_to

NO_TERM = "nothing"
"""The pick that says there is nothing of the kind."""


@dataclass(frozen=True)
class GatheredLine:
    """One thing, and what belongs to it in small."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A section of the page. `source` is where its words were written; `fill` what would fill it while it is empty."""

    title: str
    lines: tuple[GatheredLine, ...]
    source: Link | None
    fill: Link | None
    layout: str
    is_private: bool


def plainly(item: Item) -> GatheredLine:
    """An item in its own words."""
    return GatheredLine(item.text)


@dataclass(frozen=True)
class Query:
    """What a section asks for: what its answers make, the source that reads them, how an item becomes a line.

    `kind`: only the items of this kind; `only`: those of which this is so. Where many exercises add to it, it `makes`
    "": none is named while it is empty. A source that the book has no block for yet has no items.
    """

    title: str
    makes: str
    source: str
    filters: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    line: Callable[[Item], GatheredLine] = plainly
    take: int | None = None
    layout: str = "list"
    is_private: bool = False
    kind: str = ""
    only: Callable[[Item], bool] | None = None


def gather(user: User, queries: Sequence[Query], complete: frozenset[str]) -> list[Section]:
    """A section for each query; what several ask alike is asked once."""
    found: dict[str, list[Item]] = {}
    for one in queries:
        question = _question(one)
        if question not in found:
            source = sources().get(one.source)
            found[question] = source(user, one.filters) if source else []
    return [_shown(one, found[_question(one)], complete) for one in queries]


def to_come(sections: Iterable[Section]) -> tuple[Link, ...]:
    """The exercises that would add to a page, each once."""
    return tuple(dict.fromkeys(one.fill for one in sections if one.fill))


def _question(one: Query) -> str:
    return f"{one.source} {dict(one.filters)}"


def _shown(section: Query, items: Iterable[Item], complete: frozenset[str]) -> Section:
    candidates = [one for one in items if one.text and one.fields.get("kind") != NO_TERM]
    candidates = [one for one in candidates if section.only is None or section.only(one)]
    items = [one for one in candidates if section.kind in ("", one.fields.get("kind"), one.fields.get("category"))]
    shown = [one for one in items if section.is_private or not one.is_private][: section.take]
    return Section(
        title=section.title,
        lines=tuple(section.line(one) for one in shown),
        source=_source(shown),
        fill=None if shown else _filled_by(section.makes, complete),
        layout=section.layout,
        is_private=section.is_private,
    )


def _source(items: list[Item]) -> Link | None:
    """The exercise in which these things were said last."""
    provenances = [item.provenance for item in items if item.provenance]
    last = max(provenances, key=lambda one: one.written_at, default=None)
    return Link(last.exercise_title, f"/workbook/{last.exercise_id}") if last else None


def _filled_by(makes: str, complete: frozenset[str]) -> Link | None:
    """The exercise that asks for it, unless it is done and has given nothing."""
    block = next((one for one in book().blocks if makes and one.makes == makes), None)
    exercise = book().exercise(block.exercise_id) if block else None
    return link_to(exercise) if exercise and not exercise.is_done(complete) else None
