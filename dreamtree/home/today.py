"""What goes on day by day: a week of noticing, a practice. Home asks once a day, only while it runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dreamtree.accounts.days import day_of, today_of
from dreamtree.accounts.models import User
from dreamtree.accounts.snoozes import is_snoozed
from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.dates import meanings
from dreamtree.profile.competencies import SCORES
from dreamtree.profile.counts import Totals
from dreamtree.profile.flow import days_noted
from dreamtree.profile.people import TESTIMONIALS
from dreamtree.profile.practices import Running, practices_running
from dreamtree.profile.reframes import REFRAMES
from dreamtree.profile.trying import TESTS
from dreamtree.text import isolated
from dreamtree.values import Item, Provenance

A_YEAR = 365
"""In days: so long after they were looked at, home asks whether the levels moved, and again once it was put off."""
LOOK_AGAIN = "look-again"
_WEEKS = ("a week", "two weeks", "three weeks")
"""For so many weeks home asks whether somebody answered, and says how many they are."""
_WEEKS_TO_TURN, _DAYS_TO_ASK = 4, 2
"""For so many weeks home asks if there's another failure to turn over, on so many days of each."""

DAYS_ASKED = 7
"""For so many days home asks how a small test went."""
DAYS_UNTIL = 6
"""A test without a day counts as over after so many."""


@dataclass(frozen=True)
class Daily:
    """One thing for today: what it is, what home says of it, and where it is written.

    `puts_off` is what *Not this year* puts off, "" where it only ends by itself.
    """

    title: str
    words: str
    url: str
    puts_off: str = ""


def today_lines(user: User, complete: frozenset[str], totals: Totals) -> tuple[Daily, ...]:
    """What there is to write today; nothing of what was written today already. At most five queries."""
    today = today_of(user)
    asked = (_noticing, _practicing, _asked_of_others, _tested)
    lines = tuple(line for ask in asked for line in ask(user, today))
    turning = _turning_over(complete, today, totals.turned_over_at)
    return (*lines, *turning, *_assessed_long_ago(user, today, totals.levels_on))


def _noticing(user: User, today: date) -> Iterator[Daily]:
    weeks = [block for block in book().blocks if block.options.get("mode") == "week"]
    for block in weeks:
        first, last = days_noted(user, block.key, today.isoformat())
        is_running = bool(first) and (today - date.fromisoformat(first)).days < block.options["days"]
        if is_running and last != today.isoformat():
            words = "Got three lines for your flow log today?"
            yield Daily(_title(block), words, _url(block))


def _practicing(user: User, today: date) -> Iterator[Daily]:
    for one in practices_running(user):
        block = book().block(one.block_key)
        if block is not None and (words := _of_practice(one, today)):
            yield Daily(one.name, words, _url(block))


def _asked_of_others(user: User, today: date) -> Iterator[Daily]:
    """Once a week has passed since people were asked, and nobody's words are there, for three weeks."""
    asked = TESTIMONIALS.items(user, {})
    wheres = [one.provenance for one in asked if one.provenance]
    if not wheres or any(one.fields["words"] for one in asked):
        return
    weeks = days_since(wheres, today) // 7
    block = book().block(wheres[0].block_key)
    if block is not None and 1 <= weeks <= len(_WEEKS):
        words = f"It’s been {_WEEKS[weeks - 1]} since you asked. Did anyone write back?"
        yield Daily(_title(block), words, _url(block))


def _turning_over(complete: frozenset[str], today: date, last_at: str) -> Iterator[Daily]:
    """Once a week for four weeks after a failure was turned over, for two days each, while there's room for another."""
    free = next((one for one in book().making(REFRAMES.table) if one.key not in complete), None)
    since = (today - date.fromisoformat(last_at[:10])).days if last_at else 0
    if free is not None and since % 7 < _DAYS_TO_ASK and 1 <= since // 7 <= _WEEKS_TO_TURN:
        yield Daily(_title(free), "Did something go wrong this week that you’d like to turn over?", _url(free))


def days_since(wheres: Sequence[Provenance], today: date) -> int:
    """How many days ago the last of these was written."""
    return (today - date.fromisoformat(max(one.written_at for one in wheres)[:10])).days


def _assessed_long_ago(user: User, today: date, levels_on: str) -> Iterator[Daily]:
    """A year after the levels were last looked at, until that is put off."""
    block = next(iter(book().making(SCORES.makes[0])), None)
    is_due = bool(levels_on) and (today - date.fromisoformat(levels_on)).days >= A_YEAR
    if block is not None and is_due and not is_snoozed(user, LOOK_AGAIN):
        words = "It’s been a year since you did this. Has anything moved?"
        yield Daily(_title(block), words, _url(block), LOOK_AGAIN)


def _tested(user: User, today: date) -> Iterator[Daily]:
    """For a week after a small test was to be: the first one of which nobody knows yet what came of it."""
    for one in TESTS.items(user, {}):
        block = book().block(one.provenance.block_key) if one.provenance else None
        if block is None or one.fields["happened"] or not one.fields["test"]:
            continue
        if 0 < (today - _over_on(user, one)).days <= DAYS_ASKED:
            yield Daily(_title(block), f"How did it go: {isolated(one.fields['test'])}?", _url(block))
            return


def _over_on(user: User, test: Item) -> date:
    """The day of a test; where it can't be read as one, a week after it was written.

    A day without a year is the next one, or one of the week before: people write about a test after it, too.
    """
    typed = test.fields["day"]
    if day := _whole_day(typed):
        return day
    written = day_of(user, test.provenance.written_at if test.provenance else "")
    near = (_whole_day(f"{typed} {written.year + years}") for years in (-1, 0, 1))
    asked = (day for day in near if day and written - day <= timedelta(DAYS_ASKED))
    return next(asked, written + timedelta(DAYS_UNTIL))


def _whole_day(typed: str) -> date | None:
    """The one day that a typed date means; None for a month, a year, or words."""
    days = [one for one in meanings(typed) if len(one) == len("2027-03-14")]
    return date.fromisoformat(days[0]) if len(days) == 1 else None


def _of_practice(one: Running, today: date) -> str:
    day = (today - date.fromisoformat(one.begun_on)).days + 1
    if day > one.days:
        return f"Its {one.days} days are over. Keep it, change it, or let it go?"
    return "" if one.last_on == today.isoformat() or day < 1 else f"Day {day} of {one.days}."


def _title(block: Block) -> str:
    exercise = book().exercise(block.exercise_id)
    return exercise.title if exercise else block.label


def _url(block: Block) -> str:
    return f"/workbook/{block.exercise_id}#{block.anchor}"
