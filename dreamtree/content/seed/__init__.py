"""From the authors' files to the content tables."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from peewee import fn

from dreamtree.content.models import ContentRevision
from dreamtree.content.seed.connections import plan_connections
from dreamtree.content.seed.occupations import plan_occupations
from dreamtree.content.seed.permanence import check_permanent_keys, check_permanent_numbers
from dreamtree.content.seed.plan import SeedPlan
from dreamtree.content.seed.problems import BrokenSeed, Problems
from dreamtree.content.seed.reference import plan_reference
from dreamtree.content.seed.skills import plan_skills
from dreamtree.content.seed.workbook import plan_workbook
from dreamtree.content.seed.write import ORDER, Counts, write_table
from dreamtree.db import now, saving

__all__ = ["BrokenSeed", "SeedReport", "load_seed"]


@dataclass(frozen=True)
class SeedReport:
    """What a seed changed, by table, and the revision of the Book after it."""

    changes: dict[str, Counts]
    revision: int

    def __str__(self) -> str:
        if not self.changes:
            return f"Nothing to change: revision {self.revision}."
        lines = [f"Revision {self.revision}."]
        for table, counts in self.changes.items():
            parts = [f"{number} {verb}" for verb, number in asdict(counts).items() if number]
            lines.append(f"  {table}: {', '.join(parts)}")
        return "\n".join(lines)


def load_seed(folder: Path) -> SeedReport:
    """Checks all files of `folder`, then makes the content tables what they say, in one transaction.

    Running it again changes nothing. What is gone from the files is switched off and keeps its id. Raises
    `BrokenSeed`, with every problem, before anything is written.
    """
    plan, problems = SeedPlan(), Problems()
    plan_skills(folder, plan, problems)
    plan_reference(folder, plan, problems)
    plan_occupations(folder, plan, problems)
    plan_connections(folder, plan, problems)
    plan_workbook(folder, plan, problems)
    check_permanent_keys(plan, problems)
    check_permanent_numbers(plan, problems)
    problems.raise_any()
    at = now()
    return saving(lambda: _write(plan, at))


def _write(plan: SeedPlan, at: str) -> SeedReport:
    counted = {model._meta.table_name: write_table(model, plan, at) for model in ORDER}
    changes = {table: counts for table, counts in counted.items() if counts}
    revision = ContentRevision.select(fn.MAX(ContentRevision.revision)).scalar() or 0
    if not changes:
        return SeedReport({}, revision)
    summary = json.dumps({table: asdict(counts) for table, counts in changes.items()})
    ContentRevision.create(revision=revision + 1, summary=summary, created_at=at)
    return SeedReport(changes, revision + 1)
