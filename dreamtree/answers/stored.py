"""What was said, as it is stored: one text, its revision, and who wrote it last; and what a save asks and answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dreamtree.answers.built_on import BlockConnection, Seen
from dreamtree.content.book import Block, Exercise
from dreamtree.once import worked_once
from dreamtree.values import Answer, Item
from dreamtree.vault import Keyholder, digest

DIGITS = 9
"""A page posts the revision that its text was based on with so many digits at the most."""


@dataclass(frozen=True)
class StoredAnswer:
    """The current answer to one block. `is_complete` means good enough to go on; `begun_at` is its first save.

    In the trash it has a `deleted_at`.
    """

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
    deleted_at: str | None = None


Answers = Mapping[str, StoredAnswer]
"""The answers of one person, by the keys of their blocks."""


@dataclass(frozen=True)
class SaveInfo:
    """Who writes, on which revision, and when. `n` counts one editor's saves upwards."""

    base: int
    editor: str
    n: int
    kind: str
    at: str


@dataclass(frozen=True)
class SaveRequest:
    """One save as the page sent it. Ids and times are made before, so that it may be tried again.

    `shown` is the digest of each connection's items that the page showed, where the page carried it. `typed` is the
    answer before a button of its own acted on it: what that takes away was typed nevertheless. `before` is the
    answer that this one will replace, unless another came between.
    """

    exercise: Exercise
    block: Block
    answer: Answer
    info: SaveInfo
    answer_id: str
    revision_id: str
    shown: dict[int, str]
    typed: Answer | None = None
    before: StoredAnswer | None = None


@dataclass(frozen=True)
class Effects:
    """What a save set off, as it stood when that was committed: nobody needs to read it again.

    `complete` are the keys of all complete answers. `seen` is all that the saved answer was built on, and what moved
    of what others were built on, by block and connection; `items` what connections give, by their numbers, as far as
    the save had to ask.
    """

    complete: frozenset[str]
    seen: Mapping[BlockConnection, Seen]
    items: Mapping[int, tuple[Item, ...]]


@dataclass(frozen=True)
class SaveResult:
    """`saved` is committed; `repeat` was saved before; `conflict` wrote nothing but kept the text in history.

    `stored` is the answer that now stands, `replaced` what stood before, None for a first one; `has_changed` is whether
    it says something new, `changed_sources` the nouns of the profile that changed with it. `effects` is None where
    nothing changed, or so much that it is not told here. `refused_id` is the revision that keeps the text of a
    conflict; `mine` and `theirs` are the two texts.
    """

    status: Literal["saved", "repeat", "conflict"]
    stored: StoredAnswer
    has_changed: bool = False
    replaced: Answer | None = None
    changed_sources: frozenset[str] = frozenset()
    effects: Effects | None = None
    refused_id: str = ""
    mine: Answer = field(default_factory=dict)
    theirs: Answer = field(default_factory=dict)


def json_of(answer: Answer) -> str:
    """An answer as the text that is sealed."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


@worked_once
def hash_of(user: Keyholder, answer: Answer) -> str:
    """A keyed fingerprint of an answer: equal answers of one person have equal hashes."""
    return digest(user, "content", json.dumps(answer, ensure_ascii=False, sort_keys=True))
