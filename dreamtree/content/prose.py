"""What can be counted in prose: words, sentences, how many years of school it asks."""

import re

WORD = re.compile(r"[A-Za-zÀ-ÿ0-9]+(?:['’-][A-Za-zÀ-ÿ0-9]+)*")
SENTENCE_END = re.compile(r"(?:(?<=[.!?:])|(?<=[.!?:][\"”’)*]))\s+|\n\s*\n|\n(?=[-*>])")
VOWELS = re.compile(r"[aeiouyà-ÿ]+")


def word_count(text: str) -> int:
    """How many words."""
    return len(WORD.findall(text))


def sentences(text: str) -> list[str]:
    """The sentences; list items and paragraphs end one too."""
    return [one.strip() for one in SENTENCE_END.split(text) if WORD.search(one)]


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
    length = len(found) / max(len(sentences(text)), 1)
    weight = sum(syllables(word) for word in found) / len(found)
    return 0.39 * length + 11.8 * weight - 15.59
