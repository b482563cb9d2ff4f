"""Records: rows that are saved one by one, so that pages which say different things never meet."""

import random
from collections.abc import Mapping
from dataclasses import replace
from string import ascii_lowercase
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import records, responses
from dreamtree.answers.models import ToolInstance
from dreamtree.answers.records import own_fields
from dreamtree.answers.stored import SaveInfo, StoredAnswer
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise
from dreamtree.profile.practices import PracticeLog, practices
from dreamtree.profile.rows import opened_column
from dreamtree.saving import SaveRequest, SaveResult, save
from dreamtree.tools import tool
from dreamtree.values import Answer
from dreamtree.vault import Locked
from dreamtree.workbook import history
from dreamtree.workbook.act import PostResult, carry_out
from dreamtree.workbook.context import load_context
from dreamtree.workbook.posting import read_form
from dreamtree.workbook.record_history import earlier_parts
from tests.conftest import Queries
from tests.databases import ask
from tests.examples import examples
from tests.people import new_person

KEY = "1.1.1.practice"
BLOCK = Block(KEY, "1.1.1", "tool", "practice-log", label="Practice", makes="practices", options={"kind": "skill"})
PRACTICE = {"skill": "", "name": "Drawing", "begun_on": "2027-02-20", "decision": "", "days": 14}
Row = dict[str, Any]


SAME_DATABASE = [HealthCheck.function_scoped_fixture]
"""Each example is another person in it."""


@pytest.fixture
def user(app: Flask, frozen: object) -> User:
    return new_person()


def here() -> Exercise:
    exercise = book().exercise("1.1.1")
    assert exercise is not None
    return replace(exercise, blocks=(*exercise.blocks, BLOCK))


class Page:
    """An open page: what it was shown, what is typed on it now, and how often it saved."""

    def __init__(self, user: User, editor: str = "") -> None:
        self.user, self.editor, self.n = user, editor or db.new_id(), 0
        said = responses.answer_to(user, KEY)
        answer: Answer = tool("practice-log").form_part(said.answer) if said else {**PRACTICE, "rows": [], "was": ""}
        self.own: Answer = own_fields(answer)
        self.was: str = answer["was"]
        self.rows: dict[str, Row] = {row["key"]: row for row in answer["rows"]}

    def type(self, key: str, words: str) -> None:
        row = self.rows.get(key) or {"key": key, "was": "", "done_on": "2027-02-27"}
        self.rows[key] = {**row, "tried": words}

    def save(self, kind: str = "autosave", drop: tuple[str, ...] = (), n: int = 0) -> SaveResult:
        self.n += 1
        dropped = {key: self.rows.pop(key)["was"] for key in drop if key in self.rows}
        answer = {**self.own, "was": self.was, "rows": list(self.rows.values()), "dropped": dropped}
        return saved(self.user, answer, self.editor, n or self.n, kind)


def saved(user: User, answer: Answer, editor: str, n: int, kind: str = "save") -> SaveResult:
    stamp = SaveInfo(0, editor, n, kind, db.now())
    return save(user, SaveRequest(here(), BLOCK, answer, stamp, db.new_id(), db.new_id(), {}))


def said(user: User) -> StoredAnswer:
    found = responses.answer_to(user, KEY)
    assert found is not None
    return found


def tried(user: User) -> dict[str, str]:
    return {row["key"]: row["tried"] for row in said(user).answer["rows"]}


def findable(user: User) -> str:
    """All words that stand, or that the history page shows."""
    parts = earlier_parts(user, BLOCK, said(user))
    one = tool("practice-log")
    return "\n".join([one.long_form(BLOCK, said(user).answer), *(one.long_form(BLOCK, part.answer) for part in parts)])


def everything() -> list[set[tuple[Any, ...]]]:
    """All rows as they are on the disk."""
    tables = ("exercise_responses", "tool_instances", "answer_revisions", "practice_logs", "practices")
    return [set(ask(f'SELECT * FROM "{table}"')) for table in tables]


def begun(user: User, **texts: str) -> None:
    page = Page(user)
    for key, words in texts.items():
        page.type(key, words)
    assert page.save("save").status == "saved"


