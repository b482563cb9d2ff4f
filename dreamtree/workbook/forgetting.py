"""The pages of *Forget for good*: what would go, and where the same words still stand."""

from dataclasses import dataclass

from dreamtree.accounts.models import User
from dreamtree.answers.all_texts import KeptText, all_texts
from dreamtree.content import book
from dreamtree.content.book import Module
from dreamtree.saving.forgetting import forget_for_good
from dreamtree.saving.trash import BlockPlace, block_place
from dreamtree.workbook.links import module_end_url
from dreamtree.workbook.shapes import Link


@dataclass(frozen=True)
class Forgettable:
    """A block whose texts can go: what its question is called, where one comes from, and where *Forget* is asked."""

    key: str
    label: str
    back: Link
    url: str


@dataclass(frozen=True)
class ForgetPage:
    """How many texts would go: of the answer, earlier ones, those in the trash. `keep_url` leads back without it."""

    block_label: str
    back: Link
    url: str
    keep_url: str
    current: int
    earlier: int
    in_trash: int


@dataclass(frozen=True)
class StillThere:
    """An answer that holds some of the same words; `where` says in which of its texts."""

    title: str
    label: str
    url: str
    where: str


@dataclass(frozen=True)
class ForgottenPage:
    """What *Forget for good* answers: where to go on, and where the same words still stand."""

    block_label: str
    back: Link
    still: tuple[StillThere, ...]


EARLIER = "An earlier answer"
PLACES = ("answer", "history", "trash")
WHERE = {"answer": "in the answer", "history": "in its history", "trash": "in the trash"}


def forgettable(place: BlockPlace) -> Forgettable:
    """What can be forgotten of a block that the book asks."""
    exercise_url, block = f"/workbook/{place.exercise.id}", place.block
    back = Link(place.exercise.title, f"{exercise_url}#{block.anchor}")
    return Forgettable(block.key, block.label, back, f"{exercise_url}/{block.key}/forget")


def earlier_forgettable(module: Module, key: str) -> Forgettable | None:
    """The same of a block of a module that the book asks no more; None for any other."""
    if not key.startswith(f"{module.id}.") or book().block(key) is not None:
        return None
    back = Link(module.title, module_end_url(module.id))
    return Forgettable(key, EARLIER, back, f"/workbook/modules/{module.id}/earlier/{key}/forget")


def forget_page(user: User, block: Forgettable) -> ForgetPage | None:
    """What *Forget for good* would take; None when there is nothing of this block."""
    places = [text.place for text in all_texts(user) if text.block_key == block.key]
    if not places:
        return None
    is_asked, counts = book().block(block.key) is not None, (places.count(name) for name in PLACES)
    history = block.url.replace("/forget", "/history") if is_asked else block.back.url
    return ForgetPage(block.label, block.back, block.url, history if "answer" in places else "/data/trash", *counts)


def forget(user: User, block: Forgettable) -> ForgottenPage:
    """Forgets it, and lists what still holds its words: each answer once for each of its places."""
    kept_elsewhere = forget_for_good(user, block.key)
    lines = [line for line in (_still_there(text) for text in kept_elsewhere) if line]
    return ForgottenPage(block.label, block.back, tuple(dict.fromkeys(lines)))


def _still_there(text: KeptText) -> StillThere | None:
    place = block_place(text.block_key)
    if place is None:
        return None
    exercise_url = f"/workbook/{place.exercise.id}"
    urls = {"history": f"{exercise_url}/{text.block_key}/history", "trash": "/data/trash"}
    url = urls.get(text.place, f"{exercise_url}#{place.block.anchor}")
    return StillThere(place.exercise.title, place.block.label, url, WHERE[text.place])
