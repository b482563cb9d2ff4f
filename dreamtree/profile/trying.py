"""What was tried of the paths that one could take: years drawn, gauges set, questions, and small tests."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from peewee import IntegerField, TextField

from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.text import ended
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

BY_HAND = "path-"
"""How the key of a path begins that was named where no earlier page had given one."""
OWN_KEY = f"own-{BY_HAND}"
"""How the key begins by which other blocks know such a path."""


class TimelineEntry(DerivedRow):
    """Something that happens in a `year` of a path, counted from 1. `path` is the key of the path, `title` its name."""

    text = SealedField()
    path = TextField(default="")
    title = SealedField()
    year = IntegerField(default=0)
    lane = TextField(default="")

    class Meta:
        table_name = "career_timelines"


class PathAssessment(DerivedRow):
    """How a path looks on four gauges from 0 to 100; `lowest` is the lowest of them in words, with its `reason`.

    `pays` is yes, about, no or unknown; `kept` counts the musts that it would keep, private ones too. Numbers are
    sealed as text.
    """

    title = SealedField()
    resources = SealedField()
    liking = SealedField()
    confidence = SealedField()
    coherence = SealedField()
    lowest = SealedField()
    reason = SealedField()
    pays = SealedField()
    kept = SealedField()

    class Meta:
        table_name = "career_assessments"


class OpenQuestion(DerivedRow):
    """What one doesn't know yet about a path, and who could answer it. `title` is the name of the path."""

    text = SealedField()
    path = TextField(default="")
    title = SealedField()
    who = SealedField()

    class Meta:
        table_name = "questions"


class SmallTest(DerivedRow):
    """A small test of a path: `text` is what could change one's mind, `happened` what came of it."""

    text = SealedField()
    test = SealedField()
    day = SealedField()
    expect = SealedField()
    happened = SealedField()

    class Meta:
        table_name = "tests"


def career_timelines(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """An item a path: its name, and all its years in words."""
    paths: dict[tuple[str, str], list[Item]] = {}
    for one in TIMELINES.items(user, {}):
        block_key = one.provenance.block_key if one.provenance else ""
        paths.setdefault((block_key, one.fields["path"]), []).append(one)
    return [
        Item(path, f"{ended(entries[0].fields['title'])} {_in_years(entries)}", provenance=entries[0].provenance)
        for (_, path), entries in paths.items()
    ]


def paths_named_by_hand(user: Keyholder) -> list[Item]:
    """The paths with years that no earlier page had named, each as an item."""
    named = {one.fields["path"]: one for one in TIMELINES.items(user, {}) if one.fields["path"].startswith(BY_HAND)}
    by_key = {OWN_KEY + path.removeprefix(BY_HAND): one for path, one in named.items()}
    return [Item(key, one.fields["title"], provenance=one.provenance) for key, one in by_key.items()]


def _in_years(entries: Iterable[Item]) -> str:
    """ "Year 1: a first day; the choir. Year 3: …"."""
    by_year: dict[int, list[str]] = {}
    for one in entries:
        by_year.setdefault(one.fields["year"], []).append(one.text)
    return " ".join(f"Year {year}: {ended('; '.join(words))}" for year, words in sorted(by_year.items()))


def questions(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The questions in their order; with `first_of`, of those that share that field only the first."""
    found, field = QUESTIONS.items(user, {}), filters.get("first_of")
    if field:
        first = {one.fields[field]: one for one in reversed(found) if one.fields[field]}
        found = [one for one in found if not one.fields[field] or first[one.fields[field]] is one]
    return found[: filters.get("take")]


def _at_its_lowest(item: Item) -> Item:
    """A path with its lowest gauge and the reason, in one line."""
    *before, last = filter(None, (item.text, item.fields["lowest"], item.fields["reason"]))
    return replace(item, text=" ".join([*map(ended, before), last]))


TIMELINES = Noun(
    TimelineEntry,
    says=("path", "title", "year", "lane"),
    source="career_timelines",
    changes=("career_timelines", "career_options"),
    reads=career_timelines,
)
ASSESSMENTS = Noun(
    PathAssessment,
    text="title",
    says=("resources", "liking", "confidence", "coherence", "lowest", "reason", "pays", "kept"),
    source="career_assessments",
    on_read=_at_its_lowest,
)
QUESTIONS = Noun(
    OpenQuestion,
    says=("path", ("title", "path_named"), "who"),
    source="questions",
    filters={"first_of": "path"},
    reads=questions,
)
TESTS = Noun(SmallTest, says=("test", "day", "expect", "happened"), source="tests")