def test_each_row_is_a_record_and_the_answer_holds_the_rest(user: User) -> None:
    begun(user, a="Hands", b="Feet")
    stored = responses.stored_answer(user, KEY)
    assert stored is not None
    assert stored.answer == {**PRACTICE, "records": ["a", "b"]}
    assert {row.tool_type for row in ToolInstance.select()} == {"practice-log"}
    assert {row.origin for row in ToolInstance.select()} == {"exercise"}
    assert tried(user) == {"a": "Hands", "b": "Feet"}
    assert said(user).is_complete


def test_two_pages_that_add_different_entries_never_meet(user: User) -> None:
    begun(user, a="Hands")
    one, other = Page(user), Page(user)
    one.type("b", "Feet")
    other.type("c", "Faces")
    assert (one.save().status, other.save().status) == ("saved", "saved")
    one.type("b", "Feet, again")
    assert one.save().status == "saved"
    assert tried(user) == {"a": "Hands", "b": "Feet, again", "c": "Faces"}


def test_two_pages_that_change_different_entries_never_meet(user: User) -> None:
    begun(user, a="Hands", b="Feet")
    one, other = Page(user), Page(user)
    one.type("a", "Hands, slowly")
    other.type("b", "Feet, slowly")
    assert (one.save().status, other.save().status) == ("saved", "saved")
    assert tried(user) == {"a": "Hands, slowly", "b": "Feet, slowly"}


def test_the_same_entry_changed_on_two_pages_is_refused_once_and_both_texts_are_found(user: User) -> None:
    begun(user, a="Hands", b="Feet")
    one, other = Page(user), Page(user)
    one.type("a", "Left hands")
    other.type("a", "Right hands")
    other.type("b", "Right feet")
    assert one.save().status == "saved"
    outcome = other.save()
    assert outcome.status == "conflict"
    assert tried(user) == {"a": "Left hands", "b": "Feet"}, "nothing of the block was written"
    assert outcome.mine is not None
    assert outcome.theirs is not None
    assert [row["tried"] for row in outcome.mine["rows"]] == ["Right hands", "Right feet"]
    assert [row["tried"] for row in outcome.theirs["rows"]] == ["Left hands", "Feet"]
    for words in ("Left hands", "Right hands", "Right feet", "Feet"):
        assert words in findable(user)
    before = everything()
    assert other.save().status == "conflict"
    assert everything() == before, "kept once, however often it comes"


def test_mine_stands_over_what_stood_and_nothing_else_moves(user: User) -> None:
    begun(user, a="Hands", b="Feet")
    one, other = Page(user), Page(user)
    one.type("a", "Left hands")
    one.type("b", "Left feet")
    other.type("a", "Right hands")
    one.save()
    outcome = other.save()
    assert outcome.mine is not None
    assert saved(user, outcome.mine, db.new_id(), 1).status == "saved"
    assert tried(user) == {"a": "Right hands", "b": "Left feet"}
    assert "Left hands" in findable(user)


def test_a_page_that_left_an_entry_alone_does_not_turn_it_back(user: User) -> None:
    begun(user, a="Hands")
    stale, other = Page(user), Page(user)
    other.type("a", "Hands and feet")
    other.save()
    stale.type("b", "Faces")
    assert stale.save().status == "saved"
    assert tried(user) == {"a": "Hands and feet", "b": "Faces"}


def test_a_page_may_turn_back_what_it_wrote_itself(user: User) -> None:
    begun(user, a="Hands")
    page = Page(user)
    page.type("a", "Hands and feet")
    page.save()
    page.type("a", "Hands")
    assert page.save().status == "saved"
    assert tried(user) == {"a": "Hands"}


def test_what_a_page_saved_before_somebody_went_on_from_it_meets_nothing(user: User) -> None:
    begun(user)
    first = Page(user)
    first.type("a", "Hands")
    first.save()
    other = Page(user)
    other.type("a", "Hands and feet")
    other.save()
    first.type("b", "Faces")
    assert first.save().status == "saved"
    assert tried(user) == {"a": "Hands and feet", "b": "Faces"}


