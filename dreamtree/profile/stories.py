"""Stories: the one that began it all in 1.1.1, and those told in SOARED form."""

from collections.abc import Mapping
from typing import Any

from peewee import TextField

from dreamtree.db import Statement
from dreamtree.profile.provenance import exercise_of, provenance
from dreamtree.profile.rows import DerivedRow, closed, forget_rows, learn_rows, opened, row_id, update_row
from dreamtree.values import Answer, Item
from dreamtree.vault import Keyholder, Sealed, SealedField, open_

PARTS = ("title", "situation", "obstacle", "action", "result", "evaluation", "discovery")


class SoaredStory(DerivedRow):
    """A story. `kind` is seed (two short answers) or told. `item_key` is the block it was told in."""

    kind = TextField()
    title = SealedField(null=True)
    situation = SealedField(null=True)
    obstacle = SealedField(null=True)
    action = SealedField(null=True)
    result = SealedField(null=True)
    evaluation = SealedField(null=True)
    discovery = SealedField(null=True)

    class Meta:
        table_name = "soared_stories"
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


def learn_story(user: Keyholder, block_key: str, answer: Answer, at: str) -> bool:
    """The story told in one block; nothing said takes it back. True when it changed."""
    said = {part: answer[part] for part in PARTS}
    wanted = {block_key: {"kind": "told", **said}} if any(said.values()) else {}
    return learn_rows(user, SoaredStory, block_key, wanted, at)


def learn_seed(user: Keyholder, block_key: str, part: str, words: str, at: str) -> bool:
    """One part (`action` or `result`) of the thing the person began with; True when it changed."""
    identity = row_id(exercise_of(block_key), "seed")
    row = SoaredStory.get_or_none(SoaredStory.user_id == user.id, SoaredStory.id == identity)
    if row is None:
        return bool(words) and _begin(user, identity, block_key, part, words, at)
    if (opened(user, row, part) or "") == words:
        return False
    update_row(user, SoaredStory, identity, {part: words or None}, at)
    if not words:
        is_empty = SoaredStory.action.is_null() & SoaredStory.result.is_null()
        forget_rows(SoaredStory, SoaredStory.user_id == user.id, SoaredStory.id == identity, is_empty)
    return True


def _begin(user: Keyholder, identity: str, block_key: str, part: str, words: str, at: str) -> bool:
    SoaredStory.insert(
        user_id=user.id,
        id=identity,
        block_key=block_key,
        item_key="seed",
        kind="seed",
        written_at=at,
        **closed(user, SoaredStory, identity, {part: words}),
    ).execute()
    return True


def soared_stories(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Stories as items; `kind` filters seed or told. The words are the title, or else the first thing said."""
    kinds = [filters["kind"]] if "kind" in filters else ["seed", "told"]
    return [_item(user, *row) for row in _STORIES.rows(user.id, kinds)]


def _item(user: Keyholder, identity: str, kind: str, block_key: str, item_key: str, at: str, *said: str | None) -> Item:
    """A row of `_STORIES`."""
    parts = {
        part: open_(user, f"soared_stories.{part}", identity, Sealed(envelope)) if envelope else ""
        for part, envelope in zip(PARTS, said, strict=True)
    }
    words = next((text for text in parts.values() if text), "")
    return Item(identity if kind == "seed" else item_key, words, parts, provenance(block_key, at))


_PLAIN = (SoaredStory.id, SoaredStory.kind, SoaredStory.block_key, SoaredStory.item_key, SoaredStory.written_at)
_STORIES = Statement(
    lambda user_id, kinds: (
        SoaredStory.select(*_PLAIN, *(getattr(SoaredStory, part) for part in PARTS))
        .where(SoaredStory.user_id == user_id, SoaredStory.kind.in_(kinds))
        .order_by(SoaredStory.id)
    )
)
