"""Everything one has done: places with their years and tasks, the newest first.

An answer is `{"rows": [{"key", "kind", "title", "where", "from", "to", "paid", "tasks": [{"key", "text"}]}]}`. Dates
are ISO ("2019", "2019-03"), "now", or "" for not sure.
"""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, FieldList, Form, FormField

from dreamtree.content.book import Block
from dreamtree.profile.experiences import learn_experiences
from dreamtree.tools.base import (
    LINE_LIMIT,
    NAME_LIMIT,
    Button,
    Inputs,
    Learner,
    Posted,
    Problem,
    Tool,
    problems_of,
)
from dreamtree.tools.experience_builder.keys import own_keys
from dreamtree.tools.experience_builder.rows import (
    EMPTY,
    Row,
    bare_row,
    begun_with,
    changed,
    flat_rows,
    most_tasks,
    moved_to,
    one_task_more,
    place_of_task,
    posted_rows,
    said_tasks,
    targets_in,
    task_put_back,
    task_texts,
    tasks_of,
    tasks_over,
    whole_row,
    with_pasted,
    with_task,
    without_task,
)
from dreamtree.tools.experience_builder.view import (
    KINDS,
    ExperiencesView,
    experiences_view,
    in_words,
    named,
    removed_words,
)
from dreamtree.tools.fields import Key, Line, OneOf, When, first_line, own_fields
from dreamtree.tools.rows import buttons
from dreamtree.tools.wording import first_few
from dreamtree.values import Answer, Item

ROW_LIMIT = 60


class TaskForm(Form):
    key = Key()
    text = Line(LINE_LIMIT)


class PlaceForm(Form):
    key = Key()
    kind = OneOf(KINDS)
    title = Line(NAME_LIMIT)
    where = Line(NAME_LIMIT)
    began = When(name="from")
    ended = When(("now",), name="to")
    paid = BooleanField(false_values=("", "n"))
    tasks = FieldList(FormField(TaskForm))


class PlacesForm(Form):
    rows = FieldList(FormField(PlaceForm))


