"""Recovery words: twelve words that open an account without its password (BIP-39, English list)."""

import hashlib
import re
from functools import cache
from hmac import compare_digest
from pathlib import Path

from dreamtree.text import code
from dreamtree.vault import Keyholder, digest

COUNT = 12
SECRET_BYTES = 16
PREFIX_LENGTH = 4
"""So many letters tell a word of the list from all others."""
BITS_A_WORD = 11
CHECK_BITS = 4
LABEL = "recovery-word"
LIST = Path(__file__).parent / "lists" / "recovery-words.txt"
UNSEEN_SPACE = "\u200b"
WORD_SEPARATOR = re.compile(r"[\W\d_]+")


class WrongWords(Exception):
    """What was typed is not twelve words of the list that belong together; the message says what to do."""


def words_from(secret: bytes) -> tuple[str, ...]:
    """The twelve words for 128 bits: eleven bits a word, the last four are a checksum."""
    bits = int.from_bytes(secret, "big") << CHECK_BITS | _check(secret)
    positions = [bits >> BITS_A_WORD * position & 2**BITS_A_WORD - 1 for position in reversed(range(COUNT))]
    return tuple(all_words()[position] for position in positions)


def secret_from(text: str) -> bytes:
    """The 16 bytes that twelve typed words spell. Case, numbers and what stands between do not matter.

    Raises `WrongWords`, whose message tells only what anybody can tell who has the list.
    """
    typed = [part for part in WORD_SEPARATOR.split(code(text.replace(UNSEEN_SPACE, " "))) if part]
    unknown = [part for part in typed if word_for(part) is None]
    if unknown:
        raise WrongWords(f"“{unknown[0][:40]}” isn’t one of the words we use. Check its first four letters.")
    if len(typed) != COUNT:
        raise WrongWords(f"You typed {len(typed)} of the twelve words. Type all twelve.")
    bits = 0
    for part in typed:
        bits = bits << BITS_A_WORD | _positions()[part.casefold()[:PREFIX_LENGTH]]
    secret = (bits >> CHECK_BITS).to_bytes(SECRET_BYTES, "big")
    if bits & 2**CHECK_BITS - 1 != _check(secret):
        raise WrongWords("One of the twelve words is wrong or in the wrong place. Check each word and the order.")
    return secret


def word_for(typed: str) -> str | None:
    """The word of the list that was meant: its first four letters are enough."""
    folded = code(typed)
    position = _positions().get(folded[:PREFIX_LENGTH])
    if position is None or not (all_words()[position].startswith(folded) or len(folded) >= PREFIX_LENGTH):
        return None
    return all_words()[position]


def marks_of(user: Keyholder, words: tuple[str, ...]) -> list[str]:
    """A keyed mark for each word in its place, by which one can be checked while the person's key is in hand."""
    return [_mark(user, position, word) for position, word in enumerate(words, 1)]


def is_word(user: Keyholder, marks: list[str], position: int, typed: str) -> bool:
    """Whether `typed` is the word at `place`, counted from 1."""
    word = word_for(typed)
    return word is not None and compare_digest(marks[position - 1], _mark(user, position, word))


@cache
def all_words() -> tuple[str, ...]:
    """The 2,048 words, in order."""
    return tuple(LIST.read_text(encoding="utf-8").split())


@cache
def _positions() -> dict[str, int]:
    return {word[:PREFIX_LENGTH]: position for position, word in enumerate(all_words())}


def _check(secret: bytes) -> int:
    return hashlib.sha256(secret).digest()[0] >> 8 - CHECK_BITS


def _mark(user: Keyholder, position: int, word: str) -> str:
    return digest(user, LABEL, f"{position} {word}")
