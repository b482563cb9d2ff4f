"""Single texts about oneself."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.text import sentences
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField


class ProfileText(DerivedRow):
    """One text; `item_key` is its kind (`resume_line`, …)."""

    text = SealedField()

    class Meta:
        table_name = "profile_texts"
        indexes = ((("user_id", "item_key"), False),)


def profile_text(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The texts as items; `by_sentence` gives each sentence as one, by its place in its text."""
    if not filters.get("by_sentence"):
        return TEXTS.items(user, filters)
    texts = TEXTS.items(user, {name: one for name, one in filters.items() if name != "take"})
    items = (
        replace(text, key=f"{text.key}:{place}", text=words, fields={"kind": text.key})
        for text in texts
        for place, words in enumerate(sentences(text.text), 1)
    )
    return list(islice(items, filters.get("take")))


TEXTS = Noun(ProfileText, filters={"kinds": "item_key"}, source="profile_text", reads=profile_text)
