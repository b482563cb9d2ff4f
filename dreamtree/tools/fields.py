"""How typed words are read: line breaks, limits, keys, dates as people write them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import Field, HiddenField, StringField, TextAreaField, ValidationError

from dreamtree.tools.base import LINE_LIMIT, PROSE_LIMIT, Posted

KEY = re.compile(r"[\w.:|-]{1,80}")
"""The key of a row, as a page may post it."""
NUMBER = re.compile(r"[+-]?[0-9]{1,12}")
LARGEST = 999_999_999
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
NUL_MESSAGE = "One sign here cannot be kept and was left out. Read it once more, then save."


def line(text: str) -> str:
    """`text` as one line: white space folded, and what no page may hold left out (control and non-characters)."""
    if text.isprintable():
        return " ".join(text.split())
    plain = "".join(" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(filter(_is_character, plain)).split())


def _is_character(letter: str) -> bool:
    """Neither a control, nor half of a surrogate pair, nor one of the 66 code points that Unicode keeps for no one."""
    code = ord(letter)
    is_kept_for_no_one = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not is_kept_for_no_one and unicodedata.category(letter) not in ("Cc", "Cs")


def prose(text: str) -> str:
    """`text` with its line breaks as "\\n"; nothing but white space is nothing."""
    kept = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return kept if kept.strip() else ""


def as_line(stored: object) -> str:
    """A stored text as one line, whatever another version stored."""
    return line(str(stored or ""))


def as_prose(stored: object) -> str:
    """A stored text of several lines, whatever another version stored."""
    return prose(str(stored or ""))


def first_line(text: str, limit: int = LINE_LIMIT) -> str:
    """The first line of `text`; a longer one ends at a word, with an ellipsis."""
    words = line(next((one for one in text.splitlines() if one.strip()), ""))
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0].rstrip() + "…"


def too_long(text: str, limit: int) -> str:
    """What to do about a text over `limit`, or ""."""
    over = len(text) - limit
    if over <= 0:
        return ""
    return f"This is {characters(over)} too long: {limit:,} fit here. Shorten it; nothing is cut for you."


def near_limit(text: str, limit: int) -> str:
    """How much room is left, once nine tenths are used; "" before that."""
    left = limit - len(text)
    return f"Room for {characters(left)} more." if 0 <= left < limit / 10 else ""


def characters(count: int) -> str:
    """ "1 character", "2,000 characters"."""
    return "1 character" if count == 1 else f"{count:,} characters"


class LineField(StringField):
    """One line of text. `limit` is in characters."""

    def __init__(self, limit: int = LINE_LIMIT, **settings: Any) -> None:
        super().__init__(default="", **settings)
        self.limit = limit

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = line(_first(valuelist))
        _refuse_nul(valuelist)

    def pre_validate(self, form: Any) -> None:
        if told := too_long(self.data or "", self.limit):
            raise ValidationError(told)


class ProseField(TextAreaField):
    """Text of several lines. `limit` is in characters."""

    def __init__(self, limit: int = PROSE_LIMIT, **settings: Any) -> None:
        super().__init__(default="", **settings)
        self.limit = limit

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = prose(_first(valuelist))
        _refuse_nul(valuelist)

    def pre_validate(self, form: Any) -> None:
        if told := too_long(self.data or "", self.limit):
            raise ValidationError(told)


class TickField(Field):
    """True where anything was posted."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = bool(_first(valuelist).strip())


class KeyField(HiddenField):
    """The permanent key of a row or item; `optional` allows ""."""

    def __init__(self, optional: bool = False, **settings: Any) -> None:
        super().__init__(default="", **settings)
        self.optional = optional

    def process_formdata(self, valuelist: list[str]) -> None:
        said = _first(valuelist)
        if KEY.fullmatch(said) or (self.optional and not said):
            self.data = said
            return
        self.data = ""
        raise ValueError("This line did not arrive whole. Load the page again; your text is still here.")


class WhenField(LineField):
    """A date as the person has it: a year, a month and year, or a day.

    ISO in the answer; the typed words where they are unclear.
    """

    def __init__(self, allows: Iterable[str] = (), **settings: Any) -> None:
        super().__init__(40, **settings)
        self.allows = tuple(allows)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        understood = moment(self.data or "", self.allows)
        if understood is None:
            raise ValueError("Write a year, a month and year, or a day, like 2019, March 2019 or 2019-03-14.")
        self.data = understood


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
        typed = line(valuelist[0]) if valuelist else ""
        self.data = typed or None
        if not typed:
            return
        if not NUMBER.fullmatch(typed):
            raise ValueError("Write a whole number, with digits only.")
        self.data = int(typed)

    def pre_validate(self, form: Any) -> None:
        if isinstance(self.data, int) and not self.min <= self.data <= self.max:
            raise ValidationError(f"Write a whole number from {self.min:,} to {self.max:,}.")


class OneOfField(Field):
    """One of `choices`, or ""; `wrong` says what to do about anything else."""

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


def moment(text: str, allows: Iterable[str] = ()) -> str | None:
    """ISO for a date in common words: "March 2019" → "2019-03"; None when it is unclear.

    "not sure" is "". With "now" in `allows`, "now" and its like are "now".
    """
    words = line(text).casefold()
    if words in NO_WORDS:
        return ""
    if words in NOW_WORDS:
        return "now" if "now" in tuple(allows) else None
    return _numbered(words) or _named(words)


def _numbered(words: str) -> str | None:
    if not words.isascii():
        return None
    if found := re.fullmatch(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", words):
        return _iso(*found.groups())
    found = re.fullmatch(r"(\d{1,2})[-/.](\d{4})", words)
    return _iso(found[2], found[1], None) if found else None


def _named(words: str) -> str | None:
    parts = re.findall(r"[^\W\d_]+|\d+", re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", words)) if words.isascii() else []
    months = [number for part in parts if (number := _month(part))]
    numbers = [part for part in parts if part.isdigit()]
    years = [part for part in numbers if len(part) == 4]
    days = [part for part in numbers if len(part) < 3]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(parts) != 2 + len(days):
        return None
    return _iso(years[0], str(months[0]), days[0] if days else None)


def _month(word: str) -> int:
    """1 for "jan" or "january", 0 for another word."""
    found = (number for number, name in enumerate(MONTHS, 1) if len(word) > 2 and name.startswith(word))
    return next(found, 0)


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    parts = [f"{int(part):02}" for part in (month, day) if part]
    return "-".join([year, *parts]) if 1000 <= int(year) <= 2999 else None


def own_fields(posted: Posted, prefix: str) -> dict[str, str]:
    """The posted values of one block by their plain names; of a repeated name the first."""
    return {name.removeprefix(prefix): posted[name] for name in posted if name.startswith(prefix)}


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def _refuse_nul(values: list[str]) -> None:
    if "\0" in _first(values):
        raise ValueError(NUL_MESSAGE)
