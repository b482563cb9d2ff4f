"""The frozen shapes that the templates of the workbook render."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dreamtree.content.book import Exercise
from dreamtree.drawing import Chart
from dreamtree.tools import RestLine
from dreamtree.workbook.change_shapes import ChangeView, ConflictView


@dataclass(frozen=True)
class Link:
    """A title and the address it leads to."""

    title: str
    url: str


def link_to(exercise: Exercise) -> Link:
    """An exercise by its title."""
    return Link(exercise.title, f"/workbook/{exercise.id}")


@dataclass(frozen=True)
class FieldError:
    """An error beside its field: `field` is the posted name without the block's prefix, `anchor` the field's id."""

    field: str
    anchor: str
    label: str
    message: str


@dataclass(frozen=True)
class RecallItem:
    """One thing said earlier, with what its fields add (`detail`) and where it was written."""

    text: str
    detail: str
    url: str
    source_title: str
    written_on: str
    is_private: bool


@dataclass(frozen=True)
class RecallView:
    """What a connection brings beside the work; `empty` names the exercise that would fill it."""

    id: int
    anchor: str
    sentence: str
    items: tuple[RecallItem, ...]
    more: tuple[RecallItem, ...]
    is_open: bool
    is_private: bool
    is_off: bool
    empty: Link | None
    has_changed: bool


@dataclass(frozen=True)
class BroughtView:
    """Where the rows or the first draft of a tool come from."""

    id: int
    anchor: str
    sentence: str
    source_title: str
    url: str
    written_on: str
    is_draft: bool


@dataclass(frozen=True)
class StatusView:
    """The saved state in words; `kind` is empty, draft, saved or unsaved. `is_finished`: its block could rest."""

    words: str
    kind: str
    history_url: str | None = None
    is_finished: bool = False


@dataclass(frozen=True)
class ReferenceLink:
    """A link to reference data, in the words of its connection."""

    sentence: str
    url: str


@dataclass(frozen=True)
class JobLine:
    """A job with an ordinary day of it, and why it stands here: what it has in common with the person, in words.

    `add` is the value of the button that takes it in, "" for none.
    """

    title: str
    url: str
    day: str
    reason: str
    add: str = ""


@dataclass(frozen=True)
class JobsView:
    """The jobs that a block finds: `jobs` in view, `more` folded.

    `words` say what they are, or that there are none; `count` is how many jobs the list at `url` has.
    """

    anchor: str
    sentence: str
    words: str
    jobs: tuple[JobLine, ...]
    more: tuple[JobLine, ...]
    url: str
    count: int


@dataclass(frozen=True)
class ExampleView:
    """How a sample person answered a block; `size` is short or long."""

    who: str
    size: str
    html: Markup


@dataclass(frozen=True)
class RestView:
    """A finished block at rest: its answers in words. `more` is how many further lines it has.

    Just finished, it has the value of the button that takes the last answer back (`undo`). `charts` and `buttons` are
    as in `Rest`.
    """

    lines: tuple[RestLine, ...]
    more: int
    results: tuple[str, ...]
    is_order: bool
    charts: tuple[Chart, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()
    undo: str = ""


@dataclass(frozen=True)
class BlockView:
    """A block of the page. Texts have `html`; what is answered has the rest: `tool` is what its `template` renders,
    `results` the template of what the answer has earned.

    `base` is the revision that the fields hold, `served` the digest of what they hold, `shown` that of each
    connection's items. A block at `rest` has no fields, and neither has one that `waits`, which says for what;
    `can_rest`: it is open, and *Done* closes it. Just finished, it says where one goes on (`onward`, an anchor);
    after a button `focus` is the id of the field where one goes on, and a page without a script begins at the block
    that `takes_focus`. One that is not asked is an empty place. A text that `is_folded` explains what is done already.
    `page_url` is the address of the page up to what one asks of it, as `name=value`.
    """

    key: str
    anchor: str
    kind: str
    type: str
    html: Markup
    label: str
    help: str
    who: str
    size: str
    is_private: bool
    is_required: bool
    template: str = ""
    results: str = ""
    tool: Any = None
    recalls_before: tuple[RecallView, ...] = ()
    recalls_after: tuple[RecallView, ...] = ()
    references: tuple[ReferenceLink, ...] = ()
    status: StatusView = StatusView("", "empty")
    change: ChangeView | None = None
    errors: tuple[FieldError, ...] = ()
    conflict: ConflictView | None = None
    base: int = 0
    served: str = ""
    shown: tuple[tuple[int, str], ...] = ()
    post_url: str = ""
    page_url: str = ""
    examples: tuple[ExampleView, ...] = ()
    brought: tuple[BroughtView, ...] = ()
    rest: RestView | None = None
    waits: str = ""
    can_rest: bool = False
    onward: str = ""
    is_asked: bool = True
    focus: str = ""
    takes_focus: bool = False
    is_folded: bool = False

    def error(self, field: str) -> str:
        """The message for one field, or ""."""
        return next((one.message for one in self.errors if one.field == field), "")


@dataclass(frozen=True)
class MadeLine:
    """One answer in a line, in full for paper, and where it is changed. `is_stale`: it needs another look."""

    label: str
    words: str
    long_form: str
    url: str
    is_private: bool
    is_stale: bool = False


@dataclass(frozen=True)
class MadeIn:
    """What was made in one exercise."""

    id: str
    anchor: str
    title: str
    url: str
    written_on: str
    lines: tuple[MadeLine, ...]

    @property
    def open_lines(self) -> tuple[MadeLine, ...]:
        """The lines that are not private."""
        return tuple(line for line in self.lines if not line.is_private)

    @property
    def private_lines(self) -> tuple[MadeLine, ...]:
        """The private lines, which stand folded."""
        return tuple(line for line in self.lines if line.is_private)


@dataclass(frozen=True)
class FormTokens:
    """What the page's one form carries: whose it is, the page's own name (`editor`), and how often it was saved (`n`).

    `entered` is the key of the block that Enter brought the page to, `older` says of which logs it shows older entries.
    """

    person: str
    editor: str
    n: int
    action: str
    back: str = ""
    entered: str = ""
    older: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProgressView:
    """How many answers of an exercise are complete, of how many it asks; `set_aside` counts exercises of the book."""

    done: int
    of: int
    set_aside: int
    words: str


@dataclass(frozen=True)
class AmbientView:
    """An earlier answer that stands at the edge of the page, under its heading."""

    title: str
    words: str
    url: str


@dataclass(frozen=True)
class ExercisePage:
    """An exercise, ready to show. `form` is None where nothing can be saved, `errors` are those of all blocks."""

    id: str
    title: str
    minutes: int
    crumb: str
    part_title: str
    module_title: str
    position: str
    is_optional: bool
    is_locked: bool
    blocks: tuple[BlockView, ...]
    form: FormTokens | None
    progress: ProgressView
    previous: Link | None
    next: Link | None
    errors: tuple[FieldError, ...]
    title_prefix: str
    state: str
    is_sample: bool
    lock_notice: str
    ambient: tuple[AmbientView, ...] = ()
    care_note: Markup = Markup()
    back: Link | None = None
    jobs: tuple[JobsView, ...] = ()


@dataclass(frozen=True)
class ExerciseLine:
    """An exercise in the contents; `state` is what a person has made of it, in words."""

    id: str
    title: str
    url: str
    minutes: int
    state: str
    is_optional: bool
    is_current: bool


@dataclass(frozen=True)
class ModuleLines:
    """A module in the contents; `made_url` leads to what was made in it, "" before."""

    id: str
    title: str
    exercises: tuple[ExerciseLine, ...]
    made_url: str


@dataclass(frozen=True)
class PartLines:
    """A part of the book in the contents."""

    id: str
    title: str
    subtitle: str
    modules: tuple[ModuleLines, ...]
