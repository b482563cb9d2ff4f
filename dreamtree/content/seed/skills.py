"""`seed/skills/*.csv` as rows: the skill library."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from dreamtree.content.reference_models import SkillRow, SkillWord
from dreamtree.content.seed.identity import fixed_id
from dreamtree.content.seed.plan import SeedPlan
from dreamtree.content.seed.problems import Problems, SeedFile, seed_text

FILES: Mapping[str, str] = {
    "things_i_do": "transferable",
    "ways_i_am": "self_management",
    "things_i_know": "knowledge",
}
HEADER = ["slug", "name", "family", "synonyms", "phrases"]
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 80


def plan_skills(folder: Path, plan: SeedPlan, problems: Problems) -> None:
    """Adds every skill and its other words; slugs and names are unique in the whole library."""
    seen: set[tuple[str, str]] = set()
    for path in sorted((folder / "skills").glob("*.csv")):
        file = seed_text(folder, path, problems)
        category = FILES.get(path.stem)
        if category is None:
            problems.add(file, 1, f"skills stand in {', '.join(FILES)}")
            continue
        for position, (line, row) in enumerate(_rows(file, problems)):
            if _is_sound(row, seen, file, line, problems):
                _add(row, category, position, plan)


def _rows(file: SeedFile, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(file.text.splitlines(), strict=True)
    try:
        if next(reader, None) != HEADER:
            problems.add(file, 1, f"the first line is {','.join(HEADER)}")
            return
        for row in reader:
            if not row:
                continue
            if len(row) == len(HEADER):
                yield reader.line_num, [cell.strip() for cell in row]
            else:
                problems.add(file, reader.line_num, f"has {len(row)} columns, not {len(HEADER)}")
    except csv.Error as error:
        problems.add(file, reader.line_num, f"is not CSV: {error}")


def _is_sound(row: list[str], seen: set[tuple[str, str]], file: SeedFile, line: int, problems: Problems) -> bool:
    slug, name, family = row[:3]
    before = len(problems.found)
    if not SLUG.fullmatch(slug):
        problems.add(file, line, f"slug “{slug}” has other signs than a–z, 0–9 and -")
    if not name or len(name) > LONGEST or not family:
        problems.add(file, line, f"name (up to {LONGEST} characters) or family is missing")
    if name[:1].islower():
        problems.add(file, line, f"“{name}” begins with a small letter")
    words = {("slug", slug), ("name", name.casefold())}
    for kind, word in sorted(words & seen):
        problems.add(file, line, f"the {kind} “{word}” is in the library twice")
    seen |= words
    return len(problems.found) == before


def _add(row: list[str], category: str, position: int, plan: SeedPlan) -> None:
    slug, name, family, synonyms, phrases = row
    skill_id = fixed_id("skill", slug)
    own = {"id": skill_id, "slug": slug, "name": name, "category": category, "family": family, "position": position}
    plan.add(SkillRow, {**own, "is_custom": 0, "review_status": "approved"})
    for kind, words in (("synonym", synonyms), ("phrase", phrases)):
        for index, text in enumerate(_split(words)):
            plan.add(SkillWord, {"skill": skill_id, "kind": kind, "words": text, "position": index})


def _split(words: str) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in words.split(";") if word.strip()))
