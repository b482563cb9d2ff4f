"""Cards and their piles: which there are, what a page says of them, and taking back the last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wtforms import Field

from dreamtree.content import book
from dreamtree.content.book import ValueCard
from dreamtree.text import as_line, as_prose
from dreamtree.tools.base import NAME_LIMIT
from dreamtree.tools.fields import Choice, LineField, OneOfField, ProseField
from dreamtree.tools.ordering.log import keys_of, log_of
from dreamtree.tools.rows.kinds import Kind, declared, unposted
from dreamtree.tools.rows.shape import Row, RowsAnswer

STAYS, MAYBE, NOT_NOW = "stays", "maybe", "not-now"
PILE_WORDS = {STAYS: "keep", MAYBE: "maybe", NOT_NOW: "let go"}
PILES = tuple(PILE_WORDS)
PILE_CHOICES = tuple(Choice(pile, PILE_WORDS[pile]) for pile in PILES)
STEPS = ("piles", "ten", "words")
"""What a page may have fields for."""
OWN_LIMIT = 10
PAGE = 10
UNDO_LIMIT = 20
GONE = "A card you've removed"


class Meaning(ProseField):
    """What a card means in one's own words; None where the page had no field for it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = self.data if valuelist else None


class KeptField(Field):
    """Whether a card is kept; None where the page had no box to tick."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] == "1" if valuelist else None


def _optional(field: Any, load: Any, nothing: Any = "") -> Any:
    return declared(Kind(field, load, nothing, is_optional=True))


@dataclass(frozen=True)
class Card(Row):
    """A card that was sorted, or one of one's own. As posted, what the page had no field for is None or ""."""

    text: str = _optional(lambda _: LineField(NAME_LIMIT), as_line)
    pile: str = _optional(lambda _: OneOfField(PILE_CHOICES), lambda stored: stored if stored in PILES else "")
    kept: bool | None = _optional(lambda _: KeptField(), lambda stored: None if stored is None else bool(stored), None)
    meaning: str | None = _optional(
        lambda _: Meaning(), lambda stored: None if stored is None else as_prose(stored), None
    )


def _moved(stored: Any) -> tuple[tuple[str, str], ...]:
    pairs = stored if isinstance(stored, list) else []
    return tuple((str(one[0]), str(one[1])) for one in pairs if isinstance(one, list) and len(one) == 2)


@dataclass(frozen=True)
class Cards(RowsAnswer[Card]):
    """An answer: the cards, the `log` of the order, and where on the way one is.

    `order` are the keys of the kept cards, `step` is piles, ten or on as asked for, `page` counts from 1, `recent` are
    the last moves (key, pile before). `at` and `shown` say which step and which cards the page has; `stuck` is the step
    that stays open because something on it was refused.
    """

    log: list[list[str]] = unposted(log_of, [])
    order: tuple[str, ...] = unposted(keys_of, (), store=list)
    step: str = unposted(as_line)
    page: int = unposted(lambda stored: stored if isinstance(stored, int) else 0, 0)
    recent: tuple[tuple[str, str], ...] = unposted(_moved, (), store=lambda moves: [list(one) for one in moves])
    at: str = unposted(as_line)
    shown: tuple[str, ...] = unposted(keys_of, (), store=list)
    stuck: str = unposted(as_line)

    @property
    def named(self) -> list[Card]:
        """The rows with words: cards that were sorted, and own ones."""
        return [row for row in self.rows if row.text]

    @property
    def own(self) -> list[Card]:
        """The cards of one's own, those still without words too."""
        return [row for row in self.rows if row.is_own]

    def in_pile(self, pile: str) -> list[Card]:
        """The cards of a pile, as they were sorted."""
        return [row for row in self.named if row.pile == pile]


