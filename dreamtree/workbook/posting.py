"""A posted exercise page: the button that was pressed, and which blocks were touched."""

import re
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from dreamtree.answers.stored import DIGITS
from dreamtree.content.book import Block
from dreamtree.tools import KEY

ENTER = "enter"
"""The verb of Enter in a field: the first submit button of the form."""
PAGE_ACTIONS = ("save", "go", "not-now", ENTER)
REVISION_IN_NAME = re.compile(rf"~\d{{1,{DIGITS}}}$")
MOVES = ("up", "down", "top")
ODD_INDEX = re.compile(r"-\d{5,}|[^\x00-\x7f]")
TOKEN = re.compile(r"[\w-]{8,64}")
NUMBER = re.compile(rf"[0-9]{{1,{DIGITS}}}")


class BadForm(Exception):
    """The form does not come from one of our pages."""


@dataclass(frozen=True)
class Action:
    """The button that was pressed: of the page (`block` is ""), or a verb of one block with its argument.

    `is_entered`: Enter stands for it.
    """

    verb: str
    block: str = ""
    argument: str = ""
    is_autosave: bool = False
    is_entered: bool = False

    @property
    def is_explicit(self) -> bool:
        """Whether it is *Save* or *Continue*, after which the page shows what is still open."""
        return self.verb in ("save", "go") and not self.is_autosave

    @property
    def moved(self) -> str:
        """The key of the row that a button moved, or ""."""
        return self.argument if self.verb in MOVES and KEY.fullmatch(self.argument) else ""


@dataclass(frozen=True)
class PostedForm:
    """The form of an exercise page. `editor` is the rendered page, `n` counts its saves upwards."""

    fields: MultiDict[str, str]
    action: Action
    editor: str
    n: int

    def base(self, block: Block) -> int:
        """The revision the block's text was based on; 0 for a first answer."""
        return _number(self.fields.get(f"{block.key}:base", "0"))

    def served(self, block: Block) -> str:
        """The digest of what the block's fields held when the page was rendered (`blocks.served`), "" for none."""
        return self.fields.get(f"{block.key}:served", "")

    def shown(self, block: Block) -> dict[int, str]:
        """The digest of each connection's items that the page showed, where it carries one."""
        pairs = (one.partition("-") for one in self.fields.getlist(f"{block.key}:shown"))
        return {int(number): digest for number, _, digest in pairs if NUMBER.fullmatch(number)}

    @property
    def keys(self) -> frozenset[str]:
        """The rows that the form says something of, to be read of a log however old they are."""
        keys = {value for name, value in self.fields.items(multi=True) if name.endswith("-key")}
        return frozenset({*keys, self.action.argument})

    @property
    def entered(self) -> str:
        """The key of the block that Enter brought the page to, or ""."""
        return self.fields.get("entered", "")

    def holds(self, block: Block) -> bool:
        """Whether the form carries this block's fields at all."""
        return f"{block.key}:base" in self.fields


def read_form(form: MultiDict[str, str]) -> PostedForm:
    """The posted form. Raises `BadForm` when its tokens are not ours."""
    fields = plain_names(form)
    editor = fields.get("editor", "")
    if not TOKEN.fullmatch(editor):
        raise BadForm("editor")
    return PostedForm(fields, _action(fields), editor, _number(fields.get("n", "")))


def plain_names(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """The fields without the revision that a textarea's name ends in, and without names no page of ours has."""
    names = ((REVISION_IN_NAME.sub("", name), value) for name, value in form.items(multi=True))
    return MultiDict((name, value) for name, value in names if not ODD_INDEX.search(name))


def _action(fields: MultiDict[str, str]) -> Action:
    is_autosave = fields.get("autosave") == "1"
    pressed = fields.get("do", "save")
    if "|" not in pressed:
        return Action(pressed if pressed in PAGE_ACTIONS else "save", is_autosave=is_autosave)
    block, verb, argument = [*pressed.split("|", 2), ""][:3]
    return Action(verb, block, argument)


def _number(text: str) -> int:
    if not NUMBER.fullmatch(text):
        raise BadForm("number")
    return int(text)
