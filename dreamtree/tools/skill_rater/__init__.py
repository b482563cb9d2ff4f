"""Rating: how well one can do each thing, and how often one does it.

An answer is `{"rows": [{"key", "text", "mastery": 1–5 or None, "frequency": 1–5 or None}]}`; rows added by hand have
`own`, and name skills in one's own words. Rows from elsewhere post their key and what was tapped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from dreamtree.content.book import Block
from dreamtree.text import as_line, folded, isolated
from dreamtree.tools.base import Button, Inputs, Problem, Rest, RestLine
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.row_tool import RowsAnswerTool, without
from dreamtree.tools.rows.scales import FREQUENCY, MASTERY
from dreamtree.tools.rows.shape import Rows
from dreamtree.tools.rows.steps import passed, step_in, taken_back
from dreamtree.tools.rows.typed_skills import typed_skills, with_known_skills, without_typed
from dreamtree.tools.skill_rater.view import (
    Rated,
    RatedView,
    RaterView,
    Ratings,
    asked_of,
    flat,
    in_one_line,
    item_of,
    place_count,
    without_ratings,
    words_on_scales,
)
from dreamtree.tools.wording import capitalized, in_words, listed
from dreamtree.values import Answer, Item

MOST_OWN = 5
BY_NUMBER = frozenset(f"hand-{n}" for n in range(1, MOST_OWN + 1))
"""The keys that rows of one's own had, the same in every block."""


