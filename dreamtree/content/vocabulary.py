"""All words of the library, and which of them somebody may have meant."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from dreamtree.content.word_forms import distances, letters, spelling, stem

EXACT, SAME_STEM, BEGUN, MISSPELLED, BEGUN_WRONG = 1.0, 0.9, 0.75, 0.6, 0.4
A_LETTER_LESS = 0.15
LAST_SIGN = "\U0010ffff"


class Vocabulary:
    """The words, sorted for beginnings and marked by letters for misspellings."""

    def __init__(self, known: Iterable[str]) -> None:
        self.sorted = sorted(known)
        self.marked = [(word, letters(word), len(word)) for word in self.sorted if len(word) >= 4]
        self.by_stem: dict[str, list[str]] = defaultdict(list)
        for word in self.sorted:
            self.by_stem[stem(word)].append(word)

    def sure(self, typed: str) -> dict[str, float]:
        """Each word that is `typed`, another form of it, or begins so; nothing misspelled."""
        forms = {typed, spelling(typed)}
        found = {word: BEGUN for form in forms for word in self._begun(form)}
        found |= dict.fromkeys(self.by_stem.get(stem(typed), ()), SAME_STEM)
        return found | {form: EXACT for form in forms if form in found}

    def like(self, typed: str) -> dict[str, float]:
        """Each word that `typed` may mean, with how sure that is, above 0 and up to 1.

        One wrong letter is forgiven in words of four and five letters, two in longer ones; one only in what is
        a word, or the beginning of one, as it stands.
        """
        found = self.sure(typed)
        most = 1 if found else 2
        for form in {typed, spelling(typed)}:
            for word, sure in self._misspelled(form, most).items():
                found[word] = max(found.get(word, 0.0), sure / (3 - most))
        return found

    def _begun(self, form: str) -> list[str]:
        return self.sorted[bisect_left(self.sorted, form) : bisect_left(self.sorted, form + LAST_SIGN)]

    def _misspelled(self, form: str, forgiven: int) -> dict[str, float]:
        found: dict[str, float] = {}
        size, bits = len(form), letters(form)
        for word, marks, length in self.marked if size >= 3 else ():
            most = min(1 if length < 6 else 2, forgiven)
            if (bits & ~marks).bit_count() > most or size > length + most:
                continue
            is_whole = size >= length - most and (marks & ~bits).bit_count() <= most
            if not is_whole and (size < 6 or word[0] != form[0]):
                continue
            whole, begun = distances(form, word, most if is_whole else 1)
            if is_whole and whole <= most:
                found[word] = MISSPELLED - A_LETTER_LESS * (whole - 1)
            elif size >= 6 and begun <= 1:
                found[word] = BEGUN_WRONG
        return found
