"""The current answer to each block."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from peewee import SQL, Case, fn

from dreamtree.answers.built_on import BlockConnection, Seen, at_or_through, seen_in, with_stale_and_off
from dreamtree.answers.models import AnswerRevision, ExerciseResponse, UserExercise
from dreamtree.answers.records import KEYS, Excerpt, blocks_naming, names_any, with_records
from dreamtree.answers.stored import StoredAnswer, hash_of
from dreamtree.answers.texts import TextTable
from dreamtree.content.book import Exercise
from dreamtree.db import Statement
from dreamtree.vault import Keyholder

LABEL = "answer"
TABLE = TextTable(
    ExerciseResponse,
    StoredAnswer,
    LABEL,
    hash_of,
    columns={"answer": ExerciseResponse.response_json, "begun_at": ExerciseResponse.responded_at},
    beside=(
        ExerciseResponse.part_id,
        ExerciseResponse.module_id,
        ExerciseResponse.exercise_id,
        ExerciseResponse.version,
        ExerciseResponse.full_exercise_id,
    ),
)


_HASH = [one.name for one in fields(StoredAnswer)].index("content_hash")


@dataclass(frozen=True)
class StoredAnswers:
    """The answers of a person at one moment: `rows` by block, with the text of those that were asked for.

    A text is opened when it is needed. `days` says of each exercise when it was first passed, and when it was set
    aside, `stale` are the blocks that need another look, and `off` the connections not to be used, where that was asked
    for. Where an answer is about to be saved, `kept_at` is when its last text went into the history, and `seen_rows`
    hold what it was built on, and what those answers were built on that its save may change.
    """

    user: Keyholder
    rows: Mapping[str, tuple[Any, ...]]
    days: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    stale: frozenset[str] = frozenset()
    off: frozenset[BlockConnection] = frozenset()
    kept_at: str | None = None
    seen_rows: Sequence[tuple[Any, ...]] = ()

    @property
    def complete(self) -> frozenset[str]:
        """Keys of all blocks with a complete answer."""
        return frozenset(key for key, row in self.rows.items() if row[3])

    def own_row(self, block_key: str) -> StoredAnswer | None:
        """The answer to one block as its own row has it, without the records it may keep beside; None where none is."""
        row = self.rows.get(block_key)
        return TABLE.open(self.user, row) if row is not None and row[2] is not None else None

    def seen(self) -> dict[BlockConnection, Seen]:
        """What the answer to be saved was built on, and what the answers were that its save may change."""
        return seen_in(self.user, self.seen_rows)

    def own_rows(self, block_keys: Iterable[str]) -> dict[str, StoredAnswer]:
        """The answers to these blocks, by key, without the records they may keep beside."""
        return {key: one for key in block_keys if (one := self.own_row(key))}

    def answers(self, block_keys: Iterable[str], excerpt: Excerpt | None = None) -> dict[str, StoredAnswer]:
        """The answers to these blocks, by key; of records all, or this part. A query for them, where one keeps any."""
        return with_records(self.user, self.own_rows(block_keys), excerpt)


def stored_answers_to_save(
    user: Keyholder, block_key: str, others: Iterable[str], connection_ids: Iterable[int]
) -> StoredAnswers:
    """All answers of a person when this one is saved: with its text, and with those of `others`, which it may change.

    `connection_ids` are the connections through which it may. One query.
    """
    keys, numbers = [block_key, *others], list(connection_ids)
    rows = _ANSWERS_TO_SAVE.rows(user.id, keys, block_key, user.id, user.id, block_key, numbers)
    answers = {row[1]: row for row in rows if row[_HASH] is not None}
    kept_at = answers[block_key][-1] if block_key in answers else None
    seen_rows = [row for row in rows if row[_HASH] is None]
    return StoredAnswers(user, {key: row[:-1] for key, row in answers.items()}, kept_at=kept_at, seen_rows=seen_rows)


def stored_answers_and_days(user: Keyholder, block_keys: Iterable[str]) -> StoredAnswers:
    """All answers of a person, with the texts of these blocks and the days of exercises. One query."""
    rows = _ANSWERS_AND_DAYS.rows(user.id, list(block_keys))
    answers = {row[1]: row for row in rows if row[0] is not None}
    return StoredAnswers(user, answers, {row[1]: (row[2], row[-1]) for row in rows if row[0] is None})


def stored_answers_and_marks(user: Keyholder, block_keys: Iterable[str]) -> StoredAnswers:
    """The same, with what needs another look and every connection not to be used. One query."""
    rows = _ANSWERS_AND_MARKS.rows(user.id, list(block_keys))
    marks = [row for row in rows if row[0] is None and row[3] is not None]
    return StoredAnswers(
        user,
        {row[1]: row for row in rows if row[0] is not None},
        {row[1]: (row[2], row[-1]) for row in rows if row[0] is None and row[3] is None},
        stale=frozenset(row[1] for row in marks if row[4] is None),
        off=frozenset((row[1], row[4]) for row in marks if row[4] is not None),
    )


def answers_of(user: Keyholder, block_keys: Iterable[str]) -> dict[str, StoredAnswer]:
    """The answers to these blocks, by key; a block without one is left out. One query, and one for records."""
    return with_records(user, _own_rows(user, block_keys))


def answers_naming(user: Keyholder, block_keys: Iterable[str], keys: Collection[str]) -> dict[str, StoredAnswer]:
    """Those of the answers to these blocks in which one of `keys` stands, of a skill say, or in an entry of theirs.

    Of the others nothing is read but whether it stands in them. One query, and two for records.
    """
    rows = {row[1]: row for row in _ANSWERS.rows(user.id, list(block_keys))}
    texts = {key: TABLE.text(user, row) for key, row in rows.items()}
    logs = blocks_naming(user, [key for key, text in texts.items() if f'"{KEYS}":' in text], keys)
    naming = logs | {key for key, text in texts.items() if names_any(text, keys)}
    return with_records(user, {key: TABLE.open(user, row) for key, row in rows.items() if key in naming})


def answer_to(user: Keyholder, block_key: str) -> StoredAnswer | None:
    """The answer to one block, or None."""
    return answers_of(user, [block_key]).get(block_key)


def stored_answer(user: Keyholder, block_key: str) -> StoredAnswer | None:
    """The answer to one block as its own row has it, without the records it may keep beside; None where none is."""
    return _own_rows(user, [block_key]).get(block_key)


def complete_keys(user: Keyholder) -> frozenset[str]:
    """Keys of all blocks with a complete answer."""
    return frozenset(key for (key,) in _COMPLETE.rows(user.id))


def answered_keys(user: Keyholder) -> dict[str, bool]:
    """Keys of all blocks with an answer → whether it is complete."""
    return {key: bool(is_complete) for key, is_complete in _KEYS.rows(user.id)}


def insert(user: Keyholder, first: StoredAnswer, exercise: Exercise) -> None:
    """Writes the first answer to a block of this exercise."""
    part, module, rest = exercise.full_id.split(".", 2)
    number, version = rest.split(".v")
    TABLE.insert(user, first, part, module, number, int(version), exercise.full_id)


def _own_rows(user: Keyholder, block_keys: Iterable[str]) -> dict[str, StoredAnswer]:
    return {row[1]: TABLE.open(user, row) for row in _ANSWERS.rows(user.id, list(block_keys))}


def _living(user_id: Any, *which: Any) -> Any:
    return TABLE.select(user_id, ExerciseResponse.deleted_at.is_null(), *which)


def _with_text_of(user_id: Any, block_keys: list[Any]) -> Any:
    """Every living row, with its text only where it answers one of these blocks."""
    text = Case(None, [(ExerciseResponse.block_key.in_(block_keys), ExerciseResponse.response_json)], None)
    return _living(user_id).select(*TABLE.columns[:2], text, *TABLE.columns[3:])


def _to_save(
    user_id: Any,
    block_keys: list[Any],
    block_key: Any,
    revisions_user_id: Any,
    inputs_user_id: Any,
    inputs_block_key: Any,
    numbers: list[Any],
) -> Any:
    """The same, and of one answer, when its last text was kept; then, without a hash, what answers were built on.

    A text that was refused never stood. One statement, for it runs while everybody else waits.
    """
    last_text_at = AnswerRevision.select(fn.MAX(AnswerRevision.recorded_at)).where(
        AnswerRevision.user_id == revisions_user_id,
        AnswerRevision.answer_id == ExerciseResponse.id,
        AnswerRevision.kind != "refused",
    )
    rows = _with_text_of(user_id, block_keys)
    columns = [*rows.selected_columns, Case(None, [(ExerciseResponse.block_key == block_key, last_text_at)], None)]
    return rows.select(*columns).union_all(at_or_through(inputs_user_id, inputs_block_key, numbers, len(columns)))


def _with_days(user_id: Any, block_keys: list[Any]) -> Any:
    """The living rows, and one without an id for each exercise: its name, the days it was passed and set aside."""
    nothing = [SQL("NULL")] * (len(TABLE.columns) - 4)
    days = UserExercise.select(
        SQL("NULL"), UserExercise.id, UserExercise.first_passed_at, *nothing, UserExercise.set_aside_at
    ).where(UserExercise.user_id == user_id)
    return _with_text_of(user_id, block_keys).union_all(days)


_ANSWERS = Statement(lambda user_id, keys: _living(user_id, ExerciseResponse.block_key.in_(keys)))
_ANSWERS_TO_SAVE = Statement(_to_save)
_ANSWERS_AND_DAYS = Statement(_with_days)
_ANSWERS_AND_MARKS = Statement(
    lambda user_id, keys: with_stale_and_off(_with_days(user_id, keys), user_id, len(TABLE.columns))
)
_KEYS = Statement(lambda user_id: _living(user_id).select(ExerciseResponse.block_key, ExerciseResponse.is_complete))
_COMPLETE = Statement(
    lambda user_id: _living(user_id, ExerciseResponse.is_complete == 1).select(ExerciseResponse.block_key)
)
