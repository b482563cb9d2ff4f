"""Rule 16: every exercise names its return by title, the nearest first. What does not exist is not promised."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dreamtree.content.blocks import Block
from dreamtree.content.book import Book, Exercise
from dreamtree.content.voice.texts import NAMED

CLOSING = ("transition", "celebration")
LINK = re.compile(r"\]\((/[^)\s]*)\)")
TITLE = re.compile(r"[A-Z0-9]")
ENDINGS = ".,;:!?"


@dataclass(frozen=True)
class Page:
    """A page that is no exercise and has a name, and where it is."""

    name: str
    path: str


def check_returns(book: Book, pages: Sequence[Page] = ()) -> Iterator[str]:
    """An exercise whose closing names nothing that comes later, something that is not there, or the far one first."""
    names = _Names(book, pages)
    for exercise in book.exercises:
        closing = [block for block in exercise.blocks if block.type in CLOSING]
        yield from (finding for block in closing for finding in names.unknown(block))
        yield from (finding for block in closing for finding in names.disorder(exercise, block))
        if not any(names.later(exercise, block) or names.leads_to_page(block) for block in closing):
            yield f"voice 16: {exercise.id} names no later exercise and no page"


class _Names:
    """The titles of the book, and their order."""

    def __init__(self, book: Book, pages: Sequence[Page]) -> None:
        self.titles = [exercise.title for exercise in book.exercises]
        self.places = {_folded(title): place for place, title in enumerate(self.titles)}
        self.ids = [exercise.id for exercise in book.exercises]
        self.pages = {_folded(page.name) for page in pages}
        self.others = {_folded(one.title) for one in book.modules} | {_folded(one.title) for one in book.parts}

    def unknown(self, block: Block) -> Iterator[str]:
        """What a closing promises and the book does not have."""
        known = self.places.keys() | self.pages | self.others
        for title in _titles_named(block):
            if _folded(title) not in known:
                yield f"voice 16: {block.key} names *{title}*, which is not in the book"

    def later(self, exercise: Exercise, block: Block) -> list[int]:
        """The places of the later exercises that a closing names, in its order."""
        own = self.ids.index(exercise.id)
        named = (self.places.get(_folded(title), -1) for title in _titles_named(block))
        return [place for place in named if place > own]

    def disorder(self, exercise: Exercise, block: Block) -> Iterator[str]:
        """A closing that names what is far before what is near."""
        later = self.later(exercise, block)
        for place, following in pairwise(later):
            if following < place:
                nearer = self.titles[following]
                yield f"voice 16: {block.key} names *{self.titles[place]}* before *{nearer}*, which is nearer"

    def leads_to_page(self, block: Block) -> bool:
        """Whether a closing names or links a page."""
        return bool(LINK.search(block.text)) or any(_folded(title) in self.pages for title in _titles_named(block))


def _titles_named(block: Block) -> list[str]:
    names = dict.fromkeys(found.strip("*").rstrip(ENDINGS) for found in NAMED.findall(block.text))
    return [name for name in names if TITLE.match(name)]


def _folded(title: str) -> str:
    """A title without what ends it, which may belong to the sentence that names it."""
    return " ".join(title.replace("’", "'").casefold().split()).rstrip(ENDINGS)
