"""What a field of a row may hold: how a form reads it, what is kept of it, and what it is when nothing was said.

A row is a frozen dataclass; `text: str = line(300)` declares a field of it.
"""

import dataclasses
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import Any

from wtforms import Form, FormField

from dreamtree.content.book import Block
from dreamtree.text import as_line, as_prose
from dreamtree.tools.base import LINE_LIMIT, PROSE_LIMIT
from dreamtree.tools.fields import (
    Choice,
    LineField,
    OneOfField,
    ProseField,
    TickField,
    WhenField,
    WholeNumberField,
    is_typed,
)

KIND = "kind"


@dataclass(frozen=True)
class Drawing:
    """How a page draws a field by itself: `shape` is line, prose, tick, date, steps or choice.

    `limit` is in characters, `choices` are (value, words).
    """

    shape: str
    label: str
    limit: int = 0
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Kind:
    """One kind of field.

    `field` makes the unbound WTForms field that reads it for a block (or for what else a tool's fields depend on);
    None for what no page posts. `load` takes whatever any version has stored. `store` gives what JSON can hold. `name`
    is the posted and stored name where it is not the attribute's. A field that `is_optional` is not stored while
    nothing is said in it. In one that does not count nobody says anything: a page or the tool fills it by itself.
    `drawing` is for tools that have no template of their own.
    """

    field: Callable[[Any], Any] | None
    load: Callable[[Any], Any]
    nothing: Any = ""
    store: Callable[[Any], Any] | None = None
    name: str = ""
    is_optional: bool = False
    counts: bool = True
    drawing: Drawing | None = None


def declared(kind: Kind) -> Any:
    """A field of a row's dataclass, holding `kind.nothing` until something is said."""
    if isinstance(kind.nothing, Hashable):
        return dataclasses.field(default=kind.nothing, metadata={KIND: kind})
    return dataclasses.field(default_factory=lambda: kind.nothing, metadata={KIND: kind})


def line(limit: int = LINE_LIMIT, name: str = "", label: str = "") -> Any:
    """One line of text, at most `limit` characters."""
    return declared(Kind(lambda _: LineField(limit), as_line, name=name, drawing=Drawing("line", label, limit)))


def prose(limit: int = PROSE_LIMIT, name: str = "", label: str = "") -> Any:
    """Text of several lines, at most `limit` characters."""
    return declared(Kind(lambda _: ProseField(limit), as_prose, name=name, drawing=Drawing("prose", label, limit)))


def tick(name: str = "", is_optional: bool = False, label: str = "") -> Any:
    """True or False."""
    drawing = Drawing("tick", label)
    return declared(Kind(lambda _: TickField(), bool, False, name=name, is_optional=is_optional, drawing=drawing))


def step(first: int, last: int, name: str = "", is_optional: bool = False, label: str = "") -> Any:
    """A step of a scale from `first` to `last`, or None."""
    load, steps = partial(known_step, first=first, last=last), map(str, range(first, last + 1))
    drawing = Drawing("steps", label, choices=tuple((one, one) for one in steps))
    return declared(
        Kind(lambda _: StepField(first, last), load, None, name=name, is_optional=is_optional, drawing=drawing)
    )


def number(first: int, last: int, name: str = "") -> Any:
    """A typed whole number from `first` to `last`, or None; a text that is none stays as it was typed."""
    load = partial(_known_number, first=first, last=last)
    return declared(Kind(lambda _: WholeNumberField(first, last), load, None, name=name))


def _known_number(stored: Any, first: int, last: int) -> int | str | None:
    return known_step(stored, first, last) if not isinstance(stored, str) else as_line(stored) or None


def choice(choices: tuple[Choice, ...], name: str = "", label: str = "", usual: str = "") -> Any:
    """The value of one of `choices`, or `usual`."""
    load = partial(_value_of, {one.value for one in choices}, usual)
    drawing = Drawing("choice", label, choices=(("", "Choose one"), *((one.value, one.label) for one in choices)))
    return declared(Kind(lambda _: OneOfField(choices), load, usual, name=name, drawing=drawing))


def _value_of(values: set[str], usual: str, stored: Any) -> str:
    return stored if stored in values else usual


def when(allows: tuple[str, ...] = (), name: str = "") -> Any:
    """A date as it is known: a year, a month or a day as ISO has it, one of the words it `allows`, or ""."""
    return declared(Kind(lambda _: WhenField(allows), as_line, name=name))