def test_saving_the_same_again_writes_nothing(user: User) -> None:
    begun(user, a="Hands")
    page = Page(user)
    before = everything()
    assert page.save("save").status == "saved"
    assert everything() == before
    page.type("a", "Hands, slowly")
    page.save()
    before = everything()
    assert page.save(n=1).status == "saved"
    assert page.save().status == "saved"
    assert everything() == before


def test_a_latecomer_writes_nothing(user: User) -> None:
    begun(user, a="Hands")
    page = Page(user)
    page.type("a", "Hands, sl")
    late = dict(page.rows)
    page.type("a", "Hands, slowly")
    page.save(n=2)
    page.rows = late
    assert page.save(n=1).status == "saved"
    assert tried(user) == {"a": "Hands, slowly"}


def test_an_entry_goes_only_when_the_page_says_so(user: User) -> None:
    begun(user, a="Hands", b="Feet")
    stale, page = Page(user), Page(user)
    page.rows.pop("b")
    page.save("row")
    assert tried(user) == {"a": "Hands", "b": "Feet"}, "a page that does not show it"
    page = Page(user)
    assert page.save("row", drop=("b",)).status == "saved"
    assert tried(user) == {"a": "Hands"}
    assert "Feet" in findable(user)
    stale.type("a", "Hands, slowly")
    assert stale.save().status == "saved"
    assert tried(user) == {"a": "Hands, slowly"}, "a page that still shows it brings it back by itself"


def test_an_entry_that_was_taken_out_elsewhere_and_changed_here_is_a_conflict(user: User) -> None:
    begun(user, a="Hands", b="Feet")
    stale = Page(user)
    Page(user).save("row", drop=("b",))
    stale.type("b", "Left feet")
    outcome = stale.save()
    assert outcome.status == "conflict"
    assert outcome.theirs == {"rows": []}
    assert "Left feet" in findable(user)


def test_taking_out_what_was_changed_elsewhere_is_a_conflict(user: User) -> None:
    begun(user, a="Hands")
    stale, other = Page(user), Page(user)
    other.type("a", "Hands and feet")
    other.save()
    outcome = stale.save("row", drop=("a",))
    assert outcome.status == "conflict"
    assert tried(user) == {"a": "Hands and feet"}
    assert outcome.mine is not None
    assert saved(user, outcome.mine, db.new_id(), 1).status == "saved"
    assert tried(user) == {}


def test_own_fields_meet_only_where_both_changed_them(user: User) -> None:
    begun(user, a="Hands")
    one, other, third = Page(user), Page(user), Page(user)
    one.own["name"] = "Drawing hands"
    assert one.save().status == "saved"
    other.type("b", "Feet")
    assert other.save().status == "saved"
    other.type("b", "Left feet")
    assert other.save().status == "saved"
    assert said(user).answer["name"] == "Drawing hands"
    third.own["name"] = "Drawing feet"
    assert third.save().status == "conflict"
    assert "Drawing feet" in findable(user)
    assert said(user).answer["name"] == "Drawing hands"


def test_an_entry_on_another_page_is_no_conflict_for_the_own_fields(user: User) -> None:
    begun(user)
    one, other = Page(user), Page(user)
    other.type("a", "Hands")
    other.save()
    one.own["name"] = "Drawing hands"
    assert one.save().status == "saved"


def test_every_earlier_text_can_be_brought_back(user: User) -> None:
    begun(user, a="Hands", b="Feet")
    page = Page(user)
    page.type("a", "Hands, much more slowly than before")
    page.own["name"] = "Drawing from life"
    page.save("save")
    Page(user).save("row", drop=("b",))
    parts = earlier_parts(user, BLOCK, said(user))
    assert sorted(part.kind for part in parts) == ["removed", "save", "save"]
    for part in parts:
        assert history.restore(user, here(), BLOCK, part.id)
    assert tried(user) == {"a": "Hands", "b": "Feet"}
    assert said(user).answer["name"] == "Drawing"
    assert "Hands, much more slowly than before" in findable(user)
    assert "Drawing from life" in findable(user)
    assert not history.restore(user, here(), BLOCK, "made-up")


