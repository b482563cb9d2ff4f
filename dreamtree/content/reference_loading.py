"""The reference tables as the Book shows them, one query a table."""

import json
from collections import defaultdict

from peewee import Field

from dreamtree.content import reference_models as models
from dreamtree.content.markdown import render, render_line
from dreamtree.content.reference import (
    Activity,
    Competency,
    CompetencyLevel,
    InterestKind,
    Mindset,
    Occupation,
    PersonalityType,
    Reference,
    Scale,
    ToolType,
    ValueCard,
)
from dreamtree.content.rows import TableRow, dicts
from dreamtree.db import BaseModel


def references() -> dict[str, Reference]:
    """By id, in the order of their numbers."""
    return {
        row["id"]: Reference(
            id=row["id"],
            slug=row["slug"],
            number=row["citation_number"],
            author_surname=row["author_surname"],
            category=row["category"],
            note=row["note"],
            html=render_line(row["full_citation"]),
        )
        for row in _active(models.ReferenceRow, models.ReferenceRow.citation_number)
    }


def personality_types() -> tuple[PersonalityType, ...]:
    """All sixteen."""
    return tuple(
        PersonalityType(
            row["code"],
            row["name"],
            row["summary"].strip(),
            render(row["summary"]),
            tuple(json.loads(row["ways"])),
        )
        for row in _active(models.PersonalityTypeRow, models.PersonalityTypeRow.position)
    )


def scales() -> tuple[Scale, ...]:
    """The four, in the order of the letters."""
    return tuple(
        Scale(
            id=row["id"],
            left_letter=row["left_letter"],
            right_letter=row["right_letter"],
            title=row["title"],
            left=row["left_end"],
            left_more=row["left_more"],
            right=row["right_end"],
            right_more=row["right_more"],
        )
        for row in _active(models.PersonalityScaleRow, models.PersonalityScaleRow.position)
    )


def value_cards() -> tuple[ValueCard, ...]:
    """Life, then work."""
    return tuple(
        ValueCard(row["id"], row["slug"], row["kind"], row["name"], row["meaning"])
        for row in _active(models.ValueCardRow, models.ValueCardRow.sort_order)
    )


def interests() -> tuple[InterestKind, ...]:
    """All six."""
    return tuple(
        InterestKind(row["letter"], row["slug"], row["name"], row["meaning"])
        for row in _active(models.InterestKindRow, models.InterestKindRow.sort_order)
    )


def activities() -> tuple[Activity, ...]:
    """Those of all kinds, mixed."""
    return tuple(
        Activity(row["id"], row["slug"], row["text"], row["interest"])
        for row in _active(models.ActivityRow, models.ActivityRow.sort_order)
    )


def mindsets() -> tuple[Mindset, ...]:
    """The five."""
    return tuple(
        Mindset(row["slug"], row["name"], row["formal_name"], row["meaning"], row["ask"], row["try_it"])
        for row in _active(models.MindsetRow, models.MindsetRow.sort_order)
    )


def competencies() -> tuple[Competency, ...]:
    """The fifteen with their levels."""
    levels: dict[str, list[CompetencyLevel]] = defaultdict(list)
    for row in _active(models.CompetencyLevelRow, models.CompetencyLevelRow.level):
        levels[row["competency"]].append(
            CompetencyLevel(row["id"], row["level"], row["description"], row["job_context"])
        )
    return tuple(
        Competency(
            id=row["id"],
            slug=row["slug"],
            plain_name=row["plain_name"],
            name=row["name"],
            definition=row["definition"],
            category=row["category"],
            levels=tuple(levels[row["id"]]),
        )
        for row in _active(models.CompetencyRow, models.CompetencyRow.sort_order)
    )


def occupations() -> tuple[Occupation, ...]:
    """Every job, by kind of work."""
    return tuple(
        Occupation(
            id=row["id"],
            slug=row["slug"],
            title=row["title"],
            family=row["family"],
            day=row["day"],
            interests=row["interests"],
            skills=tuple(json.loads(row["skills"])),
            way_in=row["way_in"],
            needs_degree=bool(row["needs_degree"]),
            neighbors=tuple(json.loads(row["neighbors"])),
        )
        for row in _active(models.OccupationRow, models.OccupationRow.position)
    )


def tool_types() -> tuple[ToolType, ...]:
    """The tools that also stand alone."""
    return tuple(
        ToolType(
            id=row["id"],
            singular_name=row["singular_name"],
            plural_name=row["plural_name"],
            reminder_prompt=row["reminder_prompt"] or "",
            unlocks_at_exercise=row["unlocks_at_exercise"] or "",
        )
        for row in _active(models.ToolTypeRow, models.ToolTypeRow.position)
    )


def _active(model: type[BaseModel], order: Field) -> list[TableRow]:
    return dicts(model.select().where(model._meta.fields["is_active"] == 1).order_by(order))