def option_fields(fields_of: Callable[[Block], Mapping[str, Any]], name: str = "") -> Any:
    """Fields that a block's options name: a mapping of those in which something was said.

    `fields_of` answers the unbound WTForms field of each by its name.
    """

    def field(block: Block) -> Any:
        return FormField(type("Further", (Form,), dict(fields_of(block))))

    return declared(Kind(field, filled_values, MappingProxyType({}), dict, name))


def filled_values(stored: Any) -> Mapping[str, Any]:
    """Of a mapping of values, those in which something was said."""
    values = stored if isinstance(stored, Mapping) else {}
    return MappingProxyType({name: value for name, value in values.items() if value not in ("", None)})


def known_step(stored: Any, first: int, last: int) -> int | None:
    """A stored step, as long as it is one."""
    is_step = isinstance(stored, int) and not isinstance(stored, bool) and first <= stored <= last
    return stored if is_step else None


class StepField(WholeNumberField):
    """A tapped step of a scale; None where something else arrived."""

    typed = False

    def __init__(self, first: int, last: int, **settings: Any) -> None:
        super().__init__(**settings)
        self.min, self.max = first, last

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise


def unposted(
    load: Callable[[Any], Any],
    nothing: Any = "",
    *,
    store: Callable[[Any], Any] = lambda value: value,
    name: str = "",
    is_optional: bool = True,
) -> Any:
    """What no page posts: it is kept from what was stored, or found by the tool."""
    return declared(Kind(None, load, nothing, store, name, is_optional=is_optional, counts=False))


def unposted_mapping(name: str = "") -> Any:
    """Words by their keys that no page posts."""
    return declared(Kind(None, words_by_key, MappingProxyType({}), dict, name, is_optional=True, counts=False))


def keys_in(stored: Any) -> tuple[str, ...]:
    """Stored keys; none where another thing was stored."""
    return tuple(str(key) for key in stored) if isinstance(stored, list) else ()


def words_by_key(stored: Any) -> Mapping[str, str]:
    """A stored mapping of texts; nothing where another thing was stored."""
    found = stored if isinstance(stored, Mapping) else {}
    return MappingProxyType({str(key): str(words) for key, words in found.items()})


def kinds_of(row: Any) -> Mapping[str, Kind]:
    """The declared fields of a dataclass: attribute → kind, each with its name."""
    return _kinds_of(row)


@cache
def _kinds_of(row: Any) -> Mapping[str, Kind]:
    found = {one.name: one.metadata[KIND] for one in dataclasses.fields(row) if KIND in one.metadata}
    return {field: dataclasses.replace(kind, name=kind.name or field) for field, kind in found.items()}


def load_declared(shape: Any, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The declared fields of a dataclass as any version has stored them; what was not stored is left out."""
    return {field: kind.load(stored[kind.name]) for field, kind in _kinds_of(shape).items() if kind.name in stored}


def store_declared(value: Any, *, only_posted: bool = False) -> dict[str, Any]:
    """The declared fields of a row or an answer as JSON holds them, by the names they are stored under.

    `only_posted` leaves out what no page posts.
    """
    stored = {}
    for field, kind in kinds_of(type(value)).items():
        content = getattr(value, field)
        if (kind.field or not only_posted) and (not kind.is_optional or content != kind.nothing):
            stored[kind.name] = kind.store(content) if kind.store else content
    return stored


def form_fields(shape: Any, context: Any) -> dict[str, Any]:
    """The unbound WTForms fields that read a dataclass, by the names they are posted under.

    `context` is the block, or whatever else a tool's fields depend on (a currency, say).
    """
    return {kind.name: kind.field(context) for field, kind in kinds_of(shape).items() if kind.field}


def typed_in(shape: Any, context: Any) -> Mapping[str, bool]:
    """The names of the fields of a dataclass that a page posts → whether anything is typed in them."""
    return {name: is_typed(one) for name, one in form_fields(shape, context).items()}


def read_declared(shape: Any, read: Form) -> dict[str, Any]:
    """The declared fields of a dataclass from a form that was read."""
    posted = ((field, kind) for field, kind in kinds_of(shape).items() if kind.field)
    return {field: kind.load(read[kind.name].data) for field, kind in posted}
