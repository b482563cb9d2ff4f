"""Whether the jobs of the reference data are told well: none twice, in few words, in reach of their neighbors."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from dreamtree.content.prose import grade, word_count
from dreamtree.content.reference import Occupation
from dreamtree.content.voice.contractions import FULL

DAY_WORDS = range(10, 33)
WAY_WORDS = range(5, 33)
TITLE_WORDS = range(1, 6)
MOST_GRADE = 13
"""One line that lists a day's work counts as one long sentence; what is meant here are hard words."""
OPENING = 3
"""So many first words are what one hears of a line's beginning."""
WITHOUT_DEGREE = 1 / 3


def check_occupations(jobs: Sequence[Occupation]) -> Iterator[str]:
    """All findings, as sentences."""
    yield from _twins("title", jobs, lambda one: one.title)
    yield from _twins("day", jobs, lambda one: one.day)
    yield from _twins("beginning of the day", jobs, lambda one: " ".join(one.day.split()[:OPENING]))
    by_id = {one.id: one for one in jobs}
    for one in jobs:
        yield from _words(one)
        if not any(one.id in by_id[other].neighbors for other in one.neighbors if other in by_id):
            yield f"{_name(one)}: none of its neighbors names it back"
    open_to_all = sum(not one.needs_degree for one in jobs)
    if open_to_all < len(jobs) * WITHOUT_DEGREE:
        yield f"occupations: {open_to_all} of {len(jobs)} are in reach without a degree; a third at least is wanted"


def _twins(what: str, jobs: Iterable[Occupation], text_of: Callable[[Occupation], str]) -> Iterator[str]:
    slugs: dict[str, list[str]] = defaultdict(list)
    for one in jobs:
        slugs[" ".join(text_of(one).casefold().split())].append(_name(one))
    for same in slugs.values():
        if len(same) > 1:
            yield f"{same[0]}: {', '.join(same[1:])} has the same {what}"


def _words(one: Occupation) -> Iterator[str]:
    for name, text, allowed in (
        ("title", one.title, TITLE_WORDS),
        ("day", one.day, DAY_WORDS),
        ("way_in", one.way_in, WAY_WORDS),
    ):
        if word_count(text) not in allowed:
            yield f"{_name(one)}: {name} has {word_count(text)} words; {allowed.start} to {allowed.stop - 1} are right"
    for text in (one.day, one.way_in):
        yield from (f"voice 4: {_name(one)} says “{found}” in full" for found in FULL.findall(text))
        if grade(text) > MOST_GRADE:
            yield f"voice 8: {_name(one)} reads at grade {grade(text):.1f}, {MOST_GRADE} at most"


def _name(one: Occupation) -> str:
    return f"occupation {one.slug}"
