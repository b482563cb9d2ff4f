"""Keys of pasted tasks."""

import hmac
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from dreamtree.tools.base import Inputs

Row = dict[str, Any]
FROM_WORDS = re.compile(r"p[0-9a-f]{11}|pick-.+")
LENGTH = 12


def pasted_key(words: str) -> str:
    """The key that a page's pasted line has until it is dressed."""
    return "p" + sha256(words.encode()).hexdigest()[: LENGTH - 1]


def picked_key(value: str) -> str:
    """The key that a ticked choice has until it is dressed."""
    return f"pick-{value}"


def own_keys(rows: Sequence[Row], block_key: str, inputs: Inputs, known: set[str] | None = None) -> list[Row]:
    """`rows` with keys that nobody can guess the words from; one that is `known` by then is there already.

    Unless the row that is there says something else by now: then it is another, with a key of its own.
    """
    if not inputs.secret:
        return list(rows)
    taken = {row["key"] for row in rows} if known is None else known
    words = {row["key"]: row.get("text") for row in rows}
    kept: list[Row] = []
    for row in rows:
        is_made = bool(FROM_WORDS.fullmatch(row["key"])) and not row.get("given") and not row.get("live")
        key = _hidden(row["key"], block_key, inputs.secret) if is_made else row["key"]
        while is_made and words.get(key, row.get("text")) != row.get("text"):
            key = _hidden(key, block_key, inputs.secret)
        if not (is_made and key in taken):
            kept.append({**row, "key": key})
        taken.add(key)
    return kept


def _hidden(key: str, block_key: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"{block_key}:{key}".encode(), sha256).hexdigest()[:LENGTH]
