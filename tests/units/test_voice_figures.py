"""The figures that `flask check-book --figures` prints: a line an exercise, a line a person."""

from flask import Flask

from dreamtree.content.voice.figures import figures_of_exercises, figures_of_people, written_in

from .small_book import FIRST, TOOLS, book, with_block

ANSWER = {
    "value": "I don't know. She said that she’d ask.",
    "code": "ISTJ",
    "rows": [
        {"key": "bike", "text": "Repairing bikes", "fields": {"proof": "Two wheels, one day."}},
        {"tags": [{"name": "Handling money, cash and a drawer", "skill": "handling-money"}]},
    ],
}  # fmt: skip


def test_what_a_person_wrote_in_an_answer() -> None:
    assert list(written_in(ANSWER)) == ["I don't know. She said that she’d ask.", "Two wheels, one day."]


def test_an_exercise() -> None:
    words = "It’s a day. It is not a night, and it won't be one until all of us are home."
    first, _ = figures_of_exercises(book(with_block(FIRST, "1.1.1.why", text=words)), TOOLS)
    assert (first.id, first.words, first.run, first.minutes_stated) == ("1.1.1", 39, 1, 5)
    assert (first.contracted.contracted, first.contracted.full) == (2, ("it is",))
    assert first.sentence == (3 + 15 + 11) / 3
    assert 4 < first.minutes_counted < 6
    assert str(first).startswith("1.1.1      39 words   contracted 0.67 of  3   sentence  9.7   run 1   grade prose ")


def test_a_person_is_told_by_what_others_do_not_say() -> None:
    answers = {
        "Tom": ["Truck, and a truck. Late truck, bad truck."],
        "Mara": ["And then she laughed, and she sang, she did."],
    }
    tom, mara = figures_of_people(book(), answers)
    assert (tom.name, tom.markers, mara.markers) == ("Tom", ("truck",), ("she",))
    assert tom.sentence == (4 + 4 + 3 + 3) / 4
    assert tom.contracted.rate == 1


def test_the_command_prints_them_instead_of_what_it_found(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["check-book", "--figures"])
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[0].startswith("1.1.1 ")
    assert [line.split()[0] for line in lines[-4:-1]] == ["Lin", "Mara", "Tom"]
    assert not [line for line in lines if line.startswith("look at")]
