"""A sentence as words in a row, with what keeps a skill from being the writer's: "never", "my boss", "I wish"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dreamtree.content.figures import FIGURES
from dreamtree.content.word_forms import ending, stem, words

SENTENCES = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)[.!?:]+(?=\W|$)|[\n•;]")
TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,–—()]")
SHORTENED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), whole)
    for pattern, whole in (
        (r"\bcan(?:['’]t|not)\b", "can not"),
        (r"\bwon['’]t\b", "will not"),
        (r"n['’]t\b", " not"),
        (r"\b(do|did|does|could|would|is|was|were|have|has|had|should)nt\b", r"\1 not"),
        (r"\b(dont|cant|aint)\b", "not"),
        (r"(?<=\w)['’]d\b", " would"),
        (r"(?<=\w)['’](?:m|re)\b", " am"),
        (r"(?<=\w)['’](?:ve|ll|s)\b", ""),
        (r"\b([ap])\.m\.", r"\1m"),
    )
)
BREAK = ","
NEGATING = frozenset("not never no nobody none neither nor without hardly barely cannot".split())  # noqa: SIM905
UNREAL = frozenset(
    """wish wished want wants wanted hope hoped hoping dream dreamed dreamt almost nearly instead hate hated hates
    avoid avoided refused supposed if pretend pretended rather someday should""".split()  # noqa: SIM905
)
"""What comes after these did not happen, or not yet."""
WISHING = frozenset(("wish", "wished", "dream", "dreamed", "dreamt", "pretend", "pretended"))
"""After these even what "I" do did not happen."""
WOULD_BUT = frozenset("love like have rather hate".split())  # noqa: SIM905
REACH = 5
"""How many words further "never" still tells."""
MINE = frozenset(("i", "we", "me", "us", "myself", "im", "ive"))
THEIRS = frozenset("he she they who whoever someone somebody everybody everyone nobody anyone it you".split())  # noqa: SIM905
PEOPLE = frozenset(
    """mom mother dad father parents sister brother aunt uncle grandma grandmother grandpa grandfather husband wife son
    daughter kids cousin friend friends neighbor neighbors boss bosses manager managers supervisor coworker coworkers
    colleague teacher teachers coach nurse nurses doctor doctors owner roommate boyfriend girlfriend partner foreman
    chef guy guys man woman lady people landlord crew hires""".split()  # noqa: SIM905
)
TITLES = frozenset(("mr", "mrs", "ms", "dr", "professor", "pastor", "coach"))
OPENING = frozenset(
    """my our the a an his her their this that these those some one old new other whole and but so because when while
    where since before after then if as until although though how whether first last night shift head day""".split()  # noqa: SIM905
)
"""Words that may stand between the beginning of a clause and who does something."""
BEGINNING = frozenset(
    """and but so because when while where since before after then if until although though how""".split()  # noqa: SIM905
)
WATCHED = frozenset("watch watched watching saw see seeing heard let".split())  # noqa: SIM905
ASKED_TO = frozenset("paid pay hired hire asked ask told tell got get wanted had".split())  # noqa: SIM905
SUFFERED = frozenset("was were been be being am is are got get getting gets".split())  # noqa: SIM905
PASSED_OVER = frozenset(("not", "just", "only", "never", "also", "really"))


@dataclass(frozen=True)
class Token:
    """A word of a sentence; `is_name` when a capital in the middle makes it one."""

    word: str
    stem: str
    ending: str
    is_name: bool = False


class Clause:
    """The words of one sentence in their order; a comma or dash counts as a word of its own."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = _without_figures(tokens)
        self.words = [one.word for one in self.tokens]

    def is_negated(self, start: int, end: int) -> bool:
        """True when what stands from `start` to before `end` is said not to have happened."""
        reach = range(max(0, start - REACH), start)
        return any(self._denies(index, start, end) for index in reach)

    def has_negation(self, start: int, end: int) -> bool:
        """True when a "not" or "never" stands in these words or just before them."""
        return any(word in NEGATING for word in self.words[max(0, start - 2) : end])

    def is_mine(self, start: int) -> bool:
        """False when somebody else does what begins at `start`."""
        for index in range(start - 1, -1, -1):
            word = self.words[index]
            if word in MINE:
                return not self._asked_others(index, start)
            if word in THEIRS and not self._is_object(index):
                return False
            if self._opens(index):
                return False
        return True

    def _denies(self, index: int, start: int, end: int) -> bool:
        word, following = self.words[index], self.words[index + 1 : index + 2]
        if word == "not" and following in (["only"], ["just"]):
            return False
        if word == "would" and not WOULD_BUT.intersection(following):
            return False
        if word not in NEGATING and word not in UNREAL and word != "would":
            return False
        between = self.words[index + 1 : start]
        if word in WISHING and between[:1] in (["i"], ["we"]):
            between = between[1:]
        if {"i", "we", "but", "so", "until"}.intersection(between):
            return False
        return BREAK not in between or "or" in self.words[index:end]

    def is_suffered(self, start: int) -> bool:
        """True when it was done to the writer: "was trained"."""
        before = [word for word in self.words[max(0, start - 2) : start] if word not in PASSED_OVER]
        return self.tokens[start].ending == "ed" and bool(before) and before[-1] in SUFFERED

    def _asked_others(self, mine: int, start: int) -> bool:
        """ "I watched my dad fix it", "we paid a guy to paint it"."""
        between = self.words[mine + 1 : start]
        has_others = any(word in PEOPLE or word in ("him", "her", "them", "someone", "somebody") for word in between)
        others_do = WATCHED.intersection(between) or (ASKED_TO.intersection(between) and between[-1:] == ["to"])
        return has_others and bool(others_do) and "and" not in between and BREAK not in between

    def _is_object(self, index: int) -> bool:
        """True for "for someone", "it" after a verb; pronouns that only ever do something are never objects."""
        return self.words[index] in ("it", "you", "someone", "somebody", "everyone", "everybody") and not self._begins(
            index
        )

    def _opens(self, index: int) -> bool:
        """True when a person or a name begins a clause: "my boss", "because Dave"."""
        one = self.tokens[index]
        return (one.is_name or one.word in PEOPLE) and self._begins(index)

    def _begins(self, index: int) -> bool:
        place = index - 1
        while place >= 0 and (self.words[place] in OPENING or self.tokens[place].is_name):
            if self.words[place] in BEGINNING and self.words[place] != "and":
                return True
            place -= 1
        is_titled = place == 0 and self.tokens[index].is_name and (self.words[0] in PEOPLE or self.words[0] in TITLES)
        return place < 0 or is_titled or self.words[place] == BREAK


def clauses(text: str) -> Iterator[Clause]:
    """The sentences of a text."""
    for pattern, whole in SHORTENED:
        text = pattern.sub(whole, text)
    for sentence in SENTENCES.split(text):
        tokens = list(_tokens(sentence))
        if tokens:
            yield Clause(tokens)


def _tokens(sentence: str) -> Iterator[Token]:
    found = TOKEN.findall(sentence)
    capitals = sum(token[0].isupper() for token in found)
    has_names = capitals * 2 <= len(found)
    for place, token in enumerate(found):
        if not token[0].isalnum():
            yield Token(BREAK, BREAK, "")
            continue
        is_name = has_names and place > 0 and token[0].isupper() and token[1:].islower()
        for word in words(token):
            yield Token(word, stem(word), ending(word), is_name)


def _without_figures(tokens: Sequence[Token]) -> list[Token]:
    """The same words, those of figures of speech made breaks."""
    changed = list(tokens)
    token_words = tuple(one.word for one in changed)
    for start, word in enumerate(token_words):
        for figure in FIGURES.get(word, ()):
            if token_words[start : start + len(figure)] == figure:
                changed[start : start + len(figure)] = [Token(BREAK, BREAK, "")] * len(figure)
    return changed
