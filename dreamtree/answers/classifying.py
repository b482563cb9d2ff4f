"""What becomes of each posted text: it is unchanged, to be written, or in conflict with one it did not know of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from dreamtree.answers import history
from dreamtree.answers.records import FORCE, Record, content_of, own_fields, row_hash
from dreamtree.answers.stored import SaveInfo, SaveRequest, StoredAnswer
from dreamtree.content.book import Block
from dreamtree.values import Answer
from dreamtree.vault import Keyholder

Verdict = Literal["unchanged", "write", "conflict"]


class AnswerKind(Protocol):
    """What must be known of the tool that answers a block."""

    @property
    def keeps_records(self) -> bool:
        """Whether each row of its answers is a record with a revision of its own."""

    def is_blank(self, row: Mapping[str, Any]) -> bool:
        """Whether a row says nothing."""

    def empty(self, block: Block) -> Answer:
        """The answer of somebody who has said nothing."""

    def incomplete(self, block: Block, answer: Answer) -> Collection[Any]:
        """What is still open in an answer; empty when it is complete."""


# Answers of one text


def classify(info: SaveInfo, stored: StoredAnswer, after: StoredAnswer) -> Verdict | Literal["repeat"]:
    """What becomes of `after`, posted where `stored` stands.

    A repeat is a latecomer of the same page, or the same once more. The last number with other words is a page that
    the browser brought back.
    """
    is_same = stored.content_hash == after.content_hash
    if stored.last_editor == info.editor and info.n <= stored.last_n:
        says_no_more = info.kind == "row" and not history.says_more(after.answer, stored.answer)
        if info.n < stored.last_n or is_same or says_no_more:
            return "repeat"
    if is_same and stored.is_complete == after.is_complete:
        return "unchanged"
    is_mine = stored.last_editor == info.editor and stored.last_n <= info.n
    return "write" if info.base == stored.revision or is_mine else "conflict"


# Answers whose rows are records


@dataclass(frozen=True)
class PostedRows:
    """A posted answer taken apart: every row's key in order, and the contents of those that say something.

    `seen` is the hash of what the page was shown of a row. `typed` is what dropped rows said before a button took them.
    """

    keys: tuple[str, ...]
    contents: Mapping[str, Answer]
    seen: Mapping[str, str | None]
    dropped: Mapping[str, str]
    typed: Mapping[str, Answer]


def _posted_rows(request: SaveRequest, kind: AnswerKind) -> PostedRows:
    resting = set(request.answer.get("resting") or ())
    rows = [row for row in request.answer.get("rows") or [] if row["key"] not in resting]
    dropped = request.answer.get("dropped") or {}
    typed = [row for row in (request.typed or {}).get("rows") or [] if row["key"] in dropped]
    return PostedRows(
        keys=tuple(row["key"] for row in rows),
        contents=_contents(rows, kind),
        seen={row["key"]: row.get("was") for row in rows},
        dropped=dropped,
        typed=_contents(typed, kind),
    )


def _contents(rows: list[dict[str, Any]], kind: AnswerKind) -> dict[str, Answer]:
    contents = {row["key"]: content_of(row) for row in rows}
    return {key: content for key, content in contents.items() if not kind.is_blank(content)}


@dataclass(frozen=True)
class Classified:
    """What was posted and what is stored; what becomes of the own fields, of each row, and of each row taken out."""

    posted: PostedRows
    stored: StoredAnswer | None
    known: Mapping[str, Record]
    own: Verdict
    rows: Mapping[str, Verdict]
    drops: Mapping[str, Verdict]

    @property
    def is_refused(self) -> bool:
        """Whether any text is in conflict: then nothing is written."""
        return "conflict" in {self.own, *self.rows.values(), *self.drops.values()}


def changed(verdicts: Mapping[str, Verdict]) -> list[str]:
    """The keys of what is not unchanged."""
    return [key for key, verdict in verdicts.items() if verdict != "unchanged"]


def classify_records(
    user: Keyholder,
    request: SaveRequest,
    kind: AnswerKind,
    stored: StoredAnswer | None,
    known: Mapping[str, Record],
) -> Classified:
    """Every row, every row taken out, and the own fields. One query for each text that met another."""
    info, posted = request.info, _posted_rows(request, kind)
    rows = {
        key: _classify_text(user, known.get(key), content, posted.seen[key], info)
        for key, content in posted.contents.items()
    }
    drops = {
        key: _classify_drop(user, known.get(key), seen_hash, info)
        for key, seen_hash in posted.dropped.items()
        if key not in rows and (key in known or key in posted.typed)
    }
    return Classified(posted, stored, known, _classify_own(user, request, stored, kind), rows, drops)


def _classify_text(
    user: Keyholder, stored: StoredAnswer | None, content: Answer, seen_hash: str | None, info: SaveInfo
) -> Verdict:
    if stored is None:
        return "write"
    is_mine, is_gone = stored.last_editor == info.editor, bool(stored.deleted_at)
    posted_hash, stored_hash = row_hash(user, content), row_hash(user, stored.answer)
    is_same = posted_hash == stored_hash
    if is_mine and (info.n < stored.last_n or (info.n == stored.last_n and is_same)):
        return "unchanged"
    if is_same and not (is_gone and (is_mine or seen_hash == FORCE)):
        return "unchanged"
    if is_mine or seen_hash == FORCE or (seen_hash == stored_hash and not is_gone):
        return "write"
    is_old = posted_hash == seen_hash or _was_saved_by_page(user, stored, posted_hash, info)
    return "unchanged" if is_old else "conflict"


def _classify_drop(user: Keyholder, stored: Record | None, seen_hash: str, info: SaveInfo) -> Verdict:
    if stored is None:
        return "write"
    is_mine = stored.last_editor == info.editor
    if stored.deleted_at or (is_mine and info.n < stored.last_n):
        return "unchanged"
    return "write" if is_mine or seen_hash in (FORCE, row_hash(user, stored.answer)) else "conflict"


def _classify_own(user: Keyholder, request: SaveRequest, stored: StoredAnswer | None, kind: AnswerKind) -> Verdict:
    """As a row; an answer without own fields leaves them as they are."""
    content = own_fields(request.answer)
    if stored is None or not content:
        return "unchanged"
    fields = own_fields(stored.answer)
    shown = fields if request.info.base == stored.revision else own_fields(kind.empty(request.block))
    seen_hash = request.answer.get("was") or row_hash(user, shown)
    return _classify_text(user, replace(stored, answer=fields), content, seen_hash, request.info)


def _was_saved_by_page(user: Keyholder, stored: StoredAnswer, posted_hash: str, info: SaveInfo) -> bool:
    """Whether this very page saved the text before somebody else went on from there."""
    last = history.last_by(user, stored, info.editor)
    return last is not None and row_hash(user, last) == posted_hash
