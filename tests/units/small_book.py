"""A book of two exercises in which nothing is wrong, for tests that break one thing at a time."""

from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup

from dreamtree.content.blocks import ANY_SOURCE
from dreamtree.content.book import Block, Book, Connection, Exercise, Module, Part, Reference, ReferenceUse


@dataclass(frozen=True)
class Kind:
    options: dict[str, Any] = field(default_factory=dict)
    accepts: dict[str, frozenset[str]] = field(default_factory=dict)
    least: int = 1
    minutes: float = 0
    minutes_each: float = 0

    def empty(self, block: Block) -> list[str]:
        return []

    def incomplete(self, block: Block, answer: list[str]) -> list[str]:
        return ["more"] * (self.least - len(answer))


TOOLS = {
    "builder": Kind(accepts={"draft": frozenset({"stories"})}),
    "choice": Kind(),
    "tagger": Kind({"about": [], "enough": 1, "from": ""}, {"rows": frozenset({"places"})}),
    "textarea": Kind(accepts={"draft": ANY_SOURCE}),
}
FLOW = ReferenceUse(Reference("r", "flow", 3, "C", "C", "n", Markup("C")), "concept", "")
HYDRATE = Connection(1, ("1.1.1",), "1.1.2", "hydrate", "draft", "stories")
ROWS = Connection(2, ("1.1",), "1.1.2", "auto_populate", "rows", "places", is_open=True)
SHELF = Connection(3, (), "1.1.2", "reference_link", "", "library")


def text(key: str, words: str, kind: str = "instruction", **other: Any) -> Block:
    return Block(key, key[:5], "text", kind, html=Markup(words), text=words, **other)


def exercise(order: int, *blocks: Block, minutes: int = 10, sources: tuple[ReferenceUse, ...] = ()) -> Exercise:
    own_id = f"1.1.{order}"
    examples = (
        text(f"{own_id}.short", f"Bike, number {order}.", "example", who="Tom", size="short"),
        text(f"{own_id}.long", f"Ward {order}, at night.", "example", who="Mara", size="long"),
    )
    closing = text(f"{own_id}.end", "It comes up again in *Places*, and on [your page](/home).", "transition")
    full, title = f"{own_id}.v1", ("Thanks", "Places")[order - 1]
    all_blocks = (*blocks, *examples, closing)
    return Exercise(own_id, 1, full, title, minutes, False, None, order, "1.1", "1", all_blocks, sources)


FIRST = exercise(
    1,
    text("1.1.1.why", "Someone said thank you."),
    Block("1.1.1.story", "1.1.1", "prompt", "textarea", label="What is it?", is_required=True, makes="stories.seed"),
    minutes=5,
)
SECOND = exercise(
    2,
    text("1.1.2.why", "A life is long."),
    Block("1.1.2.build", "1.1.2", "tool", "builder", label="Your places", is_required=True, connections=(HYDRATE,)),
    Block(
        "1.1.2.tag", "1.1.2", "tool", "tagger", label="Your skills", help="Two are enough.",
        is_required=True, makes="places",
        options={"about": ("build",), "enough": 2}, connections=(ROWS, SHELF),
    ),
    minutes=5,
)  # fmt: skip


def book(first: Exercise = FIRST, second: Exercise = SECOND, connections: tuple[Connection, ...] | None = None) -> Book:
    carried = [connection for one in (first, second) for block in one.blocks for connection in block.connections]
    module = Module("1.1", "M", "1", (first, second))
    part = Part("1", "P", "", (module,), "roots", "What I bring", "/bring")
    return Book((part,), tuple(carried) if connections is None else connections)


def with_block(one: Exercise, key: str, **changes: Any) -> Exercise:
    assert one.block(key)
    return replace(one, blocks=tuple(replace(b, **changes) if b.key == key else b for b in one.blocks))
