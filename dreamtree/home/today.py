"""What goes on day by day: a week of noticing, a practice. Home asks once a day, only while it runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dreamtree.accounts.days import today_of
from dreamtree.accounts.models import User
from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.profile.flow import days_noted
from dreamtree.profile.people import TESTIMONIALS
from dreamtree.profile.practices import Running, practices_running

_WEEKS = ("a week", "two weeks", "three weeks")
"""For so many weeks home asks whether somebody answered, and says how many they are."""


@dataclass(frozen=True)
class Daily:
    """One thing for today: what it is, what home says of it, and where it is written."""

    title: str
    words: str
    url: str


def today_lines(user: User) -> tuple[Daily, ...]:
    """What there is to write today; nothing of what was written today already. At most three queries."""
    today = today_of(user)
    return (*_noticing(user, today), *_practicing(user, today), *_asked_of_others(user, today))


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
    weeks = (today - date.fromisoformat(max(one.written_at for one in wheres)[:10])).days // 7
    block = book().block(wheres[0].block_key)
    if block is not None and 1 <= weeks <= len(_WEEKS):
        words = f"It’s been {_WEEKS[weeks - 1]} since you asked. Did anyone write back?"
        yield Daily(_title(block), words, _url(block))


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
