"""The smallest tools: one question, one field. Seven kinds."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import Field, Form, ValidationError

from dreamtree.content.blocks import ANY_SOURCE, Block
from dreamtree.dates import day_words
from dreamtree.text import clean_line, clean_prose
from dreamtree.tools.base import LINE_LIMIT, PROSE_LIMIT, Inputs, Posted, Problem, Tool, problems_of
from dreamtree.tools.fields import (
    Choice,
    LineField,
    OneOfField,
    ProseField,
    WhenField,
    WholeNumberField,
    choices_of,
    first_line,
    is_typed,
    near_limit,
)
from dreamtree.tools.rows.kinds import keys_in, load_declared, unposted
from dreamtree.values import Answer, Item


@dataclass(frozen=True)
class PromptView:
    """What the template draws. `value` is text, or the ticked values; `choices` are triples for the field macros."""

    kind: str
    value: Any
    choices: tuple[tuple[str, str, str], ...] = ()
    min: int | None = None
    max: int | None = None
    low: str = ""
    high: str = ""
    limit_words: str = ""


@dataclass(frozen=True)
class Prompted:
    """An answer to one question, and the keys of the items that it began with."""

    value: Any = unposted(lambda value: value, None)
    began: tuple[str, ...] = unposted(keys_in, ())


class SomeOf(Field):
    """Any of `choices`, in their order."""

    typed = False

    def __init__(self, choices: tuple[Choice, ...] = (), **settings: Any) -> None:
        super().__init__(**settings)
        self.choices = choices

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = list(valuelist)

    def pre_validate(self, form: Any) -> None:
        ticked = set(self.data or ())
        self.data = [choice.value for choice in self.choices if choice.value in ticked]
        if ticked - set(self.data):
            raise ValidationError("Check only answers from the list below.")


class Prompt(Tool):
    """A question with one field. Its answer is {"value": …}; "" , None or [] is nothing said."""

    drawn_by = "prompt"
    nothing: ClassVar[Any] = ""
    ask: ClassVar[str] = "Write something here to continue. It can be short."
    looks_like: ClassVar[type] = str

    def empty(self, block: Block) -> Answer:
        return {"value": self.nothing if self.nothing != [] else []}

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        form: Any = type("PromptForm", (Form,), {"value": self.field(block)})(posted, prefix=f"{block.key}:")
        form.validate()
        value = self.nothing if form.value.data is None else form.value.data
        return {"value": value}, problems_of(form, f"{block.key}:")

    @abstractmethod
    def field(self, block: Block) -> Any:
        """The unbound WTForms field, with the limits and choices that the block's options name."""

    def chosen_fields(self, block: Block) -> frozenset[str]:
        return frozenset() if is_typed(self.field(block)) else frozenset({"value"})

    def form_part(self, answer: Answer) -> Answer:
        return {"value": self.value_of(answer)}

    def load(self, answer: Answer) -> Prompted:
        """An answer as it is stored."""
        return Prompted(**load_declared(Prompted, answer))

    def value_of(self, answer: Answer) -> Any:
        """The value of an answer, also of one that an earlier version stored."""
        value = self.load(answer).value
        return value if isinstance(value, self.looks_like | str) else self.nothing

    def began(self, answer: Answer) -> tuple[str, ...]:
        """The keys of the items that an answer began with."""
        return self.load(answer).began

    def merge_posted(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        began = self.began(stored or {})
        return {**part, "began": [*began]} if began else part

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        return [] if self.value_of(answer) not in ("", None, []) else [Problem("value", self.ask)]

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(self.began(answer))

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        """The words stay: they are the person's own by now. Only the tie to their source goes."""
        return {**answer, "began": [one for one in self.began(answer) if one != key]}

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """What was said, a 0 too."""
        value = self.value_of(answer)
        return _item("" if value in (None, []) else str(value))

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return _item(str(self.value_of(answer) or ""))

    def words(self, block: Block, answer: Answer) -> str:
        """The answer as a person reads it."""
        value = self.value_of(answer)
        return "" if value is None else str(value)

    def summary(self, block: Block, answer: Answer) -> str:
        return first_line(self.words(block, answer), 120)

    def long_form(self, block: Block, answer: Answer) -> str:
        return self.words(block, answer)

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> PromptView:
        return PromptView(self.kind, self.value_of(answer))


class WrittenPrompt(Prompt):
    """Words in the person's own hand; may begin as a draft of what a source says."""

    accepts = {"draft": ANY_SOURCE}
    copies_words = True
    joins_texts = True
    chosen = frozenset({"began"})

    def start(self, block: Block, inputs: Inputs) -> Answer:
        drafted = [item for item in inputs.draft if item.text.strip()]
        if not drafted:
            return self.empty(block)
        return {"value": self.joined([item.text for item in drafted]), "began": [item.key for item in drafted]}

    @abstractmethod
    def joined(self, texts: list[str]) -> str:
        """Several drafts as one text."""

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        """New words replace a draft that came from this one item alone, and otherwise are added."""
        began = [*self.began(answer)]
        old = [] if began == [item.key] or not self.value_of(answer) else [self.value_of(answer)]
        keys = began if item.key in began else [*began, item.key]
        return {"value": self.joined([*old, item.text]), "began": keys}

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> PromptView:
        words = self.value_of(answer)
        return PromptView(self.kind, words, limit_words=near_limit(words, self.option(block, "limit")))


class TextPrompt(WrittenPrompt):
    """A question answered in one line."""

    kind = "text"
    options = {"limit": LINE_LIMIT, "draft": False}

    def field(self, block: Block) -> Any:
        return LineField(self.option(block, "limit"))

    def joined(self, texts: list[str]) -> str:
        return clean_line(" · ".join(texts))


class TextareaPrompt(WrittenPrompt):
    """A question answered in several lines."""

    kind = "textarea"
    options = {"limit": PROSE_LIMIT, "draft": False}

    def field(self, block: Block) -> Any:
        return ProseField(self.option(block, "limit"))

    def headline(self, block: Block, answer: Answer) -> tuple[str, ...]:
        """How a text begins: whole, where it is short."""
        text = self.words(block, answer)
        begins = first_line(text)
        is_all = begins.endswith("…") or begins == clean_line(text)
        return tuple(filter(None, (begins if is_all else f"{begins} …",)))

    def joined(self, texts: list[str]) -> str:
        return clean_prose("\n".join(texts))


class NumberPrompt(Prompt):
    """A question answered with a whole number between two bounds."""

    kind = "number"
    is_typed = False
    options = {"min": None, "max": None}
    nothing = None
    looks_like = int
    ask = "Type a number here. A guess will do."

    def field(self, block: Block) -> Any:
        return WholeNumberField(self.option(block, "min"), self.option(block, "max"))

    def value_of(self, answer: Answer) -> Any:
        value = super().value_of(answer)
        return None if value == "" or isinstance(value, bool) else value

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> PromptView:
        return PromptView(
            self.kind, self.value_of(answer), min=self.option(block, "min"), max=self.option(block, "max")
        )


class SliderPrompt(NumberPrompt):
    """A number on a scale whose ends have words."""

    kind = "slider"
    options = {"min": 0, "max": 10, "low": "", "high": ""}

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> PromptView:
        value = self.value_of(answer)
        ends = {name: self.option(block, name) for name in self.options}
        return PromptView(self.kind, value if isinstance(value, int) else None, **ends)


class ChoicePrompt(Prompt):
    """A question answered with one of several choices."""

    kind = "choice"
    is_typed = False
    options = {"choices": ()}
    ask = "Choose the closest one."

    def field(self, block: Block) -> Any:
        return OneOfField(choices_of(block.options))

    def words(self, block: Block, answer: Answer) -> str:
        value = self.value_of(answer)
        return _labels(block).get(value, str(value))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> PromptView:
        return PromptView(self.kind, self.value_of(answer), _triples(block))


class CheckboxesPrompt(Prompt):
    """A question answered with some of several choices."""

    kind = "checkboxes"
    is_typed = False
    options = {"choices": ()}
    nothing: ClassVar[Any] = []
    looks_like = list
    ask = "Check what's true. One is enough."

    def field(self, block: Block) -> Any:
        return SomeOf(choices_of(block.options))

    def value_of(self, answer: Answer) -> Any:
        value = super().value_of(answer)
        return [value] if value and isinstance(value, str) else list(value)

    def words(self, block: Block, answer: Answer) -> str:
        labels = _labels(block)
        return "\n".join(labels.get(one, one) for one in self.value_of(answer))

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(Item(one, one) for one in self.value_of(answer))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> PromptView:
        return PromptView(self.kind, self.value_of(answer), _triples(block))


class DatePrompt(Prompt):
    """A question answered with a day, a month or a year."""

    kind = "date"
    is_typed = False
    ask = "Type a year or a date. A guess will do."

    def field(self, block: Block) -> Any:
        return WhenField()

    def words(self, block: Block, answer: Answer) -> str:
        return day_words(super().words(block, answer))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> PromptView:
        return PromptView(self.kind, self.words(block, answer))


def _item(words: str) -> tuple[Item, ...]:
    return (Item("value", words.strip()),) if words.strip() else ()


def _triples(block: Block) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.value, one.label, one.hint) for one in choices_of(block.options))


def _labels(block: Block) -> dict[str, str]:
    return {one.value: one.label for one in choices_of(block.options)}


tools = (
    TextPrompt(),
    TextareaPrompt(),
    NumberPrompt(),
    SliderPrompt(),
    ChoicePrompt(),
    CheckboxesPrompt(),
    DatePrompt(),
)
