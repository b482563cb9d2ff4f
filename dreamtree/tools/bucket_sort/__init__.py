"""Sorting: each thing into one of two to five named buckets.

An answer is `{"rows": [{"key", "text", "bucket": value or ""}]}`; rows added by hand have `own`. Connected rows post
their key and bucket only. With `result = "superpowers"` a row also keeps `mastery` and `frequency` (1–5; what a source
knows counts before what is typed) and `said`, the person's word against what was computed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import BooleanField, FieldList, Form, FormField, StringField

from dreamtree.content.blocks import ANY_SOURCE, Block
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Tool
from dreamtree.tools.bucket_sort.superpowers import (
    RATINGS,
    Strength,
    as_computed,
    drafted_row,
    lesson_of,
    rated,
    strengths,
    told,
    typed_word,
    without_the_obvious,
)
from dreamtree.tools.bucket_sort.view import Bucket, Sorted, SortView, lifted_in_words, sorted_row, with_ratings
from dreamtree.tools.fields import as_line
from dreamtree.tools.rows.buttons import UnknownButton
from dreamtree.tools.rows.lines import (
    LineRow,
    Row,
    has_twins,
    is_unsaid,
    merged,
    posted_row,
    reworded,
    rows_in,
    said_rows,
)
from dreamtree.tools.rows.scales import Step
from dreamtree.tools.wording import begun, in_words, listed
from dreamtree.values import Answer, Item

OWN_LIMIT = 50
ROW_LIMIT = 200


class SortRow(LineRow):
    bucket = StringField(filters=[lambda value: value or ""])
    mastery = Step()
    frequency = Step()
    was = StringField()
    held = StringField()
    super = BooleanField()


class SortForm(Form):
    rows = FieldList(FormField(SortRow))


class BucketSort(Tool):
    kind = "bucket-sort"
    form = SortForm
    options: ClassVar[Mapping[str, Any]] = {
        "ask": "",
        "buckets": (),
        "limits": {},
        "enough": 0,
        "result": "",
        "category": "transferable",
        "rows_of": (),
    }
    accepts = {"rows": ANY_SOURCE, "draft": ANY_SOURCE}

    def _is_about_superpowers(self, block: Block) -> bool:
        return bool(self.option(block, "result") == "superpowers")

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        answer, problems = super().read(block, posted)
        rows, known = answer["rows"], {bucket.value for bucket in self._buckets(block)}
        for index, row in enumerate(rows):
            if row["bucket"] and row["bucket"] not in known:
                problems.append(Problem(f"rows-{index}-bucket", "Choose one of the answers shown."))
        if (over := max(_own(rows) - OWN_LIMIT, len(rows) - ROW_LIMIT)) > 0:
            problems.append(Problem("", f"You can add up to {OWN_LIMIT} of your own. Take {over} out."))
        if has_twins(rows):
            problems.append(Problem("", "One thing is on this page twice. Reload the page."))
        return answer, problems

    def from_form(self, block: Block, form: Form) -> Answer:
        is_more = self._is_about_superpowers(block)
        rows = [_typed(row) if is_more else _sorted(row) for row in form.data["rows"]]
        return {"rows": [row for row in rows if not is_unsaid(row)]}

    def form_part(self, answer: Answer) -> Answer:
        return {"rows": [{**_sorted(row), **_more(row)} for row in _said(answer)]}

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        rows = merged(bare["rows"], rows_in(stored or {}, "rows"), _words_in(inputs))
        rows = [without_the_obvious(row) for row in self._rated(block, rows, inputs)]
        kept = {name: value for name, value in (stored or {}).items() if name != "draft"}
        return {**kept, "rows": rows}

    def _rated(self, block: Block, rows: list[Row], inputs: Inputs) -> list[Row]:
        """The rows with what their sources know of them now."""
        if not self._is_about_superpowers(block):
            return rows
        known = {item.key: item.fields for item in (*inputs.draft, *inputs.rows)}
        return [rated(row, known.get(row["key"], {})) for row in rows]

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        rows = _said(answer)
        if not rows:
            return [Problem("", "Add at least one thing to sort.")]
        sorted_ = [row for row in rows if row.get("bucket")]
        needed = min(int(self.option(block, "enough") or len(rows)), len(rows))
        problems = [Problem("", self._too_many(bucket, over)) for bucket, over in self._overfull(block, answer)]
        if len(sorted_) < needed:
            left = needed - len(sorted_)
            problems.append(
                Problem("", f"{begun(in_words(left))} {'is' if left == 1 else 'are'} still without an answer.")
            )
        return problems

    def start(self, block: Block, inputs: Inputs) -> Answer:
        drafted = drafted_row if self._is_about_superpowers(block) else _unsorted
        rows = [drafted(item) for item in inputs.draft[:ROW_LIMIT] if as_line(item.text)]
        return {"rows": rows, "draft": True} if self._is_about_superpowers(block) else {"rows": rows}

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        rows = self._rated(block, reworded(rows_in(answer, "rows"), _words_in(inputs)), inputs)
        known = {row["key"] for row in rows}
        fresh = [_unsorted(item) for item in inputs.rows if item.key not in known and as_line(item.text)]
        return {**answer, "rows": [*rows, *fresh]}

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        rows = rows_in(answer, "rows")
        if any(row["key"] == item.key for row in rows):
            return {
                **answer,
                "rows": [{**row, "text": as_line(item.text)} if row["key"] == item.key else row for row in rows],
            }
        return {**answer, "rows": [*rows, _unsorted(item)]} if len(rows) < ROW_LIMIT else answer

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(row["key"] for row in _said(answer))

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        if button.verb == "computed":
            return {**answer, "rows": [as_computed(row) for row in rows_in(answer, "rows")]}
        if button.verb not in ("add", "remove", "undo"):
            raise UnknownButton(button.verb)
        if button.verb == "add" and not _has_room(answer):
            return answer
        return super().act(block, answer, button)

    def blank_row(self) -> dict[str, Any]:
        return {**super().blank_row(), "own": True, "bucket": ""}

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The things to sort: `energy` is the bucket, `lift` its number, `said` the person's word against the rule."""
        known = {bucket.value for bucket in self._buckets(block)}
        energies = {row["key"]: row.get("bucket") for row in _said(answer) if row.get("bucket") in known}
        fields = {row["key"]: {**lesson_of(row), "energy": energies.get(row["key"])} for row in _said(answer)}
        return tuple(Item(row["key"], row["text"], fields[row["key"]]) for row in _said(answer))

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(Item(row["key"], row["text"], {"bucket": row.get("bucket") or ""}) for row in _said(answer))

    def summary(self, block: Block, answer: Answer) -> str:
        counts, buckets = _counts(answer), self._buckets(block)
        if any(one.label.startswith("it ") for one in buckets):
            told = [f"{one.label}: {in_words(counts[one.value])}" for one in buckets if counts[one.value]]
            return begun("; ".join(told)) or "Nothing sorted yet"
        said = [f"{in_words(counts[one.value])} {one.label}" for one in buckets if counts[one.value]]
        return begun(listed(said)) or "Nothing sorted yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        piles = [(begun(bucket.label), bucket.value) for bucket in self._buckets(block)] + [("Not sorted yet", "")]
        parts = []
        for label, value in piles:
            lines = [f"– {as_line(row['text'])}" for row in _said(answer) if (row.get("bucket") or "") == value]
            parts += ["\n".join([f"{label}:", *lines])] if lines else []
        return "\n\n".join(parts)

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> SortView:
        rows = rows_in(answer, "rows")
        if not _said(answer):
            rows = [row for row in rows if is_unsaid(row)] or [self.blank_row()]
        judged = self._judged(block, answer)
        shown = self._shown(block, rows, inputs, judged)
        said = _said(answer)
        done = sum(bool(row.get("bucket")) for row in said)
        removed = (answer.get("removed") or {}).get("row") or {}
        return SortView(
            ask=self.option(block, "ask"),
            choices=tuple((bucket.value, bucket.label) for bucket in self._buckets(block)),
            rows=tuple(row for row in shown if not row.is_gone),
            gone=tuple(row for row in shown if row.is_gone),
            count=f"{done} of {len(said)}" if said and done < len(said) else "",
            full=self._full(block, answer),
            result=self._result(block, answer),
            told=told(judged),
            is_overruled=any(one.said is not None for one in judged),
            removed=as_line(removed.get("text")),
            can_add=_has_room(answer),
        )

    def _shown(self, block: Block, rows: list[Row], inputs: Inputs, judged: Sequence[Strength]) -> list[Sorted]:
        live = {item.key for item in inputs.rows}
        shown = [sorted_row(index, row, live) for index, row in enumerate(rows)]
        if not self._is_about_superpowers(block):
            return shown
        known = {item.key: item.fields for item in (*inputs.draft, *inputs.rows)}
        found = {one.key: one.is_superpower for one in judged}
        return [with_ratings(one, row, known.get(one.key, {}), found) for one, row in zip(shown, rows, strict=True)]

    def _judged(self, block: Block, answer: Answer) -> list[Strength]:
        """The skills, the strongest first, once all are sorted and saved."""
        if not self._is_about_superpowers(block) or answer.get("draft") or self.incomplete(block, answer):
            return []
        return strengths(_said(answer))

    # Buckets

    def _buckets(self, block: Block) -> tuple[Bucket, ...]:
        limits = self.option(block, "limits")
        return tuple(
            Bucket(one["value"], one["label"], int(limits.get(one["value"], 0)))
            for one in self.option(block, "buckets")
        )

    def _overfull(self, block: Block, answer: Answer) -> list[tuple[Bucket, int]]:
        counts = _counts(answer)
        limited = [bucket for bucket in self._buckets(block) if bucket.limit]
        return [(one, counts[one.value] - one.limit) for one in limited if counts[one.value] > one.limit]

    def _too_many(self, bucket: Bucket, over: int) -> str:
        held = "one" if bucket.limit == 1 else in_words(bucket.limit)
        return f"“{begun(bucket.label)}” holds {held}. Move {in_words(over)} somewhere else."

    def _full(self, block: Block, answer: Answer) -> tuple[str, ...]:
        """A line for each bucket that holds as many as it may, or more, with what to move."""
        counts = _counts(answer)
        over = [self._too_many(bucket, count) for bucket, count in self._overfull(block, answer)]
        full = [one for one in self._buckets(block) if one.limit and counts[one.value] == one.limit]
        return (
            *over,
            *(f"“{begun(one.label)}” is full: {_names(answer, one)}. To add one, move one of them." for one in full),
        )

    def _result(self, block: Block, answer: Answer) -> str:
        if self.option(block, "result") != "lift" or self.incomplete(block, answer):
            return ""
        total = sum(bool(row.get("bucket")) for row in _said(answer))
        return lifted_in_words(total, _counts(answer)["lifted"])


