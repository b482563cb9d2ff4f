"""A practice and its days, told in words."""

from collections.abc import Mapping, Sequence
from datetime import date

from dreamtree.dates import day_words
from dreamtree.profile.practices import IN_PROGRESS, MASTERED, REVIEW, practice_state
from dreamtree.tools.fields import first_line
from dreamtree.tools.practice_log.days import DECISIONS, MOODS, RESULTS, Log, Practice
from dreamtree.tools.wording import capitalized, times

STATES = {
    IN_PROGRESS: "In progress.",
    MASTERED: "Mastered: three tries, on three different days, went well or easily.",
    REVIEW: "You mastered it before, but the last few tries were harder.",
}
NO_DAY = "No date yet"


def result_in_words(log: Log) -> str:
    """ "4 · Well", or ""."""
    return "" if log.result is None else f"{log.result} · {RESULTS[log.result]}"


def mood_in_words(mood: int | None) -> str:
    """ "+1 · Good", or ""."""
    return "" if mood is None else f"{_signed(mood)} · {MOODS[mood]}"


def _signed(number: float) -> str:
    """ "+1", "−0.5", "0"."""
    shown = f"{abs(number):.1f}".removesuffix(".0")
    return shown if shown == "0" else f"{'−' if number < 0 else '+'}{shown}"


def in_short(log: Log) -> str:
    """What a day says, in one line: "Well · Five lines and a phone."; "" for a day that was only ticked."""
    result = "" if log.result is None else RESULTS[log.result]
    moods = _both(log, {mood: label.lower() for mood, label in MOODS.items()}, "{mood} {name}")
    return " · ".join(
        part for part in (result, capitalized(moods), ", ".join(log.done), first_line(log.tried, 90)) if part
    )


def in_full(log: Log) -> str:
    """One day as text, its own lines kept."""
    moods = _both(log, {mood: mood_in_words(mood) for mood in MOODS}, "{name} {mood}")
    parts = (log.tried, result_in_words(log), moods, ", ".join(log.done))
    day = day_words(log.done_on) or NO_DAY
    return "\n  ".join([f"– {day}", *(part.replace("\n", "\n  ") for part in parts if part)])


def _both(log: Log, words: Mapping[int, str], phrase: str) -> str:
    """The moods that were said, each in words with its name."""
    moods = (("before", log.before), ("after", log.after))
    return ", ".join(phrase.format(name=name, mood=words[mood]) for name, mood in moods if mood is not None)


def where_it_is(practice: Practice, today: str) -> str:
    """ "Day 4 of 14; the last one is March 14, 2027."."""
    last, days, first = practice.last_day, practice.days or 0, day_words(practice.begun_on)
    if last is None or not today:
        return ""
    if practice.is_over(today):
        return f"{days} days, from {first} to {day_words(last)}."
    day = days - (last - date.fromisoformat(today)).days
    if day < 1:
        return f"It starts on {first}, for {days} days."
    return f"Day {day} of {days}; the last one is {day_words(last)}."


def state_in_words(logs: Sequence[Log], skill: str, log_summary: str) -> str:
    """Where the skill is: by all days, where `log_summary` says so, else by these; "" before the first day."""
    results = [(log.done_on, log.result) for log in logs if log.done_on and log.skill == skill]
    return STATES.get(log_summary or practice_state(results), "")


def moods_in_words(logs: Sequence[Log]) -> str:
    """The means before and after, over the days that have both; "" when none has."""
    both = [(log.before, log.after) for log in logs if log.before is not None and log.after is not None]
    if not both:
        return ""
    before, after = (sum(one[n] for one in both) / len(both) for n in (0, 1))
    return (
        f"Mood, logged {times(len(both))}, from −2 to +2: {_signed(before)} before on average, {_signed(after)} after."
    )


def in_one_line(practice: Practice) -> str:
    """ "Drawing, 3 days noted"."""
    count = len(practice.noted)
    noted = "" if not count else ", one day logged" if count == 1 else f", {count} days logged"
    return f"{practice.called or 'Nothing started yet'}{noted}"


def whole_in_words(practice: Practice) -> str:
    """ "Drawing, 14 days from 10 March 2027. Keep it."."""
    days = f", {practice.days} days" if practice.days else ""
    begun = f" from {day_words(practice.begun_on)}" if practice.begun_on else ""
    decision = next((f". {one.label}." for one in DECISIONS if one.value == practice.decision), "")
    return f"{practice.called}{days}{begun}{decision}"
