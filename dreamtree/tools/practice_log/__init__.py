"""A practice for a length of days, noted day by day; asked at its end whether to keep it, change it or let it go.

An answer is `{"skill": key or "", "skill_name", "name", "days": 7|14, "begun_on": ISO day, "decision", "rows"}`; a
day is a record: `{"done_on": ISO day, "tried", "result": 1–5, "before", "after": −2…+2, "steps": [keys], "words",
"skill"}`. `words` and `skill` are what the steps were called and which skill it was for when it was noted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dreamtree.answers.records import removed_key
from dreamtree.content.book import Block
from dreamtree.dates import day_words
from dreamtree.profile.practices import state_in
from dreamtree.tools.base import Button, Inputs, Problem
from dreamtree.tools.practice_log.days import (
    Log,
    Practice,
    decided,
    dressed,
    followed,
    in_days,
    logged_day,
    with_skill,
    with_today,
)
from dreamtree.tools.practice_log.view import (
    QUESTION,
    UNNAMED,
    PracticeView,
    days_view,
    noted_view,
    skills_offered,
)
from dreamtree.tools.practice_log.words import in_full, in_one_line, where_it_is, whole_in_words
from dreamtree.tools.rows.made_keys import new_row_key
from dreamtree.tools.rows.records import RecordTool
from dreamtree.tools.rows.shape import Rows
from dreamtree.tools.skill_changes import SkillChange
from dreamtree.values import Answer, Item
from dreamtree.vault import Keyholder


class PracticeLogTool(RecordTool[Log, Practice]):
    """A practice of a skill, of rest, or of a routine whose steps are rows of another block (`rows_of`)."""

    kind = "practice-log"
    has_results = True
    minutes = 8
    most_read = 100
    rows = Rows(Log, marks=())
    answer = Practice
    buttons = RecordTool.buttons | {"done", "begin", "decide", "again"}
    options = {"kind": "skill", "lengths": (7, 14), "length": 14, "rows_of": ()}
    accepts = {
        "draft": frozenset({"practices"}),
        "offer": frozenset({"user_skills"}),
    }

    # What is posted

    def contextual_errors(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> list[Problem]:
        """A day that has not come, where it was not noted east of here; and a length that is not offered."""
        posted, before = self.load(part), self.load(stored or {})
        noted = {log.key: log.done_on for log in before.rows}
        days = [log.day if noted.get(log.key) != log.done_on else None for log in posted.rows]
        early = [n for n, day in enumerate(days) if day and inputs.today and day.isoformat() > inputs.today]
        problems = [
            Problem(f"rows-{n}-done_on", "That day hasn't come yet. Pick today, or an earlier day.") for n in early
        ]
        if posted.days not in (None, before.days, *self.option(block, "lengths")):
            problems.append(Problem("days", "Choose one of the lengths below."))
        return problems

    def completed(self, posted: Practice, before: Practice, inputs: Inputs) -> Practice:
        """With the words of the chosen skill and of ticked steps, and the day it begins once it has a name."""
        chosen = with_skill(posted, before, inputs)
        begun_on = chosen.begun_on or (before.begun_on or inputs.today if chosen.called else "")
        known = {log.key: log for log in before.rows}
        rows = (dressed(log, known.get(log.key), chosen.skill, inputs.rows) for log in chosen.rows)
        return replace(chosen, begun_on=begun_on, rows=tuple(rows))

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        """A name and a length are a practice begun; a day that says something needs its date."""
        practice = self.load(answer)
        filled = enumerate(log for log in practice.open_rows if log.is_filled)
        undated = [Problem(f"rows-{n}-done_on", "Say which day this was.") for n, log in filled if not log.done_on]
        unnamed = [] if practice.called else [Problem("name", UNNAMED)]
        unmeasured = [] if practice.days else [Problem("days", "Choose for how long.")]
        return [*unnamed, *unmeasured, *undated]

    # How it begins and goes on

    def empty(self, block: Block) -> Answer:
        return self.as_posted(Practice(days=int(self.option(block, "length"))))

    def start(self, block: Block, inputs: Inputs) -> Answer:
        """A practice from earlier is taken over by name; a skill is for the person to choose."""
        first = next((item for item in inputs.draft if "begun_on" in item.fields), None)
        return self.empty(block) | ({"name": first.text} if first else {})

    def in_page_order(self, rows: Sequence[Log]) -> Sequence[Log]:
        return in_days(log for log in rows if log.is_filled)

    def is_finished(self, row: Log, today: str) -> bool:
        """A day that has passed; that of today stands open for what is still to be said of it."""
        return row.done_on not in ("", today)

    def follow_skill(self, block: Block, answer: Practice, change: SkillChange) -> Practice:
        return followed(answer, change)

    def pressed(self, block: Block, answer: Practice, button: Button) -> Practice:
        match button.verb:
            case "done":
                return with_today(answer, button.argument, button.inputs.today)
            case "begin":
                return replace(answer, begun_on=button.inputs.today, decision="")
            case "decide":
                return decided(answer, button.argument, button.inputs.today)
            case "again":
                return replace(answer, skill="", skill_name="", name="", begun_on="", decision="")
            case _:
                return super().pressed(block, answer, button)

    # What it gives on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The practice, named once it is begun for a length, with its days in the field logs."""
        practice = self.load(answer)
        logs = tuple(logged_day(log) for log in practice.rows if log.done_on)
        fields = {"skill": practice.skill, "begun_on": practice.begun_on, "days": practice.days}
        more = {"kind": self.option(block, "kind"), "decision": practice.decision, "logs": logs}
        return (Item("practice", practice.called if practice.days else "", {**fields, **more}),)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        called = self.load(answer).called
        return (Item("practice", called),) if called else ()

    def log_summary(self, user: Keyholder, block: Block, answer: Answer) -> str:
        """Where the skill is that is practiced."""
        is_of_skill = self.option(block, "kind") == "skill"
        return state_in(user, block.key, self.load(answer).skill) if is_of_skill else ""

    def summary(self, block: Block, answer: Answer) -> str:
        return in_one_line(self.load(answer))

    def long_form(self, block: Block, answer: Answer) -> str:
        practice = self.load(answer)
        head = [whole_in_words(practice)] if practice.called else []
        return "\n".join([*head, *(in_full(log) for log in practice.noted)])

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> PracticeView:
        kind, practice = self.option(block, "kind"), self.load(answer)
        return PracticeView(
            kind=kind,
            practice=practice,
            skills=skills_offered(practice, inputs.draft) if kind == "skill" else (),
            lengths=tuple((days, f"{days} days") for days in self.option(block, "lengths")),
            where=where_it_is(practice, inputs.today),
            question=f"Your {practice.days} days are up. {QUESTION}" if practice.is_over(inputs.today) else "",
            unnamed=UNNAMED if practice.begun_on and not practice.called else "",
            days=days_view(practice, self.blank(), inputs.rows),
            noted=noted_view(practice, kind, inputs, f"{block.anchor}-calendar"),
            today=inputs.today,
            is_logged_today=any(log.done_on == inputs.today for log in practice.noted),
            done=new_row_key(),
            removed=day_words(self.removed_words(answer, "The entry")),
            removed_key=removed_key(answer),
            older=practice.unread.older,
        )


tool = PracticeLogTool()