class ExperienceBuilder(Tool):
    kind = "experience-builder"
    form = PlacesForm
    options = {"enough": 1}
    accepts = {"draft": frozenset({"soared_stories"})}
    copies_words = True

    # Reading

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        """What the rows and the pasted text say together: pasting is never lost, whatever button follows."""
        prefix = f"{block.key}:"
        fields = own_fields(posted, prefix)
        rows = with_pasted(posted_rows(fields), fields.get("paste", ""))
        form = self.form(Posted({prefix + name: value for name, value in flat_rows(rows).items()}), prefix=prefix)
        form.validate()
        answer = self.form_part({"rows": [_row_of(row) for row in form.data["rows"]]})
        return answer, [*_unfit(answer), *problems_of(form, prefix)]

    def is_blank(self, row: Mapping[str, Any]) -> bool:
        return not any(row.get(name) for name in ("title", "where", "from", "to")) and not said_tasks(row)

    def form_part(self, answer: Answer) -> Answer:
        return {"rows": [bare_row(row) for row in answer.get("rows", []) if not self.is_blank(row)]}

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        """The answer, its pasted lines with keys of this tree; one that stands somewhere already comes once."""
        whole = super().merge_posted(block, bare, stored, inputs)
        known = {task["key"] for row in whole["rows"] for task in row["tasks"]}
        rows = [{**row, "tasks": own_keys(row["tasks"], block.key, inputs, known)} for row in whole["rows"]]
        return {**whole, "rows": rows}

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        rows = self.form_part(answer)["rows"]
        enough = int(self.option(block, "enough"))
        if sum(bool(row["title"] and row["tasks"]) for row in rows) >= enough:
            return []
        untitled = [
            Problem(f"rows-{n}-title", "Say what it was, in a few words.")
            for n, row in enumerate(rows)
            if not row["title"]
        ]
        idle = [
            Problem(f"rows-{n}-tasks-0-text", f"Write one thing you did there: {row['title']}.")
            for n, row in enumerate(rows)
            if row["title"] and not row["tasks"]
        ]
        return [*untitled, *idle] or [Problem(f"rows-{len(rows)}-title", _more_places(enough))]

    # Beginning, and following its source

    def start(self, block: Block, inputs: Inputs) -> Answer:
        return {"rows": [begun_with(item) for item in inputs.draft[:1] if item.text.strip()]}

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(task["key"] for row in answer.get("rows", []) for task in said_tasks(row))

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        rows: list[Row] = answer.get("rows", [])
        if item.key not in self.used(answer):
            return {**answer, "rows": [*rows, begun_with(item)]}
        words = first_line(item.text)
        return {**answer, "rows": [with_task(row, item.key, words) for row in rows]}

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        found = next((row for row in answer.get("rows", []) if buttons.place_of(tasks_of(row), key) is not None), None)
        if found is None:
            return answer
        left = without_task(answer, found["key"], key)
        return {**left, "rows": [row for row in left["rows"] if not self.is_blank(row)]}

    # Buttons

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        match button.verb:
            case "paste":
                return answer
            case "add" if len(answer.get("rows", [])) >= ROW_LIMIT:
                return answer
            case "add-task":
                return changed(answer, button.argument, one_task_more)
            case "remove-task":
                return without_task(answer, *place_of_task(answer, button.argument))
            case "undo" if "in" in (answer.get("removed") or {}):
                return task_put_back(answer)
            case "move":
                return moved_to(answer, button.argument, targets_in(own_fields(button.posted, f"{block.key}:")))
        return super().act(block, answer, button)

    def blank_row(self) -> Row:
        return {"key": buttons.new_key(), "kind": "job", **EMPTY, "tasks": []}

    # Giving on

    def learn(self, user: Learner, block: Block, answer: Answer, at: str) -> frozenset[str]:
        is_changed = learn_experiences(user, block.key, self.form_part(answer), at)
        return frozenset({"experiences"}) if is_changed else frozenset()

    def items(self, answer: Answer) -> tuple[Item, ...]:
        rows = self.form_part(answer)["rows"]
        return tuple(Item(row["key"], named(row), {"tasks": task_texts(row)}) for row in rows)

    def summary(self, block: Block, answer: Answer) -> str:
        return first_few([item.text for item in self.items(answer)]) or "Nothing here yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        return "\n\n".join(in_words(row) for row in self.form_part(answer)["rows"])

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> ExperiencesView:
        rows = [whole_row(row) for row in answer.get("rows", [])] or [self.blank_row()]
        return experiences_view(rows, removed_words(answer), f"{block.anchor}-timeline", can_add=len(rows) < ROW_LIMIT)


def _more_places(enough: int) -> str:
    first = "Write one place" if enough == 1 else f"Write {enough} places"
    return f"{first}, with one thing you did there. A job, a course, a year of looking after somebody: all count."


def _row_of(parsed: Mapping[str, Any]) -> Row:
    """A row of the form under the names of the answer."""
    names = {"began": "from", "ended": "to"}
    return {names.get(name, name): value for name, value in parsed.items()}


def _unfit(answer: Answer) -> list[Problem]:
    rows = answer["rows"]
    full = [(n, row) for n, row in enumerate(rows) if tasks_over(row)]
    crowded = [Problem(f"rows-{n}-tasks-{most_tasks(row)}-text", _too_many(row)) for n, row in full]
    keys = [row["key"] for row in rows] + [task["key"] for row in rows for task in row["tasks"]]
    places = (
        [Problem("", f"{ROW_LIMIT} places fit here. Take out {len(rows) - ROW_LIMIT}.")]
        if len(rows) > ROW_LIMIT
        else []
    )
    tasks = keys[len(rows) :]
    is_whole = len(set(keys[: len(rows)])) == len(rows) and len(set(tasks)) == len(tasks)
    twice = [] if is_whole else [Problem("", "One line arrived twice. Load the page again, then save.")]
    return [*places, *crowded, *twice]


def _too_many(row: Row) -> str:
    return f"{most_tasks(row)} lines fit under one place. Take out {tasks_over(row)}, or put them under another."


tool = ExperienceBuilder()
