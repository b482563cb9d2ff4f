"""How typed words are read: line breaks, limits, keys, dates as people write them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import Field, HiddenField, StringField, ValidationError

from dreamtree.dates import day_words, is_day, meanings
from dreamtree.text import clean_line, clean_prose, figures
from dreamtree.tools.base import LINE_LIMIT, PROSE_LIMIT, Posted
from dreamtree.tools.quantities import ONE_NUMBER, is_several, without_about, without_thousands

KEY = re.compile(r"[\w.:|-]{1,80}")
"""The key of a row, as a page may post it."""
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,12}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3})")
"""A whole number, with or without a comma before every three digits."""
DECIMAL = re.compile(r"([0-9]{1,9})[.,]([0-9]{1,3})")
BEFORE_WORDS = re.compile(r"[0-9.,]+\s*([^\W\d].*|%|/.*)")
LARGEST = 999_999_999
NUL_MESSAGE = "We can't save one character here, so we took it out. Check the text, then save."


def first_line(text: str, limit: int = LINE_LIMIT) -> str:
    """The first line of `text`; a longer one ends at a word, with an ellipsis."""
    words = clean_line(next((one for one in text.splitlines() if one.strip()), ""))
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0].rstrip() + "…"


def too_long(text: str, limit: int) -> str:
    """What to do about a text over `limit`, or ""."""
    over = len(text) - limit
    if over <= 0:
        return ""
    return f"That's {characters(over)} over the {limit:,} that fit here. Cut it down, then save."


def near_limit(text: str, limit: int) -> str:
    """How much room is left, once nine tenths are used; "" before that."""
    left = limit - len(text)
    return f"Room for {characters(left)} more." if 0 <= left < limit / 10 else ""


def is_typed(field: Any) -> bool:
    """Whether anything is typed in this kind of field, unbound as forms declare it; else it is a choice or a mark."""
    return bool(getattr(field.field_class, "typed", not issubclass(field.field_class, HiddenField)))


def characters(count: int) -> str:
    """ "1 character", "2,000 characters"."""
    return "1 character" if count == 1 else f"{count:,} characters"


class LineField(StringField):
    """One line of text. `limit` is in characters."""

    def __init__(self, limit: int = LINE_LIMIT, **settings: Any) -> None:
        super().__init__(default="", **settings)
        self.limit = limit

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self.as_read(_first(valuelist))
        if "\0" in _first(valuelist):
            raise ValueError(NUL_MESSAGE)

    def pre_validate(self, form: Any) -> None:
        if message := too_long(self.data or "", self.limit):
            raise ValidationError(message)

    def as_read(self, text: str) -> str:
        """Typed text as it is kept."""
        return clean_line(text)


class ProseField(LineField):
    """Text of several lines. `limit` is in characters."""

    def __init__(self, limit: int = PROSE_LIMIT, **settings: Any) -> None:
        super().__init__(limit, **settings)

    def as_read(self, text: str) -> str:
        return clean_prose(text)


class TickField(Field):
    """True where anything was posted."""

    typed = False

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = bool(_first(valuelist).strip())


class KeyField(HiddenField):
    """The permanent key of a row or item; `optional` allows ""."""

    def __init__(self, optional: bool = False, **settings: Any) -> None:
        super().__init__(default="", **settings)
        self.optional = optional

    def process_formdata(self, valuelist: list[str]) -> None:
        key = _first(valuelist)
        if KEY.fullmatch(key) or (self.optional and not key):
            self.data = key
            return
        self.data = ""
        raise ValueError("Part of this line didn't come through. Reload the page; your text is still here.")


class WhenField(LineField):
    """A date as the person has it: a year, a month and year, or a day.

    ISO in the answer; the typed words where they are unclear.
    """

    def __init__(self, allows: Iterable[str] = (), **settings: Any) -> None:
        super().__init__(40, **settings)
        self.allows = tuple(allows)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        typed = self.data or ""
        self.data = self.taken(typed, iso_date(typed, self.allows))

    def taken(self, typed: str, understood: str | None) -> str:
        """What is kept of a date; None was not understood. Raises `ValueError` where that says what to do about it."""
        if understood is None:
            like = f"Type a year, a month and year, or a day, like 2019, March 2019, or {day_words('2019-03-14')}."
            raise ValueError(date_problem(typed, like))
        return understood


class KeysField(Field):
    """Keys that are checked, in the order of the page, at most so many."""

    typed = False

    def __init__(self, most: int | None = None, **settings: Any) -> None:
        super().__init__(**settings)
        self.most = most

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = [one for one in dict.fromkeys(valuelist) if KEY.fullmatch(one)][: self.most]


@dataclass(frozen=True)
class Choice:
    """One of several to choose: the value that is stored, the words for it, and a hint."""

    value: str
    label: str
    hint: str = ""


def choices_of(options: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The answers that `options` offer under "choices"."""
    return tuple(Choice(str(one["value"]), one["label"], one.get("hint", "")) for one in options.get("choices", ()))


