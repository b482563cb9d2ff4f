"""What every tool is and does. One module a kind; `tools.tool(kind)` finds it."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from werkzeug.datastructures import MultiDict
from wtforms import Form

from dreamtree.content.book import Block
from dreamtree.content.job_fits import JobSearch
from dreamtree.content.library import Library
from dreamtree.drawing import Chart
from dreamtree.tools.posting import posted_of
from dreamtree.tools.skill_changes import SkillChange
from dreamtree.values import Answer, Item
from dreamtree.vault import Keyholder

NAME_LIMIT = 200
LINE_LIMIT = 300
PROSE_LIMIT = 10_000
MOST_LARGE = 3

Posted = MultiDict[str, str]


@dataclass(frozen=True)
class Problem:
    """Something to mend: the field's posted name without the block's prefix ("" is the block), and what to do.

    `question` is what the field asks, where the block's label alone would name several fields alike.
    """

    field: str
    message: str
    question: str = ""


@dataclass(frozen=True)
class Inputs:
    """What reaches a block from elsewhere: live rows, first drafts, words to look for skills in, own skills.

    `offers` are the drafts to choose from, by source. `recalls` are the items that stand beside the block, by source,
    for a tool that compares with them; their provenance has the person's day. `connection_ids`: which of the block's
    connections brought each item, by its key. `today` is the person's day, an ISO date. `secret` is known to this tree
    only: for keys made from words. `skill_pages`: in which exercise skills of each kind are used, kind → title.
    `opened` is the key of the row whose fields were asked for, "" for none. `log_summary` is what the tool says of all
    entries where only a part of its log was read.
    """

    rows: tuple[Item, ...] = ()
    draft: tuple[Item, ...] = ()
    offers: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    recalls: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    connection_ids: Mapping[str, int] = field(default_factory=dict)
    about: str = ""
    own_skills: tuple[Item, ...] = ()
    library: Library = field(default_factory=Library)
    today: str = ""
    secret: str = ""
    skill_pages: Mapping[str, str] = field(default_factory=dict)
    opened: str = ""
    log_summary: str = ""

    @property
    def copied(self) -> tuple[Item, ...]:
        """The drafts that a first answer begins with: those that do not stand to choose from."""
        offered = {item.key for items in self.offers.values() for item in items}
        return tuple(item for item in self.draft if item.key not in offered) if offered else self.draft


NO_INPUTS = Inputs()


@dataclass(frozen=True)
class Button:
    """A button that was pressed in a block: what it does, on what, the form it stood in, and what reaches the block."""

    verb: str
    argument: str = ""
    posted: Posted = field(default_factory=MultiDict)
    inputs: Inputs = NO_INPUTS


@dataclass(frozen=True)
class RestLine:
    """One of the answers of a block at rest: what it is about, and what was said of it.

    With the `key` of a row it has a way to change that row. A private one stands folded.
    """

    text: str
    detail: str = ""
    key: str = ""
    is_private: bool = False


@dataclass(frozen=True)
class Rest:
    """A finished answer in words, as it stands where its form was. `results` are the sentences that it earned, `charts`
    the pictures; `buttons` are what one may do besides changing it, as (words, verb).
    """

    lines: tuple[RestLine, ...]
    results: tuple[str, ...] = ()
    is_order: bool = False
    charts: tuple[Chart, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()


class UnknownButton(Exception):
    """The page posted a button that no tool has."""


class Tool(ABC):
    """How one kind of block is answered. Subclasses say what differs; a module ends with `tool = …()`."""

    kind: ClassVar[str]
    options: ClassVar[Mapping[str, Any]] = {}
    """The options a seed file may set, with their defaults."""
    accepts: ClassVar[Mapping[str, frozenset[str]]] = {}
    """What connections may give it ("rows", "draft", "offer") → from which sources; a recall needs no leave."""
    follows: ClassVar[frozenset[str]] = frozenset()
    """What connections give it ("rows", "draft", "offer", "recall") that a saved answer shows as it is there now."""
    copies_words: ClassVar[bool] = False
    """True when the answer holds a source's words to be rewritten, so that a reworded source is a change."""
    readonly_actions: ClassVar[frozenset[str]] = frozenset()
    """Buttons that only show something and change nothing."""
    finishing: ClassVar[Mapping[str, str]] = {}
    """Buttons that answer a question: when one of them answers the last, the block rests. Each with the button that
    takes it back; {} stands for its argument."""
    keeps_records: ClassVar[bool] = False
    """True when each of its rows is a record with a revision and a history of its own (a day's entry, a meeting)."""
    most_read: ClassVar[int] = 0
    """So many records a page reads, the last ones, beside those that it asks for."""
    is_typed: ClassVar[bool] = True
    """False when nothing in an answer is typed: a choice, a number, a day."""
    chosen: ClassVar[frozenset[str]] = frozenset({"key", "was", "at"})
    """Fields of an answer that hold ids, dates and choices, beside those that are typed."""
    joins_texts: ClassVar[bool] = False
    """True when two texts that met can be joined in one field."""
    wants_own_skills: ClassVar[bool] = False
    """True when it offers the person's own words for skills beside those of the library."""
    reminds_to_keep: ClassVar[bool] = False
    """True when what is told in it is worth a reminder that a tree without an account is kept in one browser only."""
    has_results: ClassVar[bool] = False
    """True when what an answer has earned (a count, a picture, a portrait) stands beside its fields: it comes anew with
    every save, drawn by its template under templates/tools/results/."""
    minutes: ClassVar[float] = 0
    """What it takes when it is answered well enough; 0: reckoned by its fields and by what is enough."""
    minutes_each: ClassVar[float] = 0
    """What each of its rows takes; 0: reckoned by its fields."""
    drawn_by: ClassVar[str] = ""
    """The template under templates/tools/, without its ending, where that is not named for the kind."""

    @property
    def template(self) -> str:
        """The template that draws its blocks."""
        return f"tools/{self.drawn_by or self.kind.replace('-', '_')}.html"

    @property
    def results_template(self) -> str:
        """The template that draws what an answer has earned, for every save of it; "" where a tool shows none."""
        return self.template.replace("tools/", "tools/results/") if self.has_results else ""

    def option(self, block: Block, name: str) -> Any:
        """An option as the block sets it, or its default."""
        return block.options.get(name, self.options[name])

    def chosen_fields(self, block: Block) -> frozenset[str]:
        """The last part of the names of posted fields in which nothing is typed: keys, marks of the page, choices."""
        return self.chosen

    def label_of(self, field: str, sent: Mapping[str, str]) -> str:
        """What a posted field is called where it stands without its page; "" for its place among the others.

        `sent` are the fields of the block by their plain names.
        """
        return ""

    # What an answer is

    @abstractmethod
    def empty(self, block: Block) -> Answer:
        """The answer of somebody who has said nothing yet."""

    @abstractmethod
    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        """The answer as typed (without what the page itself gave), and what forbids storing it."""

    def contextual_errors(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> list[Problem]:
        """What else forbids storing it, in view of what reaches the block: a day that has not come, say.

        What is stored already forbids nothing.
        """
        return []

    def is_blank(self, row: Mapping[str, Any]) -> bool:
        """Whether a stored record says nothing; of tools that keep records."""
        return not row

    @abstractmethod
    def form_part(self, answer: Answer) -> Answer:
        """The part of an answer that its form posts back: `read` of what is rendered gives the same."""

    def pages(self, answer: Answer) -> Iterator[Answer]:
        """The answer as its pages show it, one after another, until each of its fields was on one of them."""
        yield answer

    def posts(self, block: Block, answer: Answer) -> Posted:
        """What the page posts that shows this answer: `read` of it gives the `form_part`."""
        return posted_of(block, self.form_part(answer))

    def as_understood(self, answer: Answer) -> Answer:
        """What this version of the tool makes of an answer, as it would store it."""
        return self.form_part(answer)

    def merge_posted(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        """A posted answer made whole again: words of connected rows, rows not on the page, the last removed row."""
        return part

    @abstractmethod
    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        """What is still open. An empty list means complete: good enough to go on."""

    def has_more(self, block: Block, answer: Answer) -> bool:
        """Whether a complete answer leaves something that its form would ask next."""
        return False

    # How it begins and how it follows its sources

    def start(self, block: Block, inputs: Inputs) -> Answer:
        """A first draft from what connections give; `empty` when they give nothing this tool can use."""
        return self.empty(block)

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        """The answer with its live rows as they are upstream now: words fresh, new rows added unanswered."""
        return answer

    def used(self, answer: Answer) -> frozenset[str]:
        """Keys of the connected items this answer really contains."""
        return frozenset()

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        """The answer with one more item from upstream (*Add it*), or its new words (*Use the new words*)."""
        return answer

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        """The answer without the item that is gone upstream (*Remove it*)."""
        return answer

    def job_search(self, block: Block, answer: Answer, inputs: Inputs) -> JobSearch | None:
        """What jobs are looked for by, for a tool that takes one in by the button "job"; None for any other."""
        return None

    # How it follows its words for skills

    def with_changed_skill(self, block: Block, answer: Answer, change: SkillChange) -> Answer:
        """The answer with a skill of one's own under its new name, or without it; as it is where it holds none."""
        return answer

    def with_own_names(self, block: Block, answer: Answer, own: Sequence[Item]) -> Answer:
        """The answer with the person's own words for skills as they are called now.

        Words that were typed once more are the skill that is called so, whatever id they came with.
        """
        return answer

    # Buttons

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        """The answer after a button of its own. Raises `UnknownButton` for one that it does not have."""
        raise UnknownButton(button.verb)

    def entered(self, block: Block, posted: Posted) -> str:
        """The button that Enter stands for in a page without a script, a verb with its argument; "" only saves."""
        return ""

    def ends_blank(self, block: Block, posted: Posted) -> bool:
        """Whether it is a list whose last line is one to fill in, from which Enter leads out of it."""
        return False

    def goes_on_at(self, block: Block, answer: Answer, button: Button) -> str:
        """The field where one goes on after a button, by its posted name without the block's; "" for the block."""
        return ""

    # What it gives on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """What this answer teaches, as items for the noun that the block makes; an answer taken back teaches none."""
        return self.items(answer)

    @abstractmethod
    def items(self, answer: Answer) -> tuple[Item, ...]:
        """What the answer says, for other blocks of its page to work on (`rows_of`, `about`)."""

    def log_summary(self, user: Keyholder, block: Block, answer: Answer) -> str:
        """What the profile says of all entries of a log of which a part was read; "" for nothing. At most one query."""
        return ""

    def rest(self, block: Block, answer: Answer) -> Rest | None:
        """A finished answer in a short list of words. None for a tool whose form stays: it is as short itself."""
        return None

    def open_part(self, answer: Answer) -> Answer:
        """The answer without what came into it with a private mark."""
        return answer

    def has_private(self, answer: Answer) -> bool:
        """Whether something in it came with a private mark."""
        return self.open_part(answer) != answer

    def private_part(self, answer: Answer) -> Answer | None:
        """Only what came into it with a private mark; None for a tool that takes in nothing of the kind."""
        return None

    def headline(self, block: Block, answer: Answer) -> tuple[str, ...]:
        """What stands large at the end of its module: the first things it says, else its one line."""
        words = tuple(item.text for item in self.items(answer))[:MOST_LARGE]
        return words or tuple(filter(None, (self.summary(block, answer),)))

    @abstractmethod
    def summary(self, block: Block, answer: Answer) -> str:
        """One line for lists, search and export."""

    @abstractmethod
    def long_form(self, block: Block, answer: Answer) -> str:
        """The whole answer as plain text a person can read, line breaks kept."""

    @abstractmethod
    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> Any:
        """The frozen dataclass its template renders. `view_state` is not stored: the button that was pressed or the row
        that was opened, as `verb` and `argument`, and fields as typed, a search say, without the block's key.
        """


def problems_of(form: Form, prefix: str) -> list[Problem]:
    """Every error of a form, with nested rows, under the names the page posted."""
    return list(_problems(form, prefix))


def _problems(fields: Iterable[Any], prefix: str) -> Iterable[Problem]:
    for one in fields:
        if hasattr(one, "form"):
            yield from _problems(one.form, prefix)
        elif hasattr(one, "entries"):
            yield from _problems(one.entries, prefix)
        else:
            yield from (Problem(one.name.removeprefix(prefix), text) for text in one.errors)
