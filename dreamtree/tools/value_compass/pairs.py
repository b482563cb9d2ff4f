"""Sentences side by side: one about work, one about life, and whether they agree or pull apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from dreamtree.text import as_line, ended, isolated
from dreamtree.tools.fields import Choice, KeyField
from dreamtree.tools.rows.kinds import Kind, choice, declared, line
from dreamtree.tools.rows.shape import Row
from dreamtree.values import Item

Side = Literal["work", "life"]
SIDES: tuple[Side, ...] = ("work", "life")
ABOUT: Mapping[str, str] = {"work": "About work", "life": "About life"}
AGREE, PULL = "agree", "pull"
LINKS = (Choice(AGREE, "They agree"), Choice(PULL, "They pull apart"))


def _key() -> Any:
    return declared(Kind(lambda _: KeyField(optional=True), as_line))


@dataclass(frozen=True)
class Pair(Row):
    """A sentence about work and one about life. A sentence with a key was offered, another is in one's own words."""

    words: ClassVar[str] = "work"

    work_key: str = _key()
    work: str = line()
    life_key: str = _key()
    life: str = line()
    link: str = choice(LINKS)
    wins: str = line()

    @property
    def is_whole(self) -> bool:
        """Whether both sentences are there, and what they do."""
        return bool(self.work and self.life and self.link)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the sentences that were offered."""
        return frozenset({self.work_key, self.life_key} - {""})

    def sentence(self, side: Side) -> str:
        """The sentence on one side."""
        return self.work if side == "work" else self.life

    def key_of(self, side: Side) -> str:
        """The key of the sentence on one side; "" for one's own words."""
        return self.work_key if side == "work" else self.life_key

    def with_side(self, side: Side, key: str, sentence: str) -> "Pair":
        """The pair with another sentence on one side."""
        changed: dict[str, Any] = {f"{side}_key": key, side: sentence}
        return replace(self, **changed)


def as_posted(pair: Pair) -> Pair:
    """What a page posts of a pair: the key of a sentence that was offered stands for its words."""
    for side in SIDES:
        if pair.key_of(side):
            pair = pair.with_side(side, pair.key_of(side), "")
    return pair


def own_words_first(pair: Pair) -> Pair:
    """A posted pair: where one's own words were typed, they count, whatever is chosen beside them."""
    for side in SIDES:
        if pair.sentence(side):
            pair = pair.with_side(side, "", pair.sentence(side))
    return pair


def worded(pair: Pair, known: Mapping[str, str], before: Pair | None) -> Pair:
    """A posted pair with the words that its keys stand for: as they were stored with it, else as they are offered.

    A key that nothing knows is no sentence.
    """
    for side in SIDES:
        if key := pair.key_of(side):
            stood = before.sentence(side) if before and before.key_of(side) == key else ""
            words = stood or known.get(key, "")
            pair = pair.with_side(side, key if words else "", words)
    return pair


def reworded(pair: Pair, item: Item) -> Pair:
    """The pair with the new words of a sentence that it holds."""
    for side in SIDES:
        if pair.key_of(side) == item.key:
            pair = pair.with_side(side, item.key, as_line(item.text))
    return pair


def untied(pair: Pair, key: str) -> Pair:
    """The pair with a sentence as its own words from now on."""
    for side in SIDES:
        if pair.key_of(side) == key:
            pair = pair.with_side(side, "", pair.sentence(side))
    return pair


def offered(items: Iterable[Item]) -> dict[Side, dict[str, str]]:
    """What there is to choose on each side: key → sentence. What is not said of life is said of work."""
    found: dict[Side, dict[str, str]] = {"work": {}, "life": {}}
    for item in items:
        is_life = str(item.fields.get("kind") or "").startswith("life")
        found["life" if is_life else "work"][item.key] = as_line(item.text)
    return found


def in_words(pair: Pair) -> str:
    """Both sentences as one of ours, and what wins."""
    both = f"“{isolated(pair.work.removesuffix('.'))}” and “{isolated(ended(pair.life))}”"
    return f"{both} Wins: {isolated(pair.wins)}" if pair.wins else both


def link_words(pair: Pair) -> str:
    """ "They agree"."""
    return next((one.label for one in LINKS if one.value == pair.link), "Not said yet")
