"""The open question of an order, as its page asks it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dreamtree.text import isolated
from dreamtree.tools.ordering.pairs import Question, Standing
from dreamtree.tools.wording import in_words


@dataclass(frozen=True)
class QuestionChoice:
    """A button: `button` is its value after the block's key."""

    button: str
    text: str


@dataclass(frozen=True)
class QuestionView:
    """What is asked now. `side_by_side` for two things; `level` and `rest` are further buttons, or ""."""

    title: str
    hint: str
    choices: tuple[QuestionChoice, ...]
    side_by_side: bool
    level: str = ""
    rest: str = ""


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
        title=f"Where does “{isolated(words[one])}” go?" if is_late else "Which comes first?",
        hint="You added it later. A few questions will find its place." if is_late else _how_far(asked, most),
        choices=(
            QuestionChoice(f"over|{one}>{other}", words[one]),
            QuestionChoice(f"over|{other}>{one}", words[other]),
        ),
        side_by_side=True,
        level=f"level|{one}>{other}",
    )


def _how_far(asked: int, most: int) -> str:
    return f"Question {asked + 1} of at most {most}. Stop anytime; the next one will be here." if asked < most else ""


def _next(question: Question, words: Mapping[str, str], place: int) -> QuestionView:
    return QuestionView(
        title="Which comes first?" if place == 1 else "And next?",
        hint="",
        choices=tuple(QuestionChoice(f"next|{place}>{key}", words[key]) for key in question.keys),
        side_by_side=False,
        rest=f"rest|{place}>" if place > 1 else "",
    )


def _cut(question: Question, words: Mapping[str, str]) -> QuestionView:
    count, choose = len(question.keys), question.choose
    them = "the one that goes in" if choose == 1 else f"the {in_words(choose)} that go in"
    return QuestionView(
        title=f"These {in_words(count)} are tied. Choose {them}.",
        hint="",
        choices=tuple(QuestionChoice(f"in|{key}", words[key]) for key in question.keys),
        side_by_side=False,
    )
