"""What a field of the form is called where it stands without its page: "Rent or housing: amount"."""

import re
from collections.abc import Mapping

from dreamtree.text import clean_line, isolated
from dreamtree.tools.budget_calculator.lines import STARTERS
from dreamtree.tools.budget_calculator.view import TITLES

ONCE: Mapping[str, str] = {
    "own": "currency",
    "savings": "money you could use",
    "hours": "hours a week",
    "rate": "tax, in percent",
    "before": "pay before tax",
    "after": "take-home pay",
    "posted1": "posting 1",
    "posted2": "posting 2",
    "posted3": "posting 3",
    "alternative": "what you’d do instead",
}
OF_A_LINE: Mapping[str, str] = {"name": "what it is", "amount": "amount", "until": "ends", "other": "what if"}
FIELD = re.compile(r"(in|out)-(\d{1,4})-([a-z]+)")


def label_of(field: str, sent: Mapping[str, str]) -> str:
    """The words for a field; `sent` are all that came with it. "" for one that the form does not have."""
    found = FIELD.fullmatch(field)
    if not found:
        return ONCE.get(field, "")
    side, n, what = found.groups()
    starter = STARTERS[side].get(sent.get(f"{side}-{n}-key", ""))
    called = starter.name if starter else isolated(clean_line(sent.get(f"{side}-{n}-name", "")))
    named = called or f"Line {int(n) + 1} of {TITLES[side].lower()}"
    return f"{named}: {OF_A_LINE[what]}" if what in OF_A_LINE else ""
