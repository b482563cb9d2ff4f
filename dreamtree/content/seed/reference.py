"""`seed/reference/*.toml` as rows."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dreamtree.content import reference_models as models
from dreamtree.content.seed.identity import fixed_id
from dreamtree.content.seed.plan import SeedPlan
from dreamtree.content.seed.problems import Problems, SeedFile, seed_text
from dreamtree.content.seed.shapes import Shape, anchor, parse, whole_tables

TYPE: Shape = {"code": "text", "name": "text", "summary": "text", "ways": "texts"}
SCALE: Shape = dict.fromkeys(
    ("id", "left_letter", "right_letter", "title", "left", "left_more", "right", "right_more"), "text"
)
COMPETENCY: Shape = {
    "slug": "text", "plain_name": "text", "name": "text", "category": "text", "sort_order": "number",
    "definition": "text", "relevant_modules": "texts", "level": "tables",
}  # fmt: skip
LEVEL: Shape = {"level": "number", "description": "text", "job_context": "text?"}
INTEREST: Shape = {"slug": "text", "letter": "text", "name": "text", "meaning": "text", "sort_order": "number"}
ACTIVITY: Shape = {"slug": "text", "text": "text", "interest": "text", "sort_order": "number"}
CARD: Shape = {"slug": "text", "kind": "text", "name": "text", "meaning": "text", "sort_order": "number"}
MINDSET: Shape = {
    **dict.fromkeys(("slug", "name", "formal_name", "meaning", "ask", "try_it"), "text"),
    "sort_order": "number",
}
TOOL: Shape = {
    "id": "text", "singular_name": "text", "plural_name": "text", "icon_name": "text", "has_reminder": "switch",
    "reminder_frequency": "text?", "reminder_prompt": "text?", "unlocks_at_exercise": "text?",
}  # fmt: skip
REFERENCE: Shape = {
    "slug": "text", "number": "number", "author_surname": "text", "full_citation": "text",
    "short_citation": "text", "category": "text", "note": "text",
}  # fmt: skip
REFERENCES = "reference/references.toml"
CATEGORIES = ("delivery", "interpersonal", "strategic")
FREQUENCIES = (None, "daily", "weekly", "monthly")


def plan_reference(folder: Path, plan: SeedPlan, problems: Problems) -> None:
    """Adds the rows of every reference file. Skills must be planned: personality types name them."""
    _types(_file(folder, "personality_types", problems), plan, problems)
    _scales(_file(folder, "personality_scales", problems), plan, problems)
    _competencies(_file(folder, "competencies", problems), plan, problems)
    _cards(_file(folder, "value_cards", problems), plan, problems)
    _interests(_file(folder, "interests", problems), plan, problems)
    _activities(_file(folder, "activities", problems), plan, problems)
    _mindsets(_file(folder, "mindsets", problems), plan, problems)
    _tools(_file(folder, "tool_types", problems), plan, problems)
    _references(_file(folder, "references", problems), plan, problems)


def _file(folder: Path, name: str, problems: Problems) -> SeedFile:
    path = folder / "reference" / f"{name}.toml"
    if path.is_file():
        return seed_text(folder, path, problems)
    return SeedFile(f"reference/{name}.toml", "")


def _types(file: SeedFile, plan: SeedPlan, problems: Problems) -> None:
    known = plan.keys(models.SkillRow)
    tables = whole_tables(parse(file, problems), "type", TYPE, file, problems, "code")
    for position, one in enumerate(tables):
        ways = {slug: fixed_id("skill", slug) for slug in one["ways"]}
        for slug in (slug for slug, skill_id in ways.items() if skill_id not in known):
            line = file.line(anchor("code", one["code"]), "ways")
            problems.add(file, line, f"“{slug}” is no skill of the library")
        row = _only(one, "code", "name", "summary") | {"ways": json.dumps(list(ways.values())), "position": position}
        plan.add(models.PersonalityTypeRow, row)


def _scales(file: SeedFile, plan: SeedPlan, problems: Problems) -> None:
    tables = whole_tables(parse(file, problems), "scale", SCALE, file, problems, "id")
    for position, one in enumerate(tables):
        named = {key: one[key] for key in one if key not in ("left", "right")}
        ends = {"left_end": one["left"], "right_end": one["right"], "position": position}
        plan.add(models.PersonalityScaleRow, named | ends)


def _competencies(file: SeedFile, plan: SeedPlan, problems: Problems) -> None:
    for one in whole_tables(parse(file, problems), "competency", COMPETENCY, file, problems, "slug"):
        entry = anchor("slug", one["slug"])
        if one["category"] not in CATEGORIES:
            problems.add(file, file.line(entry, "category"), f"category is one of {', '.join(CATEGORIES)}")
        own_id = fixed_id("competency", one["slug"])
        row = _only(one, "slug", "plain_name", "name", "category", "sort_order", "definition")
        plan.add(models.CompetencyRow, row | {"id": own_id, "relevant_modules": json.dumps(one["relevant_modules"])})
        for level in whole_tables(one, "level", LEVEL, file, problems, "level"):
            _level(file, one["slug"], level, plan, problems)


def _level(file: SeedFile, slug: str, level: Mapping[str, Any], plan: SeedPlan, problems: Problems) -> None:
    number = level["level"]
    if not 1 <= number <= 5:
        problems.add(file, file.line(anchor("slug", slug), anchor("level", number)), "a level is 1 to 5")
    row = {
        "id": fixed_id("level", f"{slug}/{number}"),
        "competency": fixed_id("competency", slug),
        "job_context": level.get("job_context", ""),
    }
    plan.add(models.CompetencyLevelRow, row | _only(level, "level", "description"))


def _cards(file: SeedFile, plan: SeedPlan, problems: Problems) -> None:
    for one in whole_tables(parse(file, problems), "card", CARD, file, problems, "slug"):
        if one["kind"] not in ("life", "work"):
            problems.add(file, file.line(anchor("slug", one["slug"]), "kind"), "kind is life or work")
        plan.add(models.ValueCardRow, {**one, "id": fixed_id("value", one["slug"])})


def _interests(file: SeedFile, plan: SeedPlan, problems: Problems) -> None:
    for one in whole_tables(parse(file, problems), "interest", INTEREST, file, problems, "slug"):
        if len(one["letter"]) != 1:
            problems.add(file, file.line(anchor("slug", one["slug"]), "letter"), "a letter is one sign")
        plan.add(models.InterestKindRow, one)


def _activities(file: SeedFile, plan: SeedPlan, problems: Problems) -> None:
    letters = plan.keys(models.InterestKindRow)
    for one in whole_tables(parse(file, problems), "activity", ACTIVITY, file, problems, "slug"):
        if one["interest"] not in letters:
            wrong = f"interest is one of the letters {''.join(sorted(letters))}"
            problems.add(file, file.line(anchor("slug", one["slug"]), "interest"), wrong)
        plan.add(models.ActivityRow, {**one, "id": fixed_id("activity", one["slug"])})


def _mindsets(file: SeedFile, plan: SeedPlan, problems: Problems) -> None:
    for one in whole_tables(parse(file, problems), "mindset", MINDSET, file, problems, "slug"):
        plan.add(models.MindsetRow, one)


def _tools(file: SeedFile, plan: SeedPlan, problems: Problems) -> None:
    optional = dict.fromkeys(("reminder_frequency", "reminder_prompt", "unlocks_at_exercise"))
    for position, one in enumerate(whole_tables(parse(file, problems), "tool", TOOL, file, problems, "id")):
        row = {**optional, **one, "has_reminder": int(one["has_reminder"]), "position": position}
        if row["reminder_frequency"] not in FREQUENCIES:
            line = file.line(anchor("id", one["id"]), "reminder_frequency")
            problems.add(file, line, "reminder_frequency is daily, weekly or monthly")
        plan.add(models.ToolTypeRow, row)


def _references(file: SeedFile, plan: SeedPlan, problems: Problems) -> None:
    plan.files[file.path] = file
    numbers: set[int] = set()
    for one in whole_tables(parse(file, problems), "reference", REFERENCE, file, problems, "slug"):
        if one["number"] in numbers:
            line = file.line(anchor("slug", one["slug"]), "number")
            problems.add(file, line, f"number {one['number']} is there twice")
        numbers.add(one["number"])
        row = _only(one, "slug", "author_surname", "full_citation", "short_citation", "category", "note")
        own = {"id": fixed_id("reference", one["slug"]), "citation_number": one["number"]}
        plan.add(models.ReferenceRow, row | own)


def _only(table: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: table[key] for key in keys}
