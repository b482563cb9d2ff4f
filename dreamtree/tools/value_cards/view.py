"""Value cards as their page shows them, one step of the way at a time."""

from dataclasses import dataclass, replace

from dreamtree.tools.base import NAME_LIMIT, PROSE_LIMIT
from dreamtree.tools.fields import near_limit
from dreamtree.tools.ordering.pairs import Standing
from dreamtree.tools.ordering.view import QuestionView, question_of
from dreamtree.tools.rows.steps import Asked, Step, step_in
from dreamtree.tools.value_cards.order import chosen, is_chosen, standing_of
from dreamtree.tools.value_cards.piles import (
    MAYBE,
    OWN_LIMIT,
    PAGE,
    PILE_WORDS,
    PILES,
    STAYS,
    Card,
    Cards,
    Rules,
    last_moved,
    on_page,
    page_of,
    unsorted,
)
from dreamtree.tools.value_cards.words import still_to_tick
from dreamtree.tools.wording import capitalized, in_words


@dataclass(frozen=True)
class CardView:
    """A card with its fields; `index` counts them. `meaning` is what the reference says of it."""

    index: int
    row: Card
    meaning: str
    limit_words: str


@dataclass(frozen=True)
class PilesView:
    """Ten cards to sort, and own ones. `elsewhere` is how many cards of other pages are sorted.

    `step` is the card that a phone shows, none where it shows the list.
    """

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
    step: Step | None
    is_listed: bool

    @property
    def turned(self) -> str:
        """How many cards a page has, in a word."""
        return in_words(PAGE)


@dataclass(frozen=True)
class TenView:
    """The step that keeps a few of the cards that stayed: `ticked` so far, of `keep`; `open` says what is missing."""

    title: str
    cards: tuple[CardView, ...]
    ticked: int
    keep: int
    open: str


@dataclass(frozen=True)
class PlacedCard:
    """A card that has its place. `asks`: there is room for one's own words; `is_level`: shares the place before."""

    card: CardView
    is_level: bool
    asks: bool


@dataclass(frozen=True)
class OrderView:
    """`title` is there once all have a place, `question` until then; `rest` is the button that ends the asking."""

    title: str
    question: QuestionView | None
    places: tuple[PlacedCard, ...]
    words: str
    can_undo: bool
    can_choose: bool


@dataclass(frozen=True)
class CardsView:
    """The open step. `enough` says what lets one go on, "" once it is reached."""

    choices: tuple[tuple[str, str], ...]
    enough: str
    removed: str
    piles: PilesView | None = None
    ten: TenView | None = None
    order: OrderView | None = None


def view_of(answer: Cards, rules: Rules, *, is_listed: bool = False) -> CardsView:
    """The page of a settled answer; `is_listed`: a phone too shows the cards as a list."""
    step = answer.at
    return CardsView(
        choices=tuple((pile, capitalized(PILE_WORDS[pile])) for pile in PILES),
        enough=_enough(answer, rules),
        removed=(answer.removed.row.text or "The card") if answer.removed else "",
        piles=_piles(answer, rules, is_listed=is_listed) if step == "piles" else None,
        ten=_ten(answer, rules) if step == "ten" else None,
        order=_order(answer, rules) if step in ("order", "words") else None,
    )


def _enough(answer: Cards, rules: Rules) -> str:
    if is_chosen(answer, rules) and standing_of(answer, rules).decided >= rules.enough:
        return ""
    return (
        f"Keep at least {in_words(rules.enough)} cards and put them in order to continue. "
        f"{capitalized(in_words(rules.keep))} is better."
    )


def _piles(answer: Cards, rules: Rules, *, is_listed: bool) -> PilesView:
    page, keys = page_of(answer, rules), on_page(answer, rules)
    known, own = {row.key: row for row in answer.rows}, answer.own
    left, stay, total = unsorted(answer, rules), len(answer.in_pile(STAYS)), len(rules.cards)
    before, undo = (page - 1) * PAGE, last_moved(answer)
    asks = [(key, rules.cards[key].name, key not in left) for key in keys]
    return PilesView(
        title=f"Cards {before + 1} to {before + len(keys)} of {total}",
        cards=tuple(_card(n, known.get(key) or Card(key, "live"), rules) for n, key in enumerate(keys, len(own))),
        own=tuple(_card(n, row, rules) for n, row in enumerate(own)),
        page=page,
        before=page - 1,
        after=page + 1 if page < rules.pages else 0,
        sorted=total - len(left),
        elsewhere=total - len(left) - sum(key not in left for key in keys),
        total=total,
        piles=_counted(answer),
        on=f"Continue with the {in_words(stay)} you kept" if stay >= rules.enough else "",
        undo=undo.text if undo else "",
        can_add=len(own) < OWN_LIMIT,
        step=None if is_listed else _step(asks, answer, undo),
        is_listed=is_listed,
    )


def _step(asks: Asked, answer: Cards, undo: Card | None) -> Step | None:
    """The card that a phone shows; *undo* also reaches cards of the page before."""
    step = step_in(asks, [key for key, _ in answer.recent])
    return replace(step, undo=undo.key if undo else "", undo_text=undo.text if undo else "") if step else None


def _counted(answer: Cards) -> str:
    """ "7 to keep, 3 maybe, 2 to let go"."""
    counts = {pile: len(answer.in_pile(pile)) for pile in PILES}
    return ", ".join(
        f"{count} {'' if pile == MAYBE else 'to '}{PILE_WORDS[pile]}" for pile, count in counts.items() if count
    )


def _ten(answer: Cards, rules: Rules) -> TenView:
    stay, ticked = answer.in_pile(STAYS), len(chosen(answer, rules))
    return TenView(
        title=f"{capitalized(in_words(len(stay)))} kept. Which {in_words(rules.keep)} matter most?",
        cards=tuple(_card(n, row, rules) for n, row in enumerate(stay)),
        ticked=ticked,
        keep=rules.keep,
        open=still_to_tick(ticked, rules),
    )


def _order(answer: Cards, rules: Rules) -> OrderView:
    now = standing_of(answer, rules)
    rows = {row.key: row for row in answer.named}
    is_done = answer.at == "words"
    question = None if is_done else question_of(now, {key: row.text for key, row in rows.items()})
    if question and now.decided < rules.enough:
        question = replace(question, rest="")
    level = {key for tier in now.tiers for key in tier[1:]}
    shown = now.order if is_done else now.order[: now.decided]
    return OrderView(
        title=f"{capitalized(in_words(len(shown)))} you kept, in your order" if is_done else "",
        question=question,
        places=tuple(
            PlacedCard(_card(n, rows[key], rules), key in level, is_done and key in answer.shown)
            for n, key in enumerate(shown)
        ),
        words="" if is_done else _decided(now),
        can_undo=bool(answer.log),
        can_choose=len(answer.in_pile(STAYS)) > rules.keep,
    )


def _decided(now: Standing) -> str:
    return f"{capitalized(in_words(now.decided))} of {in_words(len(now.order))} places decided." if now.decided else ""


def _card(index: int, row: Card, rules: Rules) -> CardView:
    """A card of the reference as it is worded now, with what it means, or an own one."""
    card = None if row.is_own else rules.cards.get(row.key)
    limit_words = near_limit(row.meaning or "", PROSE_LIMIT) or near_limit(row.text, NAME_LIMIT)
    return CardView(index, replace(row, text=card.name) if card else row, card.meaning if card else "", limit_words)
