"""What `flask check-book` finds: each rule broken once, in a small book that breaks no other."""

from dataclasses import replace
from typing import Any

import pytest

from dreamtree.content.blocks import same_noun
from dreamtree.content.book import Book, Connection
from dreamtree.content.check import check_book

from .small_book import FIRST, HYDRATE, ROWS, SECOND, SHELF, TOOLS, Kind, book, text, with_block


def errors(changed: Book, sources: tuple[str, ...] = ("stories", "places")) -> tuple[str, ...]:
    return check_book(changed, sources, ("library",), TOOLS).errors


def with_connection(connection: Connection) -> Book:
    return book(second=with_block(SECOND, "1.1.2.build", connections=(connection,)))


def test_a_sound_book_has_no_findings() -> None:
    findings = check_book(book(), ("stories", "places"), ("library",), TOOLS)
    assert findings.errors == findings.warnings == ()


def test_an_unknown_source() -> None:
    assert "C1: there is no source “dreams”" in errors(with_connection(replace(HYDRATE, source="dreams")))


def test_a_connection_no_block_carries() -> None:
    lost = replace(HYDRATE, id=9)
    assert errors(book(connections=(HYDRATE, ROWS, SHELF, lost))) == ("C9: no block carries it",)


def test_a_block_that_reads_from_a_later_exercise() -> None:
    early = replace(ROWS, id=5, gives="recall", to_exercise="1.1.1", from_scope=("1.1.2",))
    first = with_block(FIRST, "1.1.1.story", connections=(early,))
    assert errors(book(first)) == ("C5: 1.1.1 reads from 1.1.2, which comes later",)


def test_a_part_that_grows_nothing_and_is_closed_without_its_page() -> None:
    second = with_block(SECOND, "1.1.2.build", at_end="Your places")
    blocks = (*second.blocks, text("1.1.2.done", "Done.", "celebration"))
    whole = book(second=replace(second, closes_part=True, blocks=blocks))
    assert errors(whole) == ()
    bare = replace(whole, parts=(replace(whole.parts[0], grows="", page_address=""),))
    assert errors(bare) == (
        "1.1.1: nothing of the tree grows with its part; say with “grows” in book.toml what does",
        "1.1.2: it closes its part, which has no “page” in book.toml",
    )
    found = check_book(whole, ("stories", "places"), ("library",), TOOLS, addresses=("/home",)).errors
    assert found == ("1.1.2: it closes its part, and nothing is at the part's page, /bring",)


@pytest.mark.parametrize("scope", ["1.1.2", "1.1", "1.1.1"])
def test_its_own_exercise_and_its_own_module_are_not_later(scope: str) -> None:
    assert errors(with_connection(replace(HYDRATE, from_scope=(scope,)))) == ()


def test_what_is_asked_only_after_a_choice_that_is_not_there() -> None:
    waits = {"is_required": True, "asked_if": {"tag": ("yes",)}}
    assert errors(book(second=with_block(SECOND, "1.1.2.build", **waits))) == (
        "1.1.2.build: it is asked only sometimes, so it cannot be required",
        "1.1.2.build: “asked_if” names tag, which is not answered above it",
    )
    after = with_block(SECOND, "1.1.2.tag", is_required=False, asked_if={"build": ("yes",)})
    assert errors(book(second=after)) == ("1.1.2.tag: “asked_if” waits for what is none of the choices of build",)


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"says_optional": True, "help": "You can leave it blank."}, None),
        ({"help": "Leave it to the end. One is plenty."}, None),
        (
            {"help": "You can leave this one blank."},
            "its page would say twice that it may be left blank; set says_optional",
        ),
        (
            {"says_optional": True, "help": ""},
            "says_optional is for the help of a question that its exercise is done without",
        ),
    ],
)
def test_that_a_question_may_be_left_blank_is_said_once(changes: dict[str, Any], finding: str | None) -> None:
    second = with_block(SECOND, "1.1.2.tag", is_required=False, **changes)
    assert errors(book(second=second)) == ((f"1.1.2.tag: {finding}",) if finding else ())


def test_an_answer_that_is_needed_does_not_say_that_it_may_be_left_blank() -> None:
    second = with_block(SECOND, "1.1.2.build", is_required=True, says_optional=True, help="You can leave it blank.")
    assert errors(book(second=second)) == (
        "1.1.2.build: says_optional is for the help of a question that its exercise is done without",
    )


def any_of(enough: int, **changes: Any) -> Book:
    return book(replace(with_block(FIRST, "1.1.1.story", is_required=False, **changes), enough=enough))


def test_any_one_answer_is_enough() -> None:
    assert errors(any_of(1)) == ()


def test_enough_beside_a_block_that_is_required() -> None:
    assert errors(book(replace(FIRST, enough=1))) == ("1.1.1: 1 of its answers is enough, so none of them is required",)


def test_more_enough_than_there_is_asked() -> None:
    assert errors(any_of(2)) == ("1.1.1: 2 answers are enough, and it asks for fewer",)


def test_an_empty_answer_that_would_be_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TOOLS, "lax", Kind(least=0))
    assert errors(any_of(1, kind="tool", type="lax")) == (
        "1.1.1.story: an empty answer would be enough; let it ask for one at least",
    )


def test_an_exercise_that_is_not_there() -> None:
    assert errors(with_connection(replace(HYDRATE, from_scope=("1.0.4",)))) == (
        "C1: reads from 1.0.4, which is not in the book",
    )


