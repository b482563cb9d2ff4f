"""What a save is given, and what it answers."""

from dataclasses import dataclass
from typing import Literal

from dreamtree.answers.said import Said, Stamp
from dreamtree.content.book import Block, Exercise
from dreamtree.values import Answer


@dataclass(frozen=True)
class Attempt:
    """One save as the page sent it. Ids and times are made before, so that it may be tried again.

    `shown` is the digest of each connection's items that the page showed, where the page carried it.
    """

    exercise: Exercise
    block: Block
    answer: Answer
    stamp: Stamp
    answer_id: str
    revision_id: str
    shown: dict[int, str]


@dataclass(frozen=True)
class Outcome:
    """`saved` is committed; `repeat` was saved before; `conflict` wrote nothing but kept the text in history.

    `taught` are the nouns of the profile that changed. `said` is the answer that now stands; `refused_id` the
    revision that keeps the text of a conflict. `mine` and `theirs` are what met there, where that is not all of it.
    """

    status: Literal["saved", "repeat", "conflict"]
    said: Said
    taught: frozenset[str] = frozenset()
    refused_id: str = ""
    mine: Answer | None = None
    theirs: Answer | None = None
