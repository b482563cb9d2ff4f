"""What the page *Trash* shows: answers and entries that were put away, each until when it is kept."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import records, trash
from dreamtree.answers.models import ExerciseResponse
from dreamtree.answers.records import KEYS, Record
from dreamtree.answers.stored import StoredAnswer
from dreamtree.answers.trash import KEPT_FOR
from dreamtree.content.book import Block
from dreamtree.saving.trash import block_place, bring_back_answer, bring_back_record, delete_for_good
from dreamtree.saving.typed import typed_words
from dreamtree.tools import tool
from dreamtree.values import Answer
from dreamtree.workbook.dates import moment_words, written_words

__all__ = ["Restored", "TrashLine", "bring_back_row", "delete_for_good", "line_of", "lines"]
EARLIER_QUESTION = "An earlier question"


@dataclass(frozen=True)
class TrashLine:
    """One thing in the trash. `url` leads to its question, "" when the book no longer asks it."""

    id: str
    label: str
    title: str
    url: str
    words: str
    is_entry: bool
    is_private: bool
    put_away_at: str
    kept_until: str

    @property
    def path(self) -> str:
        """The address of what can be done about it."""
        return f"/data/trash/{quote(self.id, safe=':')}"


@dataclass(frozen=True)
class Restored:
    """Where the restored text now stands. `is_anew`: in the history of an answer that was given since."""

    url: str
    is_anew: bool = False


def lines(user: User) -> tuple[TrashLine, ...]:
    """Everything in the trash, what went there last first. Three queries, and one an answer that keeps records."""
    with db.reading():
        answers = trash.trashed_answers(user)
        entries = records.records_in_the_trash(user)
        whole = [(_with_entries(user, one, entries), one.deleted_at or "") for one in answers]
    together = {(one.block_key, one.deleted_at) for one in answers}
    alone = [one for one in entries if (one.block_key, one.deleted_at) not in together]
    put_away = [(stored, at, False) for stored, at in whole]
    put_away += [(_as_answer(one), one.deleted_at or "", True) for one in alone]
    newest_first = sorted(put_away, key=lambda one: one[1], reverse=True)
    return tuple(_line(user, stored, at, is_entry=is_entry) for stored, at, is_entry in newest_first)


def line_of(user: User, row_id: str) -> TrashLine | None:
    """One thing in the trash, or None."""
    return next((line for line in lines(user) if line.id == row_id), None)


def bring_back_row(user: User, row_id: str) -> Restored | None:
    """Brings a text back to where it stood; None when there is no such text."""
    back = bring_back_answer(user, row_id) or bring_back_record(user, row_id)
    if back is not None:
        return Restored(_address(back.block_key))
    row = ExerciseResponse.get_or_none(ExerciseResponse.user_id == user.id, ExerciseResponse.id == row_id)
    place = block_place(row.block_key) if row else None
    return Restored(f"/workbook/{place.exercise.id}/{place.block.key}/history", is_anew=True) if place else None


def _with_entries(user: User, one: StoredAnswer, entries: list[Record]) -> StoredAnswer:
    """An answer with the entries that went into the trash with it."""
    if KEYS not in one.answer:
        return one
    mine = [entry for entry in entries if (entry.block_key, entry.deleted_at) == (one.block_key, one.deleted_at)]
    return records.log_answer(user, one, {entry.key: replace(entry, deleted_at=None) for entry in mine})


def _as_answer(entry: Record) -> StoredAnswer:
    return replace(entry, answer={"rows": [entry.row]})


def _line(user: User, stored: StoredAnswer, at: str, *, is_entry: bool) -> TrashLine:
    place = block_place(stored.block_key)
    return TrashLine(
        id=stored.id,
        label=place.block.label if place else EARLIER_QUESTION,
        title=place.exercise.title if place else "",
        url=_address(stored.block_key) if place else "",
        words=tool(place.block.type).long_form(place.block, stored.answer) if place else _typed(stored.answer),
        is_entry=is_entry,
        is_private=_is_private(place.block, stored) if place else True,
        put_away_at=moment_words(user, at),
        kept_until=written_words(user, db.moment(datetime.fromisoformat(at) + KEPT_FOR)),
    )


def _is_private(block: Block, stored: StoredAnswer) -> bool:
    return block.is_private or tool(block.type).has_private(stored.answer)


def _typed(answer: Answer) -> str:
    return "\n".join(typed_words(answer))


def _address(block_key: str) -> str:
    place = block_place(block_key)
    return f"/workbook/{place.exercise.id}#{place.block.anchor}" if place else "/data/trash"
