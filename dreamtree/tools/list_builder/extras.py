"""The further fields of a list's lines, as an exercise names them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dreamtree.content.book import Block
from dreamtree.text import as_line
from dreamtree.tools.base import LINE_LIMIT, PROSE_LIMIT, Inputs
from dreamtree.tools.fields import (
    Choice,
    KeyField,
    LineField,
    OneOfField,
    ProseField,
    WholeNumberField,
    choices_of,
    near_limit,
)


@dataclass(frozen=True)
class Extra:
    """A further field of every line; `kind` is text, textarea, number or choice.

    One that `chooses` has as choices the items that a connection offers from that source, by their keys.
    """

    name: str
    label: str
    kind: str = "text"
    choices: tuple[Choice, ...] = ()
    is_required: bool = False
    chooses: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether it is answered in a person's own words, and not with a choice."""
        return self.kind != "choice"


@dataclass(frozen=True)
class ExtraView:
    """A further field of a line as the page shows it; `limit_words` says how much still fits, where that is little."""

    name: str
    label: str
    kind: str
    value: Any
    choices: tuple[tuple[str, str], ...]
    limit_words: str


def extras_of(block: Block) -> tuple[Extra, ...]:
    """The further fields that the block's options name."""
    return tuple(
        Extra(
            one["name"],
            one["label"],
            one.get("kind", "text"),
            choices_of(one),
            bool(one.get("required")),
            one.get("choices_of", ""),
        )
        for one in block.options.get("fields", ())
    )


def chosen_from(inputs: Inputs, extras: Iterable[Extra]) -> dict[str, str]:
    """Key → words of the items that the fields have as choices."""
    sources = [one.chooses for one in extras if one.chooses]
    return {item.key: as_line(item.text) for source in sources for item in inputs.offers.get(source, ())}


def with_choices(extras: Iterable[Extra], names: Mapping[str, str]) -> tuple[Extra, ...]:
    """The fields with what there is to choose by these names; one that has nothing to choose from is left out."""
    choices = tuple(Choice(key, words) for key, words in names.items())
    filled = (replace(one, choices=choices) if one.chooses else one for one in extras)
    return tuple(one for one in filled if one.choices or not one.chooses)


def field_of(extra: Extra) -> Any:
    """The form field that reads it."""
    if extra.chooses:
        return KeyField(optional=True)
    if extra.kind == "choice":
        return OneOfField(choices=extra.choices)
    return {"textarea": ProseField, "number": WholeNumberField}.get(extra.kind, LineField)()


def value_words(extra: Extra, fields: Mapping[str, Any]) -> str:
    """What a line says in it, as text; a choice by its label."""
    value = fields[extra.name]
    label = next((one.label for one in extra.choices if one.value == value), str(value))
    return label.replace("\n", "\n  ")


def view_of(extra: Extra, value: Any) -> ExtraView:
    """The field as the page shows it with `value`."""
    limit = PROSE_LIMIT if extra.kind == "textarea" else LINE_LIMIT
    choices = (("", "Choose one"), *((one.value, one.label) for one in extra.choices))
    shown = "" if value is None else value
    return ExtraView(extra.name, extra.label, extra.kind, shown, choices, near_limit(str(shown), limit))
