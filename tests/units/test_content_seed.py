"""From the authors' files to the tables: what is taken in, what is refused, and what a second run changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dreamtree.content import book, library
from dreamtree.content.models import ExerciseSequence, StemRow
from dreamtree.content.reference_models import SkillRow
from dreamtree.content.seed import BrokenSeed, SeedReport, load_seed
from dreamtree.content.seed.identity import fixed_id
from dreamtree.db import database

from .small_seed import edit, empty_tables, write_seed

FIRST = "workbook/1/1.1/1.1.1.toml"
SECOND = "workbook/1/1.1/1.1.2.toml"


@pytest.fixture
def seed(tmp_path: Path) -> Iterator[Path]:
    empty_tables(tmp_path / "content.db")
    yield write_seed(tmp_path / "seed")
    database.close()


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(BrokenSeed) as refused:
        load_seed(folder)
    return refused.value.problems


def again(folder: Path) -> SeedReport:
    report = load_seed(folder)
    assert book(report.revision).revision == report.revision
    return report


def test_the_book_says_what_the_files_say(seed: Path) -> None:
    load_seed(seed)
    first, second = book().exercises
    assert (first.full_id, first.title, first.minutes, first.is_required) == ("1.1.1.v1", "One thing", 10, True)
    assert (second.unlocks, second.is_optional, book().short_way) == ("list-builder", True, ("1.1.1",))
    why, brings, line, example = first.blocks
    assert why.html == ('<p>Somebody <em>thanked</em> you. <a class="citation" href="/credits#ref-901">[901]</a></p>\n')
    assert (brings.label, brings.help, brings.type) == ("What brings you here?", "One tap.", "choice")
    assert brings.options["choices"][0]["label"] == "I am stuck"
    assert (brings.is_required, line.is_required, line.is_private) == (True, False, True)
    assert (example.who, example.size, example.about) == ("Tom", "short", "1.1.1.line")
    assert first.references_used[0].reference.html == "Fine, Sidney A. <em>Functional Job Analysis</em>. 1999."


def test_a_block_carries_its_connections_in_its_own_order(seed: Path) -> None:
    load_seed(seed)
    block = book().block("1.1.2.list")
    assert block is not None
    assert [connection.name for connection in block.connections] == ["C2", "C1"]
    hydrate = block.connections[1]
    assert (hydrate.gives, block.connections[0].gives) == ("draft", "")
    assert (hydrate.from_scope, hydrate.take, hydrate.is_open, dict(hydrate.filter)) == (
        ("1.1.1",), 3, True, {"kind": "seed"},
    )  # fmt: skip


def test_personality_types_name_library_skills(seed: Path) -> None:
    load_seed(seed)
    kind = book().personality_type("ISTJ")
    assert kind is not None
    skill = library().skill(kind.ways[0])
    assert skill is not None
    assert (skill.name, skill.category, skill.synonyms) == ("Calm", "self_management", ("level-headed",))


def test_seeding_twice_changes_nothing(seed: Path) -> None:
    first, second = load_seed(seed), load_seed(seed)
    assert (first.revision, second.revision, second.changes) == (1, 1, {})
    assert str(second) == "Nothing to change: revision 1."


def test_a_minor_edit_is_one_changed_row_of_the_same_id(seed: Path) -> None:
    load_seed(seed)
    before = StemRow.get(StemRow.block_key == "1.1.1.why").id
    edit(seed, FIRST, "Somebody *thanked* you.", "Somebody thanked you.")
    report = again(seed)
    assert str(report) == "Revision 2.\n  exercise_content: 1 changed"
    assert StemRow.get(StemRow.block_key == "1.1.1.why").id == before
    assert "Somebody thanked you." in book().exercises[0].blocks[0].html


def test_a_removed_block_leaves_the_book_and_stays_in_the_tables(seed: Path) -> None:
    load_seed(seed)
    edit(seed, FIRST, '[[block]]\nkey = "example"\ntext = "example"\nwho = "Tom"\nsize = "short"\nfor = "line"\n', "")
    edit(seed, FIRST, 'body = "Fixed a bike."', "")
    report = again(seed)
    assert report.changes["stem"].retired == 1
    assert book().block("1.1.1.example") is None
    assert StemRow.get(StemRow.block_key == "1.1.1.example").is_active == 0
    assert load_seed(seed).changes == {}


def test_a_removed_skill_keeps_its_id_when_it_comes_back(seed: Path) -> None:
    load_seed(seed)
    path = seed / "skills/things_i_do.csv"
    whole = path.read_text()
    path.write_text(whole.splitlines()[0] + "\n")
    again(seed)
    assert library().by_slug("loading") is None
    assert SkillRow.get(SkillRow.slug == "loading").is_active == 0
    path.write_text(whole)
    again(seed)
    skill = library().by_slug("loading")
    assert skill is not None
    assert skill.id == fixed_id("skill", "loading")


def test_a_new_version_takes_the_place_of_the_old(seed: Path) -> None:
    load_seed(seed)
    edit(seed, FIRST, "version = 1", "version = 2")
    again(seed)
    first = book().exercise("1.1.1")
    assert first is not None
    assert (first.full_id, [one.id for one in book().exercises]) == ("1.1.1.v2", ["1.1.1", "1.1.2"])
    old = ExerciseSequence.get_by_id("1.1.1.v1")
    assert (old.is_active, old.sequence_order) == (0, None)
    assert StemRow.select().where(StemRow.block_key == "1.1.1.why").count() == 2


@pytest.mark.parametrize(
    ("title", "problem"),
    [("thanked", "names “thanked”, which is not here yet"), ("One thing", "“One thing” is here now")],
)
def test_what_is_to_come_is_not_promised(seed: Path, title: str, problem: str) -> None:
    edit(seed, "workbook/book.toml", "short_way", f'to_come = ["{title}"]\nshort_way')
    assert any(line.startswith(FIRST) and problem in line for line in problems(seed)), problems(seed)


def test_an_exercise_put_in_between_moves_the_others(seed: Path) -> None:
    first = (seed / FIRST).read_text()
    (seed / FIRST).unlink()
    edit(seed, "workbook/book.toml", 'short_way = ["1.1.1"]', "")
    edit(seed, SECOND, "connections = [2, 1]", "")
    load_seed(seed)
    (seed / FIRST).write_text(first)
    again(seed)
    assert [one.order for one in book().exercises] == [1, 2]


def test_a_broken_seed_changes_nothing(seed: Path) -> None:
    load_seed(seed)
    edit(seed, FIRST, "One thing", "Another thing")
    edit(seed, SECOND, 'tool = "list-builder"', 'tool = "list-builder"\ncolor = "red"')
    assert problems(seed) == (f"{SECOND}:12: unknown key “color”",)
    assert book().exercises[0].title == "One thing"


def test_all_problems_are_told_at_once(seed: Path) -> None:
    edit(seed, FIRST, "minutes = 10", 'minutes = "ten"')
    edit(seed, "connections.toml", 'type = "hydrate"', 'type = "pour"')
    edit(seed, "skills/things_i_do.csv", "loading,", "Loading!,")
    assert {problem.split(":")[0] for problem in problems(seed)} >= {
        "connections.toml",
        "skills/things_i_do.csv",
        FIRST,
    }


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        (FIRST, "minutes = 10", "minutes = = 10", "5: Invalid value"),
        (FIRST, "minutes = 10", 'minutes = "ten"', "5: “minutes” is not a whole number"),
        (FIRST, "minutes = 10", "minutes = true", "5: “minutes” is not a whole number"),
        (FIRST, 'title = "One thing"\n', "", "1: “title” is missing"),
        (FIRST, 'id = "1.1.1"', 'id = "1.1.7"', "2: the file is not that of 1.1.7"),
        (FIRST, 'reference = "fine"', 'reference = "nobody"', "6: “nobody” is no reference"),
        (FIRST, 'usage = "concept"', 'usage = "stolen"', "6: usage is one of"),
        (FIRST, "you. [901]", "you. [7]", "11: cites [7], which is no reference"),
        (FIRST, 'help = "One tap."', 'help = "One tap. [901]"', "17: cites [901], but only a text can link"),
        (FIRST, 'text = "instruction"', 'text = "sermon"', "10: text is one of"),
        (FIRST, 'key = "brings"\nprompt', 'key = "brings"\ntool = "x"\nprompt', "14: a block has one of text, prompt"),
        (FIRST, 'prompt = "choice"', 'prompt = "wheel"', "15: prompt is one of"),
        (FIRST, 'value = "other"', 'value = "stuck"', "20: choices are two or more"),
        (FIRST, "choices = [", "picks = [", "20: a choice has no option “picks”"),
        (FIRST, 'key = "line"', 'key = "why"', "26: key “why” is there twice"),
        (FIRST, 'key = "line"', 'key = "A line"', "26: key “A line” has other signs"),
        (FIRST, 'for = "line"', 'for = "lime"', "37: “lime” is no block of this exercise"),
        (FIRST, 'who = "Tom"\n', "", "34: an example says who"),
        (SECOND, 'unlocks = "list-builder"', 'unlocks = "magic"', "7: “magic” is no tool type"),
        (SECOND, "connections = [2, 1]", "connections = [2, 9]", "13: connection 9 is not in connections.toml"),
        (SECOND, "connections = [2, 1]", 'connections = ["2"]', "13: “connections” is not a list of whole numbers"),
        (SECOND, "enough = 3", "enough = 3\nenough = 4", "16: Cannot overwrite a value"),
        ("workbook/book.toml", '"1.1.1"', '"1.1.9"', "2: short_way names 1.1.9, which is not there"),
        ("workbook/book.toml", 'id = "1.2"', 'id = "2.2"', "14: is no module of part 1"),
        ("workbook/book.toml", 'id = "1.2"', 'id = "1.1"', "14: id “1.1” is there twice"),
        ("connections.toml", "id = 2", "id = 1", "15: id “1” is there twice"),
        ("connections.toml", 'type = "hydrate"', 'type = "pour"', "6: type is one of"),
        ("connections.toml", 'gives = "draft"', 'gives = "rows"', "7: gives of hydrate is one of draft, offer"),
        ("connections.toml", 'gives = "draft"\n', "", "3: gives of hydrate is one of draft, offer"),
        ("connections.toml", 'gives = "draft"', "gives = 1", "7: “gives” is not text in quotes"),
        ("connections.toml", 'link"', 'link"\ngives = "recall"', "19: a reference_link is a link and gives nothing"),
        ("connections.toml", "take = 3", 'place = "after"', "10: only a recall has a place"),
        ("connections.toml", "take = 3", "take = 0", "10: take is at least 1"),
        (FIRST, "minutes = 10", "minutes = 10\nenough = 0", "6: enough is at least 1"),
        ("connections.toml", "take = 3", "place = 'over'", "10: place is before or after"),
        ("connections.toml", "open = true", "opne = true", "11: unknown key “opne”"),
        ("reference/personality_types.toml", '"am-calm"', '"am-odd"', "6: “am-odd” is no skill of the library"),
        ("reference/references.toml", "number = 901", 'number = "901"', "4: “number” is not a whole number"),
        ("skills/things_i_do.csv", "slug,name", "slag,name", "1: the first line is slug,name"),
        ("skills/things_i_do.csv", "Moving,", "Moving,,", "2: has 6 columns, not 5"),
        ("skills/things_i_do.csv", "loading,", "Loading!,", "2: slug “Loading!” has other signs"),
        ("skills/things_i_do.csv", "Loading trucks", "loading trucks", "2: “loading trucks” begins with a small"),
        ("skills/ways_i_am.csv", "am-calm,", "loading,", "2: the slug “loading” is in the library twice"),
        ("skills/things_i_do.csv", "packing", '"packing', "2: is not CSV"),
    ],
)
def test_a_problem_is_told_with_file_and_line(seed: Path, name: str, old: str, new: str, problem: str) -> None:
    edit(seed, name, old, new)
    told = problems(seed)
    assert any(line.startswith(f"{name}:{problem}") for line in told), told


def test_a_file_that_is_not_text_is_told(seed: Path) -> None:
    (seed / FIRST).write_bytes(b'id = "1.1.1"\ntitle = "\xff"\n')
    assert f"{FIRST}:2: is not UTF-8 text" in problems(seed)
    (seed / FIRST).write_bytes(b'id = "1.1.1"\n\ntitle = "\0"\n')
    assert f"{FIRST}:3: holds a NUL character" in problems(seed)


def test_an_exercise_in_the_wrong_folder_is_told(seed: Path) -> None:
    (seed / "workbook/1/1.2").mkdir()
    (seed / FIRST).rename(seed / "workbook/1/1.2/1.1.1.toml")
    assert "workbook/1/1.2/1.1.1.toml:1: an exercise stands in workbook/1/1.1/1.1.1.toml" in problems(seed)


def test_a_key_is_for_life_and_keeps_its_kind_of_answer(seed: Path) -> None:
    load_seed(seed)
    edit(seed, FIRST, 'prompt = "textarea"', 'prompt = "number"')
    edit(seed, FIRST, "version = 1", "version = 2")
    assert problems(seed) == (f"{FIRST}:26: “1.1.1.line” was answered with one text, not a number: it needs a new key",)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('slug = "fine"', 'slug = "fine-and-cronshaw"', "number 901 belongs to “fine” for good"),
        ("number = 901", "number = 902", "“fine” has the number 901 for good"),
    ],
)
def test_a_citation_number_is_for_good(seed: Path, old: str, new: str, problem: str) -> None:
    load_seed(seed)
    edit(seed, "reference/references.toml", old, new)
    assert f"reference/references.toml:4: {problem}" in problems(seed)


def test_a_key_may_turn_into_a_like_kind_of_answer(seed: Path) -> None:
    load_seed(seed)
    edit(seed, FIRST, 'prompt = "textarea"', 'prompt = "text"')
    again(seed)
    block = book().block("1.1.1.line")
    assert block is not None
    assert block.type == "text"
