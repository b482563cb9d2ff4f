"""`seed/connections.toml` as rows."""

import json
from pathlib import Path
from typing import Any

from dreamtree.content.blocks import CONNECTION_TYPES
from dreamtree.content.models import ConnectionRow
from dreamtree.content.seed.plan import Plan
from dreamtree.content.seed.problems import Problems, read
from dreamtree.content.seed.shapes import Shape, anchor, parse, whole_tables

CONNECTION: Shape = {
    "id": "number", "from": "texts", "to": "text", "type": "text", "source": "text", "filter": "table?",
    "fields": "texts?", "take": "number?", "place": "text?", "open": "switch?", "private": "switch?",
    "sentence": "text",
}  # fmt: skip


def plan_connections(folder: Path, plan: Plan, problems: Problems) -> None:
    """Adds every connection."""
    path = folder / "connections.toml"
    if not path.is_file():
        return
    file = read(folder, path, problems)
    for one in whole_tables(parse(file, problems), "connection", CONNECTION, file, problems, "id"):
        here = anchor("id", one["id"])
        if one["type"] not in CONNECTION_TYPES:
            problems.add(file, file.line(here, "type"), f"type is one of {', '.join(CONNECTION_TYPES)}")
        if one.get("place", "before") not in ("before", "after"):
            problems.add(file, file.line(here, "place"), "place is before or after")
        if one.get("take", 1) < 1:
            problems.add(file, file.line(here, "take"), "take is at least 1")
        plan.add(ConnectionRow, _row(one))


def _row(one: dict[str, Any]) -> dict[str, Any]:
    kept = ("source", "filter", "fields", "take", "place", "open", "private")
    return {
        "id": one["id"],
        "from_exercise": json.dumps(one["from"]),
        "to_exercise": one["to"],
        "connection_type": one["type"],
        "data_object": json.dumps({key: one[key] for key in kept if key in one}, ensure_ascii=False, sort_keys=True),
        "sentence": one["sentence"],
    }