@dataclass(frozen=True)
class Rules:
    """The cards of the exercise by id, in their order.

    `keep` is the most cards that a person can keep, `enough` the fewest; `words` says how many of them are described.
    """

    kind: str
    cards: Mapping[str, ValueCard]
    keep: int
    words: int
    enough: int

    @property
    def pages(self) -> int:
        """How many pages of ten the cards fill."""
        return max(1, -(-len(self.cards) // PAGE))

    def page_with(self, key: str) -> int:
        """The page of a card, from 1."""
        return 1 + [*self.cards].index(key) // PAGE


def cards_of(kind: str) -> dict[str, ValueCard]:
    """The cards of this kind by id, in their order."""
    return {card.id: card for card in book().cards(kind)}


def unsorted(answer: Cards, rules: Rules) -> list[str]:
    """Ids of the cards that lie in no pile yet."""
    sorted_ = {row.key for row in answer.named if row.pile}
    return [key for key in rules.cards if key not in sorted_]


# Pages of ten


def page_of(answer: Cards, rules: Rules) -> int:
    """The page that is open, from 1: the chosen one, else the first with a card that lies in no pile."""
    if 1 <= answer.page <= rules.pages:
        return answer.page
    left = unsorted(answer, rules)
    return rules.page_with(left[0]) if left else 1


def on_page(answer: Cards, rules: Rules) -> list[str]:
    """Ids of the cards of the open page."""
    first = (page_of(answer, rules) - 1) * PAGE
    return [*rules.cards][first : first + PAGE]


def turned(answer: Cards, rules: Rules, wanted: str) -> Cards:
    """The answer with another page of cards open; one that there is not changes nothing."""
    is_number = wanted.isascii() and wanted.isdecimal() and len(wanted) < 4
    page = int(wanted) if is_number else 0
    return replace(answer, page=page, step="piles") if 1 <= page <= rules.pages else answer


def gone_on(answer: Cards, rules: Rules, key: str) -> Cards:
    """The answer after a card was sorted or passed over: the next page is open once this one is sorted."""
    left = unsorted(answer, rules)
    page = answer.page if any(one in left for one in on_page(answer, rules)) else 0
    recent = (*answer.recent, (key, "")) if key in left else answer.recent
    return replace(answer, page=page, step="", recent=recent[-UNDO_LIMIT:])


# What a page says


def on_the_page(row: Card, at: str) -> Card | None:
    """What the fields of a card on the page of this step hold; None when there are none, or nothing is chosen."""
    if at == "piles":
        words = row.text if row.is_own else ""
        return replace(row, text=words, kept=None, meaning=None) if row.is_own or row.pile else None
    if at == "ten":
        return Card(row.key, "live", kept=bool(row.kept))
    return Card(row.key, "live", meaning=row.meaning or "") if at == "words" else None


def step_of(rows: Iterable[Card]) -> str:
    """The step a page was at, from the fields it had."""
    posted = list(rows)
    if any(row.meaning is not None for row in posted):
        return "words"
    return "ten" if any(row.kept is not None for row in posted) else "piles"


def worded(answer: Cards, rules: Rules) -> Cards:
    """The answer with the cards named as they are now."""
    cards = rules.cards
    rows = (replace(row, text=cards[row.key].name) if row.key in cards else row for row in answer.rows)
    return replace(answer, rows=tuple(rows))


def sorted_by(posted: Sequence[Card], known: Cards, rules: Rules) -> Cards:
    """The known answer after what a page says of its cards; what it does not mention stays as it is.

    Cards that nobody knows are left out, own ones without words are taken out. What one means is never left out.
    """
    cards, rows, recent = rules.cards, {row.key: row for row in known.rows}, list(known.recent)
    places = {key: place for place, key in enumerate(cards)}
    for card in sorted(posted, key=lambda row: places.get(row.key, len(places))):
        key = card.key
        if key in cards or key in rows or card.is_own or card.meaning:
            recent += _moves(card, rows.get(key))
            row = rows.get(key) or (Card(key, "live") if key in cards or card.is_own else _gone(known, key))
            rows[key] = _updated(card, row, is_own=card.is_own and key not in cards)
    filled = tuple(row for row in rows.values() if row.text or not row.is_own)
    after = worded(replace(known, rows=filled, recent=tuple(recent[-UNDO_LIMIT:])), rules)
    return _with_kept(after, known.in_pile(STAYS), rules.keep)


def _gone(known: Cards, key: str) -> Card:
    """A card of one's own that was removed while a page still asked what it means."""
    removed = known.removed
    return removed.row if removed and removed.row.key == key else Card(key, text=GONE, pile=STAYS)


def _moves(posted: Card, row: Card | None) -> list[tuple[str, str]]:
    """Where a card lay before it was put on another pile."""
    lay = row.pile if row else ""
    is_first_of_own = posted.is_own and row is None
    return [(posted.key, lay)] if posted.pile not in ("", lay) and not is_first_of_own else []


def _updated(posted: Card, row: Card, *, is_own: bool) -> Card:
    pile = posted.pile or row.pile
    kept = (row.kept if posted.kept is None else posted.kept) and pile == STAYS
    meaning = row.meaning if posted.meaning is None else posted.meaning
    row = replace(row, origin="own", text=posted.text) if is_own else row
    return replace(row, pile=pile, kept=True if kept else None, meaning=meaning)


def _with_kept(answer: Cards, before: Sequence[Card], keep: int) -> Cards:
    """When the pile outgrows those that were put in order, they are the ones ticked at first."""
    if not answer.log or len(before) > keep or len(answer.in_pile(STAYS)) <= keep:
        return answer
    known = {row.key for row in before}
    rows = (replace(row, kept=True) if row.key in known and row.pile == STAYS else row for row in answer.rows)
    return replace(answer, rows=tuple(rows))


# Taking back


def last_moved(answer: Cards) -> Card | None:
    """The card that *undo* takes back."""
    known = {row.key: row for row in answer.named}
    return next((known[key] for key, _ in reversed(answer.recent) if key in known), None)


def taken_back(answer: Cards, rules: Rules) -> Cards:
    """The answer with the last sorted card where it lay before, and its page open."""
    card = last_moved(answer)
    if card is None:
        return answer
    index = max(n for n, (key, _) in enumerate(answer.recent) if key == card.key)
    lay = answer.recent[index][1]
    rows = tuple(replace(row, pile=lay) if row.key == card.key else row for row in answer.rows)
    page = rules.page_with(card.key) if card.key in rules.cards else answer.page
    return replace(answer, rows=rows, recent=answer.recent[:index], page=page)
