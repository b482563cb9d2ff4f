"""Markdown of the seed to HTML: no raw HTML, no headings or pictures, `[3]` is a link to the third source."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markupsafe import Markup

CITATION = re.compile(r"\[(\d{1,3})\](?!\()")
LEFT_OUT = ("heading", "lheading", "html_block", "html_inline", "image", "reference", "code", "fence")


def citations(text: str) -> tuple[int, ...]:
    """The numbers of the sources that a text cites, in order."""
    return tuple(int(number) for number in CITATION.findall(text))


def render(text: str) -> Markup:
    """A body of several paragraphs."""
    return Markup(_markdown.render(text.strip()))


def render_line(text: str) -> Markup:
    """One line, without a paragraph around it."""
    return Markup(_markdown.renderInline(text.strip()))


def plain(text: str) -> str:
    """The words alone, as somebody reads them: no marks, no citations."""
    without = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(rf" ?{CITATION.pattern}", "", text))
    return re.sub(r"(?m)^[ \t]*(?:>|[-+*]|\d+\.)[ \t]+|[*_`]", "", without).strip()


def _cite(state: StateInline, silent: bool) -> bool:
    found = CITATION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"class": "citation", "href": f"/credits#ref-{found[1]}"}
        state.push("text", "", 0).content = found[0]
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _prepared() -> MarkdownIt:
    prepared = MarkdownIt("commonmark", {"html": False, "typographer": False}).disable(LEFT_OUT)
    prepared.inline.ruler.before("link", "citation", _cite)
    return prepared


_markdown = _prepared()
