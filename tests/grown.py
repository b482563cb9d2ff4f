"""A tree grown through the whole book: what the first sample person said, and from where she stopped, another."""

from dreamtree import db
from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.answers.stored import SaveRequest
from dreamtree.home import samples
from dreamtree.saving import save_within

FIRST, FURTHEST = "mara", "lin"


def _exercises(name: str) -> set[str]:
    return {one["block"].rsplit(".", 1)[0] for one in samples.persona(name)["answer"]}


BEYOND = _exercises(FURTHEST) - _exercises(FIRST)
"""The exercises that only the second has come to."""


def answered_keys() -> list[str]:
    """The keys of the blocks that are answered in it, in their order."""
    first = [one["block"] for one in samples.persona(FIRST)["answer"]]
    rest = [one["block"] for one in samples.persona(FURTHEST)["answer"] if one["block"].rsplit(".", 1)[0] in BEYOND]
    return list(dict.fromkeys([*first, *rest]))


def let_grow(user: User) -> User:
    """Answers what the first sample person has not come to yet, as the other one did."""
    beyond: list[SaveRequest] = [one for one in samples.saves_of(FURTHEST) if one.exercise.id in BEYOND]

    def write() -> None:
        for one in beyond:
            save_within(user, one)

    db.saving(write)
    return user


def grown_tree() -> User:
    """Somebody new with all of it."""
    return let_grow(samples.write_sample(people.new_tree(is_shared=False, device="a test", is_sample=True), FIRST))