def test_the_history_page_shows_entries_one_by_one(user: User) -> None:
    begun(user, a="Hands", b="Feet")
    page = Page(user)
    page.type("a", "Faces instead of anything else")
    page.save("save")
    now, *earlier = history.show(user, here(), BLOCK, said(user)).entries
    assert now.is_current
    (entry,) = earlier
    assert "Hands" in entry.text
    assert "Feet" not in entry.text
    assert any("Faces" in line.text for line in entry.changes if line.kind == "added")


def test_typing_on_folds_as_it_does_in_answers(user: User) -> None:
    begun(user, a="H")
    page = Page(user)
    for words in ("Ha", "Han", "Hands"):
        page.type("a", words)
        page.save()
    assert len(earlier_parts(user, BLOCK, said(user))) == 1


def test_without_the_key_reading_fails(user: User) -> None:
    begun(user, a="Hands")
    user.data_key = None
    with pytest.raises(Locked):
        records.records_of(user, KEY)
    with pytest.raises(Locked):
        responses.answer_to(user, KEY)


def test_nothing_of_a_record_is_stored_in_plain(user: User) -> None:
    begun(user, a="An uncommon phrase")
    assert "uncommon" not in str(list(ToolInstance.select(ToolInstance.content_json.cast("text")).tuples()))


def test_a_page_of_records_costs_one_query_more(user: User, queries: Queries) -> None:
    begun(user, **{f"k{n}": f"Day {n}" for n in range(40)})
    queries.clear()
    responses.answers_of(user, [KEY])
    assert len(queries) == 2
    queries.clear()
    responses.answers_of(user, ["1.1.1.thanks"])
    assert len(queries) == 1
    page = Page(user)
    page.type("k3", "Another day")
    queries.clear()
    page.save()
    assert len([sql for sql in queries if "tool_instances" in sql]) == 2


def test_practices_are_a_source_without_those_let_go(user: User) -> None:
    begun(user)
    (item,) = practices(user, {})
    assert (item.text, item.fields["days"]) == ("Drawing", 14)
    assert item.provenance is not None
    assert practices(user, {"kind": "rest"}) == []
    page = Page(user)
    page.own["decision"] = "drop"
    page.save()
    assert practices(user, {}) == []


# Through the form of a page


def post(user: User, fields: Mapping[str, str], do: str = "save", editor: str = "an-editor", n: int = 1) -> PostResult:
    posted = {f"{KEY}:{name}": value for name, value in fields.items()} | {f"{KEY}:base": "0"}
    form = read_form(MultiDict(posted | {"editor": editor, "n": str(n), "do": do}))
    return carry_out(load_context(user, here()), form, (BLOCK,))


def fields_of(user: User) -> dict[str, str]:
    answer = tool("practice-log").form_part(said(user).answer)
    rows = {f"rows-{n}-{name}": str(row[name]) for n, row in enumerate(answer["rows"]) for name in ROW_FIELDS}
    return {name: str(answer[name]) for name in ("name", "days", "begun_on", "was")} | rows


ROW_FIELDS = ("key", "was", "done_on", "tried")


def test_remove_and_undo(user: User) -> None:
    begun(user, a="Hands", b="Feet", c="Faces")
    before = list(tried(user).items())
    assert post(user, fields_of(user), f"{KEY}|remove|b").code == 200
    assert tried(user) == {"a": "Hands", "c": "Faces"}
    assert said(user).answer["removed"]["row"]["tried"] == "Feet"
    assert post(user, fields_of(user), f"{KEY}|undo|", n=2).code == 200
    assert list(tried(user).items()) == before
    assert "removed" not in said(user).answer


def own_of(user: User) -> dict[str, str]:
    """What the page posts while all rows rest."""
    return {name: value for name, value in fields_of(user).items() if not name.startswith("rows-")}


def test_a_row_comes_back_to_its_place_between_rows_that_rest(user: User) -> None:
    begun(user, a="Hands", b="Feet", c="Faces")
    before = list(tried(user).items())
    assert post(user, own_of(user), f"{KEY}|remove|b").code == 200
    assert post(user, own_of(user), f"{KEY}|undo|b", n=2).code == 200
    assert list(tried(user).items()) == before


