"""All words of the library, and which of them somebody may have meant."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from dreamtree.content.word_forms import distances, ending, is_same_doing, letters, spelling, stem, without_ending

EXACT, SAME_STEM, BEGUN, MISSPELLED, BEGUN_WRONG = 1.0, 0.9, 0.75, 0.6, 0.4
STEM_BESIDES, BEGUN_BESIDES = 0.6, 0.25
"""For another word of the same stem, or a longer one, where what is typed is a whole word: "planes", "plans"."""
A_LETTER_LESS = 0.15
LAST_SIGN = "\U0010ffff"


class Vocabulary:
    """The words, sorted for beginnings and marked by letters for misspellings."""

    def __init__(self, known: Iterable[str]) -> None:
        self.sorted = sorted(known)
        self._known = frozenset(self.sorted)
        self._by_length: dict[int, list[tuple[str, int]]] = defaultdict(list)
        self._by_first: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for word in self.sorted:
            if len(word) >= 4:
                marked = (word, letters(word))
                self._by_length[len(word)].append(marked)
                self._by_first[word[0]].append(marked)
        self.by_stem: dict[str, list[str]] = defaultdict(list)
        for word in self.sorted:
            self.by_stem[stem(word)].append(word)

    def sure(self, typed: str) -> dict[str, float]:
        """Each word that is `typed`, another form of it, or begins so; nothing misspelled."""
        forms = {typed, spelling(typed)}
        whole = dict.fromkeys(forms & self._known, EXACT)
        related = [word for word in self.by_stem.get(stem(typed), ()) if not whole or _is_akin(typed, word)]
        begun = BEGUN_BESIDES if whole or related else BEGUN
        found = {word: begun for form in forms for word in self._begun(form)}
        akin = {word: SAME_STEM if not whole or _is_same(typed, word) else STEM_BESIDES for word in related}
        return found | akin | whole

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
        if len(form) < 3:
            return {}
        begun = dict.fromkeys(self._begun_wrong(form), BEGUN_WRONG)
        return begun | {word: MISSPELLED - A_LETTER_LESS * (wrong - 1) for word, wrong in self._near(form, forgiven)}

    def _near(self, form: str, forgiven: int) -> Iterator[tuple[str, int]]:
        """The words that `form` is as a whole, with up to as many wrong letters as are forgiven, and how many."""
        size, bits = len(form), letters(form)
        for length in range(max(4, size - forgiven), size + forgiven + 1):
            most = min(1 if length < 6 else 2, forgiven)
            some = self._by_length[length] if abs(length - size) <= most else ()
            like = [word for word, marks in some if (bits ^ marks).bit_count() <= 2 * most]
            yield from ((word, wrong) for word in like if (wrong := distances(form, word, most)[0]) <= most)

    def _begun_wrong(self, form: str) -> Iterator[str]:
        """The words that begin as `form`, but for one wrong letter."""
        size, bits = len(form), letters(form)
        for word, marks in self._by_first[form[0]] if size >= 6 else ():
            if (bits & ~marks).bit_count() <= 1 and distances(form, word, 1)[1] <= 1:
                yield word


def _is_akin(typed: str, word: str) -> bool:
    """False for two words that only look as if they had one stem: "tile" and "till"."""
    return len({spelling(without_ending(one)) for one in (typed, word)} - {""}) < 2


def _is_same(typed: str, word: str) -> bool:
    """True for one or many of a thing, and for what is done, now or then; not for "planes" and "planning"."""
    return typed.removesuffix("s") == word.removesuffix("s") or is_same_doing(ending(typed), ending(word))
