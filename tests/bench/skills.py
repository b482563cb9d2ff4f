"""How well skills are heard in what people write, and found by what they type: `python -m tests.bench.skills`."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dreamtree.content.library import Library, LibrarySkill
from dreamtree.content.reference_models import SkillRow, SkillWord
from dreamtree.content.seed.plan import SeedPlan
from dreamtree.content.seed.problems import Problems
from dreamtree.content.seed.skills import plan_skills

HERE = Path(__file__).parent
SEED = HERE.parents[1] / "seed"
EVERY_THIRD = 3
"""Every third line is blind: nothing is tuned on it."""


@dataclass(frozen=True)
class Written:
    """A sentence, the skills that should be heard in it (one of each set), and those that may be."""

    text: str
    wanted: tuple[frozenset[str], ...]
    allowed: frozenset[str]
    is_blind: bool


@dataclass(frozen=True)
class Typed:
    """A search, and the skills that may come first."""

    text: str
    first: frozenset[str]
    is_blind: bool


@dataclass(frozen=True)
class Heard:
    """What was heard in some sentences: how many suggestions, how many of them right, how many wanted and found."""

    suggested: int
    right: int
    wanted: int
    found: int

    @property
    def precision(self) -> float:
        """The share of suggestions that are right."""
        return self.right / self.suggested if self.suggested else 1.0

    @property
    def recall(self) -> float:
        """The share of the skills wanted that were heard."""
        return self.found / self.wanted if self.wanted else 1.0


@cache
def seeded_library() -> Library:
    """The library as the seed has it, without a database."""
    plan, problems = SeedPlan(), Problems()
    plan_skills(SEED, plan, problems)
    problems.raise_any()
    words: dict[tuple[str, str], list[str]] = {}
    for row in plan.rows(SkillWord).values():
        words.setdefault((row["skill"], row["kind"]), []).append(row["words"])
    own = ("id", "slug", "name", "category", "family")
    return Library(
        LibrarySkill(
            *(row[name] for name in own),
            tuple(words.get((row["id"], "synonym"), ())),
            tuple(words.get((row["id"], "phrase"), ())),
        )
        for row in plan.rows(SkillRow).values()
    )


def sentences(name: str = "heard.txt") -> list[Written]:
    """The sentences of a file; for those of `unseen.txt` no phrase was written."""
    return [
        Written(text, _sets(wanted), frozenset(may.split()), is_blind) for (text, wanted, may), is_blind in _lines(name)
    ]


def searches() -> list[Typed]:
    """The searches of `searched.txt`."""
    return [
        Typed(text, frozenset(first.strip().split("/")), is_blind) for (text, first), is_blind in _lines("searched.txt")
    ]


def five() -> list[Written]:
    """The searches of `first_five.txt`: what must be among the first five found, and in `allowed` what must not."""
    return [
        Written(text, _sets(wanted), frozenset(never.split()), is_blind)
        for (text, wanted, never), is_blind in _lines("first_five.txt")
    ]


def amiss(search: Written) -> list[str]:
    """What is missing among the first five skills found, and what should not be there."""
    found = seeded_library().find(search.text)
    slugs = [skill.slug for skill in (*found.exact, *found.close)][:5]
    missing = ["/".join(sorted(one)) for one in search.wanted if not one.intersection(slugs)]
    return [*missing, *(f"not {slug}" for slug in slugs if slug in search.allowed)]


def everyday() -> list[Typed]:
    """The everyday words of `everyday.txt`, each with its one skill."""
    return [Typed(text, frozenset((slug,)), is_blind=False) for (text, slug), _ in _lines("everyday.txt")]


def _lines(name: str) -> Iterator[tuple[list[str], bool]]:
    lines = [line for line in (HERE / name).read_text().splitlines() if not line.startswith("#")]
    for place, line in enumerate(lines, 1):
        yield [part.strip() for part in line.split("|")], place % EVERY_THIRD == 0


def _sets(wanted: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(one.split("/")) for one in wanted.split())


def heard_in(text: str) -> set[str]:
    """The slugs of the skills that are suggested for what somebody wrote."""
    return {skill.slug for skill in seeded_library().suggest(text)}


def wrongly_heard(written: Written) -> set[str]:
    """What is suggested and should not be."""
    return heard_in(written.text) - written.allowed.union(*written.wanted)


def unheard(written: Written) -> list[frozenset[str]]:
    """What should be suggested and is not."""
    heard = heard_in(written.text)
    return [one for one in written.wanted if not one & heard]


def hearing(some: list[Written]) -> Heard:
    """What is heard in some sentences."""
    suggested = sum(len(heard_in(one.text)) for one in some)
    wanted = sum(len(one.wanted) for one in some)
    return Heard(
        suggested,
        suggested - sum(len(wrongly_heard(one)) for one in some),
        wanted,
        wanted - sum(len(unheard(one)) for one in some),
    )


def found_first(typed: Typed) -> str:
    """The slug of what a search shows first."""
    found = seeded_library().find(typed.text)
    return next((skill.slug for skill in (*found.exact, *found.close)), "")


def first_hits(some: list[Typed]) -> float:
    """The share of searches that show first what was meant."""
    return sum(found_first(one) in one.first for one in some) / len(some)


def _print_misses() -> None:
    for written in (one for one in sentences() if not one.is_blind):
        wrong, missing = sorted(wrongly_heard(written)), ["/".join(sorted(one)) for one in unheard(written)]
        if wrong or missing:
            print(f"  {written.text}\n    wrong: {', '.join(wrong) or '–'}; unheard: {', '.join(missing) or '–'}")
    for written in five():
        if wrong_there := amiss(written):
            print(f"  first five of “{written.text}”: {', '.join(wrong_there)}")
    for typed in (one for one in searches() if not one.is_blind):
        if found_first(typed) not in typed.first:
            print(f"  search “{typed.text}”: {found_first(typed) or '–'}, not {'/'.join(sorted(typed.first))}")


def main() -> None:
    """Prints the figures; with `--misses`, also each miss that is not blind."""
    blind = [one for one in sentences() if one.is_blind]
    for name, some in (("all", sentences()), ("blind", blind), ("unseen", sentences("unseen.txt"))):
        heard = hearing(some)
        print(
            f"heard, {name}: {len(some)} sentences, precision {heard.precision:.3f} ({heard.right} of "
            f"{heard.suggested}), recall {heard.recall:.3f} ({heard.found} of {heard.wanted})"
        )
    for name, typed in (("all", searches()), ("blind", [one for one in searches() if one.is_blind])):
        print(f"searched, {name}: {len(typed)} searches, first hit {first_hits(typed):.3f}")
    print(f"everyday words: {len(everyday())}, first hit {first_hits(everyday()):.3f}")
    right = sum(not amiss(one) for one in five())
    print(f"first five: {len(five())} searches, right {right / len(five()):.3f}")
    if "--misses" in sys.argv:
        _print_misses()


if __name__ == "__main__":
    main()
