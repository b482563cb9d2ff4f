"""Finding the same words again: runs of words that two texts share."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

RUN = 5
"""So many words in a row are no accident; a shorter text is looked for as a whole."""
SHORTEST_WORD = 4
WORD = re.compile(r"\w+")
Words = tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """What to look for, word by word, whatever stands between the words and however they are capitalized."""

    runs: frozenset[Words]

    def are_in(self, text: str) -> bool:
        """Whether one of these phrases stands in `text`."""
        words = _words(text)
        return any(run in self.runs for length in {len(one) for one in self.runs} for run in _runs(words, length))


def phrases_of(texts: Iterable[str]) -> Phrases:
    """Every run of five words, and every shorter text of two words or one long one."""
    return Phrases(frozenset(run for text in texts for run in _runs_in(_words(text))))


def _runs_in(words: Words) -> Iterable[Words]:
    if len(words) >= RUN:
        return _runs(words, RUN)
    return [words] if len(words) > 1 or any(len(one) >= SHORTEST_WORD for one in words) else []


def _runs(words: Words, length: int) -> Iterable[Words]:
    return (words[start : start + length] for start in range(len(words) - length + 1))


def _words(text: str) -> Words:
    return tuple(WORD.findall(text.casefold()))
