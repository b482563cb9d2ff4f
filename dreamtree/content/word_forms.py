"""Words made comparable: one spelling for American and British, one stem for "loads" and "loaded", a distance."""

import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LONGEST_TEXT = 20_000
LONGEST_WORD = 40

SAME: dict[str, str] = {
    "programme": "program", "programmes": "programs", "cheque": "check", "tyre": "tire", "tyres": "tires",
    "grey": "gray", "plough": "plow", "kerb": "curb", "jewellery": "jewelry", "practise": "practice",
    "practised": "practiced", "practising": "practicing", "aeroplane": "airplane", "mum": "mom", "catalogue": "catalog",
    "dialogue": "dialog", "analogue": "analog", "pyjamas": "pajamas", "storey": "story", "moustache": "mustache",
    "sceptical": "skeptical", "artefact": "artifact", "judgement": "judgment", "acknowledgement": "acknowledgment",
}  # fmt: skip
SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"z", "s"),  # organize, analyze
        (r"ll", "l"),  # travelling, fulfill
        (r"(?<=[a-z]{2})our(?=$|s|e|i|a|l|f|h)", "or"),  # colour, labour, neighbourhood
        (r"(?<=[a-z]{2}[tb])re(?=$|s$|d$)", "er"),  # centre, fibre
        (r"ence(?=$|s$|d$)", "ense"),  # licence, defence
        (r"(?<=[a-z])ae|ae(?=[a-z]{4})", "e"),  # paediatric, anaesthetic
        (r"mould", "mold"),
    )
)
ENDINGS = ("ements", "ement", "ingly", "ations", "ation", "ings", "ing", "ers", "er", "ed", "es", "s", "ly")
STOP_WORDS = frozenset(
    """a about after all also always am an and any are as at be because been before being but by can could did didn do
    does doing don done down each even ever every for from get gets getting go goes going gone good got had has have
    having he her here hers him his how i if in into is it its just like lot made make makes making many me mine more
    most much my never new no not now of off on once one only or other our out over own people put said same she should
    so some something somebody someone still such than that the their them then there these they thing things this those
    through time to together told too took two up us very was way we well went were what when where which while who whom
    whose why will with without work worked working would you your""".split()  # noqa: SIM905 (a list of 170 words reads as words)
)
"""Words that say nothing about a skill."""

GLUE = frozenset(
    """january february march april june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday spring summer autumn fall winter day days daily week weeks weekly weekend weekends
    month months monthly year years yearly today tomorrow yesterday tonight morning mornings noon afternoon evening
    evenings night nights midnight hour hours minute minutes oclock early late later ago since until come comes came
    coming leave leaves left leaving arrive arrived arriving arrives stay stayed staying return returned returning back
    home away there next last first second again often always sometimes soon""".split()  # noqa: SIM905
)
"""Words of the calendar, of coming and going, and the like: by themselves they suggest no skill."""


def words(text: str) -> list[str]:
    """The words of a text in small letters, without accents; any Unicode is fine, very long texts are cut."""
    spread = unicodedata.normalize("NFKD", text[:LONGEST_TEXT].casefold())
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return [word.split("'")[0].split("’")[0][:LONGEST_WORD] for word in WORD.findall(bare)]


def spelling(word: str) -> str:
    """The word in a spelling that American and British share; not meant to be shown."""
    word = SAME.get(word, word)
    for pattern, replacement in SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


def stem(word: str) -> str:
    """What "load", "loads", "loaded" and "loading" have in common, in the shared spelling."""
    word = spelling(word)
    if len(word) > 4 and word.endswith(("ied", "ies")):
        return word[:-2]
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    word = word.removesuffix("e") if len(word) > 3 else word
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def keywords(found: Iterable[str]) -> list[str]:
    """The words that say something: not the small ones, unless there are no others."""
    all_words = list(found)
    return [word for word in all_words if word not in STOP_WORDS and len(word) > 1] or all_words


def letters(word: str) -> int:
    """Which letters a word has, up to three of each, as bits: a wrong letter takes one bit away at most."""
    bits = 0
    for sign in word:
        bit = 1 << (ord(sign) % 32)
        while bits & bit and bit < 1 << 64:
            bit <<= 32
        bits |= bit
    return bits


def distances(typed: str, word: str, most: int) -> tuple[int, int]:
    """Wrong letters between `typed` and `word`, and between `typed` and any beginning of `word`.

    A letter missing, too many, another, or two neighbors swapped count one (Damerau and Levenshtein). Stops
    counting above `most` and then answers `most + 1`.
    """
    far = most + 1
    two_back: list[int] = []
    row = list(range(len(word) + 1))
    for place, sign in enumerate(typed, 1):
        before, row = row, [place]
        for at, letter in enumerate(word, 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (sign != letter))
            if place > 1 and at > 1 and sign == word[at - 2] and typed[place - 2] == letter:
                cost = min(cost, two_back[at - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return far, far
        two_back = before
    return min(row[-1], far), min(*row, far)