def test_rows_stand_as_they_were_written_in_whatever_order_a_page_posts_them(user: User) -> None:
    begun(user, a="Hands", b="Feet", c="Faces")
    shown = fields_of(user)
    posted = {f"rows-{n}-{name}": shown[f"rows-{at}-{name}"] for n, at in enumerate((2, 0)) for name in ROW_FIELDS}
    fresh = {"rows-2-key": "d", "rows-2-was": "", "rows-2-done_on": "2027-02-26", "rows-2-tried": "Trees"}
    assert post(user, own_of(user) | posted | {"rows-1-tried": "Two hands"} | fresh).code == 200
    assert tried(user) == {"a": "Two hands", "b": "Feet", "c": "Faces", "d": "Trees"}
    assert list(tried(user)) == ["a", "b", "c", "d"]


def test_undo_brings_back_the_row_it_names_whatever_was_removed_since(user: User) -> None:
    begun(user, a="Hands", b="Feet", c="Faces")
    assert post(user, fields_of(user), f"{KEY}|remove|b").code == 200
    assert post(user, fields_of(user), f"{KEY}|remove|c", editor="another-page").code == 200
    assert post(user, fields_of(user), f"{KEY}|undo|b", n=2).code == 200
    assert tried(user) == {"a": "Hands", "b": "Feet"}
    assert post(user, fields_of(user), f"{KEY}|undo|c", n=2, editor="another-page").code == 200
    assert tried(user) == {"a": "Hands", "b": "Feet", "c": "Faces"}


def test_the_words_of_a_removed_row_are_in_the_trash_alone(user: User) -> None:
    begun(user, a="Hands", b="Feet")
    post(user, fields_of(user), f"{KEY}|remove|b")
    stored = responses.stored_answer(user, KEY)
    assert stored is not None
    assert stored.answer["removed"] == {"row": {"key": "b"}, "at": 1}
    ToolInstance.delete().where(ToolInstance.deleted_at.is_null(False)).execute()
    assert "removed" not in said(user).answer, "gone for good: nothing to undo"


def test_an_entry_whose_fields_were_emptied_is_taken_out(user: User) -> None:
    begun(user, a="Hands", b="Feet")
    fields = fields_of(user) | {"rows-1-tried": " ", "rows-1-done_on": ""}
    post(user, fields)
    assert tried(user) == {"a": "Hands"}
    post(user, fields | {"rows-1-tried": "Left feet"}, n=2)
    assert tried(user) == {"a": "Hands", "b": "Left feet"}, "typed anew on the same page"


def test_a_mark_from_nowhere_is_a_problem(user: User) -> None:
    begun(user, a="Hands")
    done = post(user, fields_of(user) | {"rows-0-was": "'; --", "rows-0-tried": "Feet"})
    assert done.code == 422
    assert done.results[KEY].problems[0].field == "rows-0-was"
    assert tried(user) == {"a": "Hands"}


def test_using_mine_from_the_page_of_a_conflict(user: User) -> None:
    begun(user, a="Hands", b="Feet")
    stale = fields_of(user)
    post(user, fields_of(user) | {"rows-0-tried": "Left hands"}, editor="one-editor")
    done = post(user, stale | {"rows-0-tried": "Right hands"}, editor="two-editor")
    assert done.code == 409
    conflict = done.results[KEY].conflict
    assert conflict is not None
    assert "Right hands" in conflict.mine
    assert "Left hands" in conflict.theirs
    assert "Feet" not in conflict.mine + conflict.theirs
    form = read_form(MultiDict({"editor": "two-editor", "n": "2", "do": conflict.mine_value}))
    carry_out(load_context(user, here()), form, (BLOCK,))
    assert tried(user) == {"a": "Right hands", "b": "Feet"}
    assert "Left hands" in findable(user)


# Any order


