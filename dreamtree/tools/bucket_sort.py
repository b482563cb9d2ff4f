"""Sorting: each thing into one of two to five named buckets.

An answer is `{"rows": [{"key", "text", "bucket": value or ""}]}`; rows added by hand have `own`. Connected rows post
their key and bucket only.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import FieldList, Form, FormField, StringField

from dreamtree.content.book import Block
from dreamtree.profile import skills
from dreamtree.tools._item_rows import (
    LineRow,
    Row,
    as_line,
    begun,
    has_twins,
    in_words,
    is_unsaid,
    listed,
    merged,
    posted_row,
    reworded,
    rows_in,
    said_rows,
)
from dreamtree.tools._rows import UnknownButton
from dreamtree.tools._tool import NOTHING_GIVEN, Given, Learner, Posted, Problem, Tool
from dreamtree.values import Answer, Item

OWN_LIMIT = 50
ROW_LIMIT = 200


@dataclass(frozen=True)
class Bucket:
    """One of the answers. `limit` is how many it holds, 0 for any number."""

    value: str
    label: str
    limit: int


@dataclass(frozen=True)
class Sorted:
    """A row on the page. `is_gone`: answered, but no longer among what it came from."""

    index: int
    key: str
    text: str
    bucket: str
    is_own: bool
    is_gone: bool
    is_live: bool


@dataclass(frozen=True)
class SortView:
    ask: str
    choices: tuple[tuple[str, str], ...]
    rows: tuple[Sorted, ...]
    gone: tuple[Sorted, ...]
    count: str
    full: tuple[str, ...]
    result: str
    removed: str
    can_add: bool


class SortRow(LineRow):
    bucket = StringField(filters=[lambda value: value or ""])


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
    rows_from = frozenset({"user_skills", "experiences", "locations"})
    drafts_from = frozenset({"user_skills", "experiences", "locations"})

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
        rows = [{**posted_row(row), "bucket": row["bucket"]} for row in form.data["rows"]]
        return {"rows": [row for row in rows if not is_unsaid(row)]}

    def bare(self, answer: Answer) -> Answer:
        rows = _said(answer)
        return {"rows": [{**posted_row(row), "bucket": str(row.get("bucket") or "")} for row in rows]}

    def dress(self, block: Block, bare: Answer, stored: Answer | None, given: Given) -> Answer:
        rows = merged(bare["rows"], rows_in(stored or {}, "rows"), _words_in(given))
        return {**(stored or {}), "rows": rows}

    def missing(self, block: Block, answer: Answer) -> list[Problem]:
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

    def start(self, block: Block, given: Given) -> Answer:
        return {"rows": [_unsorted(item) for item in given.draft[:ROW_LIMIT] if as_line(item.text)]}

    def with_rows(self, block: Block, answer: Answer, given: Given) -> Answer:
        rows = reworded(rows_in(answer, "rows"), _words_in(given))
        known = {row["key"] for row in rows}
        fresh = [_unsorted(item) for item in given.rows if item.key not in known and as_line(item.text)]
        return {**answer, "rows": [*rows, *fresh]}

    def take_in(self, block: Block, answer: Answer, item: Item) -> Answer:
        rows = rows_in(answer, "rows")
        if any(row["key"] == item.key for row in rows):
            return {
                **answer,
                "rows": [{**row, "text": as_line(item.text)} if row["key"] == item.key else row for row in rows],
            }
        return {**answer, "rows": [*rows, _unsorted(item)]} if len(rows) < ROW_LIMIT else answer

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(row["key"] for row in _said(answer))

    def act(
        self, block: Block, answer: Answer, verb: str, argument: str, posted: Posted, given: Given = NOTHING_GIVEN
    ) -> Answer:
        if verb not in ("add", "remove", "undo"):
            raise UnknownButton(verb)
        if verb == "add" and not _has_room(answer):
            return answer
        return super().act(block, answer, verb, argument, posted)

    def blank_row(self) -> dict[str, Any]:
        return {**super().blank_row(), "own": True, "bucket": ""}

    def learn(self, user: Learner, block: Block, answer: Answer, at: str) -> frozenset[str]:
        if block.makes != "user_skills.energy":
            return frozenset()
        known = {bucket.value for bucket in self._buckets(block)}
        energies = {row["key"]: row["bucket"] for row in _said(answer) if row.get("bucket") in known}
        changed = skills.rate(user, "energy", energies, self.option(block, "category"), at)
        return frozenset({"user_skills"}) if changed else frozenset()

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(Item(row["key"], row["text"], {"bucket": row.get("bucket") or ""}) for row in _said(answer))

    def summary(self, block: Block, answer: Answer) -> str:
        counts = _counts(answer)
        said = [f"{in_words(counts[one.value])} {one.label}" for one in self._buckets(block) if counts[one.value]]
        return begun(listed(said)) or "Nothing sorted yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        piles = [(begun(bucket.label), bucket.value) for bucket in self._buckets(block)] + [("Not sorted yet", "")]
        parts = []
        for label, value in piles:
            lines = [f"– {as_line(row['text'])}" for row in _said(answer) if (row.get("bucket") or "") == value]
            parts += ["\n".join([f"{label}:", *lines])] if lines else []
        return "\n\n".join(parts)

    def show(self, block: Block, answer: Answer, given: Given, asked: Mapping[str, str]) -> SortView:
        rows = rows_in(answer, "rows")
        if not _said(answer):
            rows = [row for row in rows if is_unsaid(row)] or [self.blank_row()]
        live = {item.key for item in given.rows}
        shown = [_shown(index, row, live) for index, row in enumerate(rows)]
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
            removed=as_line(removed.get("text")),
            can_add=_has_room(answer),
        )

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
        if self.option(block, "result") != "lift" or self.missing(block, answer):
            return ""
        total = sum(bool(row.get("bucket")) for row in _said(answer))
        return _lift(total, _counts(answer)["lifted"])


def _own(rows: list[Row]) -> int:
    return sum(bool(row.get("own")) for row in rows)


def _has_room(answer: Answer) -> bool:
    return _own(_said(answer)) < OWN_LIMIT and len(_said(answer)) < ROW_LIMIT


def _said(answer: Answer) -> list[Row]:
    return said_rows(answer, "rows")


def _words_in(given: Given) -> dict[str, str]:
    return {item.key: as_line(item.text) for item in (*given.draft, *given.rows)}


def _counts(answer: Answer) -> Counter[str]:
    return Counter(str(row.get("bucket") or "") for row in _said(answer))


def _names(answer: Answer, bucket: Bucket) -> str:
    return listed([row["text"] for row in _said(answer) if row.get("bucket") == bucket.value])


def _unsorted(item: Item) -> dict[str, Any]:
    return {"key": item.key, "text": as_line(item.text), "bucket": ""}


def _shown(index: int, row: Mapping[str, Any], live: set[str]) -> Sorted:
    is_own = bool(row.get("own"))
    is_live = row["key"] in live
    is_gone = bool(live) and not is_own and not is_live
    return Sorted(index, row["key"], as_line(row.get("text")), str(row.get("bucket") or ""), is_own, is_gone, is_live)


def _lift(total: int, lifted: int) -> str:
    """What the sorting shows: how many things one is good at, and how many of them give something back."""
    all_ = {1: "this one", 2: "both"}.get(total, f"all {in_words(total)}")
    if total == 1:
        return f"You are good at {all_}. It {'lifts you' if lifted else 'does not lift you'}."
    if lifted == total:
        return f"You are good at {all_}. {'Both' if total == 2 else 'All'} of them lift you."
    if not lifted:
        return f"You are good at {all_}. None of them lifts you."
    return f"You are good at {all_}. {begun(in_words(lifted))} of them {'lifts' if lifted == 1 else 'lift'} you."


tool = BucketSort()
