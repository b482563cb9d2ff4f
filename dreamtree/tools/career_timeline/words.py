"""A path of several years, in words and as a picture."""

from collections.abc import Iterable, Sequence

from dreamtree.drawing import Chart
from dreamtree.drawing.lanes import Lanes, Planned, lanes
from dreamtree.text import ended, isolated
from dreamtree.tools.base import Problem
from dreamtree.tools.career_timeline.paths import Path, year_words
from dreamtree.tools.fields import Choice
from dreamtree.tools.wording import in_words, quoted


def in_years(path: Path) -> str:
    """ "Year 1: a first day; the choir. Year 2: …"."""
    by_year: dict[int, list[str]] = {}
    for one in path.whole:
        by_year.setdefault(one.year or 0, []).append(isolated(one.text))
    return " ".join(f"Year {year}: {ended('; '.join(words))}" for year, words in by_year.items())


def in_full(path: Path, begins: int | None, lanes: Iterable[Choice]) -> str:
    """A path and each of its entries with year and lane, a line each."""
    labels = {one.value: one.label for one in lanes}
    heads = (
        ", ".join(filter(None, [year_words(one.year, begins) if one.year else "", labels.get(one.lane, "")]))
        for one in path.filled_entries
    )
    lines = (f"{head}: {one.text}" if head else one.text for head, one in zip(heads, path.filled_entries, strict=True))
    return "\n".join([path.named, *lines])


def open_in(index: int, path: Path, enough: int) -> list[Problem]:
    """What a path still needs."""
    half = next((n for n, one in enumerate(path.entries) if one.text and not one.is_whole), None)
    if half is not None:
        one = path.entries[half]
        what = "a year" if not one.year else "work or life"
        field = f"rows-{index}-entries-{half}-{'lane' if one.year else 'year'}"
        return [Problem(field, f"Choose {what} for {quoted(isolated(one.text))}")]
    left = enough - len(path.whole)
    if left <= 0:
        return []
    more = f"{in_words(left)}{' more' if path.filled_entries else ''} {'entry' if left == 1 else 'entries'}"
    words = f"Add {more} to {quoted(isolated(path.named))}"
    return [Problem(f"rows-{index}-entries-{len(path.filled_entries)}-text", words)]


def charts_of(paths: Sequence[Path], years: Sequence[str], labels: Sequence[Choice], anchor: str) -> tuple[Chart, ...]:
    """Each path on which something happens, by years and lanes."""
    names = {one.value: one.label for one in labels}
    drawn = (
        lanes(
            [Planned(years[one.year - 1], names.get(one.lane, ""), one.text) for one in path.whole if one.year],
            Lanes(path.named, "Year", tuple(years), tuple(names.values()), f"{anchor}-{path.key}"),
        )
        for path in paths
    )
    return tuple(filter(None, drawn))
