"""The fields of value cards: what each step posts, how it is read, and what an answer's fields hold."""

from collections.abc import Callable, Mapping
from typing import Any

from wtforms import FieldList, Form, FormField

from dreamtree.tools.base import NAME_LIMIT, Problem
from dreamtree.tools.fields import Choice, FormFields, Key, Line, OneOf, Prose, as_line, prose
from dreamtree.tools.rows.lines import Row, has_twins
from dreamtree.tools.value_cards.piles import OWN_LIMIT, PILE_WORDS, PILES
from dreamtree.tools.wording import in_words


class CardRow(Form):
    """A card as posted: by the step its pile, its tick or one's own words; an own card with its name."""

    key = Key()
    own = Line(1)
    text = Line(NAME_LIMIT)
    pile = OneOf(tuple(Choice(pile, PILE_WORDS[pile]) for pile in PILES))
    tick = Line(1)
    kept = Line(1)
    meaning = Prose()


class CardsForm(Form):
    rows = FieldList(FormField(CardRow))


def is_said(sheet: FormFields) -> bool:
    """Whether a posted card says anything: those that lie in no pile post their key only."""
    return any(name in sheet for name in ("pile", "own", "tick", "meaning"))


def heard_row(row: Mapping[str, Any], sheet: FormFields) -> Row:
    """What one card says: only what the page had a field for."""
    said: Row = {"key": row["key"]}
    if row["own"]:
        said |= {"own": True, "text": as_line(row["text"])}
    if row["pile"]:
        said["pile"] = row["pile"]
    if "tick" in sheet:
        said["kept"] = bool(row["kept"])
    return {**said, "meaning": row["meaning"]} if "meaning" in sheet else said


def refused(rows: list[Row]) -> list[Problem]:
    """What forbids storing the cards together."""
    own = sum(bool(row.get("own")) for row in rows)
    too_many = f"Up to {in_words(OWN_LIMIT)} cards of your own fit here. Take {in_words(own - OWN_LIMIT)} out."
    twice = "One card is on this page twice. Load the page again."
    told = [too_many] if own > OWN_LIMIT else []
    return [Problem("", words) for words in [*told, *([twice] if has_twins(rows) else [])]]


def step_of(rows: list[Row]) -> str:
    """The step a page was at, from the fields it had."""
    had = {name for row in rows for name in row}
    return "words" if "meaning" in had else "ten" if "kept" in had else "piles"


def by_key(rows: list[Row]) -> list[Row]:
    """Rows in an order that says nothing."""
    return sorted(rows, key=lambda row: str(row["key"]))


def bare_row(row: Row, at: str) -> Row:
    """What the fields of a card on the page of this step hold; {} when there are none, or nothing is chosen."""
    said = BARE[at](row) if at in BARE else {}
    return {"key": row["key"], **said} if said else {}


def _on_pile(row: Row) -> Row:
    pile = {"pile": row["pile"]} if row.get("pile") in PILES else {}
    return {"own": True, "text": as_line(row.get("text")), **pile} if row.get("own") else pile


def _ticked(row: Row) -> Row:
    return {"kept": bool(row.get("kept"))}


def _meant(row: Row) -> Row:
    return {"meaning": prose(str(row.get("meaning") or ""))}


BARE: Mapping[str, Callable[[Row], Row]] = {"piles": _on_pile, "ten": _ticked, "words": _meant}
