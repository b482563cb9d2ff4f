"""Typed and pasted text: what looks the same is read the same, and nothing that means something is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamtree.text import (
    clean_line,
    clean_prose,
    code,
    ended,
    figures,
    folded,
    isolated,
    pasted_lines,
    plain,
    sentences,
    without_bullet,
)

UNSEEN = "\u00ad\u200b\u200e\u200f\u202a\u202c\u2060\u2066\u2069\ufeff"
letters = st.text(st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x17F), min_size=1, max_size=12)
any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


def among(text: str, signs: str) -> str:
    """`text` with unseen signs before, between and after its letters."""
    return signs + "".join(f"{letter}{signs}" for letter in text)


@given(any_text)
def test_reading_twice_is_reading_once(text: str) -> None:
    for read in (clean_line, clean_prose, plain, figures, code, folded):
        assert read(read(text)) == read(text)


@given(any_text)
def test_composed_and_decomposed_are_one(text: str) -> None:
    for read in (clean_line, clean_prose, folded):
        assert read(unicodedata.normalize("NFD", clean_line(text))) == read(
            unicodedata.normalize("NFC", clean_line(text))
        )


@given(letters, st.sampled_from(UNSEEN))
def test_unseen_signs_are_left_out_of_words(word: str, sign: str) -> None:
    assert clean_line(among(word, sign)) == clean_line(word)
    assert clean_prose(among(word, sign)) == clean_prose(unicodedata.normalize("NFC", word))


@given(letters)
def test_no_letter_or_figure_is_lost(word: str) -> None:
    assert clean_line(word) == unicodedata.normalize("NFC", word)


@pytest.mark.parametrize(
    "words",
    [
        "می\u200cخواهم",
        "क्\u200dष",
        "👩\u200d🔧 fixes",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "שלום \u200eC++\u200e עולם",
        "\u2067שלום\u2069, Dan",
        "ភាសា\u200bខ្មែរ",
        "Auf\u200clage",
    ],
)
def test_what_shapes_words_or_orders_them_stays(words: str) -> None:
    assert clean_line(words) == words
    assert clean_prose(words) == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u200e1,250.50", "1,250.50"),
        ("Cafe\u0301 planning", "Café planning"),
        ("\u202eabc\u202c", "abc"),
        ("\ufeffRent", "Rent"),
        ("\u200dRent \u200c", "Rent"),
        ("plan\u00adning", "planning"),
    ],
)
def test_what_says_nothing_goes(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept
    assert clean_prose(typed).strip() == kept


@given(st.integers(0, 10**9), st.sampled_from("٠۰०০๐０߀"), st.sampled_from(["", *UNSEEN]))
def test_figures_of_every_script_are_read(number: int, zero: str, sign: str) -> None:
    typed = "".join(chr(ord(zero) + int(one)) for one in str(number))
    assert figures(among(typed, sign)) == str(number)
    assert code(among(typed, sign)) == str(number)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("١٬٢٥٠٫٥٠", "1,250.50"),
        ("−5", "-5"),
        ("９／１２／２６", "9/12/26"),
        ("1\u202f234", "1 234"),
        ("５％", "5%"),
    ],
)
def test_marks_of_every_keyboard_are_the_plain_ones(typed: str, read: str) -> None:
    assert figures(typed) == read


@given(letters.filter(lambda word: word[0].isalpha()), st.sampled_from("•·●○◦▪▫‣⁃∙◆➢✓☐\uf0b7*-–—"))
def test_a_bullet_of_any_origin_goes(word: str, bullet: str) -> None:
    for between in (" ", "\t", "\u00a0", " \u200e"):
        assert without_bullet(f"{bullet}{between}{word}") == clean_line(word)


@pytest.mark.parametrize(
    "words", ["-5 degrees", "o que fiz", "A. Smith", "2019 – now", "3D drawing", "C++", "24. December", "(Part-time)"]
)
def test_what_is_no_bullet_stays(words: str) -> None:
    assert list(pasted_lines(words)) == [words]


def test_a_pasted_list_comes_without_its_marks() -> None:
    pasted = "1. Cook\r\n2) Clean\n\n\u200e• Drive\no\tLoad\n-----\n☑️ Call\n[x] Write\n3. • Sort\n24. December"
    assert list(pasted_lines(pasted)) == ["Cook", "Clean", "Drive", "Load", "Call", "Write", "Sort", "24. December"]


@given(any_text)
def test_a_pasted_list_read_again_is_the_same(text: str) -> None:
    read = list(pasted_lines(text))
    assert all(one == clean_line(one) for one in read)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ("One thing", ["One thing"]),
        (
            "It pays. It’s company!  Is it more? Maybe…\n\nA line by itself",
            [
                "It pays.",
                "It’s company!",
                "Is it more?",
                "Maybe…",
                "A line by itself",
            ],
        ),
        ("She said “stay.” So I did.", ["She said “stay.”", "So I did."]),
        ("It costs $4.50 a day, at 7:15.", ["It costs $4.50 a day, at 7:15."]),
        ("I wait ... then I go.", ["I wait ... then I go."]),
        ("仕事は人のため。毎日だ。", ["仕事は人のため。", "毎日だ。"]),
    ],
)
def test_a_text_comes_apart_into_its_sentences(text: str, told: list[str]) -> None:
    assert [*sentences(text)] == told


@given(any_text)
def test_no_word_is_lost_between_sentences(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(clean_line(text.replace("\n", " ")).split())


@pytest.mark.parametrize(
    ("words", "as_sentence"),
    [
        ("", ""),
        ("Fix bikes", "Fix bikes."),
        ("Fix bikes.", "Fix bikes."),
        ("Why not?", "Why not?"),
        ("and so on…", "and so on…"),
        ("She said “stay.”", "She said “stay.”"),
        ("A shop (mine)", "A shop (mine)."),
        ("仕事は人のため。", "仕事は人のため。"),
        (isolated("דרך."), isolated("דרך.")),
    ],
)
def test_words_end_as_one_sentence(words: str, as_sentence: str) -> None:
    assert ended(words) == as_sentence
