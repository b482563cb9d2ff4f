"""An answer stays to be read when the book no longer asks its question."""

from dreamtree.answers.models import ExerciseResponse
from tests.page import words_of
from tests.rules.strict_html import faults
from tests.visitor import Visitor

LINE, GONE = "1.1.1.line", "1.1.1.gone"


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
