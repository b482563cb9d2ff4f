"""Skills that nothing names any more: kept for a while, so that *undo* brings back their ratings, then cleared away."""

from typing import Any
from uuid import NAMESPACE_OID, uuid5

from peewee import ModelDelete, fn

from dreamtree.profile.rows import forget_rows
from dreamtree.profile.skills import ExerciseSkill, ExperienceSkill, OwnSkill, SkillOffer, UserSkill
from dreamtree.vault import Keyholder

APPROVED = "approved"


def forget_orphans(user: Keyholder) -> None:
    """Clears at once the person's own words for skills that no answer names, with what was offered of them."""
    _forget(user)


def forget_if_orphan(user: Keyholder, skill: str) -> None:
    """The same for one own word, if no answer names it."""
    _forget(user, OwnSkill.id == skill)


def _forget(user: Keyholder, *which: Any) -> None:
    mine = OwnSkill.select(OwnSkill.id).where(OwnSkill.user_id == user.id, ~_is_named(OwnSkill), *which)
    orphans: Any = mine.tuples()
    ids = [identity for (identity,) in orphans]
    offers = [f"{user.id}:{identity}" for identity in ids]
    forget_rows(SkillOffer, SkillOffer.user_id == user.id, SkillOffer.id.in_(offers), SkillOffer.status != APPROVED)
    for model in (UserSkill, OwnSkill):
        forget_rows(model, model.user_id == user.id, model.id.in_(ids))


def release_offers(user_ids: list[str]) -> None:
    """Words of these people that were approved for everybody stay when they go, and lead to nobody; the others go."""
    approved = SkillOffer.select().where(SkillOffer.user_id.in_(user_ids), SkillOffer.status == APPROVED)
    for offer in list(approved):
        nobodys = str(uuid5(NAMESPACE_OID, offer.word))
        row = SkillOffer.id == offer.id
        if SkillOffer.select().where(SkillOffer.id == nobodys).exists():
            ModelDelete(SkillOffer).where(row).execute()
        else:
            SkillOffer.update(user_id=None, id=nobodys).where(row).execute()
    ModelDelete(SkillOffer).where(SkillOffer.user_id.in_(user_ids)).execute()


def clear_orphans(before: str, limit: int, skipped: int) -> int:
    """Clears up to `limit` skills removed before this time, with the own words for them; answers how many.

    The first `skipped` ones stay where they are.
    """
    old: Any = UserSkill.select(UserSkill.user_id, UserSkill.id).where(
        UserSkill.removed_at < before, ~_is_named(UserSkill)
    )
    pairs = list(old.order_by(UserSkill.user_id, UserSkill.id).limit(limit).offset(skipped).tuples())
    for user_id, identity in pairs:
        for model in (UserSkill, OwnSkill):
            row = (model.user_id == user_id) & (model.id == identity)
            ModelDelete(model).where(row, ~_is_named(model)).execute()
    return len(pairs)


def _is_named(model: Any) -> Any:
    """Whether an answer names the skill of this row."""
    places = (
        place.select(place.id).where(place.user_id == model.user_id, place.skill_id == model.id)
        for place in (ExperienceSkill, ExerciseSkill)
    )
    first, second = (fn.EXISTS(place) for place in places)
    return first | second
