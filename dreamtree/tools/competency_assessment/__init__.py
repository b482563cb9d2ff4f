"""The level one works at, in fifteen things one can be good at: which of five sentences fits on a normal day; dated.

An answer is `{"on": ISO day, "rows": [{"key": slug, "text", "level": "1", "1-2", …, "5", "unknown" or ""}], "earlier":
[sets of other days, the oldest first], "recent": [keys]}`. One thing is asked at a time, on every screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.profile.competencies import FEWEST
from dreamtree.tools.base import MOST_LARGE, Button, Inputs, Problem, Rest
from dreamtree.tools.competency_assessment import words
from dreamtree.tools.competency_assessment.levels import ROWS, Assessment, ChosenLevel, levels_in
from dreamtree.tools.competency_assessment.view import LevelsView, level_view
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.dated import AGAIN, DatedTool, any_filled
from dreamtree.tools.rows.steps import passed, step_in, taken_back
from dreamtree.tools.wording import in_words
from dreamtree.values import Answer, Item

ANEW = "Do it again today"


class CompetencyAssessmentTool(DatedTool[ChosenLevel, Assessment]):
    """The things of the reference, in their order. With `enough` levels there is an average to compare with."""

    kind = "competency-assessment"
    has_results = True
    minutes = 17
    is_typed = False
    rows = ROWS
    answer = Assessment
    buttons = frozenset({"then", "back"})
    finishing: ClassVar[Mapping[str, str]] = {"then": "back|{}"}
    readonly_actions = frozenset({AGAIN, "list", "one"})
    options: ClassVar[Mapping[str, Any]] = {"enough": FEWEST}

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        """Enough levels, or something said of everything: then nothing is left to ask."""
        rows = self.load(answer).rows
        left = self.enough(block) - len(levels_in(rows))
        if left <= 0 or (any_filled(rows) and all(row.is_filled for row in rows)):
            return []
        more, parts = " more" if any_filled(rows) else "", "part" if left == 1 else "parts"
        return [Problem("", f"Choose a level for {in_words(left)}{more} {parts} of a job to continue.")]

    def has_more(self, block: Block, answer: Answer) -> bool:
        return not all(row.is_filled for row in self.load(answer).rows)

    # What reaches it

    def live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return {one.slug: one.plain_name for one in book().competencies}

    def arranged(self, rows: Sequence[ChosenLevel], fresh: Sequence[ChosenLevel]) -> list[ChosenLevel]:
        return merging.live_first(rows, fresh)

    # Buttons

    def pressed(self, block: Block, answer: Assessment, button: Button) -> Assessment:
        key = button.argument
        if button.verb == "then":
            return replace(answer, recent=passed(answer.recent, key))
        rows = tuple(replace(row, level="") if row.key == key else row for row in answer.rows)
        return replace(answer, rows=rows, recent=taken_back(answer.recent, key))

    # What it gives on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """Each level of each set, by its day."""
        sets = [one for one in self.load(answer).sets if one.on]
        return tuple(
            Item(f"{one.on}:{row.key}", row.text, {"competency": row.key, "level": row.tenths, "on": one.on})
            for one in sets
            for row in one.rows
            if row.tenths is not None
        )

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(Item(row.key, words.in_one_line(row)) for row in self.filled_rows(answer))

    def rest(self, block: Block, answer: Answer) -> Rest:
        whole = self.load(answer)
        return Rest(
            tuple(words.rest_line(row) for row in whole.rows if row.is_filled),
            words.sentences_of(whole),
            buttons=((ANEW, AGAIN),) if whole.is_over else (),
        )

    def headline(self, block: Block, answer: Answer) -> tuple[str, ...]:
        """The first of what stands out."""
        return words.strengths(self.load(answer).rows)[:MOST_LARGE] or super().headline(block, answer)

    def summary(self, block: Block, answer: Answer) -> str:
        return words.in_short(self.load(answer).rows)

    def long_form(self, block: Block, answer: Answer) -> str:
        """The levels as they are, then those of earlier days, the newest first."""
        return "\n\n".join(words.in_full(one) for one in reversed(self.load(answer).sets) if any_filled(one.rows))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> LevelsView:
        whole = self.as_asked(block, answer, inputs, view_state)
        wanted = view_state.get("argument", "") if view_state.get("verb") == "change" else ""
        is_listed = view_state.get("verb") == "list"
        rows = [(row.key, row.text, row.is_filled) for row in whole.rows]
        step = step_in(rows, whole.recent, wanted) or step_in(rows, (), rows[0][0] if rows else "")
        return LevelsView(
            on=whole.on,
            rows=tuple(level_view(n, row) for n, row in enumerate(whole.rows)),
            step=None if is_listed else step,
            is_listed=is_listed,
            count=next((one.message for one in self.incomplete(block, self.store(whole))), ""),
            result=words.sentences_of(whole),
        )


tool = CompetencyAssessmentTool()
