"""One thing that went wrong, turned over: what happened, what one told oneself, and how one would say it now.

An answer is `{"happened", "told", "kind": slip|habit|growth or "", "hands", "learned", "reframe", "next"}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dreamtree.content.book import Block
from dreamtree.text import isolated
from dreamtree.tools.base import LINE_LIMIT, Inputs, Problem, Rest, RestLine
from dreamtree.tools.declared import DeclaredTool
from dreamtree.tools.fields import Choice, first_line, near_limit
from dreamtree.tools.rows import kinds
from dreamtree.tools.wording import quoted
from dreamtree.values import Answer, Item

PART_LIMIT = 3_000
KINDS = (
    Choice("slip", "A slip", "You know how, and this time you didn't."),
    Choice("habit", "A habit", "It's happened before."),
    Choice("growth", "Growth", "There's something in it you didn't know yet."),
)


@dataclass(frozen=True)
class ReframePart:
    """One of the questions: its field, and what to do while it is still open; "" where it may stay so."""

    name: str
    question: str
    limit: int = PART_LIMIT
    ask: str = ""


PARTS = (
    ReframePart("happened", "What happened?", ask="Say what happened. A few words will do."),
    ReframePart("told", "What did you tell yourself?", ask="Say what you told yourself. One word can be enough."),
    ReframePart("kind", "Which kind was it?", limit=0),
    ReframePart("hands", "What was up to you?"),
    ReframePart("learned", "What did you learn?"),
    ReframePart(
        "reframe",
        "How would you say it now, in one sentence?",
        LINE_LIMIT,
        "Say it the way you'd say it now. One sentence will do.",
    ),
    ReframePart("next", "Next time, I will …", LINE_LIMIT),
)


@dataclass(frozen=True)
class Reframe:
    """A failure turned over."""

    happened: str = kinds.prose(PART_LIMIT)
    told: str = kinds.prose(PART_LIMIT)
    kind: str = kinds.choice(KINDS)
    hands: str = kinds.prose(PART_LIMIT)
    learned: str = kinds.prose(PART_LIMIT)
    reframe: str = kinds.line()
    next: str = kinds.line()

    def part(self, part: ReframePart) -> str:
        """What is said to one of the questions, a kind by its name."""
        words: str = getattr(self, part.name)
        return next((one.label for one in KINDS if one.value == words), words) if part.name == "kind" else words


@dataclass(frozen=True)
class ReframePartView:
    """A question with its field; `limit_words` says how much still fits, where that is little."""

    name: str
    question: str
    words: str
    limit_words: str
    is_line: bool
    is_choice: bool


@dataclass(frozen=True)
class ReframeView:
    """The questions, the kinds to choose from, and both sentences side by side."""

    parts: tuple[ReframePartView, ...]
    kinds: tuple[tuple[str, str, str], ...]
    result: str


class FailureReframer(DeclaredTool[Reframe]):
    """Seven questions, of which three make it complete."""

    kind = "failure-reframer"
    answer = Reframe
    has_results = True
    minutes = 7

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        whole = self.load(answer)
        return [Problem(part.name, part.ask) for part in PARTS if part.ask and not whole.part(part)]

    def items(self, answer: Answer) -> tuple[Item, ...]:
        whole = self.load(answer)
        if not whole.reframe:
            return ()
        return (Item("value", whole.reframe, {name: value for name, value in self.store(whole).items() if value}),)

    def rest(self, block: Block, answer: Answer) -> Rest:
        whole = self.load(answer)
        lines = (
            ("What happened", first_line(whole.happened)),
            ("What you told yourself", whole.told),
            ("How you'd say it now", whole.reframe),
            ("Next time", whole.next),
        )
        return Rest(tuple(RestLine(of, words) for of, words in lines if words))

    def summary(self, block: Block, answer: Answer) -> str:
        whole = self.load(answer)
        return whole.reframe or first_line(whole.happened) or "Nothing turned over yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        whole = self.load(answer)
        return "\n\n".join(f"{part.question}\n{words}" for part in PARTS if (words := whole.part(part)))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> ReframeView:
        whole = self.load(answer)
        return ReframeView(
            parts=tuple(_part_view(whole, part) for part in PARTS),
            kinds=tuple((one.value, one.label, one.hint) for one in KINDS),
            result=both(whole),
        )


def both(whole: Reframe) -> str:
    """What one told oneself, and how one says it now."""
    if not (whole.told and whole.reframe):
        return ""
    return f"It was {quoted(isolated(first_line(whole.told)))} Now it's {quoted(isolated(whole.reframe))}"


def _part_view(whole: Reframe, part: ReframePart) -> ReframePartView:
    words: str = getattr(whole, part.name)
    limit_words = near_limit(words, part.limit) if part.limit else ""
    return ReframePartView(part.name, part.question, words, limit_words, part.limit == LINE_LIMIT, not part.limit)


tool = FailureReframer()
