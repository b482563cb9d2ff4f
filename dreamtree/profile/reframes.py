"""Failures turned over: what happened, what one told oneself, and how one would say it now."""

from typing import Any

from peewee import TextField, fn

from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.vault import SealedField


class FailureReframe(DerivedRow):
    """One failure. `kind` is slip, habit or growth; `hands` is what was in one's own hands."""

    reframe = SealedField()
    happened = SealedField()
    told = SealedField()
    kind = TextField(default="")
    hands = SealedField()
    learned = SealedField()
    next = SealedField()

    class Meta:
        table_name = "failure_reframes"


def last_turned_over(user_id: Any) -> Any:
    """The query for the moment at which a failure was last turned over."""
    return FailureReframe.select(fn.MAX(FailureReframe.written_at)).where(FailureReframe.user_id == user_id)


REFRAMES = Noun(
    FailureReframe,
    text="reframe",
    says=("happened", "told", "kind", "hands", "learned", "next"),
    source="failure_reframes",
    filters={"kinds": "kind"},
    order=("block_key",),
)
