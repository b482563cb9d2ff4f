"""Cards and their piles: which there are, what a page says of them, and taking back the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dreamtree.content import book
from dreamtree.content.book import ValueCard
from dreamtree.tools.fields import as_line
from dreamtree.tools.rows.lines import Row, rows_in, said_rows
from dreamtree.values import Answer

STAYS, MAYBE, NOT_NOW = "stays", "maybe", "not-now"
PILE_WORDS = {STAYS: "stays", MAYBE: "maybe", NOT_NOW: "not now"}
PILES = tuple(PILE_WORDS)
OWN_LIMIT = 10
PAGE = 10
UNDO_LIMIT = 20
GONE = "A card you removed since"


@dataclass(frozen=True)
class Rules:
    """How many cards are kept, how many of them get own words, and how many let one go on."""

    kind: str
    keep: int
    words: int
    enough: int


def cards_of(rules: Rules) -> dict[str, ValueCard]:
    """The cards of this kind by id, in their order."""
    return {card.id: card for card in book().value_cards if card.kind == rules.kind}


def said_cards(answer: Answer) -> list[Row]:
    """The rows with words: cards that were sorted, and own ones."""
    return said_rows(answer, "rows")


def in_pile(answer: Answer, pile: str) -> list[Row]:
    """The cards of a pile, as they were sorted."""
    return [row for row in said_cards(answer) if row.get("pile") == pile]


def own_rows(answer: Answer) -> list[Row]:
    """The cards of one's own, those still without words too."""
    return [row for row in rows_in(answer, "rows") if row.get("own")]


def unsorted(answer: Answer, cards: Mapping[str, ValueCard]) -> list[str]:
    """Ids of the cards that lie in no pile yet."""
    sorted_ = {row["key"] for row in said_cards(answer) if row.get("pile") in PILES}
    return [key for key in cards if key not in sorted_]


def pages(cards: Mapping[str, ValueCard]) -> int:
    """How many pages the cards fill."""
    return max(1, -(-len(cards) // PAGE))


def page_of(answer: Answer, cards: Mapping[str, ValueCard]) -> int:
    """The page that is open, from 1: the chosen one, else the first with a card that lies in no pile."""
    page = answer.get("page")
    if isinstance(page, int) and 1 <= page <= pages(cards):
        return page
    left = unsorted(answer, cards)
    return 1 + [*cards].index(left[0]) // PAGE if left else 1


def on_page(answer: Answer, cards: Mapping[str, ValueCard]) -> list[str]:
    """Ids of the cards of the open page."""
    first = (page_of(answer, cards) - 1) * PAGE
    return [*cards][first : first + PAGE]


def turned(answer: Answer, cards: Mapping[str, ValueCard], wanted: str) -> Answer:
    """The answer with another page of cards open; one that there is not changes nothing."""
    is_number = wanted.isascii() and wanted.isdecimal() and len(wanted) < 4
    page = int(wanted) if is_number else 0
    return {**answer, "page": page, "step": "piles"} if 1 <= page <= pages(cards) else answer


def worded(answer: Answer, cards: Mapping[str, ValueCard]) -> Answer:
    """The answer with the cards named as they are now."""
    rows = [{**row, "text": cards[row["key"]].name} if row["key"] in cards else row for row in rows_in(answer, "rows")]
    return {**answer, "rows": rows}


def sorted_by(posted: Sequence[Row], known: Answer, cards: Mapping[str, ValueCard], keep: int) -> Answer:
    """The known answer after what a page says of its cards; what it does not mention stays as it is.

    Cards that nobody knows are left out, own ones without words are taken out. What one means is never left out.
    """
    before = in_pile(known, STAYS)
    rows = {row["key"]: row for row in rows_in(known, "rows")}
    recent, places = _recent(known), {key: place for place, key in enumerate(cards)}
    for said in sorted(posted, key=lambda row: places.get(row["key"], len(places))):
        key = said["key"]
        if key in cards or key in rows or said.get("own") or said.get("meaning"):
            recent += _moves(said, rows.get(key))
            row = rows.get(key) or ({"key": key} if key in cards or said.get("own") else _gone(known, key))
            rows[key] = _told(said, row, is_own=bool(said.get("own")) and key not in cards)
    filled = [row for row in rows.values() if not _is_emptied(row)]
    answer = worded({**known, "rows": filled, "recent": recent[-UNDO_LIMIT:]}, cards)
    return _with_kept(answer, before, keep)


def _gone(known: Answer, key: str) -> Row:
    """A card of one's own that was removed while a page still asked what it means."""
    row = (known.get("removed") or {}).get("row") or {}
    return row if row.get("key") == key else {"key": key, "own": True, "text": GONE, "pile": STAYS}


def _moves(said: Row, row: Row | None) -> list[list[str]]:
    """Where a card lay before it was put on another pile."""
    lay = (row or {}).get("pile") or ""
    is_first_of_own = bool(said.get("own")) and row is None
    return [[said["key"], lay]] if said.get("pile", lay) != lay and not is_first_of_own else []


def _told(said: Row, row: Row, *, is_own: bool) -> Row:
    told: Row = {**row, **{name: said[name] for name in ("pile", "kept", "meaning") if name in said}}
    if is_own:
        told |= {"own": True, "text": said["text"]}
    is_kept = told.get("pile") == STAYS and bool(told.get("kept"))
    return {**told, "kept": True} if is_kept else {name: one for name, one in told.items() if name != "kept"}


def _is_emptied(row: Row) -> bool:
    return bool(row.get("own")) and not as_line(row.get("text"))


def _with_kept(answer: Answer, before: Sequence[Row], keep: int) -> Answer:
    """When the pile outgrows those that were put in order, they are the ones ticked at first."""
    if not answer.get("log") or len(before) > keep or len(in_pile(answer, STAYS)) <= keep:
        return answer
    known = {row["key"] for row in before}
    rows = [
        {**row, "kept": True} if row["key"] in known and row.get("pile") == STAYS else row for row in answer["rows"]
    ]
    return {**answer, "rows": rows}


def _recent(answer: Answer) -> list[list[str]]:
    """The last cards that were put on a pile, each with the pile it lay on before."""
    recent = answer.get("recent")
    moves = recent if isinstance(recent, list) else []
    return [[str(one[0]), str(one[1])] for one in moves if isinstance(one, list) and len(one) == 2]


def last_moved(answer: Answer) -> Row | None:
    """The card that *undo* takes back."""
    known = {row["key"]: row for row in said_cards(answer)}
    return next((known[key] for key, _ in reversed(_recent(answer)) if key in known), None)


def taken_back(answer: Answer, cards: Mapping[str, ValueCard]) -> Answer:
    """The answer with the last sorted card where it lay before, and its page open."""
    row, recent = last_moved(answer), _recent(answer)
    if row is None:
        return answer
    while recent[-1][0] != row["key"]:
        recent.pop()
    key, lay = recent.pop()
    rows = [{**one, "pile": lay} if one["key"] == key else one for one in rows_in(answer, "rows")]
    page = {"page": 1 + [*cards].index(key) // PAGE} if key in cards else {}
    return {**answer, "rows": rows, "recent": recent, **page}
