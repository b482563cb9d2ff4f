"""What a new row tool takes: one module that says what a row is, and nothing else."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from dreamtree.content.book import Block
from dreamtree.tools import Button, Inputs, Problem
from dreamtree.tools.fields import Choice
from dreamtree.tools.rows.kinds import choice, line, prose, step
from dreamtree.tools.rows.row_tool import RowTool
from dreamtree.tools.rows.shape import Row, Rows
from dreamtree.tools.wording import first_few
from dreamtree.values import Answer, Item
from tests.rules.strict_html import fragment_faults
from tests.tools.sheets import again, posted, sheet

KEY = "9.9.9.worries"
BLOCK = Block(KEY, "9.9.9", "tool", "worry-list", label="What worries me")


@dataclass(frozen=True)
class Worry(Row):
    """Something that worries one."""

    text: str = line()
    weight: int | None = step(1, 3, label="How much it weighs")
    whose: str = choice((Choice("mine", "Mine to solve"), Choice("theirs", "Not mine")), label="Whose it is")
    help: str = prose(label="What would help")


class WorryList(RowTool[Worry]):
    """A tool as a contributor writes it."""

    kind = "worry-list"
    drawn_by = "rows"
    rows = Rows(Worry)
    options = {"line": "Worry", "enough": 1}

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        return [] if self.named(answer) else [Problem("rows-0-text", "Write one line.")]

    def summary(self, block: Block, answer: Answer) -> str:
        return first_few([row.text for row in self.named(answer)]) or "Nothing yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        return "\n".join(f"– {row.text}" for row in self.named(answer))


tool = WorryList()


def written(**typed: str) -> Answer:
    answer, problems = tool.read(BLOCK, posted(sheet(tool, BLOCK, tool.empty(BLOCK)), **typed))
    assert not problems
    return tool.merge_posted(BLOCK, answer, None, Inputs())


def test_it_has_a_page() -> None:
    shown = sheet(tool, BLOCK, written(rows_0_text="Rent", rows_0_weight="3", rows_0_whose="mine"))
    assert not fragment_faults(shown.html)
    assert not shown.unlabelled
    for label in ("Worry 1", "How much it weighs", "Whose it is", "What would help"):
        assert label in shown.words
    assert "Add another" in shown.words


def test_what_is_rendered_is_read_again() -> None:
    answer = written(rows_0_text="Rent", rows_0_weight="3", rows_0_help="A talk\nwith the landlord")
    assert again(tool, BLOCK, answer) == (tool.form_part(answer), [])
    assert answer["rows"][0] | {"key": ""} == {
        "key": "",
        "text": "Rent",
        "weight": 3,
        "whose": "",
        "help": "A talk\nwith the landlord",
    }


def test_it_refuses_what_does_not_fit() -> None:
    _, problems = tool.read(BLOCK, MultiDict({f"{KEY}:rows-0-key": "a", f"{KEY}:rows-0-weight": "9"}))
    assert [one.field for one in problems] == ["rows-0-weight"]
    assert tool.incomplete(BLOCK, tool.empty(BLOCK))


def test_rows_are_added_moved_removed_and_brought_back() -> None:
    def press(answer: Answer, verb: str, key: str = "") -> Answer:
        return tool.act(BLOCK, answer, Button(verb, key))

    first = written(rows_0_text="Rent")
    more = press(first, "add")
    assert len(more["rows"]) == 2
    two = {"rows": [*first["rows"], {"key": "b", "text": "Teeth"}]}
    assert tool.summary(BLOCK, press(two, "up", "b")) == "Teeth, Rent"
    gone = press(two, "remove", "b")
    assert tool.items(gone) == (Item(first["rows"][0]["key"], "Rent"),)
    assert tool.summary(BLOCK, press(gone, "undo")) == "Rent, Teeth"
