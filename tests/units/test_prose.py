"""Words, sentences, paragraphs and the grade."""

import pytest

from dreamtree.content.prose import (
    grade,
    graded_sentences,
    longest_run,
    paragraphs,
    syllables,
    whole_sentences,
    word_count,
)


def test_words_sentences_and_syllables() -> None:
    assert word_count("I don't, twenty-two times.") == 4
    said = "One day. “Why?” she said.\n\n- two\n- three"
    assert graded_sentences(said) == ["One day.", "“Why?”", "she said.", "- two", "- three"]
    counted = {word: syllables(word) for word in ("make", "table", "worked", "needed", "reasonable", "a", "2014")}
    assert counted == {"make": 1, "table": 2, "worked": 1, "needed": 2, "reasonable": 4, "a": 1, "2014": 1}


def test_a_plain_sentence_has_a_low_grade_and_a_heavy_one_a_high_one() -> None:
    assert grade("") == 0
    assert grade("The cat sat on the mat. It was a good cat.") < 2
    assert grade("Organizational responsibilities necessitate interdisciplinary deliberation.") > 15


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Some hours drag. Others do not.", ["Some hours drag.", "Others do not."]),
        ("“Why?” she said. So I told her: the box.", ["“Why?” she said.", "So I told her: the box."]),
        ("It was Dr. Okafor at 2 a.m. on call. He waited.", ["It was Dr. Okafor at 2 a.m. on call.", "He waited."]),
        ("“Sit down.” We sat… Then we ate!", ["“Sit down.”", "We sat…", "Then we ate!"]),
        ("", []),
    ],
)  # fmt: skip
def test_a_sentence_ends_where_a_reader_stops(said: str, read: list[str]) -> None:
    assert whole_sentences(said) == read


def test_lists_and_quotations_are_no_running_prose() -> None:
    written = "One\nparagraph.\n\nWhat counts:\n- a job\n\n- a club\n- a move\n\n> Dear all,\n\nThe end."
    assert paragraphs(written) == ["One paragraph.", "What counts:", "", "", "The end."]


@pytest.mark.parametrize(
    ("lengths", "longest"), [([], 0), ([3, 4, 9, 2], 2), ([3, 0, 3], 1), ([6, 5, 5, 5], 3)]
)  # fmt: skip
def test_a_run_is_broken_by_a_long_sentence_and_by_a_list(lengths: list[int], longest: int) -> None:
    assert longest_run(lengths, 6) == longest
