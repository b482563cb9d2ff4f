"""Scripts on their way to a browser: without what only their authors read, and otherwise letter for letter the same.

Comments, indentation, the spaces around signs, and the line breaks within a statement or behind its semicolon go.
Every line break that may part two statements stays, and nothing inside a string, a template or a regular expression
is touched.
"""

import re
from collections.abc import Iterator

PIECE = re.compile(
    r"""
    (?P<space> \s+ | //[^\n]* | /\*.*?\*/ )
    | (?P<text> "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' )
    | (?P<template> ` )
    | (?P<brace> [{}] )
    | (?P<slash> /(?!\*) )
    | (?P<word> [\w$]+ | [^\s\w$"'`{}/] )
    """,
    re.VERBOSE | re.DOTALL,
)
WORDS = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(`|\$\{)", re.DOTALL)
EXPRESSION = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/")
BEFORE_EXPRESSION = {*"(,=:[!&|?{};>", "", "return", "case", "typeof"}
"""What a regular expression may follow; a slash after anything else divides."""
SIGNS = {*"(){}[],;:?=<>&|!"}
"""What needs no space beside it."""
OPEN = SIGNS - {*")]}"}
"""Behind these a line break parts nothing."""
CLOSE = SIGNS - {*"([{!"} | {"."}
"""Nor before these."""
LAST = {",)", ",}", ";}"}
"""A comma or a semicolon with nothing behind it."""


class Unclosed(ValueError):
    """A string or a template has no end; says where it begins."""


def minified(script: str) -> str:
    """`script` without comments, indentation and empty lines. Raises Unclosed."""
    kept: list[str] = []
    for piece in _pieces(script):
        _add(kept, piece)
    return "".join(kept).strip()


def _add(kept: list[str], piece: str) -> None:
    """Spaces come as one. A break and a sign swallow the spaces around them, and a sign a break that parts nothing."""
    before = kept[-1] if kept else ""
    if (before == " " and piece in {"\n", *SIGNS}) or (before == "\n" and piece in CLOSE) or _is_last(kept, piece):
        kept.pop()
        _add(kept, piece)
    elif not _is_needless(before, piece):
        kept.append(piece)


def _is_last(kept: list[str], piece: str) -> bool:
    """A semicolon behind a parenthesis may be a whole statement, which says that nothing is done."""
    return "".join([*kept[-1:], piece]) in LAST and kept[-2:] != [")", ";"]


def _is_needless(before: str, piece: str) -> bool:
    if piece == " ":
        return before in {"", " ", "\n", *SIGNS}
    return piece == "\n" and before in {"", "\n", *OPEN}


def _pieces(script: str) -> Iterator[str]:
    """The words and signs of `script`; a whole text as one, what is between them as a space or a line break."""
    position, last = 0, ""
    open_braces: list[int] = []  # for each template that is open: braces opened inside its `${`
    while position < len(script):
        kind, end = _piece(script, position, last)
        piece = script[position:end]
        if kind == "brace" and open_braces:
            open_braces[-1] += 1 if piece == "{" else -1
        if kind == "template" or (open_braces and open_braces[-1] < 0):
            end = _end_of_words(script, end)
            if kind != "template":
                open_braces.pop()
            if script[end - 1] == "{":
                open_braces.append(0)
            piece = script[position:end]
        position = end
        if kind == "space":
            yield "\n" if "\n" in piece else " "
        else:
            last = piece
            yield piece
    if open_braces:
        raise Unclosed("a template is never closed")


def _piece(script: str, start: int, last: str) -> tuple[str, int]:
    """Of which kind the piece at `start` is, and where it ends."""
    found = PIECE.match(script, start)
    if found is None:
        raise Unclosed(f"a text is never closed: {script[start : start + 40]!r}")
    expression = EXPRESSION.match(script, start) if found.lastgroup == "slash" and last in BEFORE_EXPRESSION else None
    return str(found.lastgroup), (expression or found).end()


def _end_of_words(script: str, start: int) -> int:
    """Where the words of a template end: behind its closing mark, or behind the next `${`."""
    found = WORDS.match(script, start)
    if found is None:
        raise Unclosed(f"a template is never closed: {script[start : start + 40]!r}")
    return found.end()
