"""A tool's fields as the page shows them, and what a browser without JavaScript sends back."""

import re
from typing import Any

import jinja2
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.content.book import Block
from dreamtree.dates import day_words
from dreamtree.tools import Inputs, Problem, Tool
from dreamtree.values import Answer
from dreamtree.web.direction import apart
from dreamtree.workbook.shapes import BlockView, FieldError
from tests.tools.conftest import ROOT, Rendered

NOTHING = Inputs()
ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(ROOT / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters["day"] = day_words
ENVIRONMENT.globals["asset"] = lambda name: f"/static/{name}"
ENVIRONMENT.filters["apart"] = apart

some_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
printable_text = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\t\r\n"), max_size=60)
"""For pages that are checked as HTML too: it forbids most controls, which a long text keeps as they were pasted."""


def sheet(
    tool: Tool, block: Block, answer: Answer, given: Inputs = NOTHING, problems: Any = (), at: str = ""
) -> Rendered:
    """The rendered fields of `block`, answered so; `at` is the row that was asked for."""
    view = BlockView(
        key=block.key,
        anchor=block.anchor,
        kind=block.kind,
        type=block.type,
        html=block.html,
        label=block.label,
        help=block.help,
        who="",
        size="",
        is_private=block.is_private,
        is_required=block.is_required,
        tool=tool.show(block, answer, given, {"argument": at}),
        errors=tuple(_error(block, problem) for problem in problems),
        base=7,
    )
    return Rendered(ENVIRONMENT.get_template(tool.template).render(block=view))


def posted(shown: Rendered, **typed: str) -> MultiDict[str, str]:
    """The posted fields as a tool reads them, with `typed` put into fields by their plain names (`_` for `-`)."""
    fields = MultiDict((re.sub(r"~\d+$", "", name), value) for name, value in shown.posted.items(multi=True))
    prefix = next(iter(fields)).partition(":")[0] if fields else ""
    for name, value in typed.items():
        fields[f"{prefix}:{name.replace('_', '-')}"] = value
    return fields


def again(tool: Tool, block: Block, answer: Answer, given: Inputs = NOTHING) -> tuple[Answer, list[Problem]]:
    """What is read when the page of `answer` is sent back as it is."""
    return tool.read(block, posted(sheet(tool, block, answer, given)))


def _error(block: Block, problem: Problem) -> FieldError:
    return FieldError(problem.field, f"{block.anchor}-{problem.field}", block.label, problem.message)
