"""Two views side by side: sentences about work and about life in pairs, where they agree, where they pull, what wins.

An answer is `{"rows": [{"key", "work_key", "work", "life_key", "life", "link": agree|pull or "", "wins"}]}`. A sentence
with a key was offered by a connection, and is kept as it was chosen; one without is in one's own words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from dreamtree.content.book import Block
from dreamtree.tools.base import LINE_LIMIT, Button, Inputs, Posted, Problem, Rest, RestLine
from dreamtree.tools.fields import near_limit
from dreamtree.tools.rows.row_tool import RowTool
from dreamtree.tools.rows.shape import Rows, RowsAnswer
from dreamtree.tools.value_compass.pairs import (
    ABOUT,
    AGREE,
    LINKS,
    SIDES,
    Pair,
    Side,
    as_posted,
    in_words,
    link_words,
    offered,
    own_words_first,
    reworded,
    untied,
    worded,
)
from dreamtree.tools.wording import capitalized, enough_words
from dreamtree.tools.wording import in_words as counted
from dreamtree.values import Answer, Item

ASK = "Choose or write one thing on each side, and say whether they agree."
Pairs = RowsAnswer[Pair]


@dataclass(frozen=True)
class PairSide:
    """One side of a pair: what there is to choose, and one's own words.

    `stands`: the sentence is chosen, and shown as it is; `has_changed`: its view says it otherwise by now.
    """

    name: Side
    title: str
    choices: tuple[tuple[str, str], ...]
    key: str
    own: str
    stands: str
    has_changed: bool
    limit_words: str


@dataclass(frozen=True)
class PairView:
    """A pair on the page; `named` is what its buttons call it."""

    index: int
    key: str
    named: str
    sides: tuple[PairSide, ...]
    link: str
    wins: str
    wins_limit_words: str
    is_kept: bool


@dataclass(frozen=True)
class CompassView:
    """The pairs, how they are linked, and a sentence about them all; `removed` is what *undo* brings back."""

    pairs: tuple[PairView, ...]
    links: tuple[tuple[str, str], ...]
    result: str
    can_add: bool
    removed: str


class ValueCompass(RowTool[Pair]):
    """Pairs of sentences; `enough` let one go on, `max` fit."""

    kind = "value-compass"
    has_results = True
    minutes = 7
    rows = Rows(Pair)
    copies_words = True
    follows = frozenset()
    buttons = frozenset({"add", "remove", "undo"})
    options: ClassVar[Mapping[str, Any]] = {"enough": 1, "max": 6}
    accepts = {"offer": frozenset({"profile_text", "user_values"})}
    twice = "One pair came in twice. Reload the page, then save."
    full = "There's room for {most} pairs, and you have {count}. Remove {over}, then save."

    # What is posted

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        rows, problems = self.rows.read(block, self.posted(block, posted), self.row_list)
        kept = self.form_rows([own_words_first(row) for row in rows])
        return self.stored_rows(kept, only_posted=True), [*self.unfit(block, kept), *problems]

    def form_rows(self, rows: Sequence[Pair]) -> list[Pair]:
        return [as_posted(row) for row in super().form_rows(rows)]

    def merged(self, block: Block, posted: Sequence[Pair], before: Pairs, inputs: Inputs) -> Pairs:
        known = {key: words for side in offered(inputs.draft).values() for key, words in side.items()}
        stood = {row.key: row for row in before.rows}
        whole = [worded(row, known, stood.get(row.key)) for row in posted]
        return super().merged(block, whole, before, inputs)

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        enough, count = self.enough(block), len(self._whole(answer))
        words = ASK if enough == 1 else f"{ASK} {enough_words(enough, count, 'pair', 'pairs')}"
        return [Problem("", words)] if count < enough else []

    def _whole(self, answer: Answer) -> list[Pair]:
        return [row for row in self.load(answer).rows if row.is_whole]

    # How it follows the two views

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset[str]().union(*(row.keys for row in self.load(answer).rows))

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        """New words replace the old ones; a sentence that is new stands among the choices by itself."""
        whole = self.load(answer)
        rows = tuple(reworded(row, item) for row in whole.rows)
        return answer if rows == whole.rows else self.store(replace(whole, rows=rows))

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        """The words stay: they are the person's own by now. Only the tie to their view goes."""
        whole = self.load(answer)
        return self.store(replace(whole, rows=tuple(untied(row, key) for row in whole.rows)))

    def goes_on_at(self, block: Block, answer: Answer, button: Button) -> str:
        """The first choice of the pair that was added, or its own words where there is none."""
        if button.verb != "add":
            return ""
        last = len(self.load(answer).rows) - 1
        return f"rows-{last}-work_key-0" if offered(button.inputs.draft)["work"] else f"rows-{last}-work"

    # What it gives on

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(
            Item(row.key, f"{row.work} ↔ {row.life}", {"link": row.link, "wins": row.wins})
            for row in self._whole(answer)
        )

    def rest(self, block: Block, answer: Answer) -> Rest:
        return Rest(tuple(RestLine(link_words(row), in_words(row), row.key) for row in self._whole(answer)))

    def summary(self, block: Block, answer: Answer) -> str:
        return sentence_of(self._whole(answer)) or "No pairs yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        rows = (row for row in self.load(answer).rows if row.is_filled)
        return "\n".join(f"{link_words(row)}: {in_words(row)}" for row in rows)

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> CompassView:
        stored, choices = self.load(answer).rows, offered(inputs.draft)
        rows = self.filled_up(block, stored, 1 if stored and all(row.is_whole for row in stored) else 0)
        return CompassView(
            pairs=tuple(_pair_view(n, row, choices, is_kept=n < len(stored)) for n, row in enumerate(rows)),
            links=tuple((one.value, one.label) for one in LINKS),
            result=sentence_of(self._whole(answer)) or ASK,
            can_add=len(rows) < self.limit(block),
            removed=self.removed_words(answer, "A pair"),
        )