def test_a_source_nothing_uses() -> None:
    assert errors(book(), ("stories", "places", "dreams")) == ("dreams: no connection uses this source",)


def test_a_source_that_only_a_later_part_reads_is_used() -> None:
    later = with_block(FIRST, "1.1.1.story", makes="dreams.first", final="A later part reads it.")
    assert errors(book(later), ("stories", "places", "dreams")) == ()


@pytest.mark.parametrize("gives", ["rows", "offer"])
def test_what_is_given_and_the_tool_does_not_accept(gives: str) -> None:
    odd = replace(HYDRATE, gives=gives)
    assert f"C1: builder (1.1.2.build) accepts no {gives} from stories" in errors(with_connection(odd))


def test_a_source_that_the_tool_does_not_accept_so() -> None:
    odd = replace(HYDRATE, source="places", from_scope=("1.1",))
    assert "C1: builder (1.1.2.build) accepts no draft from places" in errors(with_connection(odd))


def test_every_tool_may_have_a_recall_beside_it() -> None:
    assert errors(with_connection(replace(HYDRATE, type="auto_populate", gives="recall"))) == ()
    beside = replace(ROWS, gives="recall")
    changed = with_block(SECOND, "1.1.2.tag", connections=(beside, SHELF))
    assert errors(book(second=changed)) == ()


def test_only_a_text_can_be_begun_in_a_prompt() -> None:
    own = replace(HYDRATE, id=6, to_exercise="1.1.1", type="forward")
    choice = with_block(FIRST, "1.1.1.story", type="choice", connections=(own,))
    assert "C6: choice (1.1.1.story) accepts no draft from stories" in errors(book(choice))
    assert errors(book(with_block(FIRST, "1.1.1.story", connections=(own,)))) == ()


def test_reference_data_has_a_type_of_its_own() -> None:
    wrong = errors(with_connection(replace(HYDRATE, type="reference_link")))
    assert "C1: reference_link is for reference data, and nothing else is" in wrong
    wrong = errors(with_connection(replace(HYDRATE, source="library")))
    assert "C1: a source of reference data has no “from”, any other has one" in wrong


def test_something_made_that_nothing_reads() -> None:
    lost = with_block(FIRST, "1.1.1.story", makes="dreams.first")
    assert errors(book(lost)) == ("1.1.1.story: nothing reads dreams.first; say why in “final”",)
    assert errors(book(with_block(lost, "1.1.1.story", final="Home shows it."))) == ()


def test_private_words_are_not_copied_to_what_others_read() -> None:
    said = "C1: brings private words into 1.1.2.build, which others read; recall them instead"
    public = with_block(SECOND, "1.1.2.build", is_public=True)
    private = with_block(FIRST, "1.1.1.story", is_private=True)
    assert errors(book(private, public)) == (said,)
    assert errors(book(FIRST, public)) == errors(book(private, SECOND)) == ()
    marked = with_block(public, "1.1.2.build", connections=(replace(HYDRATE, is_private=True),))
    assert errors(book(FIRST, marked)) == (said,)


def test_an_option_that_names_a_source_without_a_connection() -> None:
    named = with_block(SECOND, "1.1.2.tag", options={"from": "stories"})
    assert errors(book(second=named)) == (
        "1.1.2.tag: option “from” names the source stories, and no connection brings it",
    )


def test_an_option_the_tool_does_not_have() -> None:
    odd = with_block(SECOND, "1.1.2.tag", options={"color": "red"})
    assert errors(book(second=odd)) == ("1.1.2.tag: tagger has no option “color”",)


@pytest.mark.parametrize("key", ["nowhere", "why", "tag"])
def test_an_option_that_names_no_block_above(key: str) -> None:
    odd = with_block(SECOND, "1.1.2.tag", options={"about": (key,)})
    assert errors(book(second=odd)) == (f"1.1.2.tag: option “about” names {key}, which is not answered above it",)


def test_a_tool_that_is_not_there() -> None:
    odd = with_block(SECOND, "1.1.2.build", type="hammer", connections=(SHELF,))
    assert "1.1.2.build: there is no tool “hammer”" in errors(book(second=odd))


def test_a_connection_carried_in_the_wrong_exercise() -> None:
    stray = with_block(FIRST, "1.1.1.story", connections=(SHELF,))
    assert errors(book(stray)) == ("C3: is for 1.1.2, and 1.1.1.story carries it",)


def test_two_open_recalls_a_page_and_rows_of_a_tool_are_none() -> None:
    recall = replace(ROWS, gives="recall", source="stories", from_scope=("1.1.1",))
    opened = tuple(replace(recall, id=number) for number in (11, 12, 13))
    two = with_block(SECOND, "1.1.2.tag", connections=(ROWS, SHELF, *opened[:2]))
    three = with_block(SECOND, "1.1.2.tag", connections=(ROWS, SHELF, *opened))
    assert errors(book(second=two)) == ()
    assert errors(book(second=three)) == ("1.1.2: 3 recalls are open (C11, C12, C13), two at most",)


@pytest.mark.parametrize(
    ("source", "makes", "is_same"),
    [
        ("user_skills", "user_skills.rank", True),
        ("life_dashboard", "life_dashboards.work", True),
        ("soared_stories", "soared_stories.seed", True),
        ("topics", "topic", True),
        ("experiences", "experience_skills", False),
    ],
)
def test_a_source_and_what_it_reads(source: str, makes: str, is_same: bool) -> None:
    assert same_noun(source, makes) is is_same
