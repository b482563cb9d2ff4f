"""What a page shows of tagged things: each with its skills, suggestions from its words, and what was searched for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dreamtree.content.library import Library, LibrarySkill
from dreamtree.profile.skills import GENERAL
from dreamtree.text import as_line, folded, isolated, without_bullet
from dreamtree.tools.base import NAME_LIMIT, Inputs, RestLine
from dreamtree.tools.fields import first_line
from dreamtree.tools.skill_tagger.tags import KINDS, SkillTag, Tagged, library_tag
from dreamtree.tools.wording import capitalized, in_words, listed
from dreamtree.values import Item

DETAIL_FIELDS = ("situation", "obstacle", "action", "result", "evaluation", "discovery", "words")
SHORT = 400
MORE = 10
MORE_ASKED = re.compile(r"(?:([0-9]{1,3}):)?(.+)")
ROW_KEY = re.compile(r"rows-([0-9]{1,4})-key")
GONE = "Something you've removed"
COMMON = "Skills a lot of people have"
FOUND = 8
MOST_CLOSE = 3


@dataclass(frozen=True)
class Chip:
    """A skill to tick. An own word is posted back with its words; `own_index` counts those of one thing.

    `where` is the exercise that a skill of another kind than the page asks for waits in.
    """

    skill: str
    name: str
    category: str = ""
    own: bool = False
    offered: bool = False
    own_index: int = 0
    where: str = ""


@dataclass(frozen=True)
class Subject:
    """One thing that skills are named for."""

    index: int
    key: str
    title: str
    progress: str
    details: tuple[str, ...]
    is_long: bool
    is_open: bool
    is_gone: bool
    chosen: tuple[Chip, ...]
    heading: str = ""
    offers: tuple[Chip, ...] = ()
    more: str = ""
    query: str = ""
    is_searched: bool = False
    found: tuple[Chip, ...] = ()
    close: tuple[Chip, ...] = ()
    already: tuple[str, ...] = ()
    kind: str = ""
    is_suggested: bool = False


@dataclass(frozen=True)
class TaggerView:
    """`is_single`: one thing only, shown without a fold."""

    subjects: tuple[Subject, ...]
    gone: tuple[Subject, ...]
    is_single: bool
    kinds: tuple[tuple[str, str], ...]
    count: str
    browse: str
    removed: str


@dataclass(frozen=True)
class Offering:
    """How a block makes suggestions: its kind of skill ("" any), how many, and the skills that go with a type."""

    library: Library
    category: str
    limit: int
    ways: tuple[LibrarySkill, ...]
    about: str
    own: tuple[Chip, ...]
    skill_pages: Mapping[str, str]


def offering(
    inputs: Inputs, category: str, limit: int, rows: Iterable[Tagged], skill_pages: Mapping[str, str]
) -> Offering:
    """What this block can suggest; `skill_pages` says where skills of other kinds are used."""
    named = ways_in(inputs.draft)
    ways = [inputs.library.skill(way) or inputs.library.by_slug(way) for way in named]
    own = {one.key: Chip(one.key, one.text, one.fields["category"], own=True) for one in inputs.own_skills}
    own |= {tag.skill: _chip(tag) for row in rows for tag in row.tags if tag.own}
    known_ways = tuple(way for way in ways if way)
    return Offering(inputs.library, category, limit, known_ways, inputs.about, tuple(own.values()), skill_pages)


def ways_in(items: Iterable[Item]) -> list[str]:
    """The ids of the skills that go with a type."""
    return [str(way) for item in items for way in item.fields.get("ways", ())]


def details_of(item: Item | None) -> tuple[str, ...]:
    """What the person wrote about a thing beside its name: tasks, parts of a story, somebody's words."""
    if item is None:
        return ()
    tasks = item.fields.get("tasks")
    parts = [*(tasks if isinstance(tasks, list | tuple) else ()), *(item.fields.get(name) for name in DETAIL_FIELDS)]
    return tuple(part for part in (str(part or "").strip() for part in parts) if part and part != item.text.strip())


def subject(row: Tagged, index: int, item: Item | None, with_: Offering, view_state: Mapping[str, str]) -> Subject:
    """One thing as the page shows it, with what the person asked to see."""
    details = details_of(item)
    chosen = _with_places(_numbered([_named(tag, with_.library) for tag in row.tags]), with_)
    ids = {chip.skill for chip in chosen}
    posted_index = posted_place(view_state, row.key)
    posted_index = index if posted_index is None else posted_index
    is_searched = view_state.get("verb") == "find" and view_state.get("argument") == row.key
    is_asked = is_searched or _more_asked(view_state, row.key) > 0
    found, close, already = _searched(view_state, posted_index, row.key, with_, chosen)
    taken = ids | {chip.skill for chip in (*found, *close)}
    own_before = sum(chip.own for chip in chosen)
    offers, heading, more = _offers(row, details, with_, taken, view_state)
    return Subject(
        index,
        row.key,
        first_line(row.text, 120) or GONE,
        _counted(len(row.tags)),
        details,
        sum(map(len, details)) > SHORT,
        is_asked,
        False,
        chosen,
        heading,
        offers,
        more,
        as_line(view_state.get(f"find-{posted_index}")),
        is_searched,
        _with_places(_numbered(found, own_before), with_),
        _with_places(close, with_),
        already,
        view_state.get(f"kind-{posted_index}") or with_.category or KINDS[0].value,
        bool(view_state.get(f"offer-{posted_index}")),
    )


