"""An answer stays to be read when the book no longer asks its question."""

import pytest

from dreamtree.answers.models import AnswerInput, AnswerRevision, ExerciseResponse
from dreamtree.db import tables_below
from dreamtree.profile.rows import DerivedRow
from dreamtree.profile.skills import Evidence, UserSkill
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
