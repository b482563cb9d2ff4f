"""`seed/reference/occupations.toml` as rows: jobs, with the skills they use and the jobs close to them."""

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from dreamtree.content.reference_models import InterestKindRow, OccupationRow, SkillRow
from dreamtree.content.seed.identity import fixed_id
from dreamtree.content.seed.plan import SeedPlan
from dreamtree.content.seed.problems import Problems, seed_text
from dreamtree.content.seed.shapes import Shape, anchor, parse, whole_tables

OCCUPATION: Shape = {
    "slug": "text", "title": "text", "family": "text", "day": "text", "interests": "text", "skills": "texts",
    "way_in": "text", "needs_degree": "switch", "neighbors": "texts",
}  # fmt: skip
SKILLS = range(3, 7)
THINGS_DONE = 3
"""How many of a job's skills are things people do, at the least: those are what a top ten is made of."""
NEIGHBORS = 3
LETTERS = range(1, 4)


def plan_occupations(folder: Path, plan: SeedPlan, problems: Problems) -> None:
    """Adds every job. Skills and interests must be planned: jobs name them, skills as the library calls them."""
    path = folder / "reference" / "occupations.toml"
    if not path.is_file():
        return
    file = seed_text(folder, path, problems)
    tables = whole_tables(parse(file, problems), "occupation", OCCUPATION, file, problems, "slug")
    library = {row["name"]: row for row in plan.rows(SkillRow).values()}
    slugs, letters = {one["slug"] for one in tables}, plan.keys(InterestKindRow)
    for position, one in enumerate(tables):
        entry = anchor("slug", one["slug"])
        for key, wrong in (*_skills(one, library), *_letters(one, letters), *_neighbors(one, slugs)):
            problems.add(file, file.line(entry, key), wrong)
        plan.add(OccupationRow, _row(one, library) | {"position": position})


def _skills(one: Mapping[str, Any], library: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    named = one["skills"]
    yield from (("skills", f"“{name}” is no skill of the library") for name in named if name not in library)
    if len(set(named)) not in SKILLS or len(set(named)) < len(named):
        yield "skills", "skills are three to six, each once"
    done = [name for name in named if name in library and library[name]["category"] == "transferable"]
    if len(done) < THINGS_DONE:
        yield "skills", "three of the skills at least are things people do"


def _letters(one: Mapping[str, Any], known: Collection[str]) -> Iterator[tuple[str, str]]:
    letters = one["interests"]
    if len(letters) not in LETTERS or len(set(letters)) < len(letters) or not set(letters) <= set(known):
        yield "interests", f"interests are one to three of the letters {''.join(sorted(known))}, each once"


def _neighbors(one: Mapping[str, Any], slugs: Collection[str]) -> Iterator[tuple[str, str]]:
    named = one["neighbors"]
    yield from (("neighbors", f"“{slug}” is no occupation") for slug in named if slug not in slugs)
    if len(named) != NEIGHBORS or len(set(named) - {one["slug"]}) != NEIGHBORS:
        yield "neighbors", "neighbors are three other occupations"


def _row(one: Mapping[str, Any], library: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    skills = [library[name]["id"] for name in one["skills"] if name in library]
    columns = {key: one[key] for key in ("slug", "title", "family", "day", "interests", "way_in")}
    return columns | {
        "id": fixed_id("occupation", one["slug"]),
        "skills": json.dumps(skills),
        "needs_degree": int(one["needs_degree"]),
        "neighbors": json.dumps([fixed_id("occupation", slug) for slug in one["neighbors"]]),
    }
