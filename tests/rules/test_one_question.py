"""One change upstream is one question on a page, and the exercise that it names is the one that the item went from."""

import pytest

from dreamtree.content import book
from tests.databases import ask
from tests.page import Page
from tests.rules.seeded import exercise_of
from tests.visitor import Visitor

TEN = "/workbook/1.1.6"
ASKS = "Needs another look."
NAMED_ONCE = """
    SELECT s.id, MIN(e.block_key), COALESCE(MIN(k.name), '') FROM user_skills s
    JOIN (SELECT skill_id, block_key FROM exercise_skills UNION SELECT skill_id, block_key FROM experience_skills) e
      ON e.skill_id = s.id
    LEFT JOIN skills k ON k.id = s.id
    WHERE s.rank IS NOT NULL GROUP BY s.id HAVING COUNT(DISTINCT e.block_key) = 1 ORDER BY MIN(s.rank)
"""


def dropped(visitor: Visitor) -> tuple[str, str]:
    """A skill of the top ten is taken out where it was named: its words, and the exercise that named it."""
    skill, block, words = ask(NAMED_ONCE)[0]
    path = f"/workbook/{exercise_of(block)}"
    page = visitor.open(path)
    held = page.form()
    without = {name: [one for one in values if one != skill] for name, values in held.items() if skill in values}
    assert without, f"{words} is not on {path}"
    visitor.send(page, "save", without)
    exercise = book().exercise(exercise_of(block))
    assert exercise is not None
    return words, exercise.title


def questions(page: Page) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in page.all(".//div[@class='change']")]


def test_a_skill_that_was_dropped_is_asked_about_once_and_where_it_was_named(filled: Visitor) -> None:
    words, title = dropped(filled)
    asked = questions(filled.get(TEN))
    assert len(asked) == 1
    assert f"{words} isn’t in {title} anymore" in asked[0]


@pytest.mark.parametrize("button", ["Remove it {}", "Keep mine : {}"])
def test_one_answer_settles_it_for_the_whole_page(filled: Visitor, button: str) -> None:
    words, _ = dropped(filled)
    page = filled.press(filled.get(TEN), button.format(words))
    assert ASKS not in page.words
    assert [one for one in questions(page) if words in one] == []
    assert "My top ten" not in looks(filled)
    assert filled.open(TEN).words.count(f"“{words}” is removed.") == (3 if button.startswith("Remove") else 0)


def test_what_is_asked_once_is_still_told_on_another_page(filled: Visitor) -> None:
    dropped(filled)
    filled.get(TEN)
    assert "My top ten" in looks(filled)


def looks(visitor: Visitor) -> str:
    """What home says needs another look."""
    words = visitor.get("/home").words
    return words.partition("Needs another look")[2].partition("Your answers")[0][:600] if ASKS[:-1] in words else ""
