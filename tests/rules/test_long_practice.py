"""Where practice has brought a skill is judged from all days of a log, also of those that no page reads at once."""

import pytest

from tests.conftest import Queries
from tests.databases import ask
from tests.page import words_of
from tests.rules.long_logs import MANY, PRACTICE, older, opened, written
from tests.rules.test_fragments import send
from tests.rules.touching import section
from tests.visitor import Visitor

MASTERED = "Mastered: three tries, on three different days, went well or easily."
HARDER = "You mastered it before, but the last few tries were harder."


def states() -> dict[str, str]:
    return dict(ask("SELECT skill_id, state FROM skill_states WHERE block_key = ?", [PRACTICE]))


def practice(visitor: Visitor, skill: str, name: str = "") -> None:
    """Chooses what to practice."""
    chosen = {f"{PRACTICE}:skill": [skill], f"{PRACTICE}:name": [name], "do": [f"{PRACTICE}|save|"]}
    assert send(visitor, PRACTICE, {**opened(visitor, PRACTICE).form(), **chosen}).status == 200


@pytest.fixture
def skill(filled: Visitor) -> str:
    """A skill that is practiced from now on, for the first time: its key."""
    offered = (one for one in opened(filled, PRACTICE).all(".//input") if one.get("name") == f"{PRACTICE}:skill")
    skill = next(key for one in offered if (key := one.get("value")) and key not in states())
    practice(filled, skill)
    return skill


@pytest.fixture
def long(filled: Visitor, skill: str) -> Visitor:
    """Somebody whose first three days went well, and all others neither well nor badly."""
    for n, day in enumerate(("2026-07-01", "2026-07-02", "2026-07-03")):
        written(filled, PRACTICE, n, n + 1, done_on=day, result="5")
    written(filled, PRACTICE, 3, MANY, result="3")
    return filled


def test_every_page_says_what_all_days_come_to(long: Visitor, skill: str) -> None:
    assert states()[skill] == "mastered"
    newest = opened(long, PRACTICE)
    page = older(long, newest, PRACTICE)
    assert page is not None
    assert MASTERED in words_of(section(newest, PRACTICE))
    assert MASTERED in words_of(section(page, PRACTICE))


def test_a_save_judges_by_all_days_and_says_so_at_once(long: Visitor, skill: str) -> None:
    page = opened(long, PRACTICE, f"entry-{MANY - 1}")
    name = f"{PRACTICE}:rows-0-result"
    assert page.form()[name] == ["3"]
    answer = send(long, PRACTICE, {**page.form(), name: ["2"], "autosave": ["1"]})
    assert HARDER in answer.words
    assert states()[skill] == "review needed"
    page = opened(long, PRACTICE, "entry-1")
    answer = send(long, PRACTICE, {**page.form(), name: ["3"], "do": [f"{PRACTICE}|save|entry-1"]})
    assert "In progress." in answer.words
    assert states()[skill] == "in progress"


def test_a_skill_of_early_days_stays_where_it_was(long: Visitor, skill: str) -> None:
    practice(long, "", "Truing wheels")
    written(long, PRACTICE, MANY, 2 * MANY, result="3")
    assert "In progress." in words_of(section(opened(long, PRACTICE), PRACTICE))
    for another in (skill, ""):
        practice(long, another, "Truing wheels")
        assert states()[skill] == "mastered"
    assert MASTERED not in words_of(section(opened(long, PRACTICE), PRACTICE))


def test_no_day_is_opened_for_it_and_nothing_is_asked_where_only_words_change(
    long: Visitor, queries: Queries, opens: list[str]
) -> None:
    page = opened(long, PRACTICE, f"entry-{MANY - 1}")
    for_page = len(opens)
    assert for_page < MANY
    field = next(name for name in page.form() if f"{PRACTICE}:rows-0-tried" in name)
    for name, value, count in ((field, "Said another way.", 1), (f"{PRACTICE}:rows-0-result", "4", 2)):
        sent = {**opened(long, PRACTICE, f"entry-{MANY - 1}").form(), name: [value], "autosave": ["1"]}
        opens.clear()
        queries.clear()
        assert send(long, PRACTICE, sent).status == 200
        assert len(opens) < MANY
        judged = [sql for sql in queries if 'FROM "practice_logs"' in sql and '"tried"' not in sql]
        assert len(judged) == count, judged
