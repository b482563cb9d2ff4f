"""Value cards in words: what is still open, one line, and the whole."""

from dreamtree.text import isolated
from dreamtree.tools.base import Rest, RestLine
from dreamtree.tools.value_cards.order import chosen, is_chosen, ranks_of, standing_of
from dreamtree.tools.value_cards.piles import PILE_WORDS, PILES, STAYS, Card, Cards, Rules, unsorted
from dreamtree.tools.wording import capitalized, enough_words, in_words, listed


def still_open(answer: Cards, rules: Rules) -> str:
    """What is still to be done before one can go on, or ""."""
    stay = len(answer.in_pile(STAYS))
    if stay < rules.enough:
        return enough_words(rules.enough, stay, "card", "cards", "Keep")
    if not is_chosen(answer, rules):
        ticked = len(chosen(answer, rules))
        return (
            still_to_tick(ticked, rules)
            or f"{capitalized(in_words(stay))} kept. Check the {in_words(rules.keep)} that matter most."
        )
    decided = standing_of(answer, rules).decided
    if decided >= rules.enough:
        return ""
    if not decided:
        return "Your cards have no order yet. Say which comes first."
    return f"{capitalized(in_words(decided))} of {in_words(rules.enough)} places decided. Say which comes next."


def still_to_tick(ticked: int, rules: Rules) -> str:
    """What to do about too many or too few ticks, or ""."""
    if ticked > rules.keep:
        return f"{capitalized(in_words(ticked))} are checked. Uncheck {in_words(ticked - rules.keep)}."
    if 0 < ticked < rules.enough:
        return f"Check {in_words(rules.keep)}, or at least {in_words(rules.enough)}."
    return ""


def rest(answer: Cards, rules: Rules) -> Rest | None:
    """Those in order, each with what it means in one's own words; None while the order is not decided."""
    if not is_chosen(answer, rules) or not standing_of(answer, rules).is_done:
        return None
    rows, ranks = {row.key: row for row in answer.named}, ranks_of(answer, rules)
    lines = (RestLine(rows[key].text, rows[key].meaning or "") for key in ranks)
    return Rest(tuple(lines), is_order=True)


def summary(answer: Cards, rules: Rules) -> str:
    """The first three of those in order, or how many cards are sorted."""
    now, places = standing_of(answer, rules), len(ranks_of(answer, rules))
    if not places:
        total = len(rules.cards)
        count = total - len(unsorted(answer, rules))
        return f"{count} of {total} cards sorted" if count else "No cards sorted yet"
    words = {row.key: row.text for row in answer.named}
    first = [isolated(words[key]) for key in now.order[: min(3, places)]]
    more = len(now.order) - len(first)
    return listed([*first, f"{more} more"] if more else first)


def long_form(answer: Cards, rules: Rules) -> str:
    """Those in order with their places and own words, then what else lies on each pile."""
    now, ranks = standing_of(answer, rules), ranks_of(answer, rules)
    rows = {row.key: row for row in answer.named}
    parts = ["\n".join(_in_words(rows[key], f"{ranks[key]}.") for key in now.order if key in ranks)]
    for pile in PILES:
        rest = [_in_words(row, "–") for row in answer.in_pile(pile) if row.key not in ranks]
        parts += ["\n".join([f"{capitalized(PILE_WORDS[pile])}:", *rest])] if rest else []
    return "\n\n".join(filter(None, parts))


def _in_words(row: Card, mark: str) -> str:
    meaning = (row.meaning or "").replace("\n", "\n  ")
    return f"{mark} {row.text}" + (f"\n  {meaning}" if meaning else "")
