"""An idea tree: from one word what it brings to mind, and from each of these again, three steps out.

An answer is `{"root", "root_key", "at", "rows": [{"key", "parent": "" or a key, "text", "leaf"}]}`. A root that was
offered has its key; its page posts that for its words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from dreamtree.content.book import Block
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Rest, problems_of
from dreamtree.tools.declared import form_of
from dreamtree.tools.idea_tree import sentences
from dreamtree.tools.idea_tree.view import TreeView, tree_view
from dreamtree.tools.idea_tree.words import FIRST, ROOT, Branches, TreeWord, WordTree, grown, strays
from dreamtree.tools.rows.kinds import read_declared, store_declared
from dreamtree.tools.rows.merging import item_words
from dreamtree.tools.rows.posted import posted_rows
from dreamtree.tools.rows.row_tool import RowsAnswerTool
from dreamtree.tools.rows.shape import Rows
from dreamtree.values import Answer, Item


class IdeaTreeTool(RowsAnswerTool[TreeWord, WordTree]):
    """Words around words: at most `most` around one, `rings` steps out; `enough` over two steps let one go on."""

    kind = "idea-tree"
    has_results = True
    minutes = 7
    rows = Rows(TreeWord)
    answer = WordTree
    most = 155
    follows = frozenset()
    buttons = frozenset({"add"})
    options: ClassVar[Mapping[str, Any]] = {"rings": 3, "most": 5, "enough": 6}
    accepts = {"offer": frozenset({"flow_entries"})}
    twice = "One word came in twice. Reload the page, then save."
    stray = "Part of this tree didn't come through. Reload the page; your words are still here."

    # What is posted

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        part, problems = super().read(block, posted)
        read = form_of(WordTree)(posted, prefix=f"{block.key}:")
        read.validate()
        first = _first_word(WordTree(**read_declared(WordTree, read)), posted, f"{block.key}:")
        return {**part, **store_declared(first, only_posted=True)}, [*problems, *problems_of(read, f"{block.key}:")]

    def posted(self, block: Block, posted: Posted) -> list[Posted]:
        rows = posted_rows(posted, f"{block.key}:")
        kept = {row.key for row in grown(_outline(row) for row in rows)}
        return [row for row in rows if row.get("key", "") in kept]

    def form_part(self, answer: Answer) -> Answer:
        whole = self.load(answer)
        first = WordTree(root="" if whole.root_key else whole.root, root_key=whole.root_key)
        return {**super().form_part(answer), **store_declared(first, only_posted=True)}

    def form_rows(self, rows: Sequence[TreeWord]) -> list[TreeWord]:
        return [replace(row, origin="own") for row in grown(rows)]

    def unfit(self, block: Block, rows: Sequence[TreeWord]) -> list[Problem]:
        is_stray = strays(rows, int(self.option(block, "rings")), int(self.option(block, "most")))
        return [*super().unfit(block, rows), *([Problem("", self.stray)] if is_stray else [])]

    def merge_posted(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        posted, before = self.load(part), self.load(stored or {})
        is_same = bool(posted.root_key) and posted.root_key == before.root_key
        words = posted.root or (before.root if is_same else self._offered(inputs).get(posted.root_key, ""))
        key = posted.root_key if words and not posted.root else ""
        return self.store(replace(before, rows=posted.rows, root=words, root_key=key))

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        whole, enough = self.load(answer), self.enough(block)
        root = [] if whole.root else [Problem("root", "Write a first word to start from.")]
        left = sentences.still_open(Branches(whole.rows), enough)
        return [*root, *([Problem("", left)] if left else [])]

    # What reaches it

    def _offered(self, inputs: Inputs) -> dict[str, str]:
        return item_words(inputs.draft)

    def followed(self, block: Block, answer: WordTree, inputs: Inputs) -> WordTree:
        """The words are the person's own, and so is a root once a tree stands on it."""
        return answer

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset({self.load(answer).root_key} - {""})

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        """The root stays, in its words."""
        whole = self.load(answer)
        return self.store(replace(whole, root_key="")) if whole.root_key == key else answer

    # Buttons

    def pressed(self, block: Block, answer: WordTree, button: Button) -> WordTree:
        """The page has the lines around another word: the one that was pressed, else the next."""
        branches, rings, key = Branches(answer.rows), int(self.option(block, "rings")), button.argument
        following = branches.after(answer.at, rings)
        if not key:
            return replace(answer, at=following.key) if following else answer
        is_there = 0 < branches.steps.get(key, 0) < rings
        return replace(answer, at=key if is_there else ROOT)

    def goes_on_at(self, block: Block, answer: Answer, button: Button) -> str:
        """The first line that is empty."""
        view = self._view(block, answer, button.inputs)
        line = next((one for one in view.lines if not one.text), None)
        return "root" if not view.root else f"rows-{line.index}-text" if line else ""

    def ends_blank(self, block: Block, posted: Posted) -> bool:
        rows = posted_rows(posted, f"{block.key}:")
        return bool(rows) and not rows[-1].get("text", "").strip()

    # What it gives on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The root, by the key "root", and each word with where it came from."""
        whole = self.load(answer)
        root = (Item(FIRST, whole.root),) if whole.root else ()
        words = Branches(whole.rows).words
        return (*root, *(Item(row.key, row.text, {"parent": row.parent, "is_leaf": row.leaf}) for row in words))

    def rest(self, block: Block, answer: Answer) -> Rest:
        whole, branches = self.load(answer), Branches(self.load(answer).rows)
        chart = sentences.chart_of(branches, whole.root, block.rest_anchor)
        lines, results = sentences.rest_lines(branches, whole.root), (sentences.in_one_sentence(branches),)
        return Rest(lines, results, charts=(chart,) if chart else ())

    def summary(self, block: Block, answer: Answer) -> str:
        return sentences.summary(Branches(self.load(answer).rows), self.load(answer).root)

    def long_form(self, block: Block, answer: Answer) -> str:
        return sentences.outline(Branches(self.load(answer).rows), self.load(answer).root)

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> TreeView:
        return self._view(block, answer, inputs)

    def _view(self, block: Block, answer: Answer, inputs: Inputs) -> TreeView:
        whole, named = self.load(answer), Branches(self.load(answer).rows)
        rings, most = int(self.option(block, "rings")), int(self.option(block, "most"))
        lines = max(0, most - len(Branches(whole.rows).around(whole.at)))
        view = tree_view(whole, [self.blank() for _ in range(lines)], self._offered(inputs), rings)
        chart = sentences.chart_of(named, whole.root, block.anchor) if whole.root else None
        open_ = sentences.still_open(named, self.enough(block))
        return replace(view, result=sentences.in_one_sentence(named), open_=open_, chart=chart)


def _first_word(first: WordTree, posted: Posted, prefix: str) -> WordTree:
    """The root as typed, or as chosen: what was touched since the page came counts, typed words before a choice."""
    is_typed = first.root != posted.get(f"{prefix}root-was", "")
    is_chosen = first.root_key != posted.get(f"{prefix}root_key-was", "")
    is_own = bool(first.root) and (is_typed or not is_chosen)
    return replace(first, root_key="") if is_own else replace(first, root="")


def _outline(row: Posted) -> TreeWord:
    """A posted row, as far as it says where its words stand."""
    return TreeWord(row.get("key", ""), parent=row.get("parent", ""), text=row.get("text", "").strip())


tool = IdeaTreeTool()
