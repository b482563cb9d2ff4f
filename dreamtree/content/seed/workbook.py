"""`seed/workbook/` as rows: the parts, the modules and the exercises."""

import re
from pathlib import Path
from typing import Any

from dreamtree.content.models import ContentSource, ExerciseSequence, ModuleRow, PartRow
from dreamtree.content.reference_models import ReferenceRow, ToolTypeRow
from dreamtree.content.seed.blocks import plan_blocks
from dreamtree.content.seed.identity import fixed_id
from dreamtree.content.seed.plan import SeedPlan
from dreamtree.content.seed.problems import Problems, SeedFile, seed_text
from dreamtree.content.seed.shapes import Shape, anchor, fits, parse, whole_tables

BOOK: Shape = {"short_way": "texts?", "to_come": "texts?", "part": "tables"}
PART: Shape = {
    "id": "text", "title": "text", "subtitle": "text", "grows": "text?", "page": "table?", "module": "tables?",
}  # fmt: skip
PAGE: Shape = {"title": "text", "address": "text"}
GROWS = ("roots", "trunk", "branches")
MODULE: Shape = {"id": "text", "title": "text", "care": "switch?"}
EXERCISE: Shape = {
    "id": "text", "version": "number", "title": "text", "minutes": "number", "optional": "switch?",
    "unlocks": "text?", "enough": "number?", "closes_part": "switch?", "sources": "tables?", "block": "tables",
}  # fmt: skip
SOURCE: Shape = {"reference": "text", "usage": "text", "notes": "text?"}
USAGES = ("direct_quote", "framework", "concept", "adaptation", "inspiration")
EXERCISE_ID = re.compile(r"\d+\.\d+\.\d+")


def plan_workbook(folder: Path, plan: SeedPlan, problems: Problems) -> None:
    """Adds parts, modules and exercises. Reference data and connections must be planned: exercises name them."""
    short_way, to_come = _outline(folder, plan, problems)
    for order, path in enumerate(_exercise_files(folder, problems), 1):
        file = seed_text(folder, path, problems)
        table = parse(file, problems)
        if table and fits(table, EXERCISE, file, problems):
            _exercise(table, file, order, table["id"] in short_way, plan, problems)
            _check_promises(table, file, to_come, problems)


