"""Keys of rows. Those pasted or picked: the same words give the same key, in one tree, and tell nobody else."""

import hmac
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from dreamtree.text import pasted_lines
from dreamtree.tools.base import Inputs, Posted
from dreamtree.tools.fields import Choice
from dreamtree.tools.rows.merging import row_words
from dreamtree.tools.rows.shape import R

FROM_WORDS = re.compile(r"p[0-9a-f]{11}|pick-.+")
LENGTH = 12


def new_row_key() -> str:
    """A permanent key for a row."""
    return secrets.token_hex(LENGTH // 2)


def pasted_rows(text: str, rows: Sequence[Posted]) -> list[Posted]:
    """A posted row for every line of a pasted list that is not among `rows`."""
    lines = dict.fromkeys(pasted_lines(text))
    return _new((Posted({"key": pasted_key(words), "text": words}) for words in lines), rows)


def picked_rows(values: Iterable[str], choices: Iterable[Choice], rows: Sequence[Posted]) -> list[Posted]:
    """A posted row for every ticked choice that is not among `rows`."""
    ticked = set(values) - {row.get("kind") for row in rows}
    chosen = (one for one in choices if one.value in ticked)
    picked = (Posted({"key": f"pick-{one.value}", "text": one.label, "kind": one.value}) for one in chosen)
    return _new(picked, rows)


def pasted_key(words: str) -> str:
    """The key that a page's pasted line has until it is stored."""
    return "p" + sha256(words.encode()).hexdigest()[: LENGTH - 1]


def own_keys(rows: Iterable[R], block_key: str, inputs: Inputs, known: set[str] | None = None) -> list[R]:
    """`rows` with keys that nobody can guess the words from; one that is `known` by then is there already.

    Unless the row that is there says something else by now: then it is another, with a key of its own.
    """
    rows = list(rows)
    if not inputs.secret:
        return rows
    taken = {row.key for row in rows} if known is None else known
    words = {row.key: row_words(row) for row in rows}
    kept: list[R] = []
    for row in rows:
        is_made = bool(FROM_WORDS.fullmatch(row.key)) and row.is_own
        key = _hidden(row.key, block_key, inputs.secret) if is_made else row.key
        while is_made and words.get(key, row_words(row)) != row_words(row):
            key = _hidden(key, block_key, inputs.secret)
        if not (is_made and key in taken):
            kept.append(replace(row, key=key))
        taken.add(key)
    return kept


def _new(coming: Iterable[Posted], rows: Sequence[Posted]) -> list[Posted]:
    known = {row.get("key") for row in rows}
    return [row for row in coming if row["key"] not in known]


def _hidden(key: str, block_key: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"{block_key}:{key}".encode(), sha256).hexdigest()[:LENGTH]
