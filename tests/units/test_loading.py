"""A typed answer is loaded once, and by the tool that asks for it."""

from dreamtree.tools.loading import once
from dreamtree.values import Answer, FrozenAnswer


class Counting:
    """A tool that counts how often it reads an answer."""

    def __init__(self) -> None:
        self.reads = 0

    @once
    def load(self, answer: Answer) -> tuple[str, ...]:
        """The keys of an answer."""
        self.reads += 1
        return tuple(answer)


def test_an_answer_is_loaded_once() -> None:
    tool, answer = Counting(), FrozenAnswer({"text": "x"})
    assert tool.load(answer) == tool.load(answer) == ("text",)
    assert tool.reads == 1


def test_another_tool_loads_for_itself() -> None:
    first, second, answer = Counting(), Counting(), FrozenAnswer({"text": "x"})
    first.load(answer)
    second.load(answer)
    assert (first.reads, second.reads) == (1, 1)


def test_an_answer_that_may_still_change_is_loaded_anew() -> None:
    tool, answer = Counting(), {"text": "x"}
    tool.load(answer)
    answer["more"] = "y"
    assert tool.load(answer) == ("text", "more")
