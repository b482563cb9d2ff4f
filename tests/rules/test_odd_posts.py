"""What no page sends is refused or ignored; it never ends in an error of ours."""

import re

import pytest
from flask import Flask

from dreamtree.connections.sources import SOURCES
from dreamtree.content import book
from tests.page import Page
from tests.rules.seeded import ONE_OF_EACH_KIND, OWN, exercise_of
from tests.visitor import PARTIAL, Visitor

VERBS = ("accept", "keep-mine", "noted", "off", "on")


@pytest.fixture
def everywhere(person: Visitor) -> Visitor:
    """Somebody to whom every exercise is open."""
    last = max((block.exercise_id for block in book().blocks), key=lambda key: [int(n) for n in key.split(".")])
    person.press(person.get(f"/workbook/{last}"), "Skip everything before this")
    return person


@pytest.mark.parametrize("verb", VERBS)
def test_a_connection_without_items_settles_nothing(everywhere: Visitor, verb: str) -> None:
    blocks = [block for block in book().blocks if any(one.source not in SOURCES for one in block.connections)]
    assert blocks
    for block in blocks[:4]:
        path = f"/workbook/{block.exercise_id}"
        numbers = [str(one.id) for one in block.connections if one.source not in SOURCES]
        for number in [*numbers, "9" * 5000, "٣", "x"]:
            page = everywhere.save(path, do=f"{block.key}|{verb}|{number}:some-key")
            assert page.status < 500, (block.key, number)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "12/31/9999", "9999"])
def test_a_day_at_the_end_of_all_days_opens_its_page_and_home(everywhere: Visitor, day: str) -> None:
    for kind in ("practice-log", "flow-tracker", "budget-calculator", "experience-builder"):
        block = next(one for one in book().blocks if one.type == kind)
        path = f"/workbook/{block.exercise_id}"
        page = everywhere.open(path)
        fields = {one.get("name", ""): day for one in page.all(".//input[@type='text']") if one.get("name")}
        assert everywhere.send(page, fields=fields).status < 500
        assert everywhere.get(path).status < 500
    assert everywhere.get("/home").status == 200


PART = "--x\r\nContent-Disposition: form-data"
NAMELESS = (
    f'{PART}; name="csrf_token"\r\n\r\n{{token}}\r\n'
    f'{PART}\r\n\r\nwords\r\n{PART}; filename="a"\r\n\r\nwords\r\n--x--\r\n'
)
IN_PARTS = "multipart/form-data; boundary=x"
ODD = ("", "9" * 5_000, "9999-12-31", "-1|٣|x|", "\x00\ufffe🌳")
"""Values that no page sends."""


@pytest.mark.parametrize("value", ODD, ids=["nothing", "a long number", "the last day", "signs", "no letters"])
def test_no_form_ends_in_an_error_of_ours_whatever_is_in_its_fields(filled: Visitor, value: str) -> None:
    """Each form of the pages that are a person's own, with the same odd value in all of its fields."""
    forms = {key: form for path in PLACES for key, form in forms_of(filled.get(path)).items()}
    assert len(forms) > 15
    for (action, names), form in forms.items():
        fields = dict.fromkeys(names, value) | {"csrf_token": form["csrf_token"]}
        answer = filled.client.post(action, data=fields, headers={"Referer": f"http://localhost{action}"})
        assert answer.status_code < 500, (action, names)


@pytest.mark.parametrize("value", ["x", "0", "9" * 40, "%00", "1.1.1.line", "..", "🌳"])
def test_no_address_ends_in_an_error_of_ours_whatever_stands_in_it(filled: Visitor, app: Flask, value: str) -> None:
    token = next(iter(forms_of(filled.get("/settings")).values()))
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.arguments:
            address = re.sub(r"<[^>]+>", value, str(rule))
            answer = filled.client.post(address, data={**token, "do": value, "word": value})
            assert answer.status_code < 500, address


@pytest.mark.parametrize("headers", [{}, PARTIAL], ids=["page", "fragment"])
def test_no_address_ends_in_an_error_of_ours_where_parts_of_a_form_have_no_name(
    filled: Visitor, app: Flask, headers: dict[str, str]
) -> None:
    token = next(iter(forms_of(filled.get("/settings")).values()))["csrf_token"]
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            address = re.sub(r"<[^>]+>", "x", str(rule).replace("<exercise:exercise_id>", "1.1.3"))
            body = NAMELESS.format(token=token)
            answer = filled.client.post(address, data=body, content_type=IN_PARTS, headers=headers)
            assert answer.status_code < 500, address


EXERCISES = [f"/workbook/{one}" for one in dict.fromkeys(exercise_of(key) for key in ONE_OF_EACH_KIND)]
PLACES = (*OWN, *EXERCISES, "/data/trash", "/data/erase", "/my-skills", "/account/claim", "/sign-in", "/sign-in/words")


def forms_of(page: Page) -> dict[tuple[str, tuple[str, ...]], dict[str, str]]:
    """Every form that posts: its action and the names of its fields → its token."""
    found = {}
    for form in page.all(".//form[@method='post']"):
        names = tuple(sorted({one.get("name", "") for one in form.iter() if one.get("name")} - {"csrf_token"}))
        token = [one.get("value", "") for one in form.iter("input") if one.get("name") == "csrf_token"]
        found[form.get("action", ""), names] = {"csrf_token": token[0] if token else ""}
    return found
