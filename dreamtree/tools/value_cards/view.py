"""Value cards as their page shows them, one step of the way at a time."""

from collections.abc import Mapping
from dataclasses import dataclass

from dreamtree.content.book import ValueCard
from dreamtree.tools.base import NAME_LIMIT, PROSE_LIMIT
from dreamtree.tools.fields import near_limit
from dreamtree.tools.ordering.pairs import Standing
from dreamtree.tools.ordering.view import QuestionView, question_of
from dreamtree.tools.value_cards.order import chosen, is_chosen, standing_of
from dreamtree.tools.value_cards.piles import (
    OWN_LIMIT,
    PAGE,
    PILE_WORDS,
    PILES,
    STAYS,
    Card,
    Cards,
    Rules,
    last_moved,
    page_of,
    pages,
    unsorted,
)
from dreamtree.tools.value_cards.words import still_to_tick
from dreamtree.tools.wording import begun, in_words


@dataclass(frozen=True)
class CardView:
    """A card with its fields; `index` counts them. `words` are one's own, where the page asks for them."""

    index: int
    key: str
    text: str
    meaning: str = ""
    pile: str = ""
    is_kept: bool = False
    words: str = ""
    room: str = ""


@dataclass(frozen=True)
class PilesView:
    """Ten cards to sort, and own ones. `elsewhere` is how many cards of other pages are sorted."""

    title: str
    cards: tuple[CardView, ...]
    own: tuple[CardView, ...]
    page: int
    before: int
    after: int
    sorted: int
    elsewhere: int
    total: int
    piles: str
    on: str
    undo: str
    can_add: bool


@dataclass(frozen=True)
class TenView:
    """The step that keeps a few of the cards that stayed: `ticked` so far, of `keep`; `open` says what is missing."""

    title: str
    cards: tuple[CardView, ...]
    ticked: int
    keep: int
    open: str


@dataclass(frozen=True)
class Place:
    """A card that has its place. `asks`: there is room for one's own words; `is_level`: shares the place before."""

    card: CardView
    is_level: bool
    asks: bool


@dataclass(frozen=True)
class OrderView:
    """`title` is there once all have a place, `question` until then; `rest` is the button that ends the asking."""

    title: str
    question: QuestionView | None
    places: tuple[Place, ...]
    words: str
    can_undo: bool
    can_choose: bool


@dataclass(frozen=True)
class CardsView:
    """The open step. `enough` says what lets one go on, "" once it is reached."""

    at: str
    choices: tuple[tuple[str, str], ...]
    enough: str
    removed: str
    piles: PilesView | None = None
    ten: TenView | None = None
    order: OrderView | None = None


def view_of(answer: Cards, rules: Rules, cards: Mapping[str, ValueCard]) -> CardsView:
    """The page of a settled answer."""
    at = answer.at
    return CardsView(
        at=at,
        choices=tuple((pile, begun(PILE_WORDS[pile])) for pile in PILES),
        enough=_enough(answer, rules),
        removed=(answer.removed.row.text or "The card") if answer.removed else "",
        piles=_piles(answer, rules, cards) if at == "piles" else None,
        ten=_ten(answer, rules, cards) if at == "ten" else None,
        order=_order(answer, rules, cards) if at in ("order", "words") else None,
    )


def _enough(answer: Cards, rules: Rules) -> str:
    if is_chosen(answer, rules) and standing_of(answer, rules).decided >= rules.enough:
        return ""
    return (
        f"{begun(in_words(rules.enough))} that stay, put in order, are enough to go on. "
        f"{begun(in_words(rules.keep))} are better."
    )


def _piles(answer: Cards, rules: Rules, cards: Mapping[str, ValueCard]) -> PilesView:
    page, last = page_of(answer, cards), pages(cards)
    known = {row.key: row for row in answer.rows}
    own = answer.own
    here = [*cards.values()][(page - 1) * PAGE : page * PAGE]
    left, stay = unsorted(answer, cards), len(answer.in_pile(STAYS))
    undo = last_moved(answer)
    return PilesView(
        title=f"Cards {(page - 1) * PAGE + 1} to {(page - 1) * PAGE + len(here)} of {len(cards)}",
        cards=tuple(_card(len(own) + at, known.get(one.id), one) for at, one in enumerate(here)),
        own=tuple(_card(at, row, None) for at, row in enumerate(own)),
        page=page,
        before=page - 1,
        after=page + 1 if page < last else 0,
        sorted=len(cards) - len(left),
        elsewhere=len(cards) - len(left) - sum(one.id not in left for one in here),
        total=len(cards),
        piles=_counted(answer),
        on=_onward(stay) if stay >= rules.enough else "",
        undo=undo.text if undo else "",
        can_add=len(own) < OWN_LIMIT,
    )


def _onward(stay: int) -> str:
    return f"Go on with the {in_words(stay)} that stay"


def _counted(answer: Cards) -> str:
    """ "7 stay, 3 maybe, 2 not now"."""
    counts = {pile: len(answer.in_pile(pile)) for pile in PILES}
    return ", ".join(
        f"{count} {'stay' if pile == STAYS and count > 1 else PILE_WORDS[pile]}"
        for pile, count in counts.items()
        if count
    )


def _ten(answer: Cards, rules: Rules, cards: Mapping[str, ValueCard]) -> TenView:
    stay = answer.in_pile(STAYS)
    ticked = len(chosen(answer, rules))
    return TenView(
        title=f"{begun(in_words(len(stay)))} stay. Which {in_words(rules.keep)} would you keep?",
        cards=tuple(_card(at, row, cards.get(row.key)) for at, row in enumerate(stay)),
        ticked=ticked,
        keep=rules.keep,
        open=still_to_tick(ticked, rules),
    )


def _order(answer: Cards, rules: Rules, cards: Mapping[str, ValueCard]) -> OrderView:
    now = standing_of(answer, rules)
    rows = {row.key: row for row in answer.filled}
    is_done = answer.at == "words"
    question = None if is_done else question_of(now, {key: row.text for key, row in rows.items()})
    level = {key for tier in now.tiers for key in tier[1:]}
    shown = now.order if is_done else now.order[: now.decided]
    return OrderView(
        title=f"{begun(in_words(len(shown)))} that stay, in your order" if is_done else "",
        question=question if question is None or now.decided >= rules.enough else _without_rest(question),
        places=tuple(
            Place(_card(at, rows[key], cards.get(key)), key in level, is_done and key in answer.shown)
            for at, key in enumerate(shown)
        ),
        words="" if is_done else _decided(now),
        can_undo=bool(answer.log),
        can_choose=len(answer.in_pile(STAYS)) > rules.keep,
    )


def _without_rest(question: QuestionView) -> QuestionView:
    return QuestionView(question.title, question.hint, question.choices, question.side_by_side, question.level)


def _decided(now: Standing) -> str:
    return f"{begun(in_words(now.decided))} of {in_words(len(now.order))} places decided." if now.decided else ""


def _card(index: int, row: Card | None, card: ValueCard | None) -> CardView:
    """A card of the reference with what it means, or an own one; on the way to the end with one's own words."""
    row = row or Card(card.id if card else "")
    words = row.meaning or ""
    return CardView(
        index=index,
        key=row.key,
        text=card.name if card else row.text,
        meaning=card.meaning if card else "",
        pile=row.pile,
        is_kept=bool(row.kept),
        words=words,
        room=near_limit(words, PROSE_LIMIT) or near_limit(row.text, NAME_LIMIT),
    )