def _outline(folder: Path, plan: SeedPlan, problems: Problems) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The exercises of the short way, and the titles of those that are to come."""
    path = folder / "workbook" / "book.toml"
    file = seed_text(folder, path, problems) if path.is_file() else SeedFile("workbook/book.toml", "")
    table = parse(file, problems)
    if not table or not fits(table, BOOK, file, problems):
        return (), ()
    modules = 0
    for position, part in enumerate(whole_tables(table, "part", PART, file, problems, "id")):
        plan.add(PartRow, {**_part(part, file, problems), "position": position})
        for module in whole_tables(part, "module", MODULE, file, problems, "id"):
            if module["id"].split(".")[0] != part["id"]:
                problems.add(file, file.line(anchor("id", module["id"])), f"is no module of part {part['id']}")
            cares = int(module.pop("care", False))
            plan.add(ModuleRow, {**module, "part": part["id"], "position": modules, "needs_care": cares})
            modules += 1
    short_way = tuple(table.get("short_way", ()))
    for one in (one for one in short_way if not _exercise_path(folder, one).is_file()):
        problems.add(file, file.line("short_way"), f"short_way names {one}, which is not there")
    return short_way, tuple(table.get("to_come", ()))


def _part(part: dict[str, Any], file: SeedFile, problems: Problems) -> dict[str, Any]:
    """The row of a part, but for its place."""
    entry, grows, page = anchor("id", part["id"]), part.get("grows", ""), part.get("page", {})
    if grows and grows not in GROWS:
        problems.add(file, file.line(entry, "grows"), f"“{grows}” is none of {', '.join(GROWS)}")
    if page and fits(page, PAGE, file, problems, entry, "page"):
        page = {f"page_{key}": value for key, value in page.items()}
    return {**{key: part[key] for key in ("id", "title", "subtitle")}, "grows": grows, **page}


def _check_promises(table: dict[str, Any], file: SeedFile, to_come: tuple[str, ...], problems: Problems) -> None:
    """What is not there yet is not promised, and what is there is no longer to come."""
    if table["title"] in to_come:
        problems.add(file, file.line("title"), f"“{table['title']}” is here now: take it off “to_come” in book.toml")
    for block in table["block"]:
        text = " ".join(str(block.get(name, "")) for name in ("body", "label", "help"))
        for title in (one for one in to_come if one in text):
            problems.add(
                file, file.line(anchor("key", str(block.get("key")))), f"names “{title}”, which is not here yet"
            )


def _exercise_path(folder: Path, exercise_id: str) -> Path:
    part, module, _ = exercise_id.split(".") if EXERCISE_ID.fullmatch(exercise_id) else ("0", "0", "0")
    return folder / "workbook" / part / f"{part}.{module}" / f"{exercise_id}.toml"


def _exercise_files(folder: Path, problems: Problems) -> list[Path]:
    sound = []
    for path in (folder / "workbook").glob("*/*/*.toml"):
        if path == _exercise_path(folder, path.stem):
            sound.append(path)
        else:
            file = SeedFile(path.relative_to(folder).as_posix(), "")
            problems.add(file, 1, "an exercise stands in workbook/1/1.1/1.1.1.toml")
    return sorted(sound, key=lambda path: [int(number) for number in path.stem.split(".")])


def _exercise(
    table: dict[str, Any], file: SeedFile, order: int, is_short: bool, plan: SeedPlan, problems: Problems
) -> None:
    exercise_id, unlocks = table["id"], table.get("unlocks")
    if exercise_id != Path(file.path).stem:
        problems.add(file, file.line("id"), f"the file is not that of {exercise_id}")
        return
    if exercise_id.rsplit(".", 1)[0] not in plan.keys(ModuleRow):
        problems.add(file, file.line("id"), "its module is not in book.toml")
    if table["version"] < 1 or table["minutes"] < 1:
        problems.add(file, file.line("version"), "version and minutes are at least 1")
    if table.get("enough", 1) < 1:
        problems.add(file, file.line("enough"), "enough is at least 1")
    if unlocks is not None and unlocks not in plan.keys(ToolTypeRow):
        problems.add(file, file.line("unlocks"), f"“{unlocks}” is no tool type")
    exercise_ids = _where(exercise_id, table["version"])
    plan.add(ExerciseSequence, exercise_ids | {
        "sequence_order": order, "title": table["title"], "minutes": table["minutes"], "unlocks_tool": unlocks,
        "is_required": int(not table.get("optional", False)), "is_short_way": int(is_short),
        "enough": table.get("enough", 0), "closes_part": int(table.get("closes_part", False)),
    })  # fmt: skip
    plan.files[exercise_ids["full_exercise_id"]] = file
    _sources(table, file, exercise_ids["full_exercise_id"], plan, problems)
    plan_blocks(table, file, exercise_ids, plan, problems)


def _where(exercise_id: str, version: int) -> dict[str, Any]:
    part, module, number = exercise_id.split(".")
    full = f"{exercise_id}.v{version}"
    return {
        "part_id": part, "module_id": module, "exercise_id": number, "version": version, "full_exercise_id": full
    }  # fmt: skip


def _sources(table: dict[str, Any], file: SeedFile, full_id: str, plan: SeedPlan, problems: Problems) -> None:
    for position, one in enumerate(whole_tables(table, "sources", SOURCE, file, problems, "reference")):
        reference, usage = one["reference"], one["usage"]
        reference_id = fixed_id("reference", reference)
        if reference_id not in plan.keys(ReferenceRow):
            problems.add(file, file.line(anchor("reference", reference)), f"“{reference}” is no reference")
        if usage not in USAGES:
            problems.add(
                file, file.line(anchor("reference", reference), "usage"), f"usage is one of {', '.join(USAGES)}"
            )
        plan.add(ContentSource, {
            "id": fixed_id("source", f"{full_id}/{reference}/{usage}"), "exercise_id": full_id,
            "reference": reference_id, "usage_type": usage, "notes": one.get("notes", ""), "position": position,
        })  # fmt: skip
