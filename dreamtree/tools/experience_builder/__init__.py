"""Everything one has done: places with their years and tasks, the newest first.

An answer is `{"rows": [{"key", "kind", "title", "where", "from", "to", "paid", "tasks": [{"key", "text"}]}]}`. Dates
are ISO ("2019", "2019-03"), "now", or "" for not sure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dreamtree.content.book import Block
from dreamtree.tools.base import Button, Inputs, Posted, Problem
from dreamtree.tools.experience_builder import places
from dreamtree.tools.experience_builder.places import Place, Places
from dreamtree.tools.experience_builder.view import ExperiencesView, experiences_view, in_words, open_place
from dreamtree.tools.experience_builder.words import backward_in, open_in, too_many_tasks
from dreamtree.tools.fields import first_line
from dreamtree.tools.loading import once
from dreamtree.tools.rows.made_keys import new_row_key, own_keys
from dreamtree.tools.rows.moving import MOVES
from dreamtree.tools.rows.row_tool import RowsAnswerTool
from dreamtree.tools.rows.shape import has_twins
from dreamtree.tools.wording import first_few
from dreamtree.values import Answer, Item


class ExperienceBuilder(RowsAnswerTool[Place, Places]):
    """Places, each with up to twenty tasks; a whole old resume can be pasted and sorted."""

    kind = "experience-builder"
    has_results = True
    minutes = 16
    chosen = frozenset({"kind", "from", "to"})
    rows = places.PLACES
    answer = Places
    most = 60
    full = "There's room for {most} places. Remove {over}."
    buttons = frozenset({"add", "remove", "undo", *MOVES, "paste", "add-task", "remove-task", "move"})
    options = {"enough": 1}
    accepts = {"draft": frozenset({"soared_stories"})}
    copies_words = True

    # What is stored and posted

    @once
    def load(self, answer: Answer) -> Places:
        whole = super().load(answer)
        return replace(whole, removed=None) if whole.task else whole

    def posted(self, block: Block, posted: Posted) -> list[Posted]:
        """What the rows and the pasted text say together: pasting is never lost, whatever button follows."""
        return places.posted_places(posted, f"{block.key}:")

    def form_rows(self, rows: Sequence[Place]) -> list[Place]:
        return [replace(row, tasks=row.filled_tasks) for row in super().form_rows(rows)]

    def unfit(self, block: Block, rows: Sequence[Place]) -> list[Problem]:
        tasks = [task for row in rows for task in row.tasks]
        twice = [Problem("", self.twice)] if has_twins(rows) or has_twins(tasks) else []
        crowded = [
            Problem(f"rows-{n}-tasks-{row.most}-text", too_many_tasks(row))
            for n, row in enumerate(rows)
            if len(row.tasks) > row.most
        ]
        return [*(Problem("", words) for words in self.too_many(block, rows)), *crowded, *twice]

    def whole(self, block: Block, posted: Sequence[Place], stored: Sequence[Place], inputs: Inputs) -> list[Place]:
        """The posted places, pasted lines with keys of this tree; one that stands somewhere already comes once."""
        known = {task.key for row in posted for task in row.tasks}
        return [replace(row, tasks=tuple(own_keys(row.tasks, block.key, inputs, known))) for row in posted]

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        rows = self.form_rows(self.load(answer).rows)
        return [*open_in(rows, self.enough(block)), *backward_in(rows)]

    # Beginning, and following its source

    def start(self, block: Block, inputs: Inputs) -> Answer:
        return self.store(Places(tuple(places.begun_with(item) for item in inputs.draft[:1] if item.text.strip())))

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(task.key for row in self.load(answer).rows for task in row.filled_tasks)

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        whole = self.load(answer)
        if item.key not in self.used(answer):
            return self.store(replace(whole, rows=(*whole.rows, places.begun_with(item))))
        rows = (places.with_task_words(row, item.key, first_line(item.text)) for row in whole.rows)
        return self.store(replace(whole, rows=tuple(rows)))

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        whole = self.load(answer)
        found = next((row for row in whole.rows if any(task.key == key for task in row.tasks)), None)
        if found is None:
            return answer
        left = places.without_task(whole, found.key, key)
        return self.store(replace(left, rows=tuple(row for row in left.rows if row.is_filled)))

    # Buttons

    def pressed(self, block: Block, answer: Places, button: Button) -> Places:
        match button.verb:
            case "paste":
                return answer
            case "add-task":
                return places.with_changed_place(answer, button.argument, places.one_task_more)
            case "remove-task":
                return places.without_task(answer, *places.place_of_task(answer, button.argument))
            case "undo" if answer.task:
                return places.task_put_back(answer, answer.task)
            case "move":
                targets = places.targets_in(button.posted, f"{block.key}:")
                return places.moved_to(answer, button.argument, targets)
        return super().pressed(block, answer, button)

    def filled_up(self, block: Block, rows: Sequence[Place], more: int = 0) -> list[Place]:
        """One place to fill in is enough to begin with: one is open at a time."""
        wanted = min(max(len(rows), 1) + more, self.most)
        return [*rows, *(self.blank() for _ in range(wanted - len(rows)))]

    def blank(self) -> Place:
        return Place(new_row_key(), kind="job")

    # Giving on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """What was done, by its title, with the words of each task by its key."""
        rows = self.form_rows(self.load(answer).rows)
        return tuple(Item(row.key, row.title, places.fields_of(row)) for row in rows if row.title or row.tasks)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        rows = self.form_rows(self.load(answer).rows)
        return tuple(Item(row.key, row.called, {"tasks": tuple(task.text for task in row.tasks)}) for row in rows)

    def summary(self, block: Block, answer: Answer) -> str:
        return first_few([item.text for item in self.items(answer)]) or "Nothing here yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        return "\n\n".join(in_words(row) for row in self.form_rows(self.load(answer).rows))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> ExperiencesView:
        whole = self.load(answer)
        rows = whole.rows or (self.blank(),)
        now_open = open_place(rows, view_state.get("argument", ""), whole.task.place.key if whole.task else "")
        return experiences_view(rows, whole.gone, f"{block.anchor}-timeline", len(rows) < self.most, now_open)


tool = ExperienceBuilder()
