"""An idea tree as its page shows it: the lines around one word, and below them the words as they came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dreamtree.drawing import Chart
from dreamtree.text import isolated
from dreamtree.tools.base import NAME_LIMIT
from dreamtree.tools.fields import near_limit
from dreamtree.tools.idea_tree.words import ROOT, Branches, TreeWord, WordTree
from dreamtree.tools.wording import in_words


@dataclass(frozen=True)
class WordLine:
    """A line around the word whose lines the page has; `index` counts the fields, `place` the lines."""

    index: int
    place: int
    key: str
    text: str
    limit_words: str


@dataclass(frozen=True)
class WordView:
    """A word with those that came from it. One that `has_line` is typed there; one that `goes_on` can have lines."""

    index: int
    key: str
    parent: str
    text: str
    leaf: bool
    has_line: bool
    goes_on: bool
    inner: tuple["WordView", ...]


@dataclass(frozen=True)
class TreeView:
    """`choices` are the offered roots, `own` a root in one's own words. The `lines` stand around the word `around`,
    whose key is `around_key`; `full`: there is no room for more of them. `has_next`: there is a word to go on from
    after it. `open_` says what is still missing.
    """

    root: str
    root_key: str
    own: str
    own_limit_words: str
    choices: tuple[tuple[str, str], ...]
    around_key: str
    around: str
    lines: tuple[WordLine, ...]
    full: str
    has_next: bool
    words: tuple[WordView, ...]
    result: str = ""
    open_: str = ""
    chart: Chart | None = None


def tree_view(answer: WordTree, empty: Sequence[TreeWord], offered: Mapping[str, str], rings: int) -> TreeView:
    """The page of a tree, with so many empty lines around the word it is at."""
    branches, indexes = Branches(answer.rows), {row.key: n for n, row in enumerate(answer.rows)}
    around, following = branches.around(answer.at), branches.after(answer.at, rings)
    names = {row.key: row.text for row in answer.rows} | {ROOT: answer.root}
    lines = [(indexes[row.key], row) for row in around] + list(enumerate(empty, len(answer.rows)))
    key, own = answer.root_key, "" if answer.root_key else answer.root
    return TreeView(
        root=answer.root,
        root_key=key,
        own=own,
        own_limit_words=near_limit(own, NAME_LIMIT),
        choices=tuple(({key: answer.root} | dict(offered) if key else offered).items()),
        around_key=answer.at,
        around=names.get(answer.at, ""),
        lines=tuple(_line_view(n, place, row) for place, (n, row) in enumerate(lines, 1)),
        full="" if empty else _full(len(around), names.get(answer.at, "")),
        has_next=following is not None or not answer.rows,
        words=_word_views(branches, ROOT, answer.at, indexes, rings),
    )


def _full(count: int, around: str) -> str:
    return f"“{isolated(around)}” has {in_words(count)} words around it. Pick one of them to continue from."


def _line_view(index: int, place: int, row: TreeWord) -> WordLine:
    return WordLine(index, place, row.key, row.text, near_limit(row.text, NAME_LIMIT))


def _word_views(branches: Branches, key: str, at: str, indexes: Mapping[str, int], rings: int) -> tuple[WordView, ...]:
    if not rings:
        return ()
    return tuple(
        WordView(
            index=indexes[row.key],
            key=row.key,
            parent=row.parent,
            text=row.text,
            leaf=row.leaf,
            has_line=key == at,
            goes_on=rings > 1 and bool(row.text),
            inner=_word_views(branches, row.key, at, indexes, rings - 1),
        )
        for row in branches.around(key)
    )
