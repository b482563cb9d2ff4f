"""Ways of thinking: for each a time it worked, and one small way to try it again.

An answer is `{"rows": [{"key": slug, "text", "evidence", "next"}]}`. Their names come from the reference data, so a
page posts the key and what is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from dreamtree.content import book
from dreamtree.content.book import Block, Mindset
from dreamtree.tools.base import LINE_LIMIT, Inputs, Problem, Rest, RestLine
from dreamtree.tools.fields import near_limit
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.kinds import line
from dreamtree.tools.rows.row_tool import RowTool
from dreamtree.tools.rows.shape import Row, Rows
from dreamtree.tools.wording import first_few, in_words
from dreamtree.values import Answer, Item

ASK = "When did this work for you?"


@dataclass(frozen=True)
class Proof(Row):
    """A way of thinking, with a time it worked and a next try."""

    text: str = line()
    evidence: str = line()
    next: str = line()


@dataclass(frozen=True)
class ProofView:
    """A card on the page; `limit_words` says how much of a line is left when that is little."""

    index: int
    key: str
    name: str
    formal_name: str
    meaning: str
    ask: str
    try_it: str
    evidence: str
    evidence_limit_words: str
    next: str
    next_limit_words: str


@dataclass(frozen=True)
class MindsetsView:
    """The cards, and a sentence about how many have proof."""

    cards: tuple[ProofView, ...]
    result: str


class MindsetProfiles(RowTool[Proof]):
    """Every way of thinking of the reference data; `enough` with a time each let one go on."""

    kind = "mindset-profiles"
    has_results = True
    minutes = 6
    rows = Rows(Proof, unmarked="live")
    keeps_empty = True
    follows = frozenset()
    buttons = frozenset()
    twice = "One card came in twice. Reload the page, then save."
    options: ClassVar[Mapping[str, Any]] = {"enough": 2}

    def live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return {one.slug: one.name for one in book().mindsets}

    def arranged(self, rows: Sequence[Proof], fresh: Sequence[Proof]) -> list[Proof]:
        return merging.live_first(rows, fresh)

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        rows, wanted = self.form_rows(self.load(answer).rows), self.enough(block)
        left = wanted - sum(bool(row.evidence) for row in rows)
        if left <= 0:
            return []
        first = next((n for n, row in enumerate(rows) if not row.evidence), 0)
        more = " more" if wanted - left else ""
        words = f"Write about a time for {in_words(left)}{more} of the five."
        return [Problem(f"rows-{first}-evidence", words)]

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset()

    def _proven(self, answer: Answer) -> list[Proof]:
        return [row for row in self.named(answer) if row.evidence]

    def items(self, answer: Answer) -> tuple[Item, ...]:
        rows = self._proven(answer)
        return tuple(Item(row.key, row.text, {"evidence": row.evidence, "next": row.next}) for row in rows)

    def rest(self, block: Block, answer: Answer) -> Rest:
        rows = [row for row in self.named(answer) if row.is_filled]
        lines = tuple(RestLine(row.text, in_words_of(row), row.key) for row in rows)
        return Rest(lines, tuple(filter(None, [self._sentence_of(block, answer)])))

    def _sentence_of(self, block: Block, answer: Answer) -> str:
        proven = len(self._proven(answer))
        of = max(len(book().mindsets), proven)
        return f"You've got proof of {_count_of(proven, of)}." if proven >= self.enough(block) else ""

    def summary(self, block: Block, answer: Answer) -> str:
        return first_few([row.text for row in self._proven(answer)]) or "No proof yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        rows = [row for row in self.named(answer) if row.is_filled]
        return "\n".join(
            f"{row.text}: {row.evidence}".rstrip(": ") + (f"\n  To try again: {row.next}" if row.next else "")
            for row in rows
        )

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> MindsetsView:
        known = {one.slug: one for one in book().mindsets}
        rows = self.followed(block, self.load(answer), inputs).rows
        cards = tuple(_card(n, row, known.get(row.key)) for n, row in enumerate(rows))
        return MindsetsView(cards, self._sentence_of(block, self.stored_rows(rows)))


def in_words_of(row: Proof) -> str:
    """The time it worked, and the next try."""
    return " · ".join(filter(None, (row.evidence, f"To try again: {row.next}" if row.next else "")))


def _count_of(count: int, of: int) -> str:
    """ "three of the five"."""
    return f"all {in_words(of)}" if count == of else f"{in_words(count)} of the {in_words(of)}"


def _card(index: int, row: Proof, known: Mindset | None) -> ProofView:
    """A card; one that the reference data no longer has keeps its name and what was said."""
    return ProofView(
        index=index,
        key=row.key,
        name=row.text,
        formal_name=known.formal_name if known else "",
        meaning=known.meaning if known else "",
        ask=known.ask if known else ASK,
        try_it=f"For example: {known.try_it}" if known else "",
        evidence=row.evidence,
        evidence_limit_words=near_limit(row.evidence, LINE_LIMIT),
        next=row.next,
        next_limit_words=near_limit(row.next, LINE_LIMIT),
    )


tool = MindsetProfiles()