def posted_place(view_state: Mapping[str, str], key: str) -> int | None:
    """The number under which a posted page had the row `key`."""
    places = (ROW_KEY.fullmatch(name) for name, value in view_state.items() if value == key)
    return next((int(place[1]) for place in places if place), None)


def _counted(count: int) -> str:
    return capitalized(f"{in_words(count)} skill{'' if count == 1 else 's'}") if count else "None yet"


def _offers(
    row: Tagged, details: tuple[str, ...], with_: Offering, taken: set[str], view_state: Mapping[str, str]
) -> tuple[tuple[Chip, ...], str, str]:
    """The suggestions, what they are called, and the argument of *More* ("" when there is no more).

    What nobody heard is suggested only when *More* asks for it.
    """
    limit = max(with_.limit, _more_asked(view_state, row.key))
    most = limit + max(0, len(with_.ways) - with_.limit)
    common = with_.library.common(with_.category or None, most, taken)
    heard, heading = _heard(with_.about or "\n".join([_words(row), *details]), with_, most, taken)
    wider = [skill for skill in common if skill not in heard] if limit > with_.limit else []
    shown = [*heard, *wider][:most]
    chips = tuple(Chip(one.id, one.name, one.category) for one in shown)
    has_more = bool(common) and (limit == with_.limit or len(shown) == most)
    return chips, heading, f"{limit + MORE}:{row.key}" if has_more else ""


def _heard(words: str, with_: Offering, most: int, taken: set[str]) -> tuple[list[LibrarySkill], str]:
    if with_.ways:
        return [way for way in with_.ways if way.id not in taken], "What people of this type say"
    heard = with_.library.suggest(words, with_.category or None, most, taken)
    return heard, "From your own words" if heard else COMMON


def _words(row: Tagged) -> str:
    return "" if row.key == GENERAL else row.text


def _more_asked(view_state: Mapping[str, str], key: str) -> int:
    """How many suggestions for this thing *More* asked for; 0 for none."""
    asked_for = MORE_ASKED.fullmatch(view_state.get("argument", "")) if view_state.get("verb") == "more" else None
    return int(asked_for[1] or MORE) if asked_for and asked_for[2] == key else 0


def _searched(
    view_state: Mapping[str, str], index: int, key: str, with_: Offering, chosen: Iterable[Chip]
) -> tuple[list[Chip], list[Chip], tuple[str, ...]]:
    """What *Find* found: skills to tick, some that are close where none is, and the names of those ticked already."""
    query = without_bullet(view_state.get(f"find-{index}", ""))[:NAME_LIMIT]
    if view_state.get("verb") != "find" or view_state.get("argument") != key or not query:
        return [], [], ()
    hits = with_.library.find(query, with_.category or None, FOUND, MOST_CLOSE)
    own = [chip for chip in with_.own if folded(query) in folded(chip.name)]
    found = [*own, *(Chip(one.id, one.name, one.category) for one in hits.exact)]
    close = [] if own else [Chip(one.id, one.name, one.category) for one in hits.close]
    ids = {chip.skill for chip in chosen}
    fresh = [one for one in found if one.skill not in ids]
    return fresh, [one for one in close if one.skill not in ids], tuple(one.name for one in found if one.skill in ids)


def _with_places(chips: Iterable[Chip], with_: Offering) -> tuple[Chip, ...]:
    """Chips, those of another kind with the exercise in which they are used."""
    if not with_.category:
        return tuple(chips)
    return tuple(
        chip if chip.category == with_.category else replace(chip, where=with_.skill_pages.get(chip.category, ""))
        for chip in chips
    )


def _named(tag: SkillTag, library: Library) -> Chip:
    known = None if tag.own else library.skill(tag.skill)
    return _chip(library_tag(known) if known else tag)


def _chip(tag: SkillTag) -> Chip:
    return Chip(tag.skill, tag.name, tag.category, tag.own, tag.offered)


def _numbered(chips: Iterable[Chip], start: int = 0) -> tuple[Chip, ...]:
    numbered, number = [], start
    for chip in chips:
        numbered.append(Chip(chip.skill, chip.name, chip.category, chip.own, chip.offered, number))
        number += chip.own
    return tuple(numbered)


def placed(subjects: Sequence[Subject], now: str) -> tuple[Subject, ...]:
    """Which thing is open: those asked about, or the one worked on last, or the first without skills."""
    is_open = [one.is_open for one in subjects]
    if not any(is_open):
        is_open = [one.key == now for one in subjects]
    if not any(is_open):
        first = next((one.index for one in subjects if not one.chosen), None)
        is_open = [one.index == first for one in subjects]
    total = len(subjects)
    return tuple(
        replace(
            one,
            is_open=is_open[n],
            progress=f"{n + 1} of {total} · {one.progress}" if total > 1 else one.progress,
        )
        for n, one in enumerate(subjects)
    )


def in_lines(row: Tagged) -> str:
    """A thing, and its skills in a line each."""
    names = [f"– {tag.name}{' (my own words)' if tag.own else ''}" for tag in row.tags]
    return "\n".join([f"{first_line(row.text, 200) or GONE}:", *names])


def rest_line(row: Tagged) -> RestLine:
    """A thing with the skills named for it."""
    names = listed([isolated(tag.name) for tag in row.tags])
    return RestLine(first_line(row.text, 80) or GONE, names or "no skill named yet", row.key)
