"""A statement that a request runs says whose rows it means; `tests/conftest.py` asks it of every test."""

import pytest
from flask import Flask

from tests.whose import names_nobody

NAMED = 'SELECT "t1"."id" FROM "answer_inputs" AS "t1" WHERE ("t1"."user_id" = ?)'
JOINED = '"locations" AS "t1" INNER JOIN "budgets" AS "t2" ON ("t1"."user_id" = "t2"."user_id")'


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "t1"."id" FROM "answer_inputs" AS "t1" WHERE ("t1"."block_key" = ?)',
        'UPDATE "answer_inputs" SET "is_stale" = ? WHERE ("answer_inputs"."id" = ?)',
        'DELETE FROM "locations" WHERE ("locations"."id" IN (?))',
        f"SELECT * FROM {JOINED}",
        f'{NAMED} UNION ALL SELECT "t2"."id" FROM "answer_inputs" AS "t2"',
    ],
)
def test_one_about_everybody_is_found(app: Flask, sql: str) -> None:
    assert names_nobody(sql)


@pytest.mark.parametrize(
    "sql",
    [
        NAMED,
        f'SELECT * FROM {JOINED} WHERE ("t1"."user_id" = ?)',
        'UPDATE "answer_inputs" SET "is_stale" = ? WHERE ("answer_inputs"."user_id" = ?)',
        'INSERT INTO "locations" ("user_id", "id") VALUES (?, ?)',
        'SELECT "t1"."id" FROM "content_stems" AS "t1"',
    ],
)
def test_one_that_names_its_person_passes(app: Flask, sql: str) -> None:
    assert not names_nobody(sql)
