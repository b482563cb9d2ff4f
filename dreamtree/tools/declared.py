"""A tool whose answer is one set of declared fields, as a row's are declared."""

from functools import cache
from typing import Any, Generic, TypeVar

from wtforms import Form

from dreamtree.content.book import Block
from dreamtree.tools.base import Posted, Problem, Tool, problems_of
from dreamtree.tools.loading import once
from dreamtree.tools.rows.kinds import form_fields, load_declared, read_declared, store_declared
from dreamtree.values import Answer, FrozenAnswer

A = TypeVar("A")


class DeclaredTool(Tool, Generic[A]):
    """Reads, loads and stores what `answer`, a frozen dataclass, declares. Inside the tool an answer is typed."""

    answer: type[A]

    @once
    def load(self, answer: Answer) -> A:
        """An answer, whatever version stored it."""
        return self.answer(**load_declared(self.answer, answer))

    def store(self, answer: A) -> Answer:
        """The answer as JSON holds it."""
        return FrozenAnswer(store_declared(answer))

    def empty(self, block: Block) -> Answer:
        return self.store(self.answer())

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        read = form_of(self.answer)(posted, prefix=f"{block.key}:")
        read.validate()
        return self.store(self.answer(**read_declared(self.answer, read))), problems_of(read, f"{block.key}:")

    def form_part(self, answer: Answer) -> Answer:
        return self.store(self.load(answer))

    def as_understood(self, answer: Answer) -> Answer:
        return self.store(self.load(answer))


def form_of(shape: Any) -> type[Form]:
    """The form that reads the declared fields of a dataclass."""
    return _forms(shape)


@cache
def _forms(shape: Any) -> type[Form]:
    return type("DeclaredForm", (Form,), form_fields(shape, None))
