"""What pages, errors and notices say, read from their sources: templates, texts of the code, and scripts."""

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from dreamtree.content.voice.wording import PlacedText

ROOT = Path(__file__).parents[2]
CODE, TEMPLATES, SCRIPTS = ROOT / "dreamtree", ROOT / "templates", ROOT / "static" / "js"
NOT_SHOWN = (CODE / "content" / "voice", CODE / "content" / "saying_matching.py", CODE / "db.py")
"""What speaks to the authors, what is listened for, and what speaks to the database."""
JINJA_COMMENT, JINJA = re.compile(r"\{#.*?#\}", re.DOTALL), re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
PATHS = re.compile(r"\{%-?\s*(?:import|from|include|extends)\b")
QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`")
READ_ATTRIBUTES = re.compile(r"\b(?:aria-label|title|placeholder|alt|data-says?)=\"([^\"]*)\"")
TAG = re.compile(r"<[^>]*>")
LINE_COMMENT = re.compile(r"^\s*(?://|\*|/\*).*$", re.MULTILINE)
PATTERN = re.compile(r"\(\?|\\[bdws]|\[\^")


def of_pages() -> Iterator[PlacedText]:
    """All of it, by file."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        yield from (_placed(path, text) for text in in_template(path.read_text(encoding="utf-8")))
    for path in sorted(CODE.rglob("*.py")):
        if not any(path.is_relative_to(one) for one in NOT_SHOWN):
            yield from (_placed(path, text) for text in in_code(path.read_text(encoding="utf-8")))
    for path in sorted(SCRIPTS.rglob("*.js")):
        yield from (_placed(path, text) for text in in_script(path.read_text(encoding="utf-8")))


def in_template(source: str) -> Iterator[str]:
    """The words between the tags, those of attributes that are read, and texts that are given to macros."""
    source = JINJA_COMMENT.sub(" ", source)
    for expression in JINJA.findall(source):
        if not PATHS.match(expression):
            yield from _quoted(expression)
    html = JINJA.sub(" ", source)
    yield from READ_ATTRIBUTES.findall(html)
    yield " ".join(unescape(TAG.sub(" ", html)).split())


def in_code(source: str) -> Iterator[str]:
    """Texts that are no docstrings, no patterns and no single words in small letters."""
    tree = ast.parse(source)
    documented = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in documented:
            yield from [one.value] if _is_shown(one.value) else []


def in_script(source: str) -> Iterator[str]:
    """Texts of a script, without its comments."""
    return _quoted(LINE_COMMENT.sub("", source))


def _placed(path: Path, text: str) -> PlacedText:
    return PlacedText(str(path.relative_to(ROOT)), text)


def _quoted(source: str) -> Iterator[str]:
    texts = ("".join(found) for found in QUOTED.findall(source))
    return (text for text in texts if _is_shown(text))


def _is_shown(text: str) -> bool:
    return bool(re.match(r"[A-Z][a-z]", text) or " " in text.strip()) and not PATTERN.search(text)
