"""What is fixed for good: a block's key with its kind of answer, and a reference's number."""

from collections.abc import Iterator, Mapping

from peewee import JOIN

from dreamtree.content.models import PromptRow, StemRow
from dreamtree.content.reference_models import ReferenceRow
from dreamtree.content.rows import dicts, tuples
from dreamtree.content.seed.plan import SeedPlan
from dreamtree.content.seed.problems import Problems, SeedFile
from dreamtree.content.seed.reference import REFERENCES
from dreamtree.content.seed.shapes import anchor

SHAPES: Mapping[str, str] = {
    "text": "one text", "textarea": "one text", "choice": "one text", "date": "one text",
    "number": "a number", "slider": "a number", "checkboxes": "several texts",
}  # fmt: skip
"""What an answer to each type of prompt is."""


def check_permanent_keys(plan: SeedPlan, problems: Problems) -> None:
    """Says which keys in the tables were, in any version, answered in another way than the seed now asks."""
    before = dict(_answered_before())
    for full_id, key, shape in _answered_now(plan):
        earlier = before.get(key, shape)
        if earlier != shape:
            file = plan.files[full_id]
            line = file.line(anchor("key", key.split(".", 3)[3]))
            problems.add(file, line, f"“{key}” was answered with {earlier}, not {shape}: it needs a new key")


def check_permanent_numbers(plan: SeedPlan, problems: Problems) -> None:
    """Says which citation numbers the tables gave to another reference: texts and exports cite by them."""
    file = plan.files[REFERENCES] if REFERENCES in plan.files else SeedFile(REFERENCES, "")
    stored = {row["id"]: row for row in dicts(ReferenceRow.select())}
    owners = {row["citation_number"]: row for row in stored.values()}
    for row in plan.rows(ReferenceRow).values():
        slug, number = row["slug"], row["citation_number"]
        line = file.line(anchor("slug", slug), "number")
        if row["id"] in stored and stored[row["id"]]["citation_number"] != number:
            problems.add(file, line, f"“{slug}” has the number {stored[row['id']]['citation_number']} for good")
        elif owners.get(number, row)["id"] != row["id"]:
            problems.add(file, line, f"number {number} belongs to “{owners[number]['slug']}” for good")


def _answered_now(plan: SeedPlan) -> Iterator[tuple[str, str, str]]:
    prompts = plan.rows(PromptRow)
    for row in plan.rows(StemRow).values():
        if row["kind"] != "text":
            prompt = prompts.get((row["prompt"],), {})
            yield row["full_exercise_id"], row["block_key"], _shape(row["tool"], prompt.get("prompt_type"))


def _answered_before() -> Iterator[tuple[str, str]]:
    columns = StemRow.select(StemRow.block_key, StemRow.tool, PromptRow.prompt_type)
    answered = columns.join(PromptRow, JOIN.LEFT_OUTER).where(StemRow.kind != "text")
    for key, tool, prompt_type in tuples(answered):
        yield key, _shape(tool, prompt_type)


def _shape(tool: str, prompt_type: str | None) -> str:
    return f"a {tool}" if tool else SHAPES.get(prompt_type or "", "something else")
