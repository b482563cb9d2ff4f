"""`seed/connections.toml` as rows."""

import json
from pathlib import Path
from typing import Any

from dreamtree.content.blocks import CONNECTION_TYPES, INSIDE
from dreamtree.content.models import ConnectionRow
from dreamtree.content.seed.plan import SeedPlan
from dreamtree.content.seed.problems import Problems, seed_text
from dreamtree.content.seed.shapes import Shape, Table, anchor, parse, whole_tables

CONNECTION: Shape = {
    "id": "number", "from": "texts", "to": "text", "type": "text", "gives": "text?", "source": "text",
    "filter": "table?", "fields": "texts?", "take": "number?", "place": "text?", "open": "switch?",
    "private": "switch?", "sentence": "text",
}  # fmt: skip


def plan_connections(folder: Path, plan: SeedPlan, problems: Problems) -> None:
    """Adds every connection."""
    path = folder / "connections.toml"
    if not path.is_file():
        return
    file = seed_text(folder, path, problems)
    for one in whole_tables(parse(file, problems), "connection", CONNECTION, file, problems, "id"):
        entry = anchor("id", one["id"])
        if one["type"] not in CONNECTION_TYPES:
            problems.add(file, file.line(entry, "type"), f"type is one of {', '.join(CONNECTION_TYPES)}")
        elif wrong := _wrong_gives(one):
            problems.add(file, file.line(entry, "gives"), wrong)
        if one.get("place", "before") not in ("before", "after"):
            problems.add(file, file.line(entry, "place"), "place is before or after")
        elif one.get("place") == "after" and one.get("gives") in INSIDE:
            problems.add(file, file.line(entry, "place"), "only a recall has a place; what it gives stands in the tool")
        if one.get("take", 1) < 1:
            problems.add(file, file.line(entry, "take"), "take is at least 1")
        plan.add(ConnectionRow, _row(one))


def _wrong_gives(one: Table) -> str:
    """What is wrong with what a connection says it gives, or ""."""
    allowed, gives = CONNECTION_TYPES[one["type"]], one.get("gives")
    if gives in allowed or (gives is None and not allowed):
        return ""
    if not allowed:
        return f"a {one['type']} is a link and gives nothing"
    return f"gives of {one['type']} is one of {', '.join(allowed)}"


def _row(one: dict[str, Any]) -> dict[str, Any]:
    names = ("gives", "source", "filter", "fields", "take", "place", "open", "private")
    read = {"gives": ""} | {key: one[key] for key in names if key in one}
    return {
        "id": one["id"],
        "from_exercise": json.dumps(one["from"]),
        "to_exercise": one["to"],
        "connection_type": one["type"],
        "data_object": json.dumps(read, ensure_ascii=False, sort_keys=True),
        "sentence": one["sentence"],
    }
