"""A practice and its days: what is posted, what is kept, and what they say."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from wtforms import Field, FieldList, FormField

from dreamtree.tools.base import NAME_LIMIT
from dreamtree.tools.fields import KEY, Choice, Key, Line, OneOf, Prose, WholeNumber, moment
from dreamtree.tools.rows.buttons import UnknownButton
from dreamtree.tools.rows.records import RecordForm, RecordRow, all_rows
from dreamtree.values import Answer, Item

Row = dict[str, Any]
DECISIONS = (Choice("keep", "Keep it"), Choice("change", "Change it"), Choice("drop", "Let it go"))
RESULTS = {1: "Not yet", 2: "In parts", 3: "With effort", 4: "Well", 5: "With ease"}
MOODS = {-2: "Very low", -1: "Low", 0: "In between", 1: "Good", 2: "Very good"}
STEP_LIMIT = 50
MOST_DAYS = 366
DAY_LENGTH = len("2027-03-14")


class Day(Line):
    """A day, ISO in the answer; the typed words where they are none."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(40, **settings)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        understood = moment(self.data or "")
        if self.data and len(understood or "") != DAY_LENGTH:
            raise ValueError("Write a whole day, like 2027-03-14 or 14 March 2027.")
        self.data = understood or ""


class Result(WholeNumber):
    """How a day went, a step of the scale; None where something else arrived."""

    min, max = min(RESULTS), max(RESULTS)


class Mood(WholeNumber):
    """How one felt, a step of the scale; None where something else arrived."""

    min, max = min(MOODS), max(MOODS)


class Steps(Field):
    """Keys of the steps that are ticked, each once."""

    def process_formdata(self, valuelist: list[str]) -> None:
        said = list(dict.fromkeys(value for value in valuelist if value))
        self.data = [value for value in said if KEY.fullmatch(value)][:STEP_LIMIT]
        if self.data != said:
            raise ValueError("One step did not arrive whole. Load the page again; the rest is still here.")


class LogRow(RecordRow):
    """A day as it is posted."""

    done_on = Day()
    tried = Prose()
    result = Result()
    before = Mood()
    after = Mood()
    steps = Steps()


class PracticeForm(RecordForm):
    """What is posted: the practice itself, and the days that have fields."""

    skill = Key(optional=True)
    name = Line(NAME_LIMIT)
    days = WholeNumber()
    begun_on = Day()
    decision = OneOf(DECISIONS)
    rows = FieldList(FormField(LogRow))


# What is kept


def whole_log(row: Mapping[str, Any]) -> Row:
    """A day with everything a day has."""
    said = {name: row.get(name) or "" for name in ("done_on", "tried")}
    numbers = {name: row.get(name) for name in ("result", "before", "after")}
    return {**said, **numbers, "steps": list(row.get("steps") or [])}


def is_unsaid(row: Mapping[str, Any]) -> bool:
    """Whether nothing was noted in a day."""
    return all(value in ("", None, []) for value in whole_log(row).values())


def own_part(answer: Mapping[str, Any]) -> Row:
    """What is practiced, for how long, and what was decided at its end."""
    said = {name: answer.get(name) or "" for name in ("skill", "name", "begun_on", "decision")}
    return {**said, "days": answer.get("days")}


def name_of(answer: Mapping[str, Any]) -> str:
    """What is practiced, in words: the chosen skill, or one's own line."""
    return (answer.get("skill_name") if answer.get("skill") else "") or answer.get("name") or ""


def in_days(rows: Sequence[Row]) -> list[Row]:
    """The newest day first, those without a day before all; of one day, in the order they have."""
    return sorted(rows, key=lambda row: row.get("done_on") or "9", reverse=True)


def as_day(text: Any) -> date | None:
    """An ISO date; None for anything else that was typed there."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def dressed_log(row: Row, before: Mapping[str, Any], skill: str, steps: Sequence[Item]) -> Row:
    """A posted day with the words of its steps and the skill it was for, as they were when it was noted."""
    words = {item.key: item.text for item in steps} | (before.get("words") or {})
    kept = [key for key in row["steps"] if key in words]
    meant = before.get("skill", "") if before else skill
    said = {"skill": meant} if meant else {}
    return {**row, "steps": kept, **({"words": {key: words[key] for key in kept}} if kept else {}), **said}


# Its length


def last_day(answer: Mapping[str, Any]) -> date | None:
    """The last day of the length that runs, None while nothing is begun."""
    begun, days = as_day(answer.get("begun_on")), answer.get("days")
    return begun + timedelta(days=days - 1) if begun and isinstance(days, int) and 0 < days <= MOST_DAYS else None


def is_over(answer: Mapping[str, Any], today: str) -> bool:
    """Whether the last day of the practice has passed; False while it has no days or has not begun."""
    last = last_day(answer)
    return last is not None and bool(today) and date.fromisoformat(today) > last


# Buttons, and what is learned


def with_today(answer: Answer, key: str, today: str, blank: Row) -> Answer:
    """One more day, under the key that the button had: pressed twice, it is one entry."""
    if not KEY.fullmatch(key):
        raise UnknownButton("done")
    rows = answer["rows"]
    if not today or any(row["key"] == key for row in all_rows(answer)):
        return answer
    skill = {"skill": answer["skill"]} if answer.get("skill") else {}
    return {**answer, "rows": [{**blank, "key": key, "done_on": today, **skill}, *rows]}


def decided(answer: Answer, decision: str, today: str) -> Answer:
    """Kept: a further length begins today. Changed: it begins once it is named anew. Let go: it ends."""
    begins = {"keep": today, "change": "", "drop": answer.get("begun_on") or ""}
    if decision not in begins:
        raise UnknownButton(decision)
    return {**answer, "decision": decision, "begun_on": begins[decision]}


def logged_day(row: Row) -> Item:
    """A day as it is learned: the words are what was tried, moods are text, `skill` is the one it was for."""
    said, words = whole_log(row), row.get("words") or {}
    moods = {name: "" if said[name] is None else str(said[name]) for name in ("before", "after")}
    steps = "\n".join(words[key] for key in said["steps"] if key in words)
    fields = {"done_on": said["done_on"], "result": said["result"], "steps": steps, "skill": row.get("skill") or ""}
    return Item(row["key"], said["tried"], {**fields, **moods})