def _own(rows: list[Row]) -> int:
    return sum(bool(row.get("own")) for row in rows)


def _has_room(answer: Answer) -> bool:
    return _own(_said(answer)) < OWN_LIMIT and len(_said(answer)) < ROW_LIMIT


def _said(answer: Answer) -> list[Row]:
    return said_rows(answer, "rows")


def _words_in(inputs: Inputs) -> dict[str, str]:
    return {item.key: as_line(item.text) for item in (*inputs.draft, *inputs.rows)}


def _counts(answer: Answer) -> Counter[str]:
    return Counter(str(row.get("bucket") or "") for row in _said(answer))


def _names(answer: Answer, bucket: Bucket) -> str:
    return listed([row["text"] for row in _said(answer) if row.get("bucket") == bucket.value])


def _unsorted(item: Item) -> dict[str, Any]:
    return {"key": item.key, "text": as_line(item.text), "bucket": ""}


def _sorted(row: Mapping[str, Any]) -> Row:
    return {**posted_row(row), "bucket": str(row.get("bucket") or "")}


def _typed(row: Mapping[str, Any]) -> Row:
    return {**_sorted(row), **_more({**row, "said": typed_word(row)})}


def _more(row: Mapping[str, Any]) -> Row:
    """Ratings and the person's word, where there are any."""
    return {name: row[name] for name in (*RATINGS, "said") if row.get(name) is not None}


tool = BucketSort()
