"""The pages of *Forget for good*: what would go, and where the same words still stand."""

from dataclasses import dataclass

from dreamtree.accounts.models import User
from dreamtree.answers import kept
from dreamtree.answers.kept import KeptText
from dreamtree.saving.forgetting import forget_for_good
from dreamtree.saving.trash import BlockPlace, place_of
from dreamtree.workbook.shapes import Link


@dataclass(frozen=True)
class ForgetPage:
    """What would go: texts that stand, earlier ones, and those in the trash."""

    block_label: str
    back: Link
    url: str
    standing: int
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


WHERE = {"answer": "in the answer", "history": "in its history", "trash": "in the trash"}


def ask(user: User, place: BlockPlace) -> ForgetPage | None:
    """What *Forget for good* would take; None when there is nothing of this block."""
    places = [text.place for text in kept.kept_texts(user) if text.block_key == place.block.key]
    if not places:
        return None
    counts = (places.count(name) for name in ("answer", "history", "trash"))
    url = f"/workbook/{place.exercise.id}/{place.block.key}/forget"
    return ForgetPage(place.block.label, _back(place), url, *counts)


def forget(user: User, place: BlockPlace) -> ForgottenPage:
    """Forgets it, and lists what still holds its words: each answer once for each of its places."""
    kept_elsewhere = forget_for_good(user, place)
    lines = [line for line in (_still_there(text) for text in kept_elsewhere) if line]
    return ForgottenPage(place.block.label, _back(place), tuple(dict.fromkeys(lines)))


def _still_there(text: KeptText) -> StillThere | None:
    place = place_of(text.block_key)
    if place is None:
        return None
    here = f"/workbook/{place.exercise.id}"
    urls = {"history": f"{here}/{text.block_key}/history", "trash": "/data/trash"}
    url = urls.get(text.place, f"{here}#{place.block.anchor}")
    return StillThere(place.exercise.title, place.block.label, url, WHERE[text.place])


def _back(place: BlockPlace) -> Link:
    return Link(place.exercise.title, f"/workbook/{place.exercise.id}#{place.block.anchor}")
