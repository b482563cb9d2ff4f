"""A copy to read opens by itself: sound pages, links that lead within it, lists no spreadsheet misunderstands."""

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from xml.etree import ElementTree

import pytest
from flask import Flask

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import responses
from dreamtree.answers.stored import SaveInfo
from dreamtree.archive.file_format import RESTORE_FILE
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.parsing import file_in, snapshot_in
from dreamtree.archive.readable.lists import FORMULA, as_csv
from dreamtree.archive.readable.plain import markdown_of
from dreamtree.archive.readable.shapes import ReadAnswer, ReadExercise, ReadList, ReadModule
from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.home import samples
from dreamtree.saving import SaveRequest, save
from dreamtree.tools import tool
from tests.copies import zip_of
from tests.page import parsed, words_of
from tests.rules.strict_html import faults
from tests.rules.test_said_is_stored import Tree, changed

Files = dict[str, bytes]


def files_of(user: User, *, without_private: bool = False) -> Files:
    """The files of a copy; every name in it is once there and stays in its folder."""
    with zipfile.ZipFile(io.BytesIO(zip_of(user, without_private=without_private))) as whole:
        names = whole.namelist()
        assert whole.testzip() is None
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"[A-Za-z0-9.-]+(/[A-Za-z0-9.-]+)?", name) and ".." not in name for name in names)
        return {name: whole.read(name) for name in names}


_copies: dict[str, Files] = {}


@pytest.fixture(params=samples.PEOPLE)
def files(request: pytest.FixtureRequest, app: Flask, plant: Callable[[str], User]) -> Files:
    """The copy of each sample person, made once and changed by no test."""
    if request.param not in _copies:
        with app.test_request_context():
            _copies[request.param] = files_of(plant(request.param))
    return _copies[request.param]


def html_in(files: Files) -> dict[str, str]:
    return {name: text.decode() for name, text in files.items() if name.endswith(".html")}


def test_every_page_is_sound(files: Files) -> None:
    assert len(html_in(files)) > 3
    assert {name: found for name, html in html_in(files).items() if (found := faults(html))} == {}


def test_every_link_leads_to_a_file_of_the_copy(files: Files) -> None:
    for name, html in html_in(files).items():
        folder = PurePosixPath(name).parent
        for one in parsed(html).iter():
            for link in filter(None, (one.get("href"), one.get("src"))):
                assert ":" not in link, link
                assert not link.startswith("/"), link
                place = str(folder / link)
                assert place.removeprefix("pages/../") in files, (name, link)


def test_nothing_in_it_asks_for_anything_from_elsewhere(files: Files) -> None:
    for name, content in files.items():
        if name != RESTORE_FILE and not name.endswith((".md", ".csv")):
            text = content.decode().replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"(https?:)?//[a-z]|@import|url\(|<script|<iframe", text), name


def test_every_file_is_reached_from_the_first_page(files: Files) -> None:
    reached = {"index.html", "README.txt", RESTORE_FILE}
    for name, html in html_in(files).items():
        links = (one.get("href") or one.get("src") or "" for one in parsed(html).iter())
        reached |= {str(PurePosixPath(name).parent / link).removeprefix("pages/../") for link in links if link}
    assert set(files) == reached


def test_pictures_are_files_of_their_own(files: Files) -> None:
    drawn = {name: content for name, content in files.items() if name.endswith(".svg")}
    assert "pictures/tree.svg" in drawn
    for content in drawn.values():
        assert ElementTree.fromstring(content).tag == "{http://www.w3.org/2000/svg}svg"


def test_it_says_everything_that_was_answered(app: Flask, plant: Callable[[str], User]) -> None:
    """Each answer as its own page shows it, also when what it is built on has changed since it was saved."""
    mara, dice = plant("mara"), random.Random("a copy")
    for _ in range(20):
        changed(mara, dice)
    with app.test_request_context():
        files = files_of(mara)
    pages = {name: words_of(parsed(html)) for name, html in html_in(files).items()}
    shown = Tree(mara).answers
    begun = {key.rpartition(".")[0].rpartition(".")[0] for key in shown}
    for exercise in (one for one in book().exercises if one.module_id in begun):
        assert exercise.title in pages[f"pages/{exercise.module_id}.html"]
    assert len(shown) > 60
    for key, answer in shown.items():
        block = book().block(key)
        assert block is not None
        words = " ".join(tool(block.type).long_form(block, answer).split())
        assert words in pages[f"pages/{block.exercise_id.rpartition('.')[0]}.html"], key


