"""A practice for a length of days, noted day by day; asked at its end whether to keep it, change it or let it go.

An answer is `{"skill": key or "", "skill_name", "name", "days": 7|14, "begun_on": ISO day, "decision", "rows"}`; a
day is a record: `{"done_on": ISO day, "tried", "result": 1–5, "before", "after": −2…+2, "steps": [keys], "words",
"skill"}`. `words` and `skill` are what the steps were called and which skill it was for when it was noted.
"""

from collections.abc import Mapping
from typing import Any

from dreamtree.answers.records import removed_key
from dreamtree.content.book import Block
from dreamtree.tools.base import Button, Inputs, Problem
from dreamtree.tools.practice_log.days import (
    DECISIONS,
    PracticeForm,
    Row,
    as_day,
    decided,
    dressed_log,
    in_days,
    is_unsaid,
    logged_day,
    name_of,
    own_part,
    whole_log,
    with_today,
)
from dreamtree.tools.practice_log.view import (
    UNNAMED,
    Choices,
    PracticeView,
    course_view,
    days_view,
    noted_view,
    setup_view,
)
from dreamtree.tools.practice_log.words import day_in_words, line_in_words, table_of
from dreamtree.tools.rows import buttons
from dreamtree.tools.rows.records import RecordTool, all_rows
from dreamtree.values import Answer, Item

SHOWN = 30
"""So many days have fields on the page."""
AGAIN: Row = {"skill": "", "name": "", "begun_on": "", "decision": ""}


