"""Lists for a spreadsheet, out of what the tree has learned."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dreamtree.accounts.models import User
from dreamtree.archive.export import Learned, learned_by
from dreamtree.archive.readable.shapes import ReadList
from dreamtree.content import book, library
from dreamtree.profile.money import decimals_of

Row = Mapping[str, object]
Cell = Callable[["KnownWords", Row], object]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""


@dataclass(frozen=True)
class KnownWords:
    """The rows of the profile by table, and what ids in them stand for."""

    profile: Mapping[str, Sequence[Row]]
    words: Mapping[str, str]

    def rows(self, table: str) -> Sequence[Row]:
        """The rows of a table that the list is made of."""
        return self.profile[table]


@dataclass(frozen=True)
class _List:
    """A row each of `table`; cells are made of those `beside`, too."""

    name: str
    title: str
    table: str
    columns: tuple[tuple[str, str | Cell], ...]
    order: tuple[str, ...] = ("block_key", "position")
    beside: tuple[str, ...] = ()


def lists_of(user: User, *, without_private: bool) -> Iterator[ReadList]:
    """Every list that has a row, one read after another; with `without_private` no row that a private block taught."""
    for one in LISTS:
        learned = learned_by(user, (one.table, *one.beside))
        if (found := _read(_known(learned, without_private), one)).rows:
            yield found


def as_csv(one: ReadList) -> bytes:
    """The list as a file that spreadsheets take for UTF-8, and no cell of which they take for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(one.head)
    writer.writerows([_disarmed(cell) for cell in row] for row in one.rows)
    return out.getvalue().encode("utf-8-sig")


def _disarmed(cell: object) -> object:
    text = "" if cell is None else cell
    return f"'{text}" if isinstance(text, str) and text.lstrip(" \n").startswith(FORMULA) else text


def _known(learned: Learned, without_private: bool) -> KnownWords:
    words = {one.id: one.name for one in learned.own_words}
    profile = learned.profile
    if without_private:
        profile = {table: [row for row in rows if not _is_private(row)] for table, rows in profile.items()}
    return KnownWords(profile, words)


def _is_private(row: Row) -> bool:
    """Whether it has a private mark, or a private block taught it, or one that the book no longer has."""
    if "block_key" not in row:
        return False
    block = book().block(str(row["block_key"]))
    return block is None or block.is_private or bool(row.get("is_private"))


def _read(known: KnownWords, one: _List) -> ReadList:
    rows = sorted(known.rows(one.table), key=lambda row: [_sortable(row.get(name)) for name in one.order])
    rows = [row for row in rows if one.table != "user_skills" or _named_in(known, row)]
    cells = tuple(tuple(_cell(known, row, what) for _, what in one.columns) for row in rows)
    return ReadList(one.name, one.title, tuple(head for head, _ in one.columns), cells)


def _sortable(value: object) -> tuple[bool, int, str]:
    """Numbers by size, texts by letters, nothing last."""
    return value is None, value if isinstance(value, int) else 0, value if isinstance(value, str) else ""


def _cell(known: KnownWords, row: Row, what: str | Cell) -> object:
    return row.get(what) if isinstance(what, str) else what(known, row)


# Cells


def _yes(name: str) -> Cell:
    return lambda _, row: {1: "yes", 0: "no"}.get(row.get(name))  # type: ignore[call-overload]


def _in_words(name: str) -> Cell:
    return lambda _, row: str(row.get(name) or "").replace("_", "-")


def _skill(known: KnownWords, row: Row) -> str:
    skill_id = str(row["id"])
    skill = library().skill(skill_id)
    return known.words.get(skill_id) or (skill.name if skill else skill_id)


def _named_in(known: KnownWords, row: Row) -> int:
    """How often it was named."""
    evidence = (*known.rows("experience_skills"), *known.rows("exercise_skills"))
    return sum(one["skill_id"] == row["id"] for one in evidence)


def _tasks(known: KnownWords, row: Row) -> str:
    mine = [one for one in known.rows("experience_tasks") if one["experience_id"] == row["id"]]
    return "; ".join(str(one["text"]) for one in sorted(mine, key=lambda one: _sortable(one["position"])))


