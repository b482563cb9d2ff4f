"""A ranking as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dreamtree.tools.fields import as_line
from dreamtree.tools.ordering.pairs import Question, Standing
from dreamtree.tools.wording import begun, in_words
from dreamtree.values import Answer

WAY_WORDS = {
    "one": "Do it one after another",
    "two": "Do it two at a time",
    "hand": "Do it by hand",
}


@dataclass(frozen=True)
class Entry:
    """An item in the list of what is ranked; `index` counts the fields. `place` is 0 unless the way is by hand."""

    index: int
    key: str
    text: str
    is_own: bool
    place: int


@dataclass(frozen=True)
class Place:
    """A line of the order so far. `is_cut`: the last that counts; `is_level`: shares the place of the one before."""

    key: str
    text: str
    index: int
    number: int
    is_level: bool
    is_cut: bool


@dataclass(frozen=True)
class Choice:
    """A button: `button` is its value after the block's key."""

    button: str
    text: str


@dataclass(frozen=True)
class QuestionView:
    """What is asked now. `side_by_side` for two things; `level` and `rest` are further buttons, or ""."""

    title: str
    hint: str
    choices: tuple[Choice, ...]
    side_by_side: bool
    level: str = ""
    rest: str = ""


@dataclass(frozen=True)
class RankingView:
    """A ranking as its template shows it: by hand `places`, by pairs a `question`, and the order known so far."""

    ask: str
    way: str
    other_ways: tuple[Choice, ...]
    entries: tuple[Entry, ...]
    places: tuple[Place, ...]
    question: QuestionView | None
    words: str
    count_words: str
    left_out: str
    removed: str
    can_undo: bool
    can_add: bool
    is_fixed: bool
    is_alone: bool
    is_done: bool
    is_list_open: bool


def view_of(
    ask: str, answer: Answer, now: Standing, top: int, most: int, left_out: int, is_fixed: bool = False
) -> RankingView:
    """The page of a ranking. `most` is the most questions two at a time; `left_out` how many did not fit in.

    `is_fixed`: the exercise names the items, and none is added.
    """
    words = {row["key"]: as_line(row["text"]) for row in answer["items"] if as_line(row.get("text"))}
    by_hand = answer["way"] == "hand"
    order = tuple(answer["order"])
    removed = (answer.get("removed") or {}).get("row") or {}
    return RankingView(
        ask=ask,
        way=answer["way"],
        other_ways=tuple(Choice(f"way|{way}", label) for way, label in WAY_WORDS.items() if way != answer["way"]),
        entries=tuple(_entries(answer["items"], order if by_hand else ())),
        places=_places(answer, order if by_hand else order[: now.decided], now, top, words),
        question=question_of(now, words, _asked(answer), most) if len(words) > 1 and now.question else None,
        words=_state(now, top, len(words), by_hand=by_hand, of="thing" if is_fixed else "place"),
        count_words=_counted(len(words)),
        left_out=f"You can rank up to twenty. {begun(in_words(left_out))} more did not fit in." if left_out else "",
        removed=as_line(removed.get("text")),
        can_undo=bool(answer["log"]),
        can_add=len(words) < 20 and not is_fixed,
        is_fixed=is_fixed,
        is_alone=len(words) == 1,
        is_done=now.is_done,
        is_list_open=len(words) < 2 or len(words) < len(answer["items"]),
    )


def _entries(rows: list[dict[str, Any]], order: tuple[str, ...]) -> list[Entry]:
    places = {key: place for place, key in enumerate(order, 1)}
    return [
        Entry(index, row["key"], as_line(row.get("text")), bool(row.get("own")), places.get(row["key"], 0))
        for index, row in enumerate(rows)
    ]


def _places(
    answer: Answer, order: tuple[str, ...], now: Standing, top: int, words: dict[str, str]
) -> tuple[Place, ...]:
    index = {row["key"]: at for at, row in enumerate(answer["items"])}
    level = {key for tier in now.tiers for key in tier[1:]}
    return tuple(
        Place(key, words[key], index[key], number, key in level, number == top < len(words))
        for number, key in enumerate(order, 1)
    )


def _asked(answer: Answer) -> int:
    return sum(len(operation) == 3 for operation in answer["log"])


def question_of(now: Standing, words: Mapping[str, str], asked: int = 0, most: int = 0) -> QuestionView | None:
    """The question that is open, as its page asks it; `asked` of at most `most` were answered two at a time."""
    question = now.question
    if question is None:
        return None
    if question.kind == "next":
        return _next(question, words, now.decided + 1)
    if question.kind == "cut":
        return _cut(question, words)
    is_late = question.kind == "late"
    one, other = question.keys
    return QuestionView(
        title=f"Where does “{words[one]}” go?" if is_late else "Which comes first?",
        hint="It came later. A few questions find its place." if is_late else _how_far(asked, most),
        choices=(Choice(f"over|{one}>{other}", words[one]), Choice(f"over|{other}>{one}", words[other])),
        side_by_side=True,
        level=f"level|{one}>{other}",
    )


def _how_far(asked: int, most: int) -> str:
    return f"Question {asked + 1} of at most {most}. Stop when you like: the next one waits." if asked < most else ""


def _next(question: Question, words: Mapping[str, str], place: int) -> QuestionView:
    return QuestionView(
        title="Which comes first?" if place == 1 else "And next?",
        hint="",
        choices=tuple(Choice(f"next|{place}>{key}", words[key]) for key in question.keys),
        side_by_side=False,
        rest=f"rest|{place}>" if place > 1 else "",
    )


def _cut(question: Question, words: Mapping[str, str]) -> QuestionView:
    count, choose = len(question.keys), question.choose
    them = "the one that goes in" if choose == 1 else f"the {in_words(choose)} that go in"
    return QuestionView(
        title=f"These {in_words(count)} are level. Choose {them}.",
        hint="",
        choices=tuple(Choice(f"in|{key}", words[key]) for key in question.keys),
        side_by_side=False,
    )


def _state(now: Standing, top: int, count: int, *, by_hand: bool, of: str) -> str:
    """Where the ranking stands, in one sentence."""
    if count == 0:
        return ""
    if now.is_done:
        needed = min(top, count)
        return f"{begun(in_words(needed))} {of}{'' if needed == 1 else 's'}, in your order."
    if by_hand:
        return "Move what is not in its place, then say that this is your order."
    if now.decided == 0:
        return ""
    return f"{begun(in_words(now.decided))} of {in_words(min(top, count))} places decided."


def _counted(count: int) -> str:
    return "nothing to put in order yet" if count == 0 else "one thing" if count == 1 else f"{in_words(count)} things"
