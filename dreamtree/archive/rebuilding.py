"""The profile learned anew from all answers, as if every answer were saved once more (decisions 25)."""

from typing import Any

from peewee import Case, ModelDelete

from dreamtree import db
from dreamtree.accounts.models import User, UserSettings
from dreamtree.answers import inputs, responses
from dreamtree.answers.inputs import Seen
from dreamtree.answers.models import AnswerInput
from dreamtree.answers.stored import StoredAnswer
from dreamtree.connections.resolve import digest_of, resolve, words_of
from dreamtree.content import book
from dreamtree.content.book import Connection
from dreamtree.db import BaseModel
from dreamtree.profile import nouns, teach
from dreamtree.profile.places import Location
from dreamtree.profile.rows import TAKEN_OUT
from dreamtree.profile.skills import OwnSkill, SkillOffer, UserSkill
from dreamtree.saving.staleness import Changes, changes
from dreamtree.tools import tool
from dreamtree.values import Item
from dreamtree.vault import digest

SAME, OTHER = "same", "other"
"""In the place of digests, on a row that came from another tree: whether what was seen had changed since."""
FOREIGN = (SAME, OTHER)
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
    _look_again(user, stored, at)


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


def _look_again(user: User, stored: dict[str, StoredAnswer], at: str) -> None:
    """Compares what each answer was built on with what is there now, under the key of this person."""
    numbers: Any = AnswerInput.select(AnswerInput.connection_id).where(AnswerInput.user_id == user.id).distinct()
    known = {number: one for (number,) in numbers.tuples() if (one := book().connection(number))}
    current = resolve(user, known.values())
    for seen in inputs.seen_through(user, known):
        items = current.get(seen.connection_id)
        if items is not None:
            _compare(user, seen, known[seen.connection_id], items, stored.get(seen.block_key), at)


def _compare(
    user: User, seen: Seen, connection: Connection, items: tuple[Item, ...], stored: StoredAnswer | None, at: str
) -> None:
    block = book().block(seen.block_key)
    changed = changes(block, stored.answer, seen.words, words_of(items)) if block and stored else Changes()
    now = digest_of(user, connection, items)
    if seen.seen_digest not in FOREIGN:
        return inputs.notice(user, seen, now, changed.is_stale, at)
    has_changed = seen.has_changed or bool(changed.gone or changed.reworded or changed.new)
    AnswerInput.update(
        seen_digest=digest(user, "seen", seen.id) if has_changed else now,
        now_digest=now,
        kept_digest=Case(None, [(AnswerInput.kept_digest.is_null(), None)], now),
        is_stale=int(changed.is_stale),
    ).where(AnswerInput.user_id == user.id, AnswerInput.id == seen.id).execute()
    return None
