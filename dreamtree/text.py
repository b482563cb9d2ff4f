"""How typed and pasted text is read, everywhere: words, lines, prose, figures, codes and lists.

What looks the same is the same: letters are composed (NFC), and signs that nobody sees are left out unless they mean
something where they stand. Joiners shape the words of many scripts and hold emoji together; marks of direction order
text that is written from the right.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

NEVER_SEEN = re.compile("[\u00ad\u180e\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]+")
"""Hyphens that show only at the end of a line, word joiners, byte order marks and their like."""
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
JOINERS = "\u200b\u200c\u200d"
EDGE = re.compile(f"[{JOINERS}]+")
RIGHT_TO_LEFT = ("R", "AL", "AN")
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
ENDS = tuple(".?!…؟。！？")
CLOSING = f"{END_OF_ISOLATE}\"'”’»)]」』"
ALPHABETS = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN")
"""Scripts in which a joiner says something between two letters only."""
SPACELESS = ("THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
"""Scripts whose words are parted by a space that is not seen."""
MARKS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("’‘ʼ′＇", "'"),
        **dict.fromkeys("٫．", "."),
        **dict.fromkeys("٬，،", ","),
        **dict.fromkeys("／⁄∕", "/"),
        "％": "%",
        "٪": "%",
    }
)
BULLET = re.compile(
    r"(?:[•·●○◦◉◯∙⋅‣⁃▪▫■□◼◻▢◆◇❖►▶▸▹▷➢➤➔➜→⇒»›★☆✦✓✔✗✘☐☑☒\uf000-\uf0ff]\ufe0f?\s*"
    r"|[*–—−-]+(?:\s+|(?=[^\W\d]))|\[[ xX]?\]\s+|o(?:\t|\xa0|\s{2,})|[a-z]\)\s+)+"
)
"""What lists begin their lines with: signs of every word processor, check boxes, the "o" of a second level."""
END_OF_SENTENCE = re.compile(r"(?<!\.\.)[.!?…؟][\"'”’»)\]]*(?=\s)|[。！？।][」』”]*|\n")
NUMBERED = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\S)")
UNSEEN_FIRST = re.compile(r"[\s\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def clean_line(text: str) -> str:
    """`text` as one line: white space folded, and what no page may hold left out (control and non-characters)."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    plain = "".join(" " if letter.isspace() else letter for letter in text)
    return " ".join(_seen("".join(filter(_is_character, plain))).split())


def clean_prose(text: str) -> str:
    """`text` with its line breaks as "\\n"; nothing but white space is nothing."""
    cleaned = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    cleaned = cleaned if cleaned.isascii() else _seen(cleaned)
    return cleaned if cleaned.strip() else ""


def as_line(stored: object) -> str:
    """A stored text as one line, whatever another version stored."""
    return clean_line(str(stored or ""))


def as_prose(stored: object) -> str:
    """A stored text of several lines, whatever another version stored."""
    return clean_prose(str(stored or ""))


def plain(text: str) -> str:
    """`text` as one line without any sign that is not seen: what names and codes are compared by."""
    return clean_line(without_unseen(text))


def without_unseen(text: str) -> str:
    """`text` without the signs that only shape or order others (format characters)."""
    return text if text.isascii() else "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def figures(text: str) -> str:
    """A number, day or code as it is read: `plain`, with 0 to 9 for the digits of any script.

    Dashes, points and commas of any keyboard are the plain ones.
    """
    plain_text = plain(text)
    return plain_text if plain_text.isascii() else "".join(map(_western, plain_text)).translate(MARKS)


def code(text: str) -> str:
    """A code or a word of a list as it is compared: `figures`, in small letters of any width."""
    return figures(unicodedata.normalize("NFKC", text)).casefold()


def folded(text: str) -> str:
    """What the ways of typing the same words have in common: neither case nor unseen signs."""
    return plain(text).casefold()


def pasted_lines(text: str) -> Iterator[str]:
    """The lines of a pasted list, each as one line without its bullet; empty ones are left out.

    A number goes where the lines are counted: one, two and so on. "24. December" stays.
    """
    number = 1
    for part in text.splitlines():
        item = without_bullet(part)
        if (found := NUMBERED.match(item)) and int(found[1]) == number:
            item, number = without_bullet(item[found.end() :]), number + 1
        if item.strip("*–—−-_=~ "):
            yield item


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text as one line each: they end with a sign that ends one, or with their line."""
    ends = [found.end() for found in END_OF_SENTENCE.finditer(text)]
    for begin, end in pairwise([0, *ends, len(text)]):
        if words := clean_line(text[begin:end]):
            yield words


def ended(words: str) -> str:
    """Words as a sentence: with a period, unless they end one already. Nothing stays nothing."""
    return words if not words or words.rstrip(CLOSING).endswith(ENDS) else f"{words}."


def isolated(words: str) -> str:
    """Words of a person for a sentence of ours: where they hold a script from the right, between signs of direction.

    For what is shown, never for what is stored or compared.
    """
    return f"{ISOLATE}{words}{END_OF_ISOLATE}" if _runs_from_the_right(words) else words


def without_bullet(text: str) -> str:
    """A line without what its list begins lines with."""
    bare = UNSEEN_FIRST.sub("", text, count=1) if UNSEEN_FIRST.match(text) else text
    return clean_line(BULLET.sub("", bare, count=1) if BULLET.match(bare) else text)


def _western(sign: str) -> str:
    return str(unicodedata.decimal(sign, sign))


def _seen(text: str) -> str:
    """`text` composed, without signs that nobody sees and that say nothing where they stand."""
    text = NEVER_SEEN.sub("", text)
    if DIRECTION.search(text) and not _runs_from_the_right(without := DIRECTION.sub("", text)):
        text = without
    text = EDGE.sub(_joiners, text)
    return unicodedata.normalize("NFC", text)


def _runs_from_the_right(text: str) -> bool:
    """Whether any sign of it belongs to a script that is written from the right."""
    return not text.isascii() and any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in set(text))


def _joiners(found: re.Match[str]) -> str:
    """The joiners between two signs that mean something there."""
    text, (start, end) = found.string, found.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    is_inside = _is_of_a_word(before) and _is_of_a_word(after)
    shapes = is_inside or (_is_of_a_word(before) and not _script(before).startswith(ALPHABETS))
    parts = is_inside and _script(before).startswith(SPACELESS)
    return "".join(sign for sign in found[0] if (parts if sign == JOINERS[0] else shapes))


def _is_of_a_word(sign: str) -> bool:
    """A letter, a mark on one, or an emoji."""
    return bool(sign) and unicodedata.category(sign)[0] in "LMS"


@cache
def _script(sign: str) -> str:
    return unicodedata.name(sign, "")


def _is_character(letter: str) -> bool:
    """Neither a control, nor half of a surrogate pair, nor one of the 66 code points that Unicode keeps for no one."""
    code = ord(letter)
    is_kept_for_no_one = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not is_kept_for_no_one and unicodedata.category(letter) not in ("Cc", "Cs")
