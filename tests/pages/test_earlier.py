"""An answer stays to be read when the book no longer asks its question."""

from types import SimpleNamespace
from typing import Any

import pytest

from dreamtree.accounts.models import UserSettings
from dreamtree.answers.models import AnswerInput, AnswerRevision, ExerciseResponse
from dreamtree.db import tables_below
from dreamtree.profile import skill_lessons, teaching
from dreamtree.profile.beginnings import StartingPoint
from dreamtree.profile.dashboards import LifeDashboard
from dreamtree.profile.locations import Location
from dreamtree.profile.rows import DerivedRow
from dreamtree.profile.skills import Evidence, UserSkill
from dreamtree.profile.stories import SoaredStory
from dreamtree.saving import forgetting
from dreamtree.vault import SealedField
from tests.page import words_of
from tests.rules.strict_html import faults
from tests.visitor import Visitor

LINE, GONE = "1.1.1.line", "1.1.1.gone"
PLACES, TAGGER = "1.1.2.experiences", "1.1.5.skills"


def test_an_answer_whose_question_is_gone_is_folded_at_the_end_of_its_module(person: Visitor) -> None:
    person.save("/workbook/1.1.1", fields={f"{LINE}:value": "A boat <b>of my own"})
    assert "Earlier answers" not in person.get("/workbook/modules/1.1").words
    ExerciseResponse.update(block_key=GONE).where(ExerciseResponse.block_key == LINE).execute()
    page = person.get("/workbook/modules/1.1")
    assert faults(page.html) == []
    fold = next(one for one in page.all(".//main//details") if "Earlier answers" in words_of(one))
    assert "open" not in fold.attrib
    assert "A boat <b>of my own" in words_of(fold)
    assert not list(fold.iter("textarea"))
    assert "A boat" not in person.get("/workbook/modules/1.2").words


def test_a_module_with_nothing_else_is_not_called_empty_and_contents_lead_to_it(person: Visitor) -> None:
    person.save("/workbook/1.1.1", fields={f"{LINE}:value": "A boat of my own"})
    ExerciseResponse.update(block_key="1.2.1.gone").where(ExerciseResponse.block_key == LINE).execute()
    assert "Nothing here yet" in person.get("/workbook/modules/1.3").words
    assert "Nothing here yet" not in person.get("/workbook/modules/1.2").words
    assert person.get("/workbook").has(".//a[@href='/workbook/modules/1.2']")


@pytest.mark.parametrize("block", ["1.1.4.story-1", "1.1.2.experiences"])
def test_one_that_was_never_finished_is_there_too_and_says_so(person: Visitor, block: str) -> None:
    """It leads to the exercise that asked, as far as the book has that."""
    field, at = {"1.1.4": ("title", "1.1.4"), "1.1.2": ("rows-0-where", "1.1.2")}[block[:5]]
    person.save("/workbook/1.1.1")
    person.press(person.get("/workbook/1.1.4"), "Skip everything before this")
    person.save(f"/workbook/{at}", fields={f"{block}:{field}": "Half a boat"})
    assert ExerciseResponse.get(ExerciseResponse.block_key == block).is_complete == 0
    ExerciseResponse.update(block_key=f"{block}-gone").where(ExerciseResponse.block_key == block).execute()
    page = person.get("/workbook/modules/1.1")
    fold = next(one for one in page.all(".//main//details") if "Earlier answers" in words_of(one))
    assert "Half a boat" in words_of(fold) and "Unfinished, written" in words_of(fold)
    hrefs = [one.get("href") for one in fold.iter("a")]
    assert hrefs == [f"/workbook/{at}", f"/workbook/modules/1.1/earlier/{block}-gone/forget"]
    assert person.get("/workbook").has(".//a[@href='/workbook/modules/1.1']")
    assert "Forgotten" in person.press(person.get(hrefs[1] or ""), "Forget it for good").words


@pytest.mark.parametrize("of", [PLACES, TAGGER, LINE])
def test_it_can_be_forgotten_for_good_with_what_it_taught(filled: Visitor, of: str) -> None:
    gone = f"{of}-gone"
    for model in (ExerciseResponse, AnswerRevision, AnswerInput, *tables_below(DerivedRow)):
        model.update(block_key=gone).where(model.block_key == of).execute()
    page = filled.get("/workbook/modules/1.1")
    links = [one for one in page.all(".//main//details//a") if gone in one.get("href", "")]
    assert [words_of(one).partition(":")[0] for one in links] == ["Forget it for good"]
    asked = filled.get(links[0].get("href", ""))
    assert faults(asked.html) == []
    after = filled.press(asked, "Forget it for good")
    assert "Forgotten" in after.words and faults(after.html) == []
    left = (ExerciseResponse, AnswerRevision, AnswerInput, *tables_below(DerivedRow))
    assert [model for model in left if model.select().where(model.block_key == gone).exists()] == []
    assert gone not in filled.get("/workbook/modules/1.1").html
    named = {one.skill_id for model in tables_below(Evidence) for one in model.select(model.skill_id)}
    living = {one.id for one in UserSkill.select(UserSkill.id).where(UserSkill.removed_at.is_null())}
    assert living == named


