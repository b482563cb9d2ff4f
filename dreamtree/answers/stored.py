"""What was said, as it is stored: one text, its revision, and who wrote it last."""

import json
from dataclasses import dataclass

from dreamtree.values import Answer
from dreamtree.vault import Keyholder, digest


@dataclass(frozen=True)
class StoredAnswer:
    """The current answer to one block. `is_complete` means good enough to go on; `begun_at` is its first save."""

    id: str
    block_key: str
    answer: Answer
    is_complete: bool
    revision: int
    last_editor: str
    last_n: int
    last_kind: str
    saved_at: str
    content_hash: str
    begun_at: str


@dataclass(frozen=True)
class AnswerBody:
    """An answer ready to be written: its JSON, and whether it is complete."""

    answer: Answer
    is_complete: bool

    @property
    def json(self) -> str:
        return json.dumps(self.answer, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class SaveInfo:
    """Who writes, on which revision, and when. `n` counts one editor's saves upwards."""

    base: int
    editor: str
    n: int
    kind: str
    at: str


def hash_of(user: Keyholder, text: AnswerBody) -> str:
    """A keyed fingerprint of an answer: equal answers of one person have equal hashes."""
    return digest(user, "content", json.dumps(text.answer, ensure_ascii=False, sort_keys=True))
