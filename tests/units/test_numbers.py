"""`flask numbers`: counted from rows, without sample trees, and never so few that one could guess who."""

from collections.abc import Callable

from flask import Flask

from dreamtree.cli.numbers import FEW
from tests.databases import ask
from tests.visitor import Visitor

LINE = "1.1.1.line:value"


def told(app: Flask) -> str:
    done = app.test_cli_runner().invoke(args=["numbers"])
    assert done.exit_code == 0, done.output
    return done.output


def line_of(output: str, name: str) -> str:
    return next(line for line in output.splitlines() if line.strip().startswith(name))


def test_an_empty_house_has_nobody(app: Flask) -> None:
    assert told(app).startswith("People: 0. With an account: 0.")


def test_few_are_not_told_apart_and_a_sample_tree_is_nobody(app: Flask, person: Visitor) -> None:
    visitor = Visitor(app.test_client())
    token = visitor.get("/").all(".//input[@name='csrf_token']")[0].get("value", "")
    assert visitor.client.post("/sample", data={"csrf_token": token}).status_code == 303
    assert ask('SELECT COUNT(*) FROM "users"') == [(2,)]
    person.save("/workbook/1.1.1", fields={LINE: "A line of mine"})
    output = told(app)
    assert f"People: fewer than {FEW}." in output
    assert line_of(output, "1.1.1 ").split(maxsplit=1)[1] == f"fewer than {FEW}, 0, 0"
    assert line_of(output, "1.2.1 ").split(maxsplit=1)[1] == "0, 0, 0"


def test_enough_people_are_counted_and_none_is_named(app: Flask, start: Callable[[], Visitor]) -> None:
    for _ in range(FEW):
        start().save("/workbook/1.1.1", fields={LINE: "A line of mine"})
    output = told(app)
    assert f"People: {FEW}. With an account: 0." in output
    assert line_of(output, "1.1.1 ").split(maxsplit=1)[1] == f"{FEW}, 0, 0"
    assert f"  {'text':<24}{FEW}" in output.splitlines()
    assert not any(identity in output for (identity,) in ask('SELECT "id" FROM "users"'))
