"""The words that an exercise's page sent, each under its question: for an answer that could not save them."""

import re
from collections.abc import Iterable, Mapping

from dreamtree.content import book
from dreamtree.tools import tool
from dreamtree.web import SentWords
from dreamtree.workbook.posting import REVISION_IN_NAME

FIELD = re.compile(r"(\d+\.\d+\.\d+\.[\w-]+):([\w-]+)")
PAGE_TOKENS = frozenset({"base", "served", "shown"})
NAMELESS_PARTS = frozenset({"rows", "items", "fields", "text", "value"})
EARLIER = "An earlier question"


def words_of_page(fields: Iterable[tuple[str, str]]) -> list[SentWords]:
    """What was typed in the fields of a page, whole or in part; what was chosen stands in no words."""
    found = ((FIELD.fullmatch(REVISION_IN_NAME.sub("", name)), text) for name, text in fields)
    posted = [(match[1], match[2], text) for match, text in found if match and match[2] not in PAGE_TOKENS]
    sent: dict[str, dict[str, str]] = {}
    for key, field, text in posted:
        sent.setdefault(key, {}).setdefault(field, text)
    typed = (_sent_words(key, field, text, sent[key]) for key, field, text in posted)
    return [one for one in typed if one]


def _sent_words(key: str, field: str, text: str, sent: Mapping[str, str]) -> SentWords | None:
    block, posted = book().block(key), f"{key}:{field}"
    if block is None or not block.is_answered:
        return SentWords(EARLIER, text, posted)
    kind, name = tool(block.type), field.rpartition("-")[2]
    if name in kind.chosen_fields(block):
        return None
    place = kind.label_of(field, sent) or _place(field)
    return SentWords(f"{block.label} · {place}" if place else block.label, text, posted)


def _place(field: str) -> str:
    """The place in a question that has several: "rows-0-where" is its first line, *where*."""
    parts = [str(int(one) + 1) if one.isdecimal() else one for one in field.split("-") if one not in NAMELESS_PARTS]
    return " ".join(parts).replace("_", " ")