class SkillRater(RowsAnswerTool[Rated, Ratings]):
    """Skills from elsewhere, those of most places first; without any, up to five of one's own."""

    kind = "skill-rater"
    has_results = True
    minutes = 6
    rows = Rows(Rated, unmarked="live", keeps_numbers=True)
    answer = Ratings
    most = 200
    unknown = ""
    buttons = frozenset({"add", "remove", "undo", "clear", "then", "back"})
    finishing: ClassVar[Mapping[str, str]] = {"then": "back|{}"}
    full = "{most} skills can be rated here. Remove {over}."
    twice = "One skill is on this page twice. Reload the page."
    options: ClassVar[Mapping[str, Any]] = {"first": 15, "enough": 5, "category": "", "rows_of": ()}
    accepts = {"rows": frozenset({"user_skills"})}
    readonly_actions = frozenset({"others", "list", "one"})

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        rows = self.named(answer)
        if not rows:
            return [Problem("", "Add one skill, and say how well and how often you do it.")]
        done = sum(row.is_done for row in rows)
        left = min(self.enough(block), len(rows)) - done
        if left <= 0:
            return []
        rate = f"{capitalized(in_words(done))} so far. Rate {in_words(left)} more" if done else f"Rate {in_words(left)}"
        return [Problem("", f"{rate}: how well, and how often.")]

    # What connections give

    def followed(self, block: Block, answer: Ratings, inputs: Inputs) -> Ratings:
        """Without what is typed here already."""
        known = replace(answer, rows=tuple(_by_its_block(block, row) for row in answer.rows))
        return super().followed(block, known, without_typed(inputs, known.rows))

    def settled(self, block: Block, answer: Ratings, inputs: Inputs) -> Ratings:
        """With what the library knows of what was typed."""
        after = super().settled(block, answer, inputs)
        return replace(after, rows=with_known_skills(block, after.rows, inputs))

    def live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        """The skills of most places first; one that two lists of the page name is rated once."""
        found = merging.item_words(sorted(inputs.rows, key=place_count, reverse=True))
        once = {folded(words): key for key, words in reversed(found.items())}
        return {key: words for key, words in found.items() if once[folded(words)] == key}

    def arranged(self, rows: Sequence[Rated], fresh: Sequence[Rated]) -> list[Rated]:
        return merging.fitting_rows(merging.live_first(rows, fresh), self.most)

    def stays(self, row: Rated) -> bool:
        return row.is_rated

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        whole = self.load(answer)
        fresh = self.live_row(item.key, as_line(item.text))
        if item.key in typed_skills(whole.rows):
            return answer
        return self.store(replace(whole, rows=tuple(merging.taken_in(whole.rows, fresh))))

    # Buttons

    def pressed(self, block: Block, answer: Ratings, button: Button) -> Ratings:
        key = button.argument
        match button.verb:
            case "then":
                return replace(answer, recent=passed(answer.recent, key))
            case "back":
                return replace(without_ratings(answer, key), recent=taken_back(answer.recent, key))
            case "clear" if any(row.key == key and row.origin == "given" for row in answer.rows):
                return without(answer, key)
            case "clear":
                return without_ratings(answer, key)
        return super().pressed(block, answer, button)

    def has_more(self, block: Block, answer: Answer) -> bool:
        rows = self._first(block, answer)
        return self.enough(block) < sum(row.is_done for row in rows) < len(rows)

    def _first(self, block: Block, answer: Answer) -> list[Rated]:
        """The rows that are asked for before the others."""
        live = [row for row in self.load(answer).rows if not row.is_own]
        return live[: int(self.option(block, "first"))]

    def with_one_more(self, block: Block, answer: Ratings, inputs: Inputs) -> Ratings:
        """One skill of one's own more, as long as there is room."""
        return replace(answer, rows=(*answer.rows, self.blank())) if _fits_one_more(answer.rows) else answer

    # What it gives on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The ratings of skills, those typed here too."""
        rows = (_by_its_block(block, row) for row in self.load(answer).rows)
        return tuple(item_of(row) for row in rows)

    def rated(self, answer: Answer) -> list[Rated]:
        """The rows of which something is said on a scale."""
        return [row for row in self.load(answer).rows if row.is_rated]

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(row.key for row in self.rated(answer)) | typed_skills(self.load(answer).rows)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(item_of(row) for row in self.rated(answer))

    def rest(self, block: Block, answer: Answer) -> Rest:
        rated = self.rated(answer)
        lines = tuple(RestLine(row.text or "A skill without a name", words_on_scales(row), row.key) for row in rated)
        return Rest(lines, tuple(filter(None, (flat(rated),))))

    def summary(self, block: Block, answer: Answer) -> str:
        rated = self.rated(answer)
        best = sorted(rated, key=lambda row: row.mastery or 0, reverse=True)[:3]
        sentence = f"{capitalized(in_words(len(rated)))} rated: {listed([isolated(row.text) for row in best])}"
        return sentence if rated else "Nothing rated yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        return "\n".join(in_one_line(row) for row in self.load(answer).rows if row.is_own or row.is_rated)

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> RaterView:
        whole = self.followed(block, self.load(answer), inputs)
        rows = whole.rows or self.with_one_more(block, whole, inputs).rows
        items = {item.key: item for item in inputs.rows}
        shown = [RatedView.of(index, row, items.get(row.key)) for index, row in enumerate(rows)]
        live = [one for one in shown if not one.is_own and not one.is_gone]
        first = int(self.option(block, "first"))
        others = [one for one in live[first:] if one.is_rated or view_state.get("verb") == "others"]
        own = tuple(one for one in shown if one.is_own)
        wanted = view_state.get("argument", "") if view_state.get("verb") == "change" else ""
        is_listed = view_state.get("verb") == "list"
        return RaterView(
            rows=tuple(live[:first]),
            step=None if is_listed else step_in(asked_of(live[:first]), whole.recent, wanted),
            is_listed=is_listed,
            others=tuple(others),
            waiting=max(0, len(live) - first) - len(others),
            gone=tuple(one for one in shown if one.is_gone),
            own=own,
            mastery=MASTERY,
            frequency=FREQUENCY,
            count=next((one.message for one in self.incomplete(block, self.store(whole))), ""),
            flat=flat(rows),
            removed=self.removed_words(answer, "A line"),
            can_add=bool(own) and _fits_one_more(rows),
        )


def _fits_one_more(rows: Sequence[Rated]) -> bool:
    """Whether one more of one's own fits."""
    return sum(row.is_own for row in rows) < MOST_OWN


def _by_its_block(block: Block, row: Rated) -> Rated:
    """A row of one's own with a key that no other block has."""
    return replace(row, key=f"{block.key}-{row.key}") if row.is_own and row.key in BY_NUMBER else row


tool = SkillRater()
