"""Sorting: each thing into one of two to five named buckets.

An answer is `{"rows": [{"key", "text", "bucket": value or ""}]}`; rows added by hand have `own`. Connected rows post
their key and bucket only, and so do the value cards of the kind that `cards` names. A row may have `look`, what one
would see of it; one that came with a private mark keeps it (`private`) until the person takes it off (`open`). With
`result = "superpowers"` a row also keeps `mastery` and `frequency` (1–5; what a source knows counts before what is
typed) and `said`, the person's word against what was computed. With `result = "kinds"` the cards are activities, and
tell of kinds of interest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from dreamtree.content.blocks import ANY_SOURCE, Block
from dreamtree.text import as_line
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Rest
from dreamtree.tools.bucket_sort.cards import SortCard, cards_called
from dreamtree.tools.bucket_sort.interests import Tally, interests_in, lessons_of, rest_lines_of, sentence_of, top_of
from dreamtree.tools.bucket_sort.superpowers import drafted, lesson_of, sentences_of, strengths
from dreamtree.tools.bucket_sort.things import (
    PRIVATE_ONE,
    Piles,
    Sorted,
    Sorting,
    as_card,
    asked_of,
    buckets_of,
    in_bucket,
    keeping_marks,
    moved_to,
    rated,
    unsorted,
    without_the_obvious,
)
from dreamtree.tools.bucket_sort.view import (
    SortedView,
    SortView,
    giving_way,
    lifted_in_words,
    sorted_view,
    sources_in,
    with_choices,
    with_ratings,
)
from dreamtree.tools.bucket_sort.words import (
    full_words,
    headed,
    in_full,
    in_one_line,
    rest_lines,
    still_open,
    too_many,
    waiting,
)
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.row_tool import RowsAnswerTool
from dreamtree.tools.rows.shape import Rows
from dreamtree.tools.rows.steps import passed, step_in, taken_back
from dreamtree.tools.rows.typed_skills import typed_skills, with_known_skills, without_typed
from dreamtree.values import Answer, Item

OWN_LIMIT = 50
KINDS = "kinds"
"""The result that tells of kinds of interest."""


class BucketSort(RowsAnswerTool[Sorted, Sorting]):
    """Things from elsewhere and of one's own, each in a bucket; those from elsewhere stay, sorted or not."""

    kind = "bucket-sort"
    has_results = True
    minutes = 3
    chosen = frozenset({"bucket"})
    rows = Rows(Sorted, unmarked="live")
    answer = Sorting
    most = 200
    keeps_empty = True
    needs_words = True
    buttons = frozenset({"add", "remove", "undo", "computed", "then", "back", "give"})
    readonly_actions = frozenset({"list", "one", "all"})
    finishing: ClassVar[Mapping[str, str]] = {"then": "back|{}"}
    twice = "One thing is on this page twice. Reload the page."
    options: ClassVar[Mapping[str, Any]] = {
        "ask": "",
        "line": "Thing",
        "buckets": (),
        "limits": {},
        "enough": 0,
        "result": "",
        "cards": "",
        "category": "transferable",
        "rows_of": (),
        "detail": {},
    }
    """`detail` is one more line on rows of some `connections`: its `label`, and their numbers."""
    accepts = {"rows": ANY_SOURCE, "draft": ANY_SOURCE}
    follows = frozenset({"rows", "draft"})

    def _is_about_superpowers(self, block: Block) -> bool:
        return bool(self.option(block, "result") == "superpowers")

    def piles(self, block: Block, answer: Answer) -> Piles:
        """The things that have words, in the buckets of the block."""
        return Piles(buckets_of(block), self.named(answer))

    def too_many(self, block: Block, rows: Sequence[Sorted]) -> list[str]:
        over = max(sum(row.is_own for row in rows) - OWN_LIMIT, len(rows) - self.most)
        return [f"You can add up to {OWN_LIMIT} of your own. Remove {over}."] if over > 0 else []

    def posts(self, block: Block, answer: Answer) -> Posted:
        """Also what the person said before against the rule, as each thing carries it along."""
        rows = enumerate(self.form_rows(self.load(answer).rows))
        held = [(f"{block.key}:rows-{n}-held", str(int(row.word))) for n, row in rows if row.word is not None]
        return Posted([*super().posts(block, answer).items(multi=True), *held])

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        piles = self.piles(block, answer)
        total = len(piles.things)
        if not total:
            return [Problem("", f"Add at least one {self.option(block, 'line').lower()} first.")]
        left = self._needed(block, total) - piles.sorted
        messages = [*(too_many(piles, one) for one in piles.overfull), *still_open(left, total - piles.sorted)]
        return [Problem("", words) for words in messages]

    def _needed(self, block: Block, total: int) -> int:
        """How many of so many things have to be sorted."""
        return min(int(self.option(block, "enough") or total), total)

    # What connections give

    def start(self, block: Block, inputs: Inputs) -> Answer:
        is_felt = self._is_about_superpowers(block)
        begin = drafted if is_felt else unsorted
        things = tuple(begin(item) for item in inputs.draft[: self.most] if as_line(item.text))
        return self.store(Sorting(things, draft=is_felt))

    def live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        """The cards of the block, then what connections give."""
        return {card.id: card.name for card in self._cards(block)} | super().live(block, inputs)

    def _cards(self, block: Block) -> tuple[SortCard, ...]:
        return cards_called(str(self.option(block, "cards")))

    def words_besides(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return merging.item_words(inputs.draft)

    def followed(self, block: Block, answer: Sorting, inputs: Inputs) -> Sorting:
        """Also with what sources know of the skills now."""
        fresh = without_typed(inputs, answer.rows)
        return self._marked(block, super().followed(block, answer, fresh), fresh)

    def settled(self, block: Block, answer: Sorting, inputs: Inputs) -> Sorting:
        """Saved, it is a draft no more. A new thing from elsewhere is stored once its page was posted."""
        saved = self._marked(block, replace(answer, draft=False), inputs)
        rows = with_known_skills(block, saved.rows, inputs)
        return replace(saved, rows=tuple(without_the_obvious(row) for row in rows))

    def whole(self, block: Block, posted: Sequence[Sorted], stored: Sequence[Sorted], inputs: Inputs) -> list[Sorted]:
        """Posted things with the private marks that they were stored with: no page says those."""
        marked = {row.key for row in stored if row.private}
        return [*keeping_marks(super().whole(block, posted, stored, inputs), marked)]

    def _marked(self, block: Block, answer: Sorting, inputs: Inputs) -> Sorting:
        """The answer with what its sources know of each thing: how well and how often, and whether it is private."""
        known = self._known(block, inputs)
        private = {item.key for item in (*inputs.draft, *inputs.rows) if item.is_private}
        rows = (rated(row, known.get(row.key, {})) for row in answer.rows)
        return replace(answer, rows=keeping_marks(rows, private))

    def _known(self, block: Block, inputs: Inputs) -> Mapping[str, Mapping[str, Any]]:
        """Key → what its source knows of a skill."""
        items = (*inputs.draft, *inputs.rows) if self._is_about_superpowers(block) else ()
        return {item.key: item.fields for item in items}

    def stays(self, row: Sorted) -> bool:
        return True

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        whole = self.load(answer)
        if item.key in typed_skills(whole.rows):
            return answer
        rows = merging.taken_in(whole.rows, unsorted(item))
        return answer if len(rows) > max(self.most, len(whole.rows)) else self.store(replace(whole, rows=tuple(rows)))

    def used(self, answer: Answer) -> frozenset[str]:
        named = self.named(answer)
        return frozenset(row.key for row in named) | typed_skills(named)

    # Buttons

    def pressed(self, block: Block, answer: Sorting, button: Button) -> Sorting:
        key = button.argument
        match button.verb:
            case "computed":
                return replace(answer, rows=tuple(replace(row, word=None) for row in answer.rows))
            case "then":
                return replace(answer, recent=passed(answer.recent, key))
            case "back":
                return replace(moved_to(answer, key, ""), recent=taken_back(answer.recent, key))
            case "give":
                return self._given_way(block, answer, key)
        return super().pressed(block, answer, button)

    def _given_way(self, block: Block, answer: Sorting, key: str) -> Sorting:
        """The answer with one thing of a bucket that holds too many in the next bucket."""
        piles = Piles(buckets_of(block), [row for row in answer.rows if row.text])
        over = (one for one in piles.overfull if any(thing.key == key for thing in piles.inside(one.value)))
        found = next(over, None)
        return moved_to(answer, key, piles.after(found).value) if found else answer

    def has_more(self, block: Block, answer: Answer) -> bool:
        piles = self.piles(block, answer)
        return self._needed(block, len(piles.things)) < piles.sorted < len(piles.things)

    def with_one_more(self, block: Block, answer: Sorting, inputs: Inputs) -> Sorting:
        """One empty row more, as long as there is room."""
        return replace(answer, rows=(*answer.rows, self.blank())) if fits_one_more(answer.rows, self.most) else answer

    # What it gives on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The things to sort: `energy` and `level` are the bucket, `lift` its number, `said` the person's word against
        the rule, `look` what one would see of it. Of cards those that are sorted. Where the block fills a column of
        what others taught, the bucket goes by its name.
        """
        if self.option(block, "result") == KINDS:
            return lessons_of(self._interests(block, answer)) if not self.incomplete(block, answer) else ()
        known, cards = {bucket.value for bucket in buckets_of(block)}, {card.id for card in self._cards(block)}
        rows = [(row, row.bucket if row.bucket in known else None) for row in self.named(answer)]
        column = block.makes.partition(".")[2] or "energy"
        return tuple(
            Item(row.key, row.text, {**lesson_of(row), **in_bucket(row, bucket), column: bucket, **as_card(row, cards)})
            for row, bucket in rows
            if bucket or not cards
        )

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(Item(row.key, row.text, {"bucket": row.bucket}) for row in self.named(answer))

    def rest(self, block: Block, answer: Answer) -> Rest:
        result, piles = self._result(block, answer), self.piles(block, answer)
        if self.option(block, "result") == KINDS:
            return Rest((*rest_lines_of(self._interests(block, answer)), *rest_lines(piles)[:1]), (result,))
        sentences = (result,) if result else (*sentences_of(self._judged(block, answer)), *waiting(piles))
        return Rest(rest_lines(piles), sentences)

    def headline(self, block: Block, answer: Answer) -> tuple[str, ...]:
        """The superpowers, or the interests; else what stands in the first bucket."""
        if self.option(block, "result") == KINDS:
            return tuple(one.kind.name for one in top_of(self._interests(block, answer)))
        if self._is_about_superpowers(block):
            return tuple(one.text for one in self._judged(block, answer) if one.is_superpower)
        first = buckets_of(block)[0].value
        return headed([row for row in self.named(answer) if row.bucket == first])

    def removed_words(self, answer: Answer, nameless: str = "The line") -> str:
        """What *undo* would bring back; not the words of what is private."""
        removed = self.load(answer).removed
        return PRIVATE_ONE if removed and removed.row.is_private else super().removed_words(answer, nameless)

    def open_part(self, answer: Answer) -> Answer:
        return self._only(answer, is_private=False)

    def private_part(self, answer: Answer) -> Answer | None:
        return self._only(answer, is_private=True)

    def _only(self, answer: Answer, *, is_private: bool) -> Answer:
        whole = self.load(answer)
        rows = tuple(row for row in whole.rows if row.is_private == is_private)
        return answer if rows == whole.rows else self.store(replace(whole, rows=rows, removed=None))

    def summary(self, block: Block, answer: Answer) -> str:
        return in_one_line(self.piles(block, answer))

    def long_form(self, block: Block, answer: Answer) -> str:
        return in_full(self.piles(block, answer))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> SortView:
        piles, whole, verb = self.piles(block, answer), self.load(answer), view_state.get("verb")
        total, powers = len(piles.things), self._judged(block, answer) if verb != "all" else []
        rows = whole.rows if total else tuple(row for row in whole.rows if row.is_own) or (self.blank(),)
        is_writing = verb != "one" and any(row.is_own and not row.text for row in whole.rows)
        is_listed, is_again = verb in ("list", "all") or is_writing, whole.draft and piles.sorted > 0
        shown = self._shown(block, rows, inputs, {one.key: one.is_superpower for one in powers})
        shown = [with_choices(one, piles.choices, is_again=is_again) for one in shown]
        wanted = view_state.get("argument", "") if verb == "change" else ""
        is_one = total > 0 and not is_listed and not is_again
        return SortView(
            ask=self.option(block, "ask"),
            line=self.option(block, "line"),
            rows=tuple(row for row in shown if not row.is_gone),
            step=step_in(asked_of(piles.things), whole.recent, wanted) if is_one else None,
            gives_way=giving_way(piles),
            look=str(self.option(block, "detail").get("label", "")),
            is_listed=is_listed,
            is_again=is_again,
            gone=tuple(row for row in shown if row.is_gone),
            count=f"{piles.sorted} of {total}" if piles.sorted < total else "",
            full=full_words(piles),
            result=self._result(block, answer),
            sentences=sentences_of(powers),
            is_overruled=any(one.word is not None for one in powers),
            removed=self.removed_words(answer, ""),
            can_add=fits_one_more(rows, self.most),
        )

    def _shown(
        self, block: Block, rows: Sequence[Sorted], inputs: Inputs, powers: Mapping[str, bool]
    ) -> list[SortedView]:
        live, known = self.live(block, inputs), self._known(block, inputs)
        meanings = {card.id: card.meaning for card in self._cards(block)}
        sources = sources_in((*inputs.draft, *inputs.rows))
        asking = self.option(block, "detail").get("connections", ())
        looks = {key for key, number in inputs.connection_ids.items() if number in asking}
        shown = [
            replace(sorted_view(n, row, live), hint=meanings.get(row.key, ""), source=sources.get(row.key, ""))
            for n, row in enumerate(rows)
        ]
        shown = [replace(one, look=one.look or "") if one.key in looks else one for one in shown]
        if not self._is_about_superpowers(block):
            return shown
        return [with_ratings(one, row, known.get(row.key, {}), powers) for one, row in zip(shown, rows, strict=True)]

    def _judged(self, block: Block, answer: Answer) -> list[Sorted]:
        """The skills, the strongest first, once all are sorted and saved."""
        is_open = self.load(answer).draft or bool(self.incomplete(block, answer))
        return strengths(self.named(answer)) if self._is_about_superpowers(block) and not is_open else []

    def _interests(self, block: Block, answer: Answer) -> list[Tally]:
        return interests_in(self.named(answer), buckets_of(block))

    def _result(self, block: Block, answer: Answer) -> str:
        """What lifts, or what interests, in one sentence, once enough is sorted."""
        if self.option(block, "result") == KINDS and not self.incomplete(block, answer):
            return sentence_of(self._interests(block, answer))
        if self.option(block, "result") != "lift" or self.incomplete(block, answer):
            return ""
        piles = self.piles(block, answer)
        return lifted_in_words(piles.sorted, piles.counts["lifted"])


def fits_one_more(rows: Sequence[Sorted], most: int) -> bool:
    """Whether one more of one's own fits."""
    named = [row for row in rows if row.text]
    return sum(row.is_own for row in named) < OWN_LIMIT and len(named) < most


tool = BucketSort()
