"""What `flask check-book` finds: each rule broken once, in a small book that breaks no other."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from markupsafe import Markup

from dreamtree.content.blocks import ANY_SOURCE
from dreamtree.content.book import Block, Book, Connection, Exercise, Module, Part, Reference, ReferenceUse
from dreamtree.content.check import check_book, same_noun
from dreamtree.content.prose import grade, sentences, syllables, word_count


@dataclass(frozen=True)
class Kind:
    options: dict[str, Any] = field(default_factory=dict)
    accepts: dict[str, frozenset[str]] = field(default_factory=dict)
    least: int = 1
    minutes: float = 0
    minutes_each: float = 0

    def empty(self, block: Block) -> list[str]:
        return []

    def incomplete(self, block: Block, answer: list[str]) -> list[str]:
        return ["more"] * (self.least - len(answer))


TOOLS = {
    "builder": Kind(accepts={"draft": frozenset({"stories"})}),
    "choice": Kind(),
    "tagger": Kind({"about": [], "enough": 1, "from": ""}, {"rows": frozenset({"places"})}),
    "textarea": Kind(accepts={"draft": ANY_SOURCE}),
}
FLOW = ReferenceUse(
    Reference("r", "flow", 3, "C", "C. *Flow*.", "C", "Flow", "n", Markup("C"), Markup("C")), "concept", ""
)
HYDRATE = Connection(1, ("1.1.1",), "1.1.2", "hydrate", "draft", "stories")
ROWS = Connection(2, ("1.1",), "1.1.2", "auto_populate", "rows", "places", is_open=True)
SHELF = Connection(3, (), "1.1.2", "reference_link", "", "library")


def text(key: str, words: str, kind: str = "instruction", **other: Any) -> Block:
    return Block(key, key[:5], "text", kind, html=Markup(words), text=words, **other)


def exercise(order: int, *blocks: Block, minutes: int = 10, sources: tuple[ReferenceUse, ...] = ()) -> Exercise:
    own_id = f"1.1.{order}"
    examples = (
        text(f"{own_id}.short", f"Bike, number {order}.", "example", who="Tom", size="short"),
        text(f"{own_id}.long", f"Ward {order}, at night.", "example", who="Mara", size="long"),
    )
    full = f"{own_id}.v1"
    return Exercise(own_id, 1, full, "T", minutes, False, None, order, "1.1", "1", (*blocks, *examples), sources)


FIRST = exercise(
    1,
    text("1.1.1.why", "Somebody said thank you."),
    Block("1.1.1.story", "1.1.1", "prompt", "textarea", label="What is it?", is_required=True, makes="stories.seed"),
    minutes=4,
)
SECOND = exercise(
    2,
    text("1.1.2.why", "A life is long."),
    Block("1.1.2.build", "1.1.2", "tool", "builder", label="Your places", is_required=True, connections=(HYDRATE,)),
    Block(
        "1.1.2.tag", "1.1.2", "tool", "tagger", label="Your skills", is_required=True, makes="places",
        options={"about": ("build",), "enough": 2}, connections=(ROWS, SHELF),
    ),
    minutes=5,
)  # fmt: skip


def book(first: Exercise = FIRST, second: Exercise = SECOND, connections: tuple[Connection, ...] | None = None) -> Book:
    carried = [connection for one in (first, second) for block in one.blocks for connection in block.connections]
    module = Module("1.1", "M", "1", (first, second))
    return Book((Part("1", "P", "", (module,)),), tuple(carried) if connections is None else connections)


def errors(changed: Book, sources: tuple[str, ...] = ("stories", "places")) -> tuple[str, ...]:
    return check_book(changed, sources, ("library",), TOOLS).errors


def warnings(first: Exercise) -> tuple[str, ...]:
    return check_book(book(first), ("stories", "places"), ("library",), TOOLS).warnings


def with_block(one: Exercise, key: str, **changes: Any) -> Exercise:
    assert one.block(key)
    return replace(one, blocks=tuple(replace(b, **changes) if b.key == key else b for b in one.blocks))


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


def test_voice_1_one_door() -> None:
    assert warnings(with_block(FIRST, "1.1.1.why", text="Go on. " * 61)) == (
        "voice 1: 1.1.1 has 122 words before the first field, 120 at most",
    )


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"label": "What " + "is " * 20}, "voice 3: 1.1.1.story asks in 21 words, 20 at most"),
        ({"label": "Who? Where?"}, "voice 3: 1.1.1.story asks 2 questions at once"),
        ({"help": "Who? Where? How?"}, "voice 3: the help of 1.1.1.story has 3 question marks, two at most"),
        ({"label": "What did you do?"}, "voice 5: 1.1.1.story asks for a memory and has no line “If nothing comes …”"),
        ({"help": "Research says so."}, "voice 8: 1.1.1.story says “Research” without a source in that sentence"),
    ],
)  # fmt: skip
def test_voice_of_a_question(changes: dict[str, str], warning: str) -> None:
    assert warnings(with_block(FIRST, "1.1.1.story", **changes)) == (warning,)


def test_voice_5_a_way_in_is_a_way_in() -> None:
    help_text = "Two lines. If nothing comes, say who was there."
    assert warnings(with_block(FIRST, "1.1.1.story", label="What did you do?", help=help_text)) == ()


def test_voice_4_two_examples_of_two_sizes_by_two_people() -> None:
    alone = replace(FIRST, blocks=FIRST.blocks[:-1])
    assert warnings(alone) == ("voice 4: 1.1.1 has no long example",)
    assert warnings(with_block(FIRST, "1.1.1.long", who="Tom")) == ("voice 4: both examples of 1.1.1 are by Tom",)
    assert warnings(with_block(FIRST, "1.1.1.short", text="So " * 20)) == (
        "voice 4: the short example 1.1.1.short has 20 words, under 20 is short",
    )
    assert warnings(with_block(FIRST, "1.1.1.short", text="Bike, number 2.")) == (
        "voice 4: 1.1.2.short is the example of 1.1.1.short again",
    )


def test_voice_7_the_grade() -> None:
    hard = "Considering organizational responsibilities necessitates sophisticated interdisciplinary deliberation " * 2
    (warning,) = warnings(with_block(FIRST, "1.1.1.why", text=hard))
    assert warning.startswith("voice 7: 1.1.1.why reads at grade ")


@pytest.mark.parametrize("claim", ["Most people stop there.", "Studies say so.", "It helps 40% of them."])
def test_voice_8_no_claim_without_a_source(claim: str) -> None:
    (warning,) = warnings(with_block(FIRST, "1.1.1.why", text=f"Once there was a day. {claim}"))
    assert warning.startswith("voice 8: 1.1.1.why says ")
    cited = claim.replace(".", " [3].")
    assert warnings(replace(with_block(FIRST, "1.1.1.why", text=f"One day. {cited}"), references_used=(FLOW,))) == ()


def test_voice_8_a_source_is_listed_where_it_is_cited() -> None:
    assert warnings(with_block(FIRST, "1.1.1.why", text="Hours vanish. [3]")) == (
        "voice 8: 1.1.1 cites [3] and does not list it in its sources",
    )
    assert warnings(replace(FIRST, references_used=(FLOW,))) == (
        "voice 8: 1.1.1 lists source [3] and cites it nowhere",
    )
    assert warnings(replace(FIRST, references_used=(replace(FLOW, usage="inspiration"),))) == ()


def test_voice_11_openings() -> None:
    assert warnings(with_block(FIRST, "1.1.1.why", text="In this exercise you write.")) == (
        "voice 11: 1.1.1 opens with “In this exercise”",
    )
    assert warnings(with_block(FIRST, "1.1.1.why", text="A life is short.")) == (
        "voice 11: 1.1.1 and 1.1.2 open with the same words",
    )


def test_voice_14_the_effort() -> None:
    assert warnings(replace(FIRST, minutes=15)) == ("voice 14: 1.1.1 says 15 minutes, counted 4",)


def test_words_sentences_and_syllables() -> None:
    assert word_count("I don't, twenty-two times.") == 4
    said = "One day. “Why?” she said.\n\n- two\n- three"
    assert sentences(said) == ["One day.", "“Why?”", "she said.", "- two", "- three"]
    counted = {word: syllables(word) for word in ("make", "table", "worked", "needed", "reasonable", "a", "2014")}
    assert counted == {"make": 1, "table": 2, "worked": 1, "needed": 2, "reasonable": 4, "a": 1, "2014": 1}


def test_a_plain_sentence_has_a_low_grade_and_a_heavy_one_a_high_one() -> None:
    assert grade("") == 0
    assert grade("The cat sat on the mat. It was a good cat.") < 2
    assert grade("Organizational responsibilities necessitate interdisciplinary deliberation.") > 15
