"""How the sample people speak in the examples: each as often contracted as suits them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dreamtree.content.book import Book
from dreamtree.content.markdown import plain
from dreamtree.content.voice.contractions import Contractions, contractions_in, forms_in_words


@dataclass(frozen=True)
class Speaker:
    """A person of the examples; `contracts` is the least rate of contractions."""

    name: str
    contracts: float


def check_speakers(book: Book, speakers: Sequence[Speaker]) -> Iterator[str]:
    """A person who speaks more stiffly than they would."""
    for one in speakers:
        texts = [plain(block.text) for block in book.blocks if block.type == "example" and block.who == one.name]
        found = sum(map(contractions_in, texts), Contractions())
        if found.rate < one.contracts:
            counted = f"{found.contracted} of {found.chances} ({found.rate:.2f})"
            yield (
                f"voice 4: {one.name} contracts {counted} in the examples, {one.contracts} at least; "
                f"in full: {forms_in_words(found.full)}"
            )