@settings(max_examples=examples(40), suppress_health_check=SAME_DATABASE)
@given(seed=st.integers(0, 2**32))
def test_two_pages_in_any_order_lose_nothing(app: Flask, frozen: object, seed: int) -> None:
    chance = random.Random(seed)
    user = new_person()
    begun(user, a="first a", b="first b")
    pages, typed = [Page(user), Page(user)], list[str]()
    for _ in range(12):
        at = chance.randrange(2)
        page, key = pages[at], chance.choice(("a", "b", "c", f"new-{at}"))
        match chance.randrange(8):
            case 0:
                pages[at] = Page(user)
                continue
            case 1 if key in page.rows:
                page.save("row", drop=(key,))
                continue
        words = "".join(chance.choices(ascii_lowercase, k=40))
        page.type(key, words)
        typed.append(words)
        page.save(chance.choice(("autosave", "save")))
    found = findable(user)
    assert all(words in found for words in typed), (typed, found)


@settings(max_examples=examples(40), suppress_health_check=SAME_DATABASE)
@given(seed=st.integers(0, 2**32))
def test_pages_with_entries_of_their_own_never_meet(app: Flask, frozen: object, seed: int) -> None:
    chance = random.Random(seed)
    user = new_person()
    begun(user, a="first a", b="first b")
    pages = {"a": Page(user), "b": Page(user)}
    last: dict[str, str] = {"a": "first a", "b": "first b"}
    for step in range(12):
        mine = chance.choice(("a", "b"))
        page = pages[mine] = Page(user) if chance.random() < 0.2 else pages[mine]
        key = chance.choice((mine, f"{mine}-new"))
        last[key] = f"{key} in step {step}"
        page.type(key, last[key])
        assert page.save(chance.choice(("autosave", "save"))).status == "saved"
    assert tried(user) == last


# Run again from the start, as when two writers met


def test_a_save_that_is_begun_again_writes_the_same(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(user, a="Hands", b="Feet", c="Faces")
    page = Page(user)
    page.type("a", "Hands, much more slowly than before")
    page.type("d", "Ears")
    page.own["name"] = "Drawing from life"
    dropped = {"b": page.rows.pop("b")["was"]}
    answer = {**page.own, "was": page.was, "rows": list(page.rows.values()), "dropped": dropped}
    attempt = SaveRequest(
        here(), BLOCK, answer, SaveInfo(0, "editor", 1, "row", db.now()), db.new_id(), db.new_id(), {}
    )
    tried_once: list[set[tuple[Any, ...]]] = []
    keep = _without_envelopes

    def twice(act: Any) -> Any:
        try:
            with db.database.atomic():
                act()
                tried_once.extend(keep(everything()))
                raise db.Conflict
        except db.Conflict:
            return act()

    monkeypatch.setattr(db, "saving", twice)
    assert save(user, attempt).status == "saved"
    assert tried_once == keep(everything())
    assert tried(user) == {"a": "Hands, much more slowly than before", "c": "Faces", "d": "Ears"}


def _without_envelopes(tables: list[set[tuple[Any, ...]]]) -> list[set[tuple[Any, ...]]]:
    """Sealing the same text twice gives two envelopes."""
    return [{tuple(one for one in row if not str(one).startswith('{"v":')) for row in rows} for rows in tables]


@settings(max_examples=examples(30), suppress_health_check=SAME_DATABASE)
@given(seed=st.integers(0, 2**32))
def test_the_days_of_the_profile_are_those_of_the_answer_after_any_saves(app: Flask, frozen: object, seed: int) -> None:
    chance = random.Random(seed)
    user = new_person()
    begun(user, a="first a", b="first b")
    pages = [Page(user), Page(user)]
    for step in range(10):
        at = chance.randrange(2)
        page, key = pages[at], chance.choice(("a", "b", "c"))
        page.type(key, f"step {step}")
        outcome = page.save("row", drop=(key,) if chance.random() < 0.3 else ())
        if outcome.status == "conflict" and chance.random() < 0.5:
            saved(user, outcome.mine, db.new_id(), 1)
        if chance.random() < 0.3 and (parts := earlier_parts(user, BLOCK, said(user))):
            history.restore(user, here(), BLOCK, chance.choice(parts).id)
        if chance.random() < 0.4:
            pages[at] = Page(user)
    learned = PracticeLog.select().where(PracticeLog.user_id == user.id)
    assert {row.item_key: opened_column(user, row, "tried") for row in learned} == tried(user)