def sentence_of(pairs: Sequence[Pair]) -> str:
    """ "Two pairs agree, and one pulls apart."; "" for none."""
    agreeing = sum(pair.link == AGREE for pair in pairs)
    pulling = len(pairs) - agreeing
    agree = f"{counted(agreeing)} {'pair agrees' if agreeing == 1 else 'pairs agree'}"
    if not pulling:
        return f"{capitalized(agree)}." if agreeing else ""
    pull = f"{counted(pulling)} {'' if agreeing else 'pair ' if pulling == 1 else 'pairs '}"
    pull = f"{pull}{'pulls' if pulling == 1 else 'pull'} apart"
    return f"{capitalized(agree)}, and {pull}." if agreeing else f"{capitalized(pull)}."


def _pair_view(index: int, row: Pair, choices: Mapping[Side, Mapping[str, str]], *, is_kept: bool) -> PairView:
    is_chosen = bool(row.work and row.life)
    return PairView(
        index=index,
        key=row.key,
        named=f"pair {index + 1}",
        sides=tuple(_side_view(side, row, choices[side], is_chosen=is_chosen) for side in SIDES),
        link=row.link,
        wins=row.wins,
        wins_limit_words=near_limit(row.wins, LINE_LIMIT),
        is_kept=is_kept,
    )


def _side_view(side: Side, row: Pair, choices: Mapping[str, str], *, is_chosen: bool) -> PairSide:
    """A side: chosen, it stands as it is; what is chosen and no longer offered is offered still."""
    key, sentence = row.key_of(side), row.sentence(side)
    all_choices = {key: sentence, **choices} if key and key not in choices else choices
    return PairSide(
        name=side,
        title=ABOUT[side],
        choices=() if is_chosen else tuple(all_choices.items()),
        key=key,
        own="" if key else sentence,
        stands=sentence if is_chosen and key else "",
        has_changed=bool(is_chosen and key and choices.get(key) != sentence),
        limit_words=near_limit("" if key else sentence, LINE_LIMIT),
    )


tool = ValueCompass()
