"""Words in a picture stand whole on their line, or end with an ellipsis."""

from dreamtree.drawing.svg import wrapped

ROOM, SIZE = 100, 12


def test_lines_break_between_words() -> None:
    assert wrapped("Learn who loads the buses", ROOM, SIZE) == ["Learn who ", "loads the ", "buses "]


def test_a_word_that_is_wider_than_the_line_is_cut_short() -> None:
    assert wrapped("Load the reannouncements daily", ROOM, SIZE) == ["Load the ", "reannounceme… ", "daily "]


def test_words_of_wide_signs_go_on_in_the_next_line() -> None:
    assert wrapped("学" * 10, ROOM, SIZE) == [f"{'学' * 7}", f"{'学' * 3} "]
