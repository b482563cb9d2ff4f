"""The words of seed/voice.toml, on pages, in errors and notices, and in what the sample people answer."""

import pytest

from dreamtree.content.voice import read_manner
from dreamtree.content.voice.figures import written_in
from dreamtree.content.voice.wording import PlacedText, misworded
from dreamtree.home.samples import PEOPLE, persona

from . import shown_texts
from .seeded import SEED
from .voiced import told

WORDS = read_manner(SEED).words


def test_pages_say_it_as_the_book_does() -> None:
    found = list(misworded(shown_texts.of_pages(), WORDS))
    assert not found, told(found)


@pytest.mark.parametrize("name", PEOPLE)
def test_sample_people_say_it_as_americans_do(name: str) -> None:
    said = [
        PlacedText(f"{name}.toml, {one['block']}", text, is_example=True)
        for one in persona(name)["answer"]
        for text in written_in(one["answer"])
    ]
    assert said
    found = list(misworded(said, WORDS))
    assert not found, told(found)


def test_there_is_much_to_look_at() -> None:
    said = list(shown_texts.of_pages())
    assert len({one.at for one in said}) > 200
    assert len([one for one in said if len(one.text.split()) > 4]) > 500


def test_words_of_a_template() -> None:
    source = """{# A shed. #}{% include "a_shed.html" %}<p class="shed" title="Old &amp; new">
    A <b>{{ f.button("Put it there", kind="shed") }}</b> one{% if a == "b" %} &lt;day{% endif %}</p>"""
    assert list(shown_texts.in_template(source)) == ["Put it there", "Old &amp; new", "A one <day"]


def test_words_of_code() -> None:
    source = '"""A shed."""\nA = "shed"\n"""A note."""\nB = ("Shed", f"{A} of wood", r"a \\b shed")\n# in a shed\n'
    assert list(shown_texts.in_code(source)) == ["Shed", " of wood"]


def test_words_of_a_script() -> None:
    source = '// "Not here"\nsay(\'Nothing is lost\', `shed`, "It waits");\n'
    assert list(shown_texts.in_script(source)) == ["Nothing is lost", "It waits"]
