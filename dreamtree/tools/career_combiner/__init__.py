"""Ideas for jobs: three leaves are drawn or chosen, and a job is named that could use them; real jobs can be added.

An answer is `{"rows": [{"key", "text", "why", "leaves": [keys], "words": {key: word}, "occupation": slug or ""}],
"chosen": [keys]}`. A page posts the words of an idea and which leaves are chosen; the idea that is new is made of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, ClassVar

from dreamtree.content import book, library
from dreamtree.content.book import Block
from dreamtree.content.job_fits import JobSearch
from dreamtree.text import isolated
from dreamtree.tools.base import LINE_LIMIT, Button, Inputs, Posted, Problem, Rest, RestLine, problems_of
from dreamtree.tools.career_combiner.ideas import Idea, Ideas, by_tree, drawn, with_leaves, without_leaf
from dreamtree.tools.declared import form_of
from dreamtree.tools.fields import near_limit
from dreamtree.tools.rows.kinds import read_declared, store_declared
from dreamtree.tools.rows.merging import item_words
from dreamtree.tools.rows.posted import PAGE_FIELDS, posted_rows, says
from dreamtree.tools.rows.row_tool import RowsAnswerTool, without
from dreamtree.tools.rows.shape import Rows
from dreamtree.tools.wording import capitalized, first_few, in_words, listed
from dreamtree.values import Answer, Item

LEAVES, INTERESTS, SKILLS = "idea_trees", "interests", "user_skills"


@dataclass(frozen=True)
class IdeaView:
    """An idea on the page: `made_of` tells of its leaves, or that it is a real job."""

    index: int
    key: str
    text: str
    why: str
    made_of: str
    text_limit_words: str
    why_limit_words: str


@dataclass(frozen=True)
class IdeasView:
    """`new` is the idea to name, none where the list is full. `chosen` are the leaves for it, `trees` the others by
    the first word of their tree, `interests` what else jobs are found by. `result` says how many ideas there are,
    `open_` how many more will do.
    """

    new: IdeaView | None
    chosen: tuple[tuple[str, str], ...]
    trees: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    ideas: tuple[IdeaView, ...]
    draw: str
    result: str
    open_: str
    removed: str
    interests: str


class CareerCombiner(RowsAnswerTool[Idea, Ideas]):
    """`draw` leaves are drawn at a time; `enough` ideas let one go on, `max` fit."""

    kind = "career-combiner"
    has_results = True
    minutes_each = 1.7
    rows = Rows(Idea)
    answer = Ideas
    needs_words = True
    follows = frozenset()
    buttons = frozenset({"add", "draw", "job", "remove", "undo"})
    options: ClassVar[Mapping[str, Any]] = {"draw": 3, "enough": 6, "max": 40}
    accepts = {"offer": frozenset({LEAVES, INTERESTS})}

    # What is posted

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        part, problems = super().read(block, posted)
        read = form_of(Ideas)(posted, prefix=f"{block.key}:")
        read.validate()
        chosen = store_declared(Ideas(**read_declared(Ideas, read)), only_posted=True)
        return {**part, **chosen}, [*problems, *problems_of(read, f"{block.key}:")]

    def form_part(self, answer: Answer) -> Answer:
        return {**super().form_part(answer), **store_declared(Ideas(chosen=self.load(answer).chosen), only_posted=True)}

    def merge_posted(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        posted, before = self.load(part), self.load(stored or {})
        known, leaves = {row.key: row for row in before.rows}, _leaves(inputs)
        rows = [with_leaves(row, known.get(row.key), posted.chosen, leaves) for row in posted.rows]
        whole = self.merged(block, rows, before, inputs)
        chosen = tuple(key for key in posted.chosen if key in leaves or key in before.chosen)
        return self.store(replace(whole, chosen=chosen))

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        left = self._still_open(block, answer)
        return [Problem("", left)] if left else []

    def _still_open(self, block: Block, answer: Answer) -> str:
        count, enough = len(self.named(answer)), self.enough(block)
        if count >= enough:
            return ""
        left, more = enough - count, " more" if count else ""
        return f"Add {in_words(left)}{more} {'idea' if left == 1 else 'ideas'}. A silly one counts."

    # What reaches it

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(leaf for row in self.named(answer) for leaf in row.leaves)

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        """The idea stays, and so does the word that it was made of."""
        whole = self.load(answer)
        return self.store(replace(whole, rows=tuple(without_leaf(row, key) for row in whole.rows)))

    def job_search(self, block: Block, answer: Answer, inputs: Inputs) -> JobSearch:
        skills = (item.key for item in inputs.recalls.get(SKILLS, ()))
        return JobSearch(
            skills=tuple(skill for skill in skills if library().skill(skill)),
            leaves=tuple(_leaves(inputs).values()),
            interests=tuple(str(item.fields.get("letter")) for item in inputs.offers.get(INTERESTS, ())),
            taken=frozenset(row.occupation for row in self.load(answer).rows if row.occupation),
        )

    # Buttons

    def pressed(self, block: Block, answer: Ideas, button: Button) -> Ideas:
        match button.verb:
            case "draw" | "add":
                return self._with_others(block, answer, button.inputs)
            case "job":
                return self._with_job(block, answer, button.argument)
            case "remove":
                return without(answer, button.argument)
        return super().pressed(block, answer, button)

    def _with_others(self, block: Block, answer: Ideas, inputs: Inputs) -> Ideas:
        """Other leaves for the next idea."""
        count, leaves = int(self.option(block, "draw")), list(_leaves(inputs))
        chosen = drawn(leaves, count, answer.turn, f"{inputs.secret}:{block.key}")
        return replace(answer, chosen=chosen, turn=answer.turn + 1)

    def _with_job(self, block: Block, answer: Ideas, slug: str) -> Ideas:
        """One of the real jobs, unless it is there, or there is no room."""
        job = next((one for one in book().occupations if one.slug == slug), None)
        is_there = any(row.occupation == slug for row in answer.rows)
        if job is None or is_there or len(answer.rows) >= self.limit(block):
            return answer
        row = replace(self.blank(), text=job.title, occupation=slug)
        return replace(answer, rows=(*answer.rows, row))

    def goes_on_at(self, block: Block, answer: Answer, button: Button) -> str:
        """The job to name; after a real one, why."""
        count = len(self.load(answer).rows)
        return f"rows-{count - 1}-why" if button.verb == "job" and count else f"rows-{count}-text"

    def ends_blank(self, block: Block, posted: Posted) -> bool:
        last = (posted_rows(posted, f"{block.key}:") or [Posted()])[-1]
        return not says(last, {*PAGE_FIELDS, "new"})

    # What it gives on

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(Item(row.key, row.text, _fields_of(row)) for row in self.named(answer))

    def rest(self, block: Block, answer: Answer) -> Rest:
        rows = self.named(answer)
        return Rest(tuple(RestLine(row.text, row.why, row.key) for row in rows), (_sentence_of(rows),))

    def headline(self, block: Block, answer: Answer) -> tuple[str, ...]:
        return tuple(row.text for row in self.named(answer))

    def summary(self, block: Block, answer: Answer) -> str:
        return first_few([row.text for row in self.named(answer)]) or "No ideas yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        ideas = ((row.text, made_of(row), row.why) for row in self.named(answer))
        return "\n".join("\n  ".join(filter(None, one)) for one in ideas)

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> IdeasView:
        whole, leaves = self.load(answer), _leaves(inputs)
        chosen = [key for key in whole.chosen if key in leaves]
        trees = by_tree(inputs.offers.get(LEAVES, ()), chosen)
        is_full = len(whole.rows) >= self.limit(block)
        return IdeasView(
            new=None if is_full else _idea_view(len(whole.rows), self.blank()),
            chosen=tuple((key, leaves[key]) for key in chosen),
            trees=tuple((tree, tuple(found)) for tree, found in trees.items()),
            ideas=tuple(_idea_view(n, row) for n, row in enumerate(whole.rows)),
            draw=f"Pick {in_words(int(self.option(block, 'draw')))} for me" if not chosen else "Pick again",
            result=_sentence_of(self.named(answer)),
            open_=self._still_open(block, answer),
            removed=self.removed_words(answer, "An idea"),
            interests=listed([item.text for item in inputs.offers.get(INTERESTS, ())]),
        )


def _leaves(inputs: Inputs) -> dict[str, str]:
    """Key → words of the leaves that there are now."""
    return item_words(inputs.offers.get(LEAVES, ()))


def _fields_of(row: Idea) -> Mapping[str, Any]:
    return MappingProxyType(
        {"why": row.why, "words": listed([*map(isolated, row.leaf_words.values())]), "occupation": row.occupation}
    )


def made_of(row: Idea) -> str:
    """ "Curb, nineteen, and echo"; "A real job" for one of the list."""
    if row.occupation:
        return "A real job"
    return listed([*map(isolated, row.leaf_words.values())])


def _sentence_of(rows: Sequence[Idea]) -> str:
    """ "Six ideas, two of them from the list of jobs."; "" for none."""
    real = sum(bool(row.occupation) for row in rows)
    if not rows:
        return ""
    count = f"{capitalized(in_words(len(rows)))} {'idea' if len(rows) == 1 else 'ideas'}"
    if not real:
        return f"{count}."
    if len(rows) == 1:
        return f"{count}, from the list of jobs."
    return f"{count}, {in_words(real)} of them from the list of jobs."


def _idea_view(index: int, row: Idea) -> IdeaView:
    return IdeaView(
        index=index,
        key=row.key,
        text=row.text,
        why=row.why,
        made_of=made_of(row),
        text_limit_words=near_limit(row.text, LINE_LIMIT),
        why_limit_words=near_limit(row.why, LINE_LIMIT),
    )


tool = CareerCombiner()
