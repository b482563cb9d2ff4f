"""A tool whose answer is rows: it reads, keeps, merges and changes them; a subclass says what differs from a list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeVar

from dreamtree.content.book import Block
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Tool, UnknownButton
from dreamtree.tools.loading import once, with_loaded
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.kinds import load_declared, store_declared, typed_in
from dreamtree.tools.rows.made_keys import new_row_key
from dreamtree.tools.rows.moving import MOVES, moved
from dreamtree.tools.rows.posted import PAGE_FIELDS, posted_rows, says
from dreamtree.tools.rows.shape import Origin, R, Removed, Rows, RowsAnswer, has_twins, removed_in
from dreamtree.tools.rows.typed_skills import is_about_skills, typed_again
from dreamtree.tools.rows.view import RowsView, RowView, row_view
from dreamtree.tools.skill_changes import SkillChange
from dreamtree.values import Answer, FrozenAnswer, Item

A = TypeVar("A", bound=RowsAnswer[Any])


class RowsAnswerTool(Tool, Generic[R, A]):
    """Rows, in the person's order, and what else a tool has to say. What is stored and posted is JSON; inside the tool
    an answer is typed.

    `rows` declares a row, `answer` what an answer holds beside its rows, `row_list` under which name they are posted
    and stored, `most` how many there may be at all (the option `max` may say fewer). `keeps_empty`: rows from
    elsewhere are part of the form also while nothing is said in them, so that their order is kept. `needs_words`: rows
    of one's own are part of it only with words. `unknown` are the words of a live row that nothing knows any more;
    None leaves it out. `brought` is the origin of a row that names a skill from elsewhere.
    """

    rows: Rows[R]
    answer: type[A]
    row_list: ClassVar[str] = "rows"
    most: ClassVar[int] = 50
    keeps_empty: ClassVar[bool] = False
    needs_words: ClassVar[bool] = False
    unknown: ClassVar[str | None] = None
    brought: ClassVar[Origin] = "given"
    follows: ClassVar[frozenset[str]] = frozenset({"rows"})
    buttons: ClassVar[frozenset[str]] = frozenset({"add", "remove", "undo", *MOVES})
    """The row buttons it has."""
    full: ClassVar[str] = "This list can have {most}, and you have {count}. Remove {over}, then save."
    twice: ClassVar[str] = "One line came in twice. Reload the page, then save."

    # What is stored

    def empty(self, block: Block) -> Answer:
        return {self.row_list: []}

    @once
    def load(self, answer: Answer) -> A:
        """An answer, whatever version stored it."""
        more = load_declared(self.answer, answer)
        rows, removed = self.rows.load(answer.get(self.row_list)), removed_in(self.rows, answer)
        return self.answer(rows=rows, removed=removed, **more)

    def store(self, answer: A) -> Answer:
        """The answer as JSON holds it."""
        removed = answer.removed
        undo = {"removed": {"row": self.rows.store_row(removed.row), "at": removed.index}} if removed else {}
        return FrozenAnswer({**self.stored_rows(answer.rows), **store_declared(answer), **undo})

    def stored_rows(self, rows: Sequence[R], *, only_posted: bool = False) -> Answer:
        """An answer that is these rows, as JSON holds it; `only_posted` leaves out what no page posts."""
        return {self.row_list: self.rows.store(rows, only_posted=only_posted)}

    def filled_rows(self, answer: Answer) -> list[R]:
        """The rows in which something was said."""
        return [row for row in self.load(answer).rows if row.is_filled]

    def named(self, answer: Answer) -> list[R]:
        """The rows that have words."""
        return [row for row in self.load(answer).rows if merging.row_words(row)]

    # What is posted

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        rows, problems = self.rows.read(block, self.posted(block, posted), self.row_list)
        of_form = self.form_rows(rows)
        return self.stored_rows(of_form, only_posted=True), [*self.unfit(block, of_form), *problems]

    def posted(self, block: Block, posted: Posted) -> list[Posted]:
        """The posted rows that count, in their order: those that say something, and those from elsewhere."""
        rows = posted_rows(posted, f"{block.key}:", self.row_list)
        return [row for row in rows if self.is_posted(row)]

    def chosen_fields(self, block: Block) -> frozenset[str]:
        typed = {**typed_in(self.answer, block), **typed_in(self.rows.row, block)}
        names = self.chosen.union(PAGE_FIELDS, typed)
        return frozenset(name for name in names if not typed.get(name))

    def is_posted(self, row: Posted) -> bool:
        """Whether a posted row counts."""
        origin = self.rows.origin_of(row)
        if origin == "own" and self.needs_words:
            return bool(row.get(self.rows.row.words, "").strip())
        return says(row) or origin == "live"

    def form_part(self, answer: Answer) -> Answer:
        return self.stored_rows(self.form_rows(self.load(answer).rows), only_posted=True)

    def as_understood(self, answer: Answer) -> Answer:
        return self.store(self.load(answer))

    def pages(self, answer: Answer) -> Iterator[Answer]:
        """Also with nothing but the row that *undo* brings back."""
        whole = self.load(answer)
        yield answer
        if whole.removed:
            yield self.store(replace(whole, rows=(whole.removed.row,), removed=None))

    def form_rows(self, rows: Sequence[R]) -> list[R]:
        """What a page posts of these rows: the words of live ones stay where they come from."""
        return [self._as_posted(row) for row in rows if self.counts(row)]

    def _as_posted(self, row: R) -> R:
        """A row that no mark tells apart from a live one is posted as one."""
        is_live = row.is_live or (row.origin == "given" and self.rows.unmarked == "live")
        return merging.renamed(replace(row, origin="live"), "") if is_live else row

    def counts(self, row: R) -> bool:
        """Whether a row is part of what its page posts."""
        if row.is_own and self.needs_words:
            return bool(merging.row_words(row))
        return row.is_filled or (self.keeps_empty and not row.is_own)

    def unfit(self, block: Block, rows: Sequence[R]) -> list[Problem]:
        """What forbids storing these rows together."""
        messages = [*self.too_many(block, rows), *([self.twice] if has_twins(rows) else [])]
        return [Problem("", words) for words in messages]

    def too_many(self, block: Block, rows: Sequence[R]) -> list[str]:
        """What to do where there are more rows than fit."""
        most, count = self.limit(block), len(rows)
        return [self.full.format(most=most, count=count, over=count - most)] if count > most else []

    def merge_posted(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        after = self.merged(block, self.load(part).rows, self.load(stored or {}), inputs)
        return self.store(self.settled(block, after, inputs))

    def merged(self, block: Block, posted: Sequence[R], before: A, inputs: Inputs) -> A:
        """What was stored `before`, with the posted rows. What was removed and came back is removed no more."""
        rows = self.whole(block, posted, before.rows, inputs)
        row_keys = {row.key for row in rows}
        removed = None if before.removed and before.removed.row.key in row_keys else before.removed
        return replace(before, rows=tuple(rows), removed=removed)

    def whole(self, block: Block, posted: Sequence[R], stored: Sequence[R], inputs: Inputs) -> list[R]:
        """Posted rows with their words, and the stored ones from elsewhere that the page did not have."""
        words, posted_keys = self.words(block, inputs), {row.key for row in posted}
        missed = [row for row in stored if self.keeps_empty and not row.is_own and row.key not in posted_keys]
        return [*merging.with_words(posted, stored, words, self.unknown), *merging.reworded(missed, words)]

    # What connections give

    def live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        """Key → words of the items that are the block's own rows, as they are upstream now."""
        return merging.item_words(inputs.rows)

    def words(self, block: Block, inputs: Inputs) -> dict[str, str]:
        """Key → words of all items that rows may come from, as they are upstream now."""
        return {**self.words_besides(block, inputs), **self.live(block, inputs)}

    def words_besides(self, block: Block, inputs: Inputs) -> dict[str, str]:
        """The same of those that are not the block's own rows."""
        return {}

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        before = self.load(answer)
        after = self.followed(block, before, inputs)
        return answer if after == before else with_loaded(self, self.store(after), after)

    def followed(self, block: Block, answer: A, inputs: Inputs) -> A:
        """The answer with its live rows as they are upstream now; one that is gone stays while it `stays`."""
        live = self.live(block, inputs)
        rows = merging.reworded(answer.rows, {**self.words_besides(block, inputs), **live})
        kept = [row for row in rows if row.is_own or row.key in live or self.stays(row)]
        fresh = [self.live_row(key, words) for key, words in live.items()]
        return replace(answer, rows=tuple(self.arranged(kept, fresh)[: max(self.limit(block), len(kept))]))

    def settled(self, block: Block, answer: A, inputs: Inputs) -> A:
        """What is stored after a post: live rows too, so that their order and number are known without their source."""
        return self.followed(block, answer, inputs)

    def arranged(self, rows: Sequence[R], fresh: Sequence[R]) -> list[R]:
        """The rows and those that are live now, in the order of the page."""
        return merging.live_last(rows, fresh)

    def stays(self, row: R) -> bool:
        """Whether a row from elsewhere stays although its source is gone."""
        return row.is_filled and bool(merging.row_words(row))

    def live_row(self, key: str, words: str) -> R:
        """A row for an item that nothing was said about yet."""
        return self.rows.row(key, "live", **{self.rows.row.words: words})

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(row.key for row in self.filled_rows(answer) if not row.is_own)

    def with_changed_skill(self, block: Block, answer: Answer, change: SkillChange) -> Answer:
        before = self.load(answer)
        after = self.follow_skill(block, before, change)
        return answer if after == before else self.store(after)

    def follow_skill(self, block: Block, answer: A, change: SkillChange) -> A:
        """The answer with a skill of one's own under its new name, or without it; what *undo* would bring back too."""
        rows, removed = self.skill_rows(answer.rows, change), answer.removed
        last = self.skill_rows((removed.row,), change) if removed else ()
        twin = last and last[0].key in {row.key for row in rows}
        undo = replace(removed, row=last[0]) if removed and last and not twin else None
        return replace(answer, rows=rows, removed=undo)

    def with_own_names(self, block: Block, answer: Answer, own: Sequence[Item]) -> Answer:
        if not is_about_skills(block):
            return answer
        before = after = self.load(answer)
        for change in typed_again(block, before.rows, own):
            after = self.follow_skill(block, after, change)
        return answer if after == before else self.store(after)

    def skill_rows(self, rows: Sequence[R], change: SkillChange) -> tuple[R, ...]:
        """Rows with a skill of one's own under its new name, or without it."""
        return merging.with_changed_skill(rows, change, self.brought)

    # Buttons

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        if button.verb not in self.buttons:
            raise UnknownButton(button.verb)
        before = self.load(answer)
        after = self.pressed(block, before, button)
        return answer if after == before else self.store(after)

    def pressed(self, block: Block, answer: A, button: Button) -> A:
        """The answer after one of the row buttons."""
        match button.verb:
            case "add":
                return self.with_one_more(block, answer, button.inputs)
            case "undo":
                return undone(answer)
            case "remove" if button.argument in self.live(block, button.inputs):
                return answer
            case "remove":
                return without(answer, button.argument)
            case _:
                return replace(answer, rows=moved(answer.rows, button.argument, button.verb))

    def with_one_more(self, block: Block, answer: A, inputs: Inputs) -> A:
        """One empty row more than the page showed."""
        shown = self.filled_up(block, self.followed(block, answer, inputs).rows, 1)
        return replace(answer, rows=tuple(shown))

    def filled_up(self, block: Block, rows: Sequence[R], more: int = 0) -> list[R]:
        """The rows that the page shows: with empty ones up to as many as are enough, and so many more."""
        wanted = min(max(self.enough(block), len(rows), 1) + more, self.limit(block))
        return [*rows, *(self.blank() for _ in range(wanted - len(rows)))]

    def blank(self) -> R:
        """A row to fill in."""
        return self.rows.row(new_row_key())

    def limit(self, block: Block) -> int:
        """How many rows this block holds."""
        return min(int(self.option(block, "max")), self.most) if "max" in self.options else self.most

    def enough(self, block: Block) -> int:
        """How many rows let one go on."""
        return min(int(self.option(block, "enough")), self.limit(block))

    def ends_blank(self, block: Block, posted: Posted) -> bool:
        rows = posted_rows(posted, f"{block.key}:", self.row_list)
        if not rows or self.rows.origin_of(rows[-1]) != "own":
            return False
        keys = (name for name in rows[-1] if name.endswith("-key"))
        return not says(rows[-1], {*PAGE_FIELDS, *keys})

    def goes_on_at(self, block: Block, answer: Answer, button: Button) -> str:
        """The words of the row that was added."""
        if button.verb != "add":
            return ""
        rows = self.followed(block, self.load(answer), button.inputs).rows
        return f"{self.row_list}-{len(rows) - 1}-{self.rows.row.words}"

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        return self.store(without(self.load(answer), key))

    # What it gives on

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(Item(row.key, merging.row_words(row)) for row in self.named(answer))

    # What its page shows

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> Any:
        """The rows as `tools/rows.html` draws them; a tool with a template of its own has a view of its own."""
        stored = self.followed(block, self.load(answer), inputs).rows
        rows, live = self.filled_up(block, stored), self.live(block, inputs)
        shown = (self.row_view(n, row, is_kept=n < len(stored), is_there=row.key in live) for n, row in enumerate(rows))
        return RowsView(
            line=str(self.option(block, "line")),
            rows=tuple(shown),
            can_add=len(rows) < self.limit(block),
            removed=self.removed_words(answer),
        )

    def row_view(self, index: int, row: R, *, is_kept: bool, is_there: bool) -> RowView:
        """One row; one that `is_there` upstream cannot be removed, and a blank one need not be."""
        mark = "" if row.origin == self.rows.unmarked else row.origin
        buttons = tuple(one for one in ("up", "down", "remove") if one in self.buttons)
        shown = buttons if is_kept and not is_there else buttons[:-1]
        return row_view(index, row, mark, is_gone=row.is_live and not is_there, buttons=shown)

    def removed_words(self, answer: Answer, nameless: str = "The line") -> str:
        """What *undo* would bring back, in words; "" when there is nothing."""
        removed = self.load(answer).removed
        return (merging.row_words(removed.row) or nameless) if removed else ""


class RowTool(RowsAnswerTool[R, RowsAnswer[R]]):
    """A tool whose answer is rows and nothing else."""

    answer: type[RowsAnswer[R]] = RowsAnswer


def without(answer: A, key: str) -> A:
    """`answer` without the row `key`, which is kept until the next one is removed."""
    index = next((n for n, row in enumerate(answer.rows) if row.key == key), None)
    if index is None:
        return answer
    return replace(
        answer, rows=answer.rows[:index] + answer.rows[index + 1 :], removed=Removed(answer.rows[index], index)
    )


def undone(answer: A) -> A:
    """`answer` with the row that was removed last where it stood."""
    if answer.removed is None:
        return answer
    index, row = answer.removed.index, answer.removed.row
    return replace(answer, rows=(*answer.rows[:index], row, *answer.rows[index:]), removed=None)
