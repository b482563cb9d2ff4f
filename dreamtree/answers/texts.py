"""A table of sealed texts with revisions: what answers and records share in storage."""

import json
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Generic, TypeVar

from dreamtree.answers.stored import SaveInfo, StoredAnswer, json_of
from dreamtree.db import Conflict, Statement
from dreamtree.once import worked_once
from dreamtree.values import Answer, FrozenAnswer
from dreamtree.vault import Keyholder, Sealed, open_, seal

Text = TypeVar("Text", bound=StoredAnswer)
IDENTITY = ("id", "block_key")


def as_stored(answer: Answer) -> FrozenAnswer:
    """An answer as it opens again once it was sealed."""
    if isinstance(answer, FrozenAnswer) and answer.is_parsed:
        return answer
    return FrozenAnswer(json.loads(json_of(answer)), is_parsed=True)


@worked_once
def sealed(user: Keyholder, label: str, row_id: str, answer: Answer) -> Sealed:
    """An answer sealed for its row, under a label that never changes. Raises `Locked` without the key."""
    return seal(user, label, row_id, json_of(answer))


def opened_answer(user: Keyholder, label: str, row_id: str, text: Sealed) -> Answer:
    """The answer that `sealed` sealed. Raises `Locked` without the key, `Tampered` when it does not belong here."""
    return _parsed(open_(user, label, row_id, text))


@worked_once
def _parsed(text: str) -> FrozenAnswer:
    return FrozenAnswer(json.loads(text), is_parsed=True)


class TextTable(Generic[Text]):
    """A table whose rows open to texts of this `shape`. A row moves on only from the revision it was read in.

    A field of `shape` is the column of the same name, unless `columns` names another. `saved` are further columns
    that say when the text was saved, `beside` those that are written once, with the first text.
    """

    def __init__(
        self,
        model: Any,
        shape: type[Text],
        label: str,
        fingerprint: Callable[[Keyholder, Answer], str],
        columns: dict[str, Any],
        saved: tuple[Any, ...] = (),
        beside: tuple[Any, ...] = (),
    ) -> None:
        named = {one.name: columns.get(one.name) or getattr(model, one.name) for one in fields(shape)}
        self.columns = tuple(named.values())
        self._model, self._shape, self._label, self._fingerprint = model, shape, label, fingerprint
        moving = [name for name in named if name not in IDENTITY]
        self._moving = [*moving, *("saved_at" for _ in saved)]
        self._moved = [*(named[name] for name in moving), *saved]
        self._written = [model.user_id, model.id, model.block_key, *self._moved, *beside]
        self._insert, self._update = Statement(self._inserting), Statement(self._updating)

    def select(self, user_id: Any, *which: Any) -> Any:
        """The query for one person's rows, to be opened with `open`."""
        return self._model.select(*self.columns).where(self._model.user_id == user_id, *which)

    def open(self, user: Keyholder, row: tuple[Any, ...]) -> Text:
        """The text that a row of `columns` holds, opened. Raises `Locked` without the key."""
        identity, block_key, envelope, is_complete, *rest = row
        answer = opened_answer(user, self._label, identity, Sealed(envelope))
        return self._shape(identity, block_key or "", answer, bool(is_complete), *rest)

    def text(self, user: Keyholder, row: tuple[Any, ...]) -> str:
        """The text of a row of `columns`, as it was sealed."""
        return open_(user, self._label, row[0], Sealed(row[2]))

    def first(
        self, user: Keyholder, identity: str, block_key: str, answer: Answer, is_complete: bool, info: SaveInfo
    ) -> Text:
        """A first text, with revision 1. Nothing is written yet."""
        blank = self._shape(identity, block_key, {}, False, 0, "", 0, "", "", "", info.at)
        return self.next(user, blank, answer, is_complete, info)

    def next(self, user: Keyholder, before: Text, answer: Answer, is_complete: bool, info: SaveInfo) -> Text:
        """The next revision, out of the trash if it lay there. Nothing is written yet."""
        return replace(
            before,
            answer=as_stored(answer),
            is_complete=is_complete,
            revision=before.revision + 1,
            last_editor=info.editor,
            last_n=info.n,
            last_kind=info.kind,
            saved_at=info.at,
            content_hash=self._fingerprint(user, answer),
            deleted_at=None,
        )

    def insert(self, user: Keyholder, text: Text, *beside: Any) -> None:
        """Writes a first text. A second one with the same key is a unique violation, and the save begins again."""
        self._insert.run(user.id, text.id, text.block_key, *self._values(user, text), *beside)

    def update(self, user: Keyholder, before: Text, after: Text) -> None:
        """Writes what a text has become. Raises `Conflict` when it is no longer what it was `before`."""
        if not self._update.run(*self._values(user, after), user.id, after.id, before.revision):
            raise Conflict

    def _values(self, user: Keyholder, text: Text) -> list[Any]:
        """In the order of `_moved`."""
        envelope = sealed(user, self._label, text.id, text.answer).envelope
        values = vars(text) | {"answer": envelope, "is_complete": int(text.is_complete)}
        return [values[name] for name in self._moving]

    def _inserting(self, *values: Any) -> Any:
        return self._model.insert(dict(zip(self._written, values, strict=True)))

    def _updating(self, *values: Any) -> Any:
        *new, user_id, identity, revision = values
        model, columns = self._model, dict(zip(self._moved, new, strict=True))
        mine = (model.user_id == user_id, model.id == identity, model.revision == revision)
        return model.update(columns).where(*mine)
