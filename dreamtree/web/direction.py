"""Words of a person run in their own direction, whatever script they are in, and what is around them in ours."""

import re

from flask import Flask
from markupsafe import Markup, escape

from dreamtree.text import isolated

LABELED = re.compile(r"(?P<label>.{1,80}?: )(?P<words>.+)")
"""A line that says first what its words are about."""
SEPARATOR = " · "
"""What parts several things that stand in one line."""


def apart(text: str) -> Markup:
    """An answer told in lines: in each, the words are set apart from the label before them and from one another."""
    return Markup("\n".join(_line(line) for line in str(text).split("\n")))


def _line(line: str) -> str:
    """A line as HTML."""
    if SEPARATOR in line:
        return SEPARATOR.join(f"<bdi>{_line(part)}</bdi>" for part in line.split(SEPARATOR))
    found = LABELED.fullmatch(line)
    return f"{escape(found['label'])}<bdi>{escape(found['words'])}</bdi>" if found else str(escape(line))


def apart_in_text(text: str) -> str:
    """The same for a plain text, in which signs of direction do it: each line runs in its own direction."""
    return "\n".join(isolated(_line_in_text(line)) for line in text.split("\n"))


def _line_in_text(line: str) -> str:
    if SEPARATOR in line:
        return SEPARATOR.join(isolated(_line_in_text(part)) for part in line.split(SEPARATOR))
    found = LABELED.fullmatch(line)
    return found["label"] + isolated(found["words"]) if found else line


def init(app: Flask) -> None:
    """Lets templates write `{{ words|apart }}`."""
    app.jinja_env.filters["apart"] = apart
