"""The content tables as the Book."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from peewee import JOIN

from dreamtree.content import models
from dreamtree.content import reference_loading as reference
from dreamtree.content.book import Block, Book, Connection, Exercise, Module, Part, ReferenceUse
from dreamtree.content.markdown import render
from dreamtree.content.rows import TableRow, dicts


@dataclass(frozen=True)
class Edition:
    """Which content the tables hold: the revision, 0 before the first seed, and when it was made, since the same
    number in another database may be another book.
    """

    revision: int = 0
    made_at: str = ""


def edition() -> Edition:
    """That of the tables now."""
    last = models.ContentRevision.select().order_by(models.ContentRevision.revision.desc()).first()
    return Edition(last.revision, last.created_at) if last else Edition()


def load_book(revision: int) -> Book:
    """The Book as the tables hold it: one query a table, active rows only, Markdown rendered."""
    connections = {one.id: one for one in _connections()}
    exercises = _exercises(connections)
    return Book(
        parts=_parts(exercises),
        connections=tuple(connections.values()),
        short_way=_short_way(),
        references=tuple(reference.references().values()),
        personality_types=reference.personality_types(),
        scales=reference.scales(),
        value_cards=reference.value_cards(),
        mindsets=reference.mindsets(),
        interests=reference.interests(),
        activities=reference.activities(),
        competencies=reference.competencies(),
        tool_types=reference.tool_types(),
        occupations=reference.occupations(),
        revision=revision,
    )


def frozen(value: Any) -> Any:
    """A JSON value that nobody can change: mappings read-only, lists as tuples, all the way down."""
    if isinstance(value, dict):
        return MappingProxyType({key: frozen(one) for key, one in value.items()})
    return tuple(frozen(one) for one in value) if isinstance(value, list) else value


def _connections() -> Iterable[Connection]:
    active = models.ConnectionRow.select().where(models.ConnectionRow.is_active == 1)
    for row in dicts(active.order_by(models.ConnectionRow.id)):
        read = json.loads(row["data_object"])
        yield Connection(
            id=row["id"],
            from_scope=tuple(json.loads(row["from_exercise"])),
            to_exercise=row["to_exercise"],
            type=row["connection_type"],
            gives=read["gives"],
            source=read["source"],
            filter=frozen(read.get("filter", {})),
            fields=tuple(read.get("fields", ())),
            take=read.get("take"),
            place=read.get("place", "before"),
            is_open=read.get("open", False),
            is_private=read.get("private", False),
            sentence=row["sentence"],
        )


def _parts(exercises: Mapping[str, list[Exercise]]) -> tuple[Part, ...]:
    modules: dict[str, list[Module]] = defaultdict(list)
    module_rows = models.ModuleRow.select().where(models.ModuleRow.is_active == 1).order_by(models.ModuleRow.position)
    for row in dicts(module_rows):
        in_module = tuple(exercises.get(row["id"], ()))
        modules[row["part"]].append(Module(row["id"], row["title"], row["part"], in_module, bool(row["needs_care"])))
    part_rows = models.PartRow.select().where(models.PartRow.is_active == 1).order_by(models.PartRow.position)
    return tuple(
        Part(
            row["id"],
            row["title"],
            row["subtitle"],
            tuple(modules[row["id"]]),
            row["grows"],
            row["page_title"],
            row["page_address"],
        )
        for row in dicts(part_rows)
    )


def _exercises(connections: Mapping[int, Connection]) -> dict[str, list[Exercise]]:
    blocks, references_used = _blocks(connections), _references_used()
    by_module: dict[str, list[Exercise]] = defaultdict(list)
    for row in _active_sequence():
        part_id, full_id = row["part_id"], row["full_exercise_id"]
        module_id = f"{part_id}.{row['module_id']}"
        by_module[module_id].append(
            Exercise(
                id=f"{module_id}.{row['exercise_id']}",
                version=row["version"],
                full_id=full_id,
                title=row["title"],
                minutes=row["minutes"],
                is_optional=not row["is_required"],
                unlocks=row["unlocks_tool"],
                order=row["sequence_order"],
                module_id=module_id,
                part_id=part_id,
                blocks=tuple(blocks[full_id]),
                references_used=tuple(references_used[full_id]),
                enough=row["enough"],
                closes_part=bool(row["closes_part"]),
            )
        )
    return by_module


def _short_way() -> tuple[str, ...]:
    return tuple(_exercise_id(row["full_exercise_id"]) for row in _active_sequence() if row["is_short_way"])


def _active_sequence() -> list[TableRow]:
    sequence = models.ExerciseSequence
    return dicts(sequence.select().where(sequence.is_active == 1).order_by(sequence.sequence_order))


def _exercise_id(full_id: str) -> str:
    return full_id.rsplit(".v", 1)[0]


def _references_used() -> dict[str, list[ReferenceUse]]:
    known, found = reference.references(), defaultdict(list)
    for row in dicts(models.ContentSource.select().order_by(models.ContentSource.position)):
        if row["reference"] in known:
            found[row["exercise_id"]].append(ReferenceUse(known[row["reference"]], row["usage_type"], row["notes"]))
    return found


def _blocks(connections: Mapping[int, Connection]) -> dict[str, list[Block]]:
    carried: dict[str, list[Connection]] = defaultdict(list)
    for link in dicts(models.StemConnection.select().order_by(models.StemConnection.position)):
        if link["connection"] in connections:
            carried[link["stem"]].append(connections[link["connection"]])
    found: dict[str, list[Block]] = defaultdict(list)
    for row in _stem_rows():
        found[row["full_exercise_id"]].append(_block(row, tuple(carried[row["id"]])))
    return found


def _stem_rows() -> list[TableRow]:
    stem, content, prompt = models.StemRow, models.ExerciseContent, models.PromptRow
    return dicts(
        stem.select(stem, content.content_type, content.content_text, prompt.prompt_type, prompt.help.alias("hint"))
        .join(content, JOIN.LEFT_OUTER, on=stem.content == content.id)
        .switch(stem)
        .join(prompt, JOIN.LEFT_OUTER, on=stem.prompt == prompt.id)
        .where(stem.is_active == 1, stem.variant_group == "")
        .order_by(stem.full_exercise_id, stem.display_order)
    )


def _block(row: TableRow, connections: tuple[Connection, ...]) -> Block:
    kind = row["kind"]
    words = {
        "text": lambda: {"type": row["content_type"], "text": row["content_text"], "html": render(row["content_text"])},
        "prompt": lambda: {"type": row["prompt_type"], "label": row["content_text"], "help": row["hint"]},
        "tool": lambda: {"type": row["tool"], "label": row["label"], "help": row["help"]},
    }[kind]()
    return Block(
        key=row["block_key"],
        exercise_id=_exercise_id(row["full_exercise_id"]),
        kind=kind,
        who=row["who"],
        size=row["size"],
        about=f"{_exercise_id(row['full_exercise_id'])}.{row['about']}" if row["about"] else "",
        is_required=bool(row["is_required"]),
        is_private=bool(row["is_private"]),
        is_public=bool(row["is_public"]),
        is_brought=bool(row["is_brought"]),
        at_end=row["at_end"],
        is_ambient=bool(row["is_ambient"]),
        says_optional=bool(row["says_optional"]),
        sets_aside_others=row["sets_aside_others"],
        asked_if=frozen(json.loads(row["asked_if"])),
        makes=row["makes"],
        final=row["final"],
        options=frozen(json.loads(row["options"])),
        connections=connections,
        **words,
    )
