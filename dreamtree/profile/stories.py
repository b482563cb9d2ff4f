"""Stories: the one that began it all in 1.1.1, and those told in SOARED form."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from peewee import TextField, fn

from dreamtree.content.blocks import Block
from dreamtree.db import Statement
from dreamtree.profile.noun import Items, Noun, SpecialNoun
from dreamtree.profile.provenance import exercise_of
from dreamtree.profile.rows import DerivedRow, Values, forget_rows, open_column, row_id, sealed_columns, update_rows
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

PARTS = ("title", "situation", "obstacle", "action", "result", "evaluation", "discovery")
SEED = "seed"
STORY_SOURCES = ("soared_stories", "skill_evidence")
SEEN = ("seen_skills",)
COPIED = ("action", "result")
"""The parts of a seed. A story that does not say what it began from is known by beginning as one of them."""


class SoaredStory(DerivedRow):
    """A story. `kind` is seed (two short answers) or told. `item_key` is the block it was told in.

    `began` is the key of the seed that it was told from, or null.
    """

    kind = TextField()
    title = SealedField(null=True)
    situation = SealedField(null=True)
    obstacle = SealedField(null=True)
    action = SealedField(null=True)
    result = SealedField(null=True)
    evaluation = SealedField(null=True)
    discovery = SealedField(null=True)
    began = TextField(null=True)

    class Meta:
        table_name = "soared_stories"
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


def _of_its_block(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    """A story goes by the block it was told in."""
    return [replace(item, key=block.key) for item in items]


def _titled(item: Item) -> Item:
    """The words are the title, or else the first thing said; a seed goes by its exercise."""
    words = next((item.fields[part] for part in PARTS if item.fields[part]), "")
    is_seed = item.provenance is not None and item.fields["kind"] == SEED
    key = row_id(item.provenance.exercise_id, SEED) if is_seed and item.provenance else item.key
    return replace(item, key=key, text=words)


def _touched(row: Values, changed: Values) -> Iterable[str]:
    """Skills go by what a story began from, and by its words only where it does not say that; they name its title."""
    by_words = not row["began"] and not changed.keys().isdisjoint(COPIED)
    is_named = "title" in changed or ("action" in changed and not row["title"])
    sources = STORY_SOURCES if by_words or "began" in changed or "kind" in changed else STORY_SOURCES[:1]
    return (*sources, *SEEN) if is_named else sources


STORIES = Noun(
    SoaredStory,
    text="",
    says=("kind", *PARTS, "began"),
    filters={"kind": "kind"},
    source="soared_stories",
    changes=(*STORY_SOURCES, *SEEN),
    on_learn=_of_its_block,
    on_read=_titled,
    touches=_touched,
)


def _learn_seed(user: Keyholder, block: Block, items: Items, at: str) -> bool | frozenset[str]:
    """One part of the thing the person began with: `action` from the block that makes `seed_action`."""
    part = block.makes.removeprefix("soared_stories.seed_")
    words = items[0].text if items else ""
    identity = row_id(exercise_of(block.key), SEED)
    row = next((dict(zip(_OF_SEED, row, strict=True)) for row in _SEED.rows(user.id, identity, user.id)), None)
    if row is None:
        return bool(words) and _begin(user, identity, block.key, part, words, at)
    if (open_column(user, SoaredStory, identity, part, row[part]) or "") == words:
        return False
    update_rows(user, SoaredStory, {identity: {part: words or None}}, at)
    if not words:
        is_empty = SoaredStory.action.is_null() & SoaredStory.result.is_null()
        forget_rows(SoaredStory, SoaredStory.user_id == user.id, SoaredStory.id == identity, is_empty)
        return True
    return True if row["goes_by_words"] else frozenset(STORY_SOURCES[:1])


def _seed(user_id: Any, identity: Any, story_user_id: Any) -> Any:
    """The parts of a seed, and whether a story may go by its words."""
    story = SoaredStory.alias()
    unsaid = story.select(story.id).where(story.user_id == story_user_id, story.kind != SEED, story.began.is_null())
    parts = (getattr(SoaredStory, part) for part in COPIED)
    mine = (SoaredStory.user_id == user_id, SoaredStory.id == identity)
    return SoaredStory.select(*parts, fn.EXISTS(unsaid)).where(*mine)


_OF_SEED = (*COPIED, "goes_by_words")
_SEED = Statement(_seed)


def _begin(user: Keyholder, identity: str, block_key: str, part: str, words: str, at: str) -> bool:
    SoaredStory.insert(
        user_id=user.id,
        id=identity,
        block_key=block_key,
        item_key=SEED,
        kind=SEED,
        written_at=at,
        **sealed_columns(user, SoaredStory, identity, {part: words}),
    ).execute()
    return True


STORY_SEED = SpecialNoun(
    makes=("soared_stories.seed_action", "soared_stories.seed_result"),
    teach=_learn_seed,
    changes=STORY_SOURCES,
    has_row_by_exercise=True,
)
"""Special: two blocks fill one row, a column each."""