class WholeNumberField(Field):
    """An integer within `min` and `max`, or None; the typed text where it is neither."""

    min: int = -LARGEST
    max: int = LARGEST

    def __init__(self, least: int | None = None, most: int | None = None, **settings: Any) -> None:
        super().__init__(**settings)
        self.min = self.min if least is None else least
        self.max = self.max if most is None else most

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean_line(valuelist[0]) or None if valuelist else None
        typed = without_about(figures(self.data or ""))
        if typed:
            self.data = whole_number(typed.removesuffix(f"/{self.max}").removesuffix(f" out of {self.max}").strip())

    def pre_validate(self, form: Any) -> None:
        if isinstance(self.data, int) and not self.min <= self.data <= self.max:
            raise ValidationError(f"Type a whole number from {self.min:,} to {self.max:,}.")


def whole_number(typed: str) -> int:
    """What `figures` of a typed whole number mean: "1,250", "2k". Raises `ValueError` with what to do about others."""
    number, is_thousands = without_thousands(typed)
    if NUMBER.fullmatch(number):
        return int(number.replace(",", "")) * (1000 if is_thousands else 1)
    if is_thousands and (found := DECIMAL.fullmatch(number)):
        return int(found[1]) * 1000 + int(found[2].ljust(3, "0"))
    if is_several(typed):
        raise ValueError(ONE_NUMBER)
    if found := BEFORE_WORDS.fullmatch(typed):
        raise ValueError(f"Type the number by itself, without “{found[1]}”.")
    raise ValueError("That isn't a whole number. Use digits only, like 6.")


class OneOfField(Field):
    """One of `choices`, or ""; `wrong` says what to do about anything else."""

    typed = False

    def __init__(
        self, choices: tuple[Choice, ...] = (), wrong: str = "Choose one of the answers below.", **settings: Any
    ) -> None:
        super().__init__(default="", **settings)
        self.choices, self.wrong = choices, wrong

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in {choice.value for choice in self.choices}:
            self.data = ""
            raise ValidationError(self.wrong)


NOW_WORDS = frozenset({"now", "today", "present", "current", "currently", "still", "ongoing"})
NO_WORDS = frozenset({"", "not sure", "?", "unknown"})


def iso_date(text: str, allows: Iterable[str] = ()) -> str | None:
    """ISO for a date in common words: "March 2019" → "2019-03"; None when it is unclear.

    "not sure" is "". With "now" in `allows`, "now" and its like are "now".
    """
    if is_day(text):
        return text
    words = figures(text).casefold()
    if words in NO_WORDS:
        return ""
    if words in NOW_WORDS:
        return "now" if "now" in tuple(allows) else None
    found = meanings(words)
    return found[0] if len(found) == 1 else None


def date_problem(text: str, example: str) -> str:
    """What to do about a date that is none, or that can be read in two ways; `example` says what is asked for."""
    if len(found := meanings(text)) == 2:
        one, other = (day_words(each) for each in found)
        return f"This could be {one} or {other}. Spell out the month."
    return example


def fields_of_block(posted: Posted, prefix: str) -> dict[str, str]:
    """The posted values of one block by their plain names; of a repeated name the first."""
    return {name.removeprefix(prefix): posted[name] for name in posted if name.startswith(prefix)}


def _first(values: list[str]) -> str:
    return values[0] if values else ""
