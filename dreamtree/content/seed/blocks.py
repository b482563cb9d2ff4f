"""The blocks of an exercise file as rows: texts, prompts and tools, in their order."""

import json
import re
from collections.abc import Mapping
from typing import Any

from dreamtree.content.blocks import PROMPT_TYPES, TEXT_TYPES
from dreamtree.content.markdown import citations
from dreamtree.content.models import ConnectionRow, ExerciseContent, PromptRow, StemConnection, StemRow
from dreamtree.content.reference_models import ReferenceRow
from dreamtree.content.seed.choices import Wrong, check_options
from dreamtree.content.seed.identity import fixed_id
from dreamtree.content.seed.plan import SeedPlan
from dreamtree.content.seed.problems import Problems, SeedFile
from dreamtree.content.seed.shapes import Shape, Table, anchor, fits

ANY: Shape = {"key": "text", "variant": "text?"}
TEXT: Shape = ANY | {"text": "text", "body": "text", "who": "text?", "size": "text?", "for": "text?"}
ASKED: Shape = ANY | {
    "label": "text", "help": "text?", "required": "switch?", "private": "switch?", "public": "switch?",
    "makes": "text?", "final": "text?", "connections": "numbers?", "options": "table?", "brought": "switch?",
    "at_end": "text?", "asked_if": "table?", "says_optional": "switch?",
}  # fmt: skip
SHAPES: Mapping[str, Shape] = {
    "text": TEXT,
    "prompt": ASKED | {"prompt": "text", "sets_aside_others": "text?", "ambient": "switch?"},
    "tool": ASKED | {"tool": "text"},
}
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def plan_blocks(table: Table, file: SeedFile, exercise_ids: Table, plan: SeedPlan, problems: Problems) -> None:
    """Adds the blocks of one exercise; `exercise_ids` holds its ids."""
    seen: set[tuple[str, str]] = set()
    for position, block in enumerate(table["block"]):
        kind = _kind(block, file, problems)
        if kind is None or not fits(block, SHAPES[kind], file, problems, *_at(block)):
            continue
        name = (block["key"], block.get("variant", ""))
        if name in seen:
            problems.add(file, file.line(*_at(block), *_at(block)), f"key “{block['key']}” is there twice")
        seen.add(name)
        _check(kind, block, file, plan, problems)
        _add(kind, block, {**exercise_ids, "display_order": position, "variant_group": name[1]}, plan)
    keys = {key for key, _ in seen}
    for block in (block for block in table["block"] if block.get("for", "") not in {"", *keys}):
        problems.add(file, file.line(*_at(block), "for"), f"“{block['for']}” is no block of this exercise")


def _at(block: Table) -> tuple[str, ...]:
    return (anchor("key", block["key"]),) if isinstance(block.get("key"), str) else ()


def _kind(block: Table, file: SeedFile, problems: Problems) -> str | None:
    kinds = [kind for kind in SHAPES if kind in block]
    if len(kinds) == 1:
        return kinds[0]
    problems.add(file, file.line(*_at(block)), "a block has one of text, prompt and tool")
    return None


def _check(kind: str, block: Table, file: SeedFile, plan: SeedPlan, problems: Problems) -> None:
    def wrong(name: str, message: str) -> None:
        problems.add(file, file.line(*_at(block), name), message)

    if not KEY.fullmatch(block["key"]):
        wrong("key", f"key “{block['key']}” has other signs than a–z, 0–9 and -")
    types = {"text": TEXT_TYPES, "prompt": PROMPT_TYPES}.get(kind)
    if types and block[kind] not in types:
        wrong(kind, f"{kind} is one of {', '.join(types)}")
    if block.get("text") == "example" and not (block.get("who") and block.get("size") in ("short", "long")):
        wrong("text", "an example says who, and a size, short or long")
    _check_named(block, plan, wrong)
    check_options(kind, block, wrong)


def _check_named(block: Table, plan: SeedPlan, wrong: Wrong) -> None:
    numbers = {row["citation_number"] for row in plan.rows(ReferenceRow).values()}
    for number in citations(block.get("body", "")):
        if number not in numbers:
            wrong("body", f"cites [{number}], which is no reference")
    for number in citations(block.get("help", "")):
        wrong("help", f"cites [{number}], but only a text can link to its source")
    for number in block.get("connections", ()):
        if number not in plan.keys(ConnectionRow):
            wrong("connections", f"connection {number} is not in connections.toml")


def _add(kind: str, block: Table, exercise_ids: dict[str, Any], plan: SeedPlan) -> None:
    number = f"{exercise_ids['part_id']}.{exercise_ids['module_id']}.{exercise_ids['exercise_id']}"
    key = f"{number}.{block['key']}"
    slug = f"{exercise_ids['full_exercise_id']}/{exercise_ids['variant_group']}/{key}"
    content = fixed_id("content", slug) if kind != "tool" else None
    prompt = fixed_id("prompt", slug) if kind == "prompt" else None
    if content:
        words, text_type = (block["body"], block["text"]) if kind == "text" else (block["label"], "prompt")
        plan.add(
            ExerciseContent, exercise_ids | {"id": content, "content_type": text_type, "content_text": words.strip()}
        )
    if prompt:
        row = {"id": prompt, "content": content, "prompt_type": block["prompt"], "help": block.get("help", "")}
        plan.add(PromptRow, row)
    stem = _stem(kind, block) | {name: exercise_ids[name] for name in STEM_PLACE}
    stem_id = fixed_id("stem", slug)
    plan.add(StemRow, stem | {"id": stem_id, "block_key": key, "content": content, "prompt": prompt})
    for position, connection in enumerate(dict.fromkeys(block.get("connections", ()))):
        plan.add(StemConnection, {"stem": stem_id, "connection": connection, "position": position})


STEM_PLACE = ("full_exercise_id", "variant_group", "display_order")


def _stem(kind: str, block: Table) -> dict[str, Any]:
    is_tool = kind == "tool"
    return {
        "kind": kind,
        "tool": block["tool"] if is_tool else "",
        "label": block["label"] if is_tool else "",
        "help": block.get("help", "") if is_tool else "",
        "who": block.get("who", ""),
        "size": block.get("size", ""),
        "about": block.get("for", ""),
        "makes": block.get("makes", ""),
        "final": block.get("final", ""),
        "options": json.dumps(block.get("options", {}), ensure_ascii=False, sort_keys=True, default=str),
        "is_required": int(block.get("required", kind != "text")),
        "is_private": int(block.get("private", False)),
        "is_public": int(block.get("public", False)),
        "is_brought": int(block.get("brought", False)),
        "at_end": block.get("at_end", ""),
        "is_ambient": int(block.get("ambient", False)),
        "says_optional": int(block.get("says_optional", False)),
        "sets_aside_others": block.get("sets_aside_others", ""),
        "asked_if": json.dumps(block.get("asked_if", {}), ensure_ascii=False, sort_keys=True),
    }