FILLED = (
    ("1.1.6.rate", UserSkill.mastery),
    ("1.1.6.rank", UserSkill.rank),
    ("1.1.6.energy", UserSkill.energy),
    ("1.3.4.sort", UserSkill.lift),
    ("1.3.4.sort", UserSkill.is_superpower),
    ("1.2.1.rank", Location.rank),
    ("1.1.1.brings", StartingPoint.reason),
    ("1.1.1.life-work", LifeDashboard.work),
    ("2.1.1.dashboard", LifeDashboard.taken_on),
    ("1.1.1.after", SoaredStory.result),
    ("1.1.7.type", UserSettings.personality_type),
)
"""Blocks that write into rows that other blocks teach, and a column each."""
ONLY: dict[str, tuple[Any, ...]] = {
    "1.1.6.rate": (UserSkill.category == "transferable",),
    "1.1.1.after": (SoaredStory.kind == "seed",),
    "1.1.1.life-work": (LifeDashboard.id == "1.1.1",),
}


@pytest.mark.parametrize("is_in_the_book", [True, False])
def test_what_it_wrote_of_things_that_others_named_goes_too(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch, is_in_the_book: bool
) -> None:
    """Whether another block of the book makes the same by now, or none does any more."""
    for of in dict(FILLED):
        assert retired_and_forgotten(filled, monkeypatch, of, is_in_the_book)
    assert [
        of for of, column in FILLED if column.model.select().where(column.is_null(False), *ONLY.get(of, ())).exists()
    ] == []


@pytest.mark.parametrize("is_in_the_book", [True, False])
def test_what_living_answers_say_of_the_same_things_stays(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch, is_in_the_book: bool
) -> None:
    columns = [column for of, column in FILLED if of != "1.1.6.energy" and not isinstance(column, SealedField)]
    before = [[*column.model.select(column).order_by(column).tuples()] for column in columns]
    assert retired_and_forgotten(filled, monkeypatch, "1.1.6.energy", is_in_the_book)
    assert [[*column.model.select(column).order_by(column).tuples()] for column in columns] == before


def retired_and_forgotten(filled: Visitor, monkeypatch: pytest.MonkeyPatch, of: str, is_in_the_book: bool) -> bool:
    """Gives an answer the key of a block that the book no longer has, and forgets it; whether there was one."""
    gone = f"{of}-gone"
    tables = (ExerciseResponse, AnswerRevision, AnswerInput, *tables_below(DerivedRow))
    changed = [model.update(block_key=gone).where(model.block_key == of).execute() for model in tables]
    if not is_in_the_book:
        kept = tuple(block for block in teaching.book().blocks if block.key != of)
        for module in (teaching, skill_lessons):
            monkeypatch.setattr(module, "book", lambda: SimpleNamespace(blocks=kept))
        monkeypatch.setattr(forgetting, "fills_rows", lambda block: block in kept and teaching.fills_rows(block))
    forget = filled.get(f"/workbook/modules/{of[:3]}/earlier/{gone}/forget")
    return bool(changed[0]) and "Forgotten" in filled.press(forget, "Forget it for good").words


def test_nothing_else_is_forgotten_by_that_address(person: Visitor, stranger: Visitor) -> None:
    stranger.save("/workbook/1.1.1", fields={f"{LINE}:value": "A boat"})
    person.save("/workbook/1.1.1", fields={f"{LINE}:value": "A boat"})
    ExerciseResponse.update(block_key=GONE).where(
        ExerciseResponse.block_key == LINE, ExerciseResponse.user_id == stranger_of(stranger)
    ).execute()
    for key in (LINE, GONE, "1.2.1.gone", "elsewhere"):
        assert person.get(f"/workbook/modules/1.1/earlier/{key}/forget").status == 404
    assert person.get(f"/workbook/modules/9.9/earlier/{GONE}/forget").status == 404


def stranger_of(visitor: Visitor) -> str:
    """The id of the tree that a browser has open."""
    return visitor.get("/workbook/1.1.1").form()["person"][0]