def _currency(known: KnownWords, row: Row) -> str:
    currencies: Iterable[str] = (
        str(one["currency"]) for one in known.rows("budgets") if one["block_key"] == row["block_key"]
    )
    return next(iter(currencies), "")


def _amount(known: KnownWords, row: Row) -> str:
    """Whole units and their parts with a point, as a spreadsheet counts."""
    minor, digits = str(row["amount"]), decimals_of(_currency(known, row))
    if not minor.isdecimal() or not digits:
        return minor
    return f"{minor.zfill(digits + 1)[:-digits]}.{minor.zfill(digits + 1)[-digits:]}"


def _practice(known: KnownWords, row: Row) -> object:
    return next((one["name"] for one in known.rows("practices") if one["id"] == row["practice_key"]), "")


LISTS = (
    _List(
        "skills",
        "Skills",
        "user_skills",
        (
            ("Skill", _skill),
            ("Kind", _in_words("category")),
            ("How well, 1 to 5", "mastery"),
            ("How often, 1 to 5", "frequency"),
            ("My rank", "rank"),
            ("How it leaves me", "energy"),
            ("Superpower", _yes("is_superpower")),
            ("Times named", _named_in),
        ),
        ("rank", "category"),
        beside=("experience_skills", "exercise_skills"),
    ),
    _List(
        "experiences",
        "What I have done",
        "experiences",
        (
            ("What", "title"),
            ("Where", "place"),
            ("Kind", "kind"),
            ("From", "began"),
            ("To", "ended"),
            ("Paid", _yes("is_paid")),
            ("What I did there", _tasks),
        ),
        beside=("experience_tasks",),
    ),
    _List(
        "people",
        "People who have seen me work",
        "testimonials",
        (("Who", "person"), ("How we know each other", "known"), ("What they said", "words")),
    ),
    _List("contacts", "People", "contacts", (("Who", "name"), ("How we know each other", "known"))),
    _List(
        "places",
        "Places",
        "locations",
        (("Place", "name"), ("What draws me", "draws"), ("What holds me back", "holds"), ("My rank", "rank")),
    ),
    _List(
        "values",
        "Values",
        "user_values",
        (("Value", "name"), ("What it means", "meaning"), ("Kind", "kind"), ("My rank", "rank")),
        ("kind", "rank"),
    ),
    _List(
        "flow",
        "Moments of flow",
        "flow_entries",
        (
            ("Moment", "activity"),
            ("Day", "happened_on"),
            ("When", "happened"),
            ("Part of the day", "part_of_day"),
            ("Energy after, −2 to 2", "energy"),
            ("Absorbed, 1 to 5", "focus"),
            ("What made it work", "reason"),
        ),
    ),
    _List(
        "budget",
        "Budget",
        "budget_lines",
        (
            ("Side", "side"),
            ("Line", "name"),
            ("Kind", "category"),
            ("Amount", _amount),
            ("Currency", _currency),
            ("How often", "period"),
            ("Need or want", "need"),
        ),
        ("side", "position"),
        beside=("budgets",),
    ),
    _List(
        "practice",
        "Days of practice",
        "practice_logs",
        (
            ("Practice", _practice),
            ("Day", "done_on"),
            ("How it went", "result"),
            ("What I tried", "tried"),
            ("Before", "before"),
            ("After", "after"),
            ("Steps", "steps"),
        ),
        ("practice_key", "done_on"),
        beside=("practices",),
    ),
    _List(
        "preferences",
        "What my work needs",
        "work_preferences",
        (
            ("About", "kind"),
            ("What", "text"),
            ("How much it matters", "level"),
            ("Who I mean", "who"),
            ("My rank", "rank"),
        ),
    ),
    _List(
        "terms",
        "My terms",
        "constraints",
        (
            ("About", "kind"),
            ("Term", "text"),
            ("How firm", "firmness"),
            ("Would I tell an employer?", "tell"),
            ("Start or end date", "until"),
        ),
    ),
    _List(
        "to-do",
        "Checklist",
        "checklists",
        (("Line", "text"), ("Done", _yes("is_done")), ("By", "due_on"), ("Note", "note")),
    ),
    _List("notes", "Notes", "notes", (("Kind", "kind"), ("Note", "text"), ("More", "more"))),
)
