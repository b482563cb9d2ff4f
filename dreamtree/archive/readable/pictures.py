"""The drawings of a tree and of its answers, each as a file of its own."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html import unescape
from typing import Any

from markupsafe import Markup

from dreamtree.answers.stored import StoredAnswer
from dreamtree.archive.readable.shapes import Picture
from dreamtree.content.book import Block
from dreamtree.drawing import tree
from dreamtree.saving.progress import Progress
from dreamtree.tools import Inputs, tool
from dreamtree.workbook.growth import growth_of

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
TITLE, WORDS = re.compile(r"<title[^>]*>(.*?)</title>"), re.compile(r"<desc[^>]*>(.*?)</desc>")


def tree_picture(progress: Progress, leaves: int, title: str) -> Picture:
    """The tree as far as it has grown."""
    return _file("tree", tree(growth_of(progress.done, leaves, title)))


def pictures_of(block: Block, stored: StoredAnswer, today: str) -> tuple[Picture, ...]:
    """Whatever this answer's page draws of it."""
    view = tool(block.type).show(block, stored.answer, Inputs(today=today), {})
    drawn = list(_drawn(view))
    return tuple(_file(f"{block.key}-{n}" if n > 1 else block.key, one) for n, one in enumerate(drawn, 1))


def _drawn(view: Any) -> Iterator[Markup]:
    """Every drawing in what a template would show."""
    if isinstance(view, Markup):
        if view.startswith("<svg"):
            yield view
    elif is_dataclass(view):
        for field in fields(view):
            yield from _drawn(getattr(view, field.name))
    elif isinstance(view, tuple | list):
        for one in view:
            yield from _drawn(one)


def _file(name: str, drawing: Markup) -> Picture:
    text = str(drawing)
    svg = text.replace("<svg ", f"<svg {NAMESPACE} ", 1)
    return Picture(f"{name}.svg", _text_in(TITLE, text), _text_in(WORDS, text), svg)


def _text_in(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return unescape(match[1]) if match else ""
