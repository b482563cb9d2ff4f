"""What can be counted in prose: words, sentences, paragraphs, how many years of school it asks."""

import re
from collections.abc import Iterable

WORD = re.compile(r"[A-Za-zÀ-ÿ0-9]+(?:['’-][A-Za-zÀ-ÿ0-9]+)*")
SENTENCE_END = re.compile(r"(?:(?<=[.!?:])|(?<=[.!?:][\"”’)*]))\s+|\n\s*\n|\n(?=[-*>])")
FULL_STOP = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"”’)*_]))(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bSt\.)\s+(?![a-z])"
)
"""Where a reader stops: a colon goes on, and so does “Why?” she said."""
SET_APART = re.compile(r"[ \t]*(?:>|[-+*][ \t]|\d+\.[ \t])")
VOWELS = re.compile(r"[aeiouyà-ÿ]+")


def word_count(text: str) -> int:
    """How many words."""
    return len(WORD.findall(text))


def graded_sentences(text: str) -> list[str]:
    """The sentences as the grade counts them; a colon, list items and paragraphs end one too."""
    return [one.strip() for one in SENTENCE_END.split(text) if WORD.search(one)]


def whole_sentences(text: str) -> list[str]:
    """The sentences of one paragraph as they are read aloud; a colon ends none."""
    return [one.strip() for one in FULL_STOP.split(text.strip()) if WORD.search(one)]


def paragraphs(markdown: str) -> list[str]:
    """The running paragraphs; where a list or a quotation stands, there is an empty one."""
    return [_running(one) for one in re.split(r"\n\s*\n", markdown.strip())]


def longest_run(lengths: Iterable[int], under: int) -> int:
    """How many in a row are more than 0 and less than `under`, at most."""
    longest = run = 0
    for length in lengths:
        run = run + 1 if 0 < length < under else 0
        longest = max(longest, run)
    return longest


def syllables(word: str) -> int:
    """About how many syllables an English word has; at least one."""
    small = word.lower()
    if small.isdigit():
        return 1
    groups = len(VOWELS.findall(small))
    if re.search(r"[^aeiouyl]e$|[^aeiou]le[sd]$|[^aeioutd]ed$|[^aeiouscxz]es$", small) and groups > 1:
        groups -= 1
    return max(groups, 1)


def grade(text: str) -> float:
    """The Flesch–Kincaid grade: about the years of school that reading it asks. 0 for a text without words."""
    found = WORD.findall(text)
    if not found:
        return 0.0
    length = len(found) / max(len(graded_sentences(text)), 1)
    weight = sum(syllables(word) for word in found) / len(found)
    return 0.39 * length + 11.8 * weight - 15.59


def _running(paragraph: str) -> str:
    lines = paragraph.splitlines()
    return "" if any(SET_APART.match(line) for line in lines[:1]) else _before_list(lines)


def _before_list(lines: list[str]) -> str:
    ends = next((place for place, line in enumerate(lines) if SET_APART.match(line)), len(lines))
    return " ".join(lines[:ends])
