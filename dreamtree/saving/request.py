"""What a save is given, and what it answers."""

from dataclasses import dataclass, field
from typing import Literal

from dreamtree.answers.stored import SaveInfo, StoredAnswer
from dreamtree.content.book import Block, Exercise
from dreamtree.values import Answer


@dataclass(frozen=True)
class SaveRequest:
    """One save as the page sent it. Ids and times are made before, so that it may be tried again.

    `shown` is the digest of each connection's items that the page showed, where the page carried it. `typed` is the
    answer before a button of its own acted on it: what that takes away was typed nevertheless.
    """

    exercise: Exercise
    block: Block
    answer: Answer
    stamp: SaveInfo
    answer_id: str
    revision_id: str
    shown: dict[int, str]
    typed: Answer | None = None


@dataclass(frozen=True)
class SaveResult:
    """`saved` is committed; `repeat` was saved before; `conflict` wrote nothing but kept the text in history.

    `taught` are the nouns of the profile that changed. `said` is the answer that now stands; `refused_id` the
    revision that keeps the text of a conflict. `mine` and `theirs` are what met there.
    """

    status: Literal["saved", "repeat", "conflict"]
    said: StoredAnswer
    changed_sources: frozenset[str] = frozenset()
    refused_id: str = ""
    mine: Answer = field(default_factory=dict)
    theirs: Answer = field(default_factory=dict)
