"""The rules of the voice: each broken once, in a small book that breaks no other; and what only looks like it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dreamtree.content.book import Exercise
from dreamtree.content.check import Findings, check_book
from dreamtree.content.voice import PLAIN, Manner, read_manner
from dreamtree.content.voice.contractions import contractions_in
from dreamtree.content.voice.enough import enough_numbers
from dreamtree.content.voice.returns import Page
from dreamtree.content.voice.speakers import Speaker
from dreamtree.content.voice.wording import PlacedText, Unless, Word, misworded

from .small_book import FIRST, FLOW, SECOND, TOOLS, book, text, with_block

WHY, STORY, END, TAG = "1.1.1.why", "1.1.1.story", "1.1.1.end", "1.1.2.tag"


def found(first: Exercise = FIRST, second: Exercise = SECOND, manner: Manner = PLAIN) -> tuple[str, ...]:
    return check_book(book(first, second), ("stories", "places"), ("library",), TOOLS, manner).warnings


def prose(words: str) -> Exercise:
    return with_block(FIRST, WHY, text=words)


def test_rule_1_one_door() -> None:
    assert found(prose("We went a long way home on that day, all of us.\n\n" * 11)) == (
        "voice 1: 1.1.1 has 132 words before the first field, 120 at most",
    )


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"label": "What " + "was " * 20}, "voice 3: 1.1.1.story asks in 21 words, 20 at most"),
        ({"label": "Who? Where?"}, "voice 3: 1.1.1.story asks 2 questions at once"),
        ({"options": {"fields": ({"label": "Who? Where?"},)}}, "voice 3: 1.1.1.story asks 2 questions at once"),
        ({"help": "Who? Where?"}, "voice 3: the help of 1.1.1.story asks 2 questions, one at most"),
        (
            {"help": "A line. A day. A name. Who was it?"},
            "voice 3: the help of 1.1.1.story has 3 sentences beside its question, 2 at most",
        ),
    ],
)
def test_rule_3_one_question_one_thing(changes: dict[str, Any], finding: str) -> None:
    assert found(with_block(FIRST, STORY, **changes)) == (finding,)


def test_rule_3_two_sentences_and_a_question_are_well() -> None:
    help_text = "Two or three lines: people count as much as tasks. Drawing a blank? Look at last summer’s photos."
    assert found(with_block(FIRST, STORY, help=help_text)) == ()


@pytest.mark.parametrize(
    ("said", "contracted", "full"),
    [
        ("Don't worry, you'll see. It’s fine, and that's all; we've met.", 5, ()),
        ("You do not know, and I am not sure; it is late.", 0, ("do not", "i am", "it is")),
        ("You cannot, they will not, and you have never seen it.", 0, ("cannot", "they will", "you have")),
        ("That's what it is. See who you are, and where it is now, as it is today.", 1, ()),
        ("It says who you are and what you do. That will help.", 0, ()),
        ("You have a list. What is it? Ilse's bell is what you have.", 0, ()),
        ("What is it worth? There is time. All there is to say.", 0, ("what is", "there is")),
    ],
)
def test_rule_4_what_could_be_contracted(said: str, contracted: int, full: tuple[str, ...]) -> None:
    counted = contractions_in(said)
    assert (counted.contracted, counted.full) == (contracted, full)


def test_rule_4_the_rate_of_an_exercise() -> None:
    assert found(prose("It is late, and you are here. It is not far.")) == (
        "voice 4: 1.1.1 contracts 0 of 3 (0.00), 0.8 at least; in full: it is (2), you are",
    )
    assert found(prose("It's late, and you are here. It isn't far.")) == ()
    assert found(prose("That comes up in *What it is like*, and in *What you have done*.")) == ()


def test_rule_4_a_person_of_the_examples() -> None:
    manner = Manner(speakers=(Speaker("Tom", 0.8), Speaker("Mara", 0.8)))
    stiff = with_block(FIRST, "1.1.1.short", text="I do not ask.")
    assert found(stiff) == ()
    assert found(stiff, manner=manner) == (
        "voice 4: Tom contracts 0 of 1 (0.00) in the examples, 0.8 at least; in full: do not",
    )
    assert found(with_block(FIRST, "1.1.1.short", text="I don't ask."), manner=manner) == ()


def test_rule_5_the_mean_of_an_exercise() -> None:
    (finding,) = found(prose("They came here by night.\n\n- so\n\n" * 5))
    assert finding == "voice 5: 1.1.1 has 5.8 words a sentence, 10 to 15 are right"
    assert found(prose("They came here by night and they stayed until it was day.\n\n- so\n\n" * 5)) == ()


def test_rule_5_short_sentences_in_a_row() -> None:
    assert found(prose("One day. One night. It rained.")) == (
        "voice 5: 1.1.1.why has 3 sentences under 6 words in a row, two at most",
    )
    assert found(prose("One day. One night. It rained until we were all wet.")) == ()
    assert found(prose("One day. One night:\n\n- rain\n\nIt rained.")) == ()


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("Two is enough for now; five is better.", [2]),
        ("Three are a good number to have, and one is enough.", [1]),
        ("Proof for three of them is enough. 12 will do.", [3, 12]),
        ("Two or three lines help. That's enough.", []),
        ("Pick at least one; ten is plenty.", [1, 10]),
        ("Three or more, in any order.", [3]),
    ],
)
def test_rule_7_the_number_that_is_said(said: str, numbers: list[int]) -> None:
    assert enough_numbers(said) == numbers


@pytest.mark.parametrize(
    ("help_text", "findings"),
    [
        ("2 are enough.", ()),
        ("Five are enough.", ("voice 7: the help of 1.1.2.tag says 5 is enough, and 2 is",)),
        ("Any place.", ("voice 7: 2 is enough in 1.1.2.tag, and its help does not say so",)),
        ("Two are enough. Yes, two is enough.", ("voice 7: what is enough in 1.1.2.tag is said more than once",)),
    ],
)
def test_rule_7_the_number_is_that_of_the_tool(help_text: str, findings: tuple[str, ...]) -> None:
    assert found(second=with_block(SECOND, TAG, help=help_text)) == findings


def test_rule_7_it_is_said_once_in_an_exercise() -> None:
    assert found(second=with_block(SECOND, "1.1.2.why", text="A life is long. Two are enough.")) == (
        "voice 7: what is enough in 1.1.2.tag is said more than once, in 1.1.2.why again",
    )
    assert found(second=with_block(SECOND, "1.1.2.why", text="A life is long.\n\n> Two are enough.")) == ()


def test_rule_8_the_grade() -> None:
    hard = "Considering organizational responsibilities necessitates sophisticated interdisciplinary deliberation " * 2
    (finding,) = found(prose(hard))
    assert finding.startswith("voice 8: 1.1.1.why reads at grade ")


@pytest.mark.parametrize("claim", ["Most people stop there.", "Studies say so.", "It helps 40% of them."])
def test_rule_9_no_claim_without_a_source(claim: str) -> None:
    (finding,) = found(prose(f"Once there was a day. {claim}"))
    assert finding.startswith("voice 9: 1.1.1.why says ")
    cited = claim.replace(".", " [3].")
    assert found(replace(prose(f"One day. {cited}"), references_used=(FLOW,))) == ()


def test_rule_9_a_source_is_listed_where_it_is_cited() -> None:
    assert found(prose("Hours vanish. [3]")) == ("voice 9: 1.1.1 cites [3] and does not list it in its sources",)
    assert found(replace(FIRST, references_used=(FLOW,))) == ("voice 9: 1.1.1 lists source [3] and cites it nowhere",)
    assert found(replace(FIRST, references_used=(replace(FLOW, usage="inspiration"),))) == ()


def test_rule_11_openings() -> None:
    assert found(prose("In this exercise you write.")) == ("voice 11: 1.1.1 opens with “In this exercise”",)
    assert found(prose("A life, you say.")) == ("voice 11: 1.1.1 and 1.1.2 open with the same words",)


def test_rule_15_the_effort() -> None:
    assert found(replace(FIRST, minutes=15)) == ("voice 15: 1.1.1 says 15 minutes, counted 5",)
    assert found(replace(FIRST, minutes=7)) == ()


@pytest.mark.parametrize(
    ("closing", "findings"),
    [
        ("It comes up again in *Places*.", ()),
        ("It comes up again in *Places*, and then you're *done*.", ()),
        ("It stands on [your page](/home).", ()),
        ("It stands on *What you bring*.", ()),
        ("It stays here.", ("voice 16: 1.1.1 names no later exercise and no page",)),
        (
            "It grew out of *Thanks*, and *Dreams* come.",
            (
                "voice 16: 1.1.1.end names *Dreams*, which is not in the book",
                "voice 16: 1.1.1 names no later exercise and no page",
            ),
        ),
    ],
)
def test_rule_16_every_exercise_names_its_return(closing: str, findings: tuple[str, ...]) -> None:
    manner = Manner(pages=(Page("What you bring", "/what-i-bring"),))
    assert found(with_block(FIRST, END, text=closing), manner=manner) == findings


def test_rule_16_a_title_may_end_in_a_question_mark() -> None:
    asking = replace(SECOND, title="How ready am I?")
    closing = with_block(FIRST, END, text="See *How ready am I?*, and then *Dreams?*")
    findings = check_book(book(closing, asking), ("stories", "places"), ("library",), TOOLS).warnings
    assert [one for one in findings if one.startswith("voice 16: 1.1.1")] == [
        "voice 16: 1.1.1.end names *Dreams*, which is not in the book"
    ]


def test_rule_16_the_nearest_first() -> None:
    first = with_block(FIRST, END, text="See *Trees*, and *Places*.")
    whole = book(first)
    third = replace(SECOND, id="1.1.3", title="Trees", blocks=(text("1.1.3.end", "See [it](/home).", "transition"),))
    module = replace(whole.modules[0], exercises=(first, SECOND, third))
    changed = replace(whole, parts=(replace(whole.parts[0], modules=(module,)),))
    findings = check_book(changed, ("stories", "places"), ("library",), TOOLS).warnings
    assert "voice 16: 1.1.1.end names *Trees* before *Places*, which is nearer" in findings


def test_paragraphs_of_four_sentences() -> None:
    long = "Then it rained all day, so we sat in the car and ate our bread."
    four = f"A day it was, and a long one. {long} {long} We slept."
    assert found(prose(four)) == ("voice paragraphs: 1.1.1.why has one of 4 sentences, 3 at most",)
    assert found(prose(four.replace(" We slept", "\n\nWe slept"))) == ()


def test_examples_of_two_sizes_by_two_people() -> None:
    without = replace(FIRST, blocks=tuple(block for block in FIRST.blocks if block.name != "long"))
    assert found(without) == ("voice examples: 1.1.1 has no long example",)
    assert found(with_block(FIRST, "1.1.1.long", who="Tom")) == ("voice examples: both of 1.1.1 are by Tom",)
    assert found(with_block(FIRST, "1.1.1.short", text="So " * 20)) == (
        "voice examples: the short one 1.1.1.short has 20 words, under 20 is short",
    )
    assert found(with_block(FIRST, "1.1.1.short", text="Bike, number 2.")) == (
        "voice examples: 1.1.2.short is the example of 1.1.1.short again",
    )


def test_examples_that_all_cross_something_out() -> None:
    def crossed(one: Exercise) -> Exercise:
        changed = (
            replace(block, text=f"{block.key}. I crossed that out.") if block.type == "example" else block
            for block in one.blocks
        )
        return replace(one, blocks=tuple(changed))

    assert found(crossed(FIRST)) == ()
    (finding,) = found(crossed(FIRST), crossed(SECOND))
    assert finding.startswith("voice examples: something is crossed out in 1.1.1.short, 1.1.1.long, ")


SHED = Word("sheds?", "garage", unless=(Unless("a verb", phrase="shed light"), Unless("its own name", at="1.1.9")))


@pytest.mark.parametrize(
    ("said", "findings"),
    [
        (PlacedText("a", "Cleaning out Sheds counts."), ["voice words: a says “Sheds”; say garage"]),
        (PlacedText("a", "Watershed, shed-like, to shed light."), []),
        (PlacedText("1.1.9.why", "A shed."), []),
        (PlacedText("1.1.8.why", "A shed, a shed."), ["voice words: 1.1.8.why says “shed”; say garage"] * 2),
    ],
)
def test_words_of_the_table(said: PlacedText, findings: list[str]) -> None:
    assert list(misworded([said], [SHED])) == findings


def test_words_that_may_stand_a_few_times() -> None:
    word = Word("somebody|everybody", "someone", most=1, with_examples=False)
    said = [PlacedText("a", "Somebody."), PlacedText("b", "Everybody did.", is_example=True)]
    assert list(misworded(said, [word])) == []
    assert list(misworded([*said, PlacedText("c", "Ask everybody.")], [word])) == [
        "voice words: “somebody” stands 2 times, 1 at most; say someone: a, c"
    ]


def test_capitals_where_they_tell() -> None:
    word = Word("Go on", "Continue", is_exact=True)
    assert list(misworded([PlacedText("a", "Things go on.")], [word])) == []
    assert list(misworded([PlacedText("a", "Go on")], [word])) == ["voice words: a says “Go on”; say Continue"]


@pytest.mark.parametrize(
    "changes",
    [{"help": "By the shed."}, {"at_end": "Your shed"}, {"options": {"choices": ({"value": "x", "label": "A shed"},)}}],
)
def test_words_are_looked_for_in_all_that_a_block_says(changes: dict[str, Any]) -> None:
    findings = found(with_block(FIRST, STORY, **changes), manner=Manner(words=(SHED,)))
    assert findings == ("voice words: 1.1.1.story says “shed”; say garage",)


def test_the_authors_file(tmp_path: Path) -> None:
    assert read_manner(tmp_path) == PLAIN
    (tmp_path / "voice.toml").write_text(
        "[[word]]\nfind = 'sheds?'\nsay = 'garage'\nunless = [{ phrase = 'shed light', why = 'a verb' }]\n"
        "[[speaker]]\nname = 'Tom'\ncontracts = 0.8\n[[page]]\nname = 'Home'\npath = '/home'\n"
    )
    words = (Word("sheds?", "garage", unless=(Unless("a verb", phrase="shed light"),)),)
    assert read_manner(tmp_path) == Manner(words, (Speaker("Tom", 0.8),), (Page("Home", "/home"),))


def test_a_line_to_write_better_fails_as_an_error_does() -> None:
    assert Findings((), ("voice 4: …",)).fails is True
    assert Findings((), ()).fails is False
    assert Findings(("C1: …",), ()).fails is True
