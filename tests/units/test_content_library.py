"""The skill search and the skills heard in somebody's words."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dreamtree.content.library import Library, LibrarySkill
from dreamtree.content.vocabulary import Vocabulary
from dreamtree.content.word_forms import distances, letters, spelling, stem, words
from tests.examples import examples


def skill(slug: str, name: str, category: str = "transferable", **other: tuple[str, ...]) -> LibrarySkill:
    return LibrarySkill(f"id-{slug}", slug, name, category, other.pop("family", ("All",))[0], **other)


SKILLS = (
    skill(
        "loading", "Loading and unloading", synonyms=("packing vehicles",), phrases=("loaded trucks", "filled a van")
    ),
    skill("driving", "Driving a truck", phrases=("drove the night route",), family=("Moving",)),
    skill("organizing", "Organizing events", synonyms=("event planning",), phrases=("set up the village party",)),
    skill("color", "Choosing colors", phrases=("painted the center of town gray",), family=("Making",)),
    skill("calming", "Calming upset people", phrases=("talked him down", "calmed relatives"), family=("Caring",)),
    skill("negotiating", "Negotiating a deal", synonyms=("bargaining",), phrases=("got a better price",)),
    skill("counseling", "Counseling", "knowledge", phrases=("studied counseling",)),
    skill("analysis", "Analyzing figures", "knowledge", synonyms=("number work",)),
    skill("calm", "Calm in a crisis", "self_management", phrases=("kept my head",)),
)
LIBRARY = Library(SKILLS)


def found(query: str, category: str | None = None, limit: int = 8) -> list[str]:
    return [one.slug for one in LIBRARY.search(query, category, limit)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("loading", "loading"),
        ("loded truks", "loading"),
        ("LOADED  TRUCKS!!", "loading"),
        ("loads", "loading"),
        ("bargain", "negotiating"),
        ("negot", "negotiating"),
        ("negotating", "negotiating"),
        ("better price", "negotiating"),
        ("organising", "organizing"),
        ("organis", "organizing"),
        ("event plan", "organizing"),
        ("colour", "color"),
        ("centre grey", "color"),
        ("counselling", "counseling"),
        ("analysing", "analysis"),
        ("kept my haed", "calm"),
        ("talked down", "calming"),
        ("drove nights", "driving"),
        ("Cólors", "color"),
    ],
)
def test_a_skill_is_found_by_any_word_somebody_may_use(query: str, first: str) -> None:
    assert found(query)[0] == first


def test_nothing_is_found_for_nothing() -> None:
    assert found("") == found("  …!? ") == found("zzzzzzz") == []


def test_only_the_category_asked_for() -> None:
    assert found("calm", "self_management") == ["calm"]
    assert found("calm", "knowledge") == []


def test_no_more_than_the_limit() -> None:
    assert len(found("calm", limit=1)) == 1


def test_a_skill_with_all_the_words_hides_those_with_one() -> None:
    assert found("driving truck") == ["driving"]


def test_a_name_is_known_in_either_spelling() -> None:
    known = LIBRARY.named("  organising EVENTS ")
    assert known is not None
    assert known.slug == "organizing"
    assert LIBRARY.named("organizing") is None


@given(st.text(max_size=300))
def test_any_text_is_a_query(query: str) -> None:
    LIBRARY.search(query)
    LIBRARY.suggest(query)
    LIBRARY.named(query)


LONG_WORDS = ["loading", "driving", "organizing", "events", "choosing", "calming", "negotiating", "analyzing"]
KINDS = st.sampled_from(["drop", "add", "swap", "other"])
EDITS = st.tuples(KINDS, st.integers(0, 30), st.sampled_from("abcdeioprstuxy"))


def misspelled(word: str, edits: list[tuple[str, int, str]]) -> str:
    for kind, at, letter in edits:
        place = at % len(word)
        before, here, after = word[:place], word[place], word[place + 1 :]
        word = {
            "drop": before + after,
            "add": before + letter + here + after,
            "other": before + letter + after,
            "swap": before + after[:1] + here + after[1:],
        }[kind]
    return word


@given(st.sampled_from(LONG_WORDS), st.lists(EDITS, min_size=1, max_size=2))
def test_two_wrong_letters_in_a_long_word_are_forgiven(word: str, edits: list[tuple[str, int, str]]) -> None:
    typed = misspelled(word, edits)
    known = set(Vocabulary(words(" ".join(f"{one.name} {' '.join(one.phrases)}" for one in SKILLS))).like(typed))
    assume(slow_distance(typed, word) <= 2 and not any(is_known_otherwise(typed, word, other) for other in known))
    named = {one.slug for one in SKILLS if word in words(one.name)}
    assert named & set(found(typed, limit=20))


def is_known_otherwise(typed: str, word: str, other: str) -> bool:
    """A misspelling may be another word of the library, or begin one; then that one is meant."""
    return other != word and (other.startswith((typed, spelling(typed))) or stem(other) == stem(typed))


@given(st.sampled_from(["van", "truck", "price", "party", "night"]), EDITS)
def test_one_wrong_letter_in_a_word_of_five_is_forgiven(word: str, edit: tuple[str, int, str]) -> None:
    typed = misspelled(word, [edit])
    whole, _ = distances(typed, word, 2)
    assert whole <= 1 or edit[0] == "swap"
    if len(word) >= 4 and len(typed) >= 3:
        assert word in Vocabulary([word]).like(typed)


def slow_distance(typed: str, word: str) -> int:
    """The definition, letter by letter."""
    table = [[max(row, column) for column in range(len(word) + 1)] for row in range(len(typed) + 1)]
    for row in range(1, len(typed) + 1):
        for column in range(1, len(word) + 1):
            same = typed[row - 1] == word[column - 1]
            table[row][column] = min(
                table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + (not same)
            )
            if row > 1 and column > 1 and typed[row - 1] == word[column - 2] and typed[row - 2] == word[column - 1]:
                table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
    return table[-1][-1]


@given(st.text("abcz", max_size=7), st.text("abcz", max_size=7), st.integers(0, 3))
def test_the_distance_is_that_of_damerau_and_levenshtein(typed: str, word: str, most: int) -> None:
    whole, begun = distances(typed, word, most)
    assert whole == min(slow_distance(typed, word), most + 1)
    nearest = min(slow_distance(typed, word[:size]) for size in range(len(word) + 1))
    assert begun == min(nearest, most + 1)


@given(st.text("abcdé", max_size=8), st.text("abcdé", max_size=8))
def test_words_near_each_other_share_their_letters(one: str, other: str) -> None:
    missing = (letters(one) & ~letters(other)).bit_count()
    assert missing <= slow_distance(one, other)


@pytest.mark.parametrize(
    "family",
    [
        ("load", "loads", "loaded", "loading"),
        ("carry", "carries", "carried", "carrying"),
        ("plan", "plans", "planned", "planning"),
        ("organize", "organised", "organizing", "organisation"),
        ("fix", "fixes", "fixed", "fixing"),
        ("train", "trains", "trained", "training"),
    ],
)
def test_forms_of_a_word_have_one_stem(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("colour", "color"),
        ("neighbourhood", "neighborhood"),
        ("organise", "organize"),
        ("analyse", "analyze"),
        ("centre", "center"),
        ("travelling", "traveling"),
        ("grey", "gray"),
        ("programme", "program"),
        ("licence", "license"),
        ("catalogue", "catalog"),
        ("cheque", "check"),
        ("fulfil", "fulfill"),
        ("paediatric", "pediatric"),
        ("anaesthetic", "anesthetic"),
        ("mould", "mold"),
        ("labour", "labor"),
    ],
)
def test_two_spellings_are_one(british: str, american: str) -> None:
    assert spelling(british) == spelling(american)


def test_skills_are_heard_in_plain_words() -> None:
    assert LIBRARY.suggest("Loads of trucks had to be loaded that night")[0].slug == "loading"
    assert [one.slug for one in LIBRARY.suggest("He was shouting. I talked him down.")] == ["calming"]


def test_words_of_two_sentences_are_not_heard_as_one() -> None:
    assert LIBRARY.suggest("We got a van. We filled it.") == []


def test_what_was_chosen_is_not_offered_again() -> None:
    assert "loading" not in [one.slug for one in LIBRARY.suggest("loaded trucks", without={"id-loading"})]


def test_nothing_is_suggested_where_nothing_is_heard() -> None:
    assert LIBRARY.suggest("", "transferable") == []


def test_what_many_people_have_comes_from_different_families() -> None:
    offered = LIBRARY.common("transferable", limit=5)
    assert [one.family for one in offered] == ["All", "Moving", "Making", "Caring"]
    assert all(one.category == "transferable" for one in offered)


@given(st.text(max_size=200), st.sampled_from(["transferable", "self_management", "knowledge", None]))
@settings(max_examples=examples(50))
def test_the_same_words_always_give_the_same_skills(text: str, category: str | None) -> None:
    offered = LIBRARY.suggest(text, category)
    assert offered == Library(SKILLS).suggest(text, category)
    assert all(category in (None, one.category) for one in offered)


@pytest.mark.parametrize(
    "words", ["On Monday morning I came back home.", "Last summer, early.", "I left at night and stayed a week."]
)
def test_the_calendar_and_coming_and_going_suggest_nothing(words: str) -> None:
    library = Library([LibrarySkill(f"s{n}", f"s{n}", name, "transferable", "f") for n, name in enumerate(NAMED)])
    assert library.suggest(words) == []


NAMED = ("Working nights", "Planning the week", "Coming home early", "Monday reports", "Leaving well")


def test_what_was_heard_is_kept_without_the_words() -> None:
    library = Library(SKILLS)
    text = "I loaded trucks with Wilhelmina."
    first = library.suggest(text)
    assert library.suggest(text) == first != []
    kept = repr(vars(library._hearing)["_heard"])
    assert "Wilhelmina" not in kept
    assert library.suggest(text, without=["id-loading"]) == []
    assert library.suggest(text) == first


def test_many_of_a_thing_is_another_thing_where_the_library_says_both() -> None:
    """ "Securities" is a whole name, and so is "security": who types one isn't looking for the other first."""
    library = Library(
        [
            skill("stocks", "Stocks and bonds", "knowledge", synonyms=("securities",)),
            skill("guarding", "Guarding doors", "knowledge", synonyms=("security",)),
            skill("computers", "Computer security", "knowledge"),
        ]
    )
    assert [one.slug for one in library.find("security").exact] == ["guarding", "computers", "stocks"]
    assert library.find("securities").exact[0].slug == "stocks"
    alone = Library(library.skills[:1])
    assert alone.find("security").exact == library.skills[:1]
