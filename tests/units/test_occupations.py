"""Jobs of the reference data: how they are read from the seed, and what the check of the book says of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dreamtree.content import book
from dreamtree.content.check_occupations import check_occupations
from dreamtree.content.reference import Occupation
from dreamtree.content.seed import BrokenSeed, load_seed
from dreamtree.content.seed.finding_lines import with_line
from dreamtree.content.seed.identity import fixed_id
from dreamtree.db import database

from .small_seed import edit, empty_tables, write_seed

FILE = "reference/occupations.toml"
SKILLS = """slug,name,family,synonyms,phrases
loading,Loading trucks,Moving,packing;stowing,loaded trucks;filled the van
driving,Driving a van,Moving,,
packing-boxes,Packing boxes,Moving,,
"""
NAMES = ("mover", "packer", "driver", "loader")


def job_table(slug: str) -> str:
    others = ", ".join(f'"{name}"' for name in NAMES if name != slug)
    return f"""
[[occupation]]
slug = "{slug}"
title = "{slug.capitalize()}"
family = "Moving"
day = "A {slug} has this day."
interests = "RC"
skills = ["Loading trucks", "Driving a van", "Packing boxes", "Calm"]
way_in = "Ask."
needs_degree = false
neighbors = [{others}]
"""


def interest_table(letter: str) -> str:
    return f"""
[[interest]]
slug = "kind-{letter.lower()}"
letter = "{letter}"
name = "Kind {letter}"
meaning = "What it is."
sort_order = 1
"""


@pytest.fixture
def seed(tmp_path: Path) -> Iterator[Path]:
    empty_tables(tmp_path / "content.db")
    folder = write_seed(tmp_path / "seed")
    (folder / "skills/things_i_do.csv").write_text(SKILLS)
    (folder / "reference/interests.toml").write_text("".join(map(interest_table, "CIR")))
    (folder / FILE).write_text("".join(job_table(slug) for slug in NAMES))
    yield folder
    database.close()


def test_a_job_comes_with_its_skills_and_its_neighbors(seed: Path) -> None:
    load_seed(seed)
    mover = book().occupations[0]
    assert (mover.title, mover.family, mover.interests, mover.needs_degree) == ("Mover", "Moving", "RC", False)
    assert mover.skills[0] == fixed_id("skill", "loading")
    assert mover.neighbors == tuple(one.id for one in book().occupations[1:])


def test_a_job_that_leaves_the_file_is_retired_and_has_its_id_when_it_comes_again(seed: Path) -> None:
    revision = load_seed(seed).revision
    before = [one.id for one in book(revision).occupations]
    edit(seed, FILE, job_table("mover"), "")
    for slug in NAMES[1:]:
        edit(seed, FILE, job_table(slug), job_table(slug).replace('"mover"', f'"{slug}-2"'))
        with (seed / FILE).open("a") as file:
            file.write(job_table(f"{slug}-2").replace('"mover", ', ""))
    revision = load_seed(seed).revision
    assert before[0] not in {one.id for one in book(revision).occupations}
    (seed / FILE).write_text("".join(job_table(slug) for slug in NAMES))
    revision = load_seed(seed).revision
    assert [one.id for one in book(revision).occupations] == before


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"Calm"', '"Clam"', "8: “Clam” is no skill of the library"),
        (', "Driving a van", "Packing boxes"', "", "8: skills are three to six, each once"),
        ('"Calm"', '"Loading trucks"', "8: skills are three to six, each once"),
        (', "Packing boxes"', "", "8: three of the skills at least are things people do"),
        ('"RC"', '"RX"', "7: interests are one to three of the letters CIR, each once"),
        ('"RC"', '"RR"', "7: interests are one to three of the letters"),
        ('"RC"', '""', "7: interests are one to three of the letters"),
        ('["packer"', '["parker"', "11: “parker” is no occupation"),
        ('["packer"', '["mover"', "11: neighbors are three other occupations"),
        ('["packer"', '["driver"', "11: neighbors are three other occupations"),
        ('["packer", ', "[", "11: neighbors are three other occupations"),
        ("false", '"no"', "10: “needs_degree” is not true or false"),
    ],
)
def test_a_problem_is_told_with_its_line(seed: Path, old: str, new: str, problem: str) -> None:
    first, rest = job_table("mover"), "".join(job_table(slug) for slug in NAMES[1:])
    assert old in first
    (seed / FILE).write_text(first.replace(old, new, 1) + rest)
    with pytest.raises(BrokenSeed) as refused:
        load_seed(seed)
    assert any(line.startswith(f"{FILE}:{problem}") for line in refused.value.problems), refused.value.problems


DAYS = (
    "Boxes come off a truck at six, and by noon they're on shelves.",
    "You sew a hem, then nine more, and stop when the light goes.",
    "One patient after the other asks you how long it'll still take.",
    "At night the office is yours, and the floor shines by ten.",
)


def four_jobs() -> list[Occupation]:
    """Four sound ones, each in reach of the three others."""

    def one(number: int, day: str) -> Occupation:
        others = tuple(f"job-{other}" for other in range(4) if other != number)
        words = (f"Job number {number}", "Work", day, "R", ("a", "b", "c"), "You start as a helper there.")
        return Occupation(f"job-{number}", f"job-{number}", *words, False, others)

    return [one(number, day) for number, day in enumerate(DAYS)]


def test_sound_jobs_have_no_findings() -> None:
    assert list(check_occupations(four_jobs())) == []
    assert list(check_occupations(())) == []


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"title": "job  NUMBER 1"}, "occupation job-0: occupation job-1 has the same title"),
        ({"day": DAYS[1]}, "occupation job-0: occupation job-1 has the same day"),
        ({"day": "You sew a button, and after that you sew nine of them."}, "has the same beginning of the day"),
        ({"day": "It is long."}, "occupation job-0: day has 3 words; 10 to 32 are right"),
        ({"way_in": "Ask."}, "occupation job-0: way_in has 1 words; 5 to 32 are right"),
        ({"way_in": "There is not a thing that you can not do."}, "voice 4: occupation job-0 says “"),
        (
            {"way_in": "Certification requirements necessitate institutional accreditation."},
            "voice 8: occupation job-0",
        ),
    ],
)
def test_what_is_not_told_well(changes: dict[str, str], finding: str) -> None:
    first, *others = four_jobs()
    findings = list(check_occupations([replace(first, **changes), *others]))
    assert any(finding in one for one in findings), findings


def test_a_job_that_no_neighbor_names_back() -> None:
    jobs = four_jobs()
    alone = [replace(one, neighbors=tuple(other for other in one.neighbors if other != "job-0")) for one in jobs]
    assert list(check_occupations(alone)) == ["occupation job-0: none of its neighbors names it back"]


def test_a_third_is_in_reach_without_a_degree() -> None:
    jobs = [replace(one, needs_degree=number > 0) for number, one in enumerate(four_jobs())]
    assert list(check_occupations(jobs)) == [
        "occupations: 1 of 4 are in reach without a degree; a third at least is wanted"
    ]


def test_a_finding_is_told_with_its_line(seed: Path) -> None:
    for finding in ("occupation packer: x", "voice 4: occupation packer says “it is”"):
        assert with_line(seed, finding) == f"{FILE}:14: {finding}"
