"""The words that an exercise's page sent, each under its question: for an answer that could not save them."""

import re
from collections.abc import Iterable

from dreamtree.content import book
from dreamtree.content.blocks import Block
from dreamtree.tools import tool
from dreamtree.web import SentWords
from dreamtree.workbook.posting import REVISION_IN_NAME

FIELD = re.compile(r"(\d+\.\d+\.\d+\.[\w-]+):([\w-]+)")
OF_THE_PAGE = frozenset({"base", "served", "shown"})
WITHOUT_A_NAME = frozenset({"rows", "items", "fields", "text", "value"})
EARLIER = "An earlier question"


def words_of_page(fields: Iterable[tuple[str, str]]) -> list[SentWords]:
    """What was typed in the fields of a page, whole or in part; what was chosen stands in no words."""
    found = ((FIELD.fullmatch(REVISION_IN_NAME.sub("", name)), text) for name, text in fields)
    told = (_told(match[1], match[2], text) for match, text in found if match and match[2] not in OF_THE_PAGE)
    return [one for one in told if one]


def _told(key: str, field: str, text: str) -> SentWords | None:
    block, posted = book().block(key), f"{key}:{field}"
    if block is None or not block.is_answered:
        return SentWords(EARLIER, text, posted)
    name = field.rpartition("-")[2]
    return None if name in tool(block.type).chosen_fields(block) else SentWords(_label(block, field), text, posted)


def _label(block: Block, field: str) -> str:
    """The question, and the place in it where it has several: "rows-0-where" is its first line, *where*."""
    parts = [str(int(one) + 1) if one.isdecimal() else one for one in field.split("-") if one not in WITHOUT_A_NAME]
    place = " ".join(parts).replace("_", " ")
    return f"{block.label} · {place}" if place else block.label
