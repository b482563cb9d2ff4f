"""What an exercise is made of: its blocks, and the connections that reach them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

NOTHING: Mapping[str, Any] = MappingProxyType({})
NO_HTML = Markup()

TEXT_TYPES = ("instruction", "help", "example", "reflection", "transition", "celebration")
PROMPT_TYPES = ("text", "textarea", "number", "slider", "choice", "checkboxes", "date")
CONNECTION_TYPES: Mapping[str, tuple[str, ...]] = {
    "auto_populate": ("rows", "recall"),
    "hydrate": ("draft", "offer"),
    "forward": ("rows", "draft", "offer"),
    "reference_link": (),
}
"""What a connection of each type may give; a reference_link is a link and gives nothing."""
INSIDE = frozenset({"rows", "draft", "offer"})
"""What stands in the answer's own fields, so that the tool must be able to take it; a recall stands beside them."""

ANY_SOURCE = frozenset({"*"})
"""What a tool accepts that needs no more of an item than its key and its words."""


@dataclass(frozen=True)
class Connection:
    """How something said earlier reaches a later block.

    `from_scope` holds the exercises or modules it reads from; empty means reference data. `gives` says what its
    items are in the block: its live "rows", a "draft" that is copied once, an "offer" of choices that stay the
    source's, or a "recall" beside the work; "" is a link to reference data. `fields` names what is shown of an item
    besides its words. `place` says whether a recall stands "before" or "after" the answer; `take` limits the items,
    None takes all.
    """

    id: int
    from_scope: tuple[str, ...]
    to_exercise: str
    type: str
    gives: str
    source: str
    filter: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    fields: tuple[str, ...] = ()
    take: int | None = None
    place: str = "before"
    is_open: bool = False
    is_private: bool = False
    sentence: str = ""

    @property
    def name(self) -> str:
        """How the connection is spoken of: "C12"."""
        return f"C{self.id}"

    @property
    def is_inside(self) -> bool:
        """Whether its items stand in the block's own fields; otherwise they are a recall beside them, or a link."""
        return self.gives in INSIDE

    @property
    def is_draft(self) -> bool:
        """Whether the person begins with its items and makes of them what they like."""
        return self.gives in ("draft", "offer")

    @property
    def is_copied_once(self) -> bool:
        """Whether what it gives may be copied, so that the source is not read again while it stands still.

        A draft that shows further fields is no copy: those stay the source's.
        """
        return self.gives == "draft" and not self.fields

    def reads(self, exercise_id: str) -> bool:
        """Whether `exercise_id` lies in what this connection reads from."""
        return any(exercise_id == scope or exercise_id.startswith(scope + ".") for scope in self.from_scope)


@dataclass(frozen=True)
class Block:
    """One step of an exercise: a text, a prompt or a tool.

    `key` is for life ("1.1.4.story-1"). `html` is set on texts, `label` and `help` on what is answered;
    `who`, `size` and `about` (the key of the block it answers) on examples. `makes` names the noun the
    answer teaches ("user_skills.rank"), `final` why nothing reads it. `is_private` folds it; `is_public` says
    that it is written for other people's eyes. `text` is the Markdown that `html` was rendered from. `is_brought`:
    the end of its part shows the answer again; `at_end`: so does the end of its module, large, under this heading.
    Whoever chooses `sets_aside_others` keeps to the short way.
    `is_ambient`: it stands at the edge of every later exercise. `says_optional`: its help says when to leave it blank.
    `asked_if` names blocks above it, each with the choices after which it is asked; empty: it is always asked.
    """

    key: str
    exercise_id: str
    kind: str
    type: str
    html: Markup = NO_HTML
    label: str = ""
    help: str = ""
    who: str = ""
    size: str = ""
    is_required: bool = False
    is_private: bool = False
    is_public: bool = False
    makes: str = ""
    options: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    connections: tuple[Connection, ...] = ()
    about: str = ""
    final: str = ""
    text: str = ""
    is_brought: bool = False
    at_end: str = ""
    is_ambient: bool = False
    says_optional: bool = False
    sets_aside_others: str = ""
    asked_if: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)

    @property
    def anchor(self) -> str:
        """The block's id in a page."""
        return "b-" + self.key.replace(".", "-")

    @property
    def rest_anchor(self) -> str:
        """Where ids of pictures begin that it shows at rest.

        They are others than in its form: what has an id in both is morphed, and htmx makes an HTML element of an SVG.
        """
        return f"{self.anchor}-rest"

    @property
    def name(self) -> str:
        """The key without its exercise: "story-1"."""
        return self.key.removeprefix(self.exercise_id + ".")

    @property
    def has_rows(self) -> bool:
        """Whether a connection gives its rows, live."""
        return any(connection.gives == "rows" for connection in self.connections)

    @property
    def is_answered(self) -> bool:
        """Whether a person writes here at all; texts are only read."""
        return self.kind != "text"


def same_noun(source: str, makes: str) -> bool:
    """Whether a source reads what a block makes: `life_dashboard` reads `life_dashboards.work`."""
    return _singular(source) == _singular(makes.partition(".")[0])


def _singular(noun: str) -> str:
    return noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")
