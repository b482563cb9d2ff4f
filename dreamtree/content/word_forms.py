"""Words made comparable: one spelling for American and British, one stem for "loads" and "loaded", a distance."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LONGEST_TEXT = 20_000
LONGEST_WORD = 40
MANY_WORDS = 16_384
"""Of how many words the stem and the ending are kept."""

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
IRREGULAR: dict[str, str] = {
    form: base
    for base, forms in {
        "babysit": "babysat babysitting", "bind": "bound", "break": "broke broken", "bring": "brought",
        "build": "built", "buy": "bought", "catch": "caught", "choose": "chose chosen", "cut": "cutting",
        "dig": "dug digging",
        "draw": "drew drawn", "drive": "drove driven", "feed": "fed", "fight": "fought", "find": "found",
        "fly": "flew flown", "forecast": "forecasted", "give": "gave given", "grow": "grew grown", "hang": "hung",
        "hold": "held", "keep": "kept", "know": "knew known", "lay": "laid", "lead": "led", "lend": "lent",
        "make": "made", "meet": "met", "pay": "paid", "ride": "rode ridden", "run": "ran running", "sell": "sold",
        "send": "sent", "sew": "sewn", "shoot": "shot", "sing": "sang sung", "sit": "sat", "speak": "spoke spoken",
        "spend": "spent", "spin": "spun", "stand": "stood", "sweep": "swept", "swim": "swam swum", "take": "took taken",
        "teach": "taught", "tear": "tore torn", "tell": "told",
        "throw": "threw thrown", "wear": "wore worn", "weave": "wove woven",
        "win": "won", "write": "wrote written", "do": "did done", "go": "went gone",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""The verb of each irregular form."""
ER_VERBS = frozenset(
    """answer butcher cater cover deliver enter filter foster gather offer order power register render shower slaughter
    smother tutor volunteer water""".split()  # noqa: SIM905
)
"""Verbs that end like a person who does something."""
SAME_DOING = frozenset(("", "s")), frozenset(("", "ed")), frozenset(("", "ing")), frozenset(("ed", "ing"))
LEFT_OUT = frozenset(
    """a an the my our his her their your this that these those some any all every each few several many very really
    so pretty two three four five six seven eight nine ten also""".split()  # noqa: SIM905
)
"""Words that a saying may have more or fewer of and still say the same."""
BEING = frozenset("was were am are is be been being became as".split())  # noqa: SIM905
STOP_WORDS = frozenset(
    """a about after all also always am an and any are as at be because been before being but by can could did didn do
    does doing don done down each even ever every for from get gets getting go goes going gone good got had has have
    having he her here hers him his how i if in into is it its just like lot made make makes making many me mine more
    most much my never new no not now of off on once one only or other our out over own people put said same she should
    so some something somebody someone still such than that the their them then there these they thing things this those
    through time to together told too took two up us very was way we well went were what when where which while who whom
    whose why will with without work worked working works would you your""".split()  # noqa: SIM905 (a list of 170 words reads as words)
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


@lru_cache(MANY_WORDS)
def stem(word: str) -> str:
    """What "load", "loads", "loaded" and "loading" have in common, in the shared spelling."""
    word = spelling(IRREGULAR.get(word, word))
    if len(word) > 4 and word.endswith(("ied", "ies")):
        return word[:-2]
    for end in ENDINGS:
        if word.endswith(end) and len(word) - len(end) >= 3:
            word = word.removesuffix(end)
            break
    word = word.removesuffix("er") if len(word) > 5 else word
    word = word.removesuffix("e") if len(word) > 3 else word
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


@lru_cache(MANY_WORDS)
def ending(word: str) -> str:
    """What a word ends with: "ed" for any past, "er" for one who does something, "" for the plain word."""
    if word in IRREGULAR:
        return "ing" if word.endswith("ing") else "ed"
    if word in ER_VERBS or len(word) < 4:
        return ""
    if word.endswith("s") and not word.endswith(("ss", "us")):
        one = ending(word[:-1])
        return one if one in ("er", "ation", "ment") else "s"
    return next((end for end in ("ing", "ed", "er", "ation", "ment", "ly") if word.endswith(end)), "")


def without_ending(word: str) -> str:
    """The word without its ending where that is sure, or ""."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if not ending(word):
        return word
    return word[:-1] if ending(word) == "s" and not word.endswith(("es", "'s")) else ""


def gist(saying: Sequence[str]) -> tuple[str, ...]:
    """What a whole saying comes to, in stems: the same for "was a bartender", "bartenders" and "the bartender"."""
    stems = [stem(word) for word in saying if word not in LEFT_OUT and word not in BEING]
    return tuple(stems or map(stem, saying))


def is_same_doing(one: str, other: str) -> bool:
    """True when two endings of one stem say the same thing: "loading" and "loaded", not "fires" and "fired"."""
    return one == other or {one, other} in SAME_DOING


def differ_in_number(one: Sequence[str], other: Sequence[str]) -> bool:
    """True when two sayings differ in nothing but one or many of a thing: "security" and "securities"."""
    return [_singular(word) for word in one] == [_singular(word) for word in other]


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if len(word) > 4 and word.endswith("ies") else word.removesuffix("s")


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
        for length, letter in enumerate(word, 1):
            cost = min(before[length] + 1, row[length - 1] + 1, before[length - 1] + (sign != letter))
            if place > 1 and length > 1 and sign == word[length - 2] and typed[place - 2] == letter:
                cost = min(cost, two_back[length - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return far, far
        two_back = before
    return min(row[-1], far), min(*row, far)
