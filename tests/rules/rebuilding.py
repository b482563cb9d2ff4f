"""The profile forgotten and learned anew from all answers, to compare with the one that lives."""

from peewee import ModelDelete

from dreamtree import db
from dreamtree.accounts.models import User, UserSettings
from dreamtree.answers import responses
from dreamtree.answers.stored import StoredAnswer
from dreamtree.archive.rebuilding import learn_changed
from dreamtree.content import book
from dreamtree.db import BaseModel
from dreamtree.profile import nouns, teach
from dreamtree.profile.locations import Location
from dreamtree.profile.rows import TAKEN_OUT
from dreamtree.profile.skills import OwnSkill, SkillOffer, UserSkill
from dreamtree.tools import tool

ROUNDS = 2
"""A skill may be rated in an earlier exercise than the one that is by now the only one to name it."""
PROFILE = "dreamtree.profile."


def rebuild_profile(user: User, at: str) -> None:
    """Forgets what was learned and learns all answers again, in the order of the book, each dated as it was saved.

    What no answer says stays: ratings of skills and ranks of places that wait for an undo, and words that were offered.
    Then what each answer was built on is compared anew; `at` dates what changed by that. Within a transaction.
    """
    _forget(user)
    stored = responses.answers_of(user, [block.key for block in book().blocks])
    for _ in range(ROUNDS):
        _learn(user, stored)
    learn_changed(user, (), at)


def derived_models() -> list[type[BaseModel]]:
    """The tables of the profile, by name: all that `rebuild_profile` can write again, and words that were offered."""
    nouns()
    return [one for one in db.tables_below(BaseModel) if one.__module__.startswith(PROFILE)]


def _forget(user: User) -> None:
    waiting = {UserSkill: UserSkill.removed_at.is_null(), Location: Location.position != TAKEN_OUT}
    for model in derived_models():
        if model not in (SkillOffer, OwnSkill):
            mine = [model.user_id == user.id]  # type: ignore[attr-defined]
            which = [*mine, waiting[model]] if model in waiting else mine
            ModelDelete(model).where(*which).execute()
    UserSettings.update(personality_type=None).where(UserSettings.user_id == user.id).execute()
    _forget_own_words(user)


def _forget_own_words(user: User) -> None:
    """Those of skills that wait for an undo stay with them, and so does what the library has by now."""
    waiting = UserSkill.select(UserSkill.id).where(UserSkill.user_id == user.id)
    is_mine, is_free = OwnSkill.user_id == user.id, OwnSkill.library_skill_id.is_null()
    ModelDelete(OwnSkill).where(is_mine, is_free, OwnSkill.id.not_in(waiting)).execute()


def _learn(user: User, stored: dict[str, StoredAnswer]) -> None:
    for block in book().blocks:
        if one := stored.get(block.key):
            teach(user, block, tool(block.type).lessons(block, one.answer), one.saved_at)
