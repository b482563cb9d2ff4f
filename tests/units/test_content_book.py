"""The Book: lookups and neighbors, one a process, read anew when the content moves, and nobody can change it."""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from dreamtree.content import book, clear_cache, library
from dreamtree.content.book import Book, Connection
from dreamtree.content.markdown import citations, plain, render, render_line
from dreamtree.content.seed import load_seed
from dreamtree.db import database
from tests.databases import keep, open_at

from .small_seed import edit, empty_tables, write_seed

FIRST = "workbook/1/1.1/1.1.1.toml"


@pytest.fixture
def seed(tmp_path: Path) -> Iterator[Path]:
    empty_tables(tmp_path / "content.db")
    folder = write_seed(tmp_path / "seed")
    load_seed(folder)
    yield folder
    database.close()


@pytest.fixture
def asked(seed: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries from here on."""
    queries: list[str] = []
    execute = database.obj.execute_sql

    def listen(sql: str, *args: Any, **named: Any) -> Any:
        queries.append(sql)
        return execute(sql, *args, **named)

    monkeypatch.setattr(database.obj, "execute_sql", listen)
    return queries


def test_neighbors(seed: Path) -> None:
    first, second = book().exercises
    assert book().next_after(first.id) is second
    assert book().previous_before(second.id) is first
    assert book().next_after(second.id) is None
    assert book().previous_before(first.id) is None
    assert book().next_after("9.9.9") is None


def test_lookups(seed: Path) -> None:
    exercise = book().exercise("1.1.1")
    assert exercise is not None
    block = exercise.block("line")
    assert block is exercise.block("1.1.1.line") is book().block("1.1.1.line")
    assert block is not None
    assert (block.anchor, block.name) == ("b-1-1-1-line", "line")
    assert exercise.required_keys == {"1.1.1.brings"}
    assert [one.key for one in exercise.answered_blocks] == ["1.1.1.brings", "1.1.1.line"]
    assert book().exercise("1.1.9") is book().block("1.1.1.nothing") is book().connection(99) is None


def test_an_exercise_is_done_when_all_that_is_required_is_answered(seed: Path) -> None:
    exercise = book().exercises[0]
    assert not exercise.is_done([])
    assert not exercise.is_done(["1.1.1.line"])
    assert exercise.is_done(["1.1.1.brings"])


def test_an_exercise_of_which_any_one_answer_is_enough(seed: Path) -> None:
    edit(seed, FIRST, "minutes = 10", "minutes = 10\nenough = 1")
    edit(seed, FIRST, 'help = "One tap."', 'help = "One tap."\nrequired = false')
    exercise = book(load_seed(seed).revision).exercises[0]
    assert exercise.enough == 1
    assert not exercise.is_done(["1.1.2.list"])
    assert exercise.is_done(["1.1.1.brings"])
    assert exercise.is_done(["1.1.1.line"])


def test_a_module_that_asks_for_hard_things_says_so(seed: Path) -> None:
    assert not book().modules[0].needs_care
    edit(seed, "workbook/book.toml", 'title = "What I can do"', 'title = "What I can do"\ncare = true')
    assert [module.needs_care for module in book(load_seed(seed).revision).modules] == [True, False]


def test_a_part_says_what_grows_with_it_and_where_it_gathers_what_it_brought_together(seed: Path) -> None:
    load_seed(seed)
    assert (book().parts[0].grows, book().parts[0].page_address) == ("", "")
    more = 'grows = "roots"\npage = { title = "What I bring", address = "/what-i-bring" }'
    edit(seed, "workbook/book.toml", 'subtitle = "what I bring"', f'subtitle = "what I bring"\n{more}')
    part = book(load_seed(seed).revision).parts[0]
    assert (part.grows, part.page_title, part.page_address) == ("roots", "What I bring", "/what-i-bring")


def test_modules_without_exercises_are_in_the_book(seed: Path) -> None:
    (part,) = book().parts
    assert [(module.id, len(module.exercises)) for module in part.modules] == [("1.1", 2), ("1.2", 0)]


def test_before_the_first_seed_the_book_is_empty(tmp_path: Path) -> None:
    empty_tables(tmp_path / "content.db")
    assert (book().exercises, book().revision, library().skills) == ((), 0, ())
    database.close()


def test_opening_the_book_again_asks_nothing(seed: Path, asked: list[str]) -> None:
    clear_cache()
    book(1)
    assert 0 < len(asked) < 25
    asked.clear()
    assert book(1).exercises
    assert book().exercises
    assert library(1).skills
    assert asked == []


def test_a_new_revision_is_read(seed: Path) -> None:
    assert book(1).exercises[0].title == "One thing"
    edit(seed, FIRST, "One thing", "One good thing")
    assert load_seed(seed).revision == 2
    assert book(1).exercises[0].title == "One thing"
    assert book(2).exercises[0].title == "One good thing"
    assert book().revision == 2


def test_another_database_is_another_book(seed: Path, tmp_path: Path) -> None:
    assert book().exercises
    empty_tables(tmp_path / "other.db")
    assert book().exercises == ()


def test_the_same_content_in_another_file_is_the_same_book(seed: Path, tmp_path: Path) -> None:
    here = book()
    keep(tmp_path / "copy.db")
    open_at(tmp_path / "copy.db")
    assert book() is here


def test_nobody_can_change_the_book(seed: Path) -> None:
    exercise = book().exercises[0]
    block = exercise.block("brings")
    assert block is not None
    with pytest.raises(FrozenInstanceError):
        block.label = "mine"  # type: ignore[misc]
    with pytest.raises(TypeError):
        block.options["choices"] = ()  # type: ignore[index]
    with pytest.raises(TypeError):
        block.options["choices"][0]["label"] = "mine"


@pytest.mark.parametrize(
    ("scope", "exercise_id", "reads"),
    [
        (("1.1.1",), "1.1.1", True),
        (("1.1.1",), "1.1.10", False),
        (("1.1",), "1.1.10", True),
        (("1.1",), "1.10.1", False),
        ((), "1.1.1", False),
    ],
)
def test_what_a_connection_reads(scope: tuple[str, ...], exercise_id: str, reads: bool) -> None:
    assert Connection(1, scope, "2.1.1", "hydrate", "draft", "experiences").reads(exercise_id) is reads


def test_an_empty_book_is_a_book() -> None:
    assert (Book().exercises, Book().blocks, Book().module("1.1"), Book().tool_type("x")) == ((), (), None, None)


def test_citations_become_links() -> None:
    assert render_line("as *he* says [12].") == (
        'as <em>he</em> says <a class="citation" href="/credits#ref-12">[12]</a>.'
    )
    assert citations("one [1], two [2][3], [a link](/x), [4](/y)") == (1, 2, 3)
    assert citations("[4]: said first, and no definition") == (4,)


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '<b onclick="x">b</b>', "[x](javascript:alert(1))", "![x](http://e/x.png)"],
)
def test_html_of_authors_is_text(text: str) -> None:
    html = render(text)
    assert not any(sign in html for sign in ("<script", "<b ", "<img", 'href="javascript'))


def test_headings_stay_text_because_the_page_has_its_own() -> None:
    assert render("# Big\n\nSmall\n===") == "<p># Big</p>\n<p>Small\n===</p>\n"


def test_plain_words_of_a_text() -> None:
    assert plain("> *One* [1] **thing**, see [here](/x)\n\n- a `b`") == "One thing, see here\n\na b"


@pytest.mark.parametrize(
    ("gives", "fields", "is_inside", "is_copied_once"),
    [
        ("rows", (), True, False),
        ("draft", (), True, True),
        ("draft", ("energy",), True, False),
        ("offer", (), True, False),
        ("recall", ("energy",), False, False),
        ("", (), False, False),
    ],
)
def test_what_a_connection_gives(gives: str, fields: tuple[str, ...], is_inside: bool, is_copied_once: bool) -> None:
    one = Connection(1, ("1.1",), "2.1.1", "forward", gives, "experiences", fields=fields)
    assert (one.is_inside, one.is_copied_once) == (is_inside, is_copied_once)