def test_the_file_in_it_is_the_whole_tree(app: Flask, plant: Callable[[str], User]) -> None:
    mara = plant("mara")
    with app.test_request_context():
        assert snapshot_in(file_in(files_of(mara)[RESTORE_FILE])) == read_snapshot(mara)


def test_lists_are_read_back_as_they_were(files: Files) -> None:
    lists = {name: content for name, content in files.items() if name.endswith(".csv")}
    assert {"lists/skills.csv", "lists/experiences.csv", "lists/flow.csv", "lists/values.csv"} <= set(lists)
    for content in lists.values():
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("start", FORMULA)
def test_no_cell_begins_like_a_formula(start: str) -> None:
    text = f'{start}HYPERLINK("file";"here"), and\na second line'
    content = as_csv(ReadList("one", "One", ("Line", "Number"), ((text, -2), (f" {text}", None), ("plain", 3))))
    _, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert [row[0].replace("\r\n", "\n") for row in rows] == [f"'{text}", f"' {text}", "plain"]
    assert [row[1] for row in rows] == ["-2", "", "3"]


# Private


def say(user: User, key: str, words: str) -> None:
    """Another answer to a prompt."""
    block = book().block(key)
    exercise = book().exercise(block.exercise_id) if block else None
    assert block is not None and exercise is not None
    answer = {"value": words}
    save(
        user,
        SaveRequest(exercise, block, answer, SaveInfo(1, "a test", 1, "save", db.now()), db.new_id(), db.new_id(), {}),
    )


def long_form(user: User, block: Block) -> str:
    said = responses.answer_to(user, block.key)
    return tool(block.type).long_form(block, said.answer) if said else ""


def test_what_is_private_can_be_left_out(app: Flask, plant: Callable[[str], User]) -> None:
    mara = plant("mara")
    say(mara, "1.4.2.closer", "A canary sings in here")
    answers = read_snapshot(mara).answers
    private = [block for block in book().blocks if block.is_private and block.key in answers]
    assert len(private) > 10
    with app.test_request_context():
        whole, part = files_of(mara), files_of(mara, without_private=True)
    assert b"A canary sings in here" in b"".join(whole.values())
    assert RESTORE_FILE not in part
    said = b"".join(part.values()).decode()
    assert "canary" not in said
    told = {block.key: long_form(mara, block) for block in book().blocks if block.key in answers}
    elsewhere = "\n".join(text for key, text in told.items() if key not in {block.key for block in private})
    for block in private:
        lines = [line for line in told[block.key].splitlines() if len(line) > 15 and line not in elsewhere]
        assert [line for line in lines if line in said] == [], block.key
    assert not {"lists/terms.csv", "lists/budget.csv", "pictures/1.2.4.budget.svg"} & set(part)
    assert "Private answers were left out" in part["index.html"].decode()


def test_the_pages_are_sound_without_it(app: Flask, plant: Callable[[str], User]) -> None:
    with app.test_request_context():
        part = files_of(plant("tom"), without_private=True)
    assert {name: found for name, html in html_in(part).items() if (found := faults(html))} == {}


# Markdown


def test_words_mean_themselves_in_markdown() -> None:
    words = "# no heading\n- no list\n*no* _stress_ <script>no()</script> [no](link)"
    answer = ReadAnswer("What?", words, "March 1, 2027", True)
    module = ReadModule("1.1", "A module", "Roots", (ReadExercise("1.1.1", "One", (answer,), ""),))
    text = "".join(markdown_of(module))
    assert "> \\# no heading" in text
    assert "> \\- no list" in text
    assert "<script>" not in text.replace("\\<", "")
    assert "March 1, 2027, private" in text


def test_a_part_that_was_set_aside_says_so() -> None:
    module = ReadModule("1.1", "A module", "Roots", (ReadExercise("1.1.1", "One", (), "March 1, 2027"),))
    assert "Skipped on March 1, 2027." in "".join(markdown_of(module))