class PracticeLogTool(RecordTool):
    kind = "practice-log"
    form = PracticeForm
    options = {"kind": "skill", "lengths": (7, 14), "length": 14, "rows_of": ()}
    accepts = {
        "draft": frozenset({"practices"}),
        "offer": frozenset({"user_skills"}),
    }

    # What an answer is

    def empty(self, block: Block) -> Answer:
        return {**super().empty(block), "days": int(self.option(block, "length"))}

    def own_of(self, answer: Mapping[str, Any]) -> Row:
        return own_part(answer)

    def whole_row(self, row: Mapping[str, Any]) -> Row:
        return whole_log(row)

    def is_blank(self, row: Mapping[str, Any]) -> bool:
        return is_unsaid(row)

    def arranged(self, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        newest = in_days([row for row in rows if not is_unsaid(row)])
        return newest[:SHOWN], newest[SHOWN:]

    def contextual_errors(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> list[Problem]:
        """A day that has not come, where it was not noted east of here; and a length that is not offered."""
        noted = {row["key"]: row.get("done_on") for row in all_rows(stored or {})}
        days = [as_day(row["done_on"]) if noted.get(row["key"]) != row["done_on"] else None for row in bare["rows"]]
        early = [n for n, day in enumerate(days) if day and inputs.today and day.isoformat() > inputs.today]
        problems = [
            Problem(f"rows-{n}-done_on", "This day has not come yet. Choose today, or a day before.") for n in early
        ]
        if bare["days"] not in (None, (stored or {}).get("days"), *self.option(block, "lengths")):
            problems.append(Problem("days", "Choose one of the lengths below."))
        return problems

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        """With the words of the chosen skill and of ticked steps, and the day it begins once it has a name."""
        answer = super().merge_posted(block, bare, stored, inputs) | _chosen(bare, stored or {}, inputs)
        if name_of(answer) and not answer["begun_on"]:
            answer["begun_on"] = (stored or {}).get("begun_on") or inputs.today
        known = {row["key"]: row for row in all_rows(stored or {})}
        rows = [dressed_log(row, known.get(row["key"], {}), answer["skill"], inputs.rows) for row in bare["rows"]]
        return {**answer, "rows": rows}

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        """A name and a length are a practice begun; a day that says something needs its date."""
        rows = answer.get("rows") or []
        said = enumerate(row for row in rows if not is_unsaid(row))
        undated = [Problem(f"rows-{n}-done_on", "Say which day this was.") for n, row in said if not row.get("done_on")]
        unnamed = [] if name_of(answer) else [Problem("name", UNNAMED)]
        unmeasured = [] if answer.get("days") else [Problem("days", "Choose for how long.")]
        return [*unnamed, *unmeasured, *undated]

    # How it begins and goes on

    def start(self, block: Block, inputs: Inputs) -> Answer:
        """A practice from earlier is taken over by name; a skill is for the person to choose."""
        first = next((item for item in inputs.draft if "begun_on" in item.fields), None)
        return self.empty(block) | ({"name": first.text} if first else {})

    def used(self, answer: Answer) -> frozenset[str]:
        """None: what was chosen stays chosen, whatever its source says later."""
        return frozenset()

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        """It stands among the choices by itself."""
        return answer

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        match button.verb:
            case "done":
                return with_today(answer, button.argument, button.inputs.today, self.blank_row())
            case "begin":
                return {**answer, "begun_on": button.inputs.today, "decision": ""}
            case "decide":
                return decided(answer, button.argument, button.inputs.today)
            case "again":
                return {**answer, **AGAIN, "skill_name": ""}
            case _:
                return super().act(block, answer, button)

    # What it gives on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The practice, named once it is begun for a length, with its days in the field logs."""
        practice = {name: answer.get(name) for name in ("skill", "begun_on", "days", "decision")}
        logs = tuple(logged_day(row) for row in all_rows(answer) if row.get("done_on"))
        name = name_of(answer) if answer.get("days") else ""
        return (Item("practice", name, {"kind": self.option(block, "kind"), **practice, "logs": logs}),)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return (Item("practice", name_of(answer)),) if name_of(answer) else ()

    def summary(self, block: Block, answer: Answer) -> str:
        count = len([row for row in all_rows(answer) if not is_unsaid(row)])
        noted = "" if not count else ", one day noted" if count == 1 else f", {count} days noted"
        return f"{name_of(answer) or 'Nothing begun yet'}{noted}"

    def long_form(self, block: Block, answer: Answer) -> str:
        days = f", {answer['days']} days" if answer.get("days") else ""
        begun = f" from {day_in_words(answer['begun_on'])}" if answer.get("begun_on") else ""
        decided = next((f". {one.label}." for one in DECISIONS if one.value == answer.get("decision")), "")
        head = [f"{name_of(answer)}{days}{begun}{decided}"] if name_of(answer) else []
        rows = in_days([row for row in all_rows(answer) if not is_unsaid(row)])
        return "\n".join([*head, *(line_in_words(line) for line in table_of(rows))])

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> PracticeView:
        kind, skill = self.option(block, "kind"), answer.get("skill") or ""
        everything = in_days([row for row in all_rows(answer) if not is_unsaid(row)])
        skills = _skills(answer, inputs) if kind == "skill" else ()
        return PracticeView(
            kind=kind,
            name=name_of(answer),
            was=answer.get("was") or "",
            setup=setup_view(answer, skills, self.option(block, "lengths")),
            course=course_view(answer, inputs.today),
            days=days_view(answer.get("rows") or [], self.blank_row(), inputs.rows, inputs.today),
            noted=noted_view(everything, kind, skill, inputs.today, f"{block.anchor}-calendar"),
            today=inputs.today,
            is_logged_today=any(row.get("done_on") == inputs.today for row in everything),
            done=buttons.new_key(),
            removed=_removed(answer),
            removed_key=removed_key(answer),
        )


def _chosen(bare: Answer, stored: Answer, inputs: Inputs) -> Row:
    """The skill, where one was offered or chosen before, with its words."""
    key = bare["skill"]
    words = stored.get("skill_name") if key and key == stored.get("skill") else ""
    words = words or next((item.text for item in inputs.draft if item.key == key), "")
    return {"skill": key, "skill_name": words} if words else {"skill": "", "skill_name": ""}


def _skills(answer: Answer, inputs: Inputs) -> Choices:
    """What is offered and what was chosen, then one's own words."""
    chosen = {answer["skill"]: answer.get("skill_name") or ""} if answer.get("skill") else {}
    offered = {item.key: item.text for item in inputs.draft}
    found = {key: words for key, words in (offered | chosen).items() if words}
    return (*found.items(), ("", "Something else, in my own words")) if found else ()


def _removed(answer: Answer) -> str:
    removed = (answer.get("removed") or {}).get("row")
    return (day_in_words(removed.get("done_on") or "") or "The entry") if removed else ""


tool = PracticeLogTool()
