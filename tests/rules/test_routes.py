"""Every address has one expected way in. An address that the table does not know fails the sweep."""

from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dreamtree.web.headers import EVERYWHERE
from tests.page import Page
from tests.visitor import PARTIAL, Visitor

PUBLIC, PERSON, TAGGED = "public", "person", "person, with the person's tag in the form"
CODE = "whose password was right a moment ago"
ACCOUNT = "person with an account"
OWNER = "person, in a tree of their own: a sample tree is refused"
KEPT = "person who has such an answer"

ACCESS = {
    ("GET", "/"): PUBLIC,
    ("GET", "/credits"): PUBLIC,
    ("GET", "/reference/skills"): PUBLIC,
    ("GET", "/reference/personality-types"): PUBLIC,
    ("GET", "/reference/occupations"): PUBLIC,
    ("POST", "/start"): PUBLIC,
    ("POST", "/sample"): PUBLIC,
    ("GET", "/sign-in"): PUBLIC,
    ("POST", "/sign-in"): PUBLIC,
    ("GET", "/sign-in/words"): PUBLIC,
    ("POST", "/sign-in/words"): PUBLIC,
    ("POST", "/my-words"): PUBLIC,
    ("POST", "/sign-out"): PERSON,
    ("GET", "/account/claim"): OWNER,
    ("POST", "/account/claim"): OWNER,
    ("GET", "/account/words"): ACCOUNT,
    ("POST", "/account/words"): ACCOUNT,
    ("POST", "/account/words/check"): ACCOUNT,
    ("POST", "/account/words/file"): ACCOUNT,
    ("POST", "/account/words/not-now"): ACCOUNT,
    ("GET", "/sign-in/code"): CODE,
    ("POST", "/sign-in/code"): CODE,
    ("GET", "/data"): OWNER,
    ("GET", "/data/format"): PUBLIC,
    ("POST", "/data/export.json"): OWNER,
    ("POST", "/data/export.zip"): OWNER,
    ("GET", "/account"): PERSON,
    ("GET", "/account/addresses"): ACCOUNT,
    ("GET", "/account/addresses/<address_id>"): ACCOUNT,
    ("GET", "/account/devices"): ACCOUNT,
    ("GET", "/account/password"): ACCOUNT,
    ("GET", "/account/second-step"): ACCOUNT,
    ("POST", "/account/addresses"): ACCOUNT,
    ("POST", "/account/addresses/<address_id>/activate"): ACCOUNT,
    ("POST", "/account/addresses/<address_id>/remove"): ACCOUNT,
    ("POST", "/account/devices/<session_id>/end"): ACCOUNT,
    ("POST", "/account/devices/end-others"): ACCOUNT,
    ("POST", "/account/password"): ACCOUNT,
    ("POST", "/account/second-step"): ACCOUNT,
    ("POST", "/account/second-step/codes"): ACCOUNT,
    ("POST", "/account/second-step/file"): ACCOUNT,
    ("POST", "/account/second-step/off"): ACCOUNT,
    ("GET", "/data/restore"): PUBLIC,
    ("POST", "/data/restore"): PUBLIC,
    ("POST", "/data/restore/confirm"): OWNER,
    ("GET", "/data/merge"): OWNER,
    ("POST", "/data/merge"): OWNER,
    ("POST", "/data/merge/cancel"): OWNER,
    ("GET", "/data/catch-up"): PERSON,
    ("GET", "/home"): PERSON,
    ("GET", "/my-skills"): PERSON,
    ("POST", "/my-skills/<skill_id>"): PERSON,
    ("POST", "/my-skills/<skill_id>/delete"): PERSON,
    ("POST", "/my-skills"): PERSON,
    ("GET", "/resume"): PERSON,
    ("POST", "/resume"): PERSON,
    ("GET", "/settings"): PERSON,
    ("GET", "/what-i-bring"): PERSON,
    ("GET", "/my-story"): PERSON,
    ("GET", "/workbook"): PERSON,
    ("GET", "/workbook/modules/<module_id>"): PERSON,
    ("GET", "/workbook/<exercise:exercise_id>"): PERSON,
    ("GET", "/workbook/<exercise:exercise_id>/<block_key>/history"): PERSON,
    ("GET", "/data/erase"): OWNER,
    ("POST", "/data/erase"): OWNER,
    ("GET", "/data/trash"): PERSON,
    ("POST", "/data/trash/<row_id>/restore"): PERSON,
    ("POST", "/data/trash/<row_id>/delete"): PERSON,
    ("POST", "/workbook/<exercise:exercise_id>/<block_key>/trash"): PERSON,
    ("GET", "/workbook/<exercise:exercise_id>/<block_key>/forget"): PERSON,
    ("POST", "/workbook/<exercise:exercise_id>/<block_key>/forget"): PERSON,
    ("GET", "/workbook/modules/<module_id>/earlier/<block_key>/forget"): KEPT,
    ("POST", "/workbook/modules/<module_id>/earlier/<block_key>/forget"): KEPT,
    ("POST", "/leave"): PERSON,
    ("POST", "/snooze"): PERSON,
    ("POST", "/private"): PERSON,
    ("POST", "/settings"): PERSON,
    ("POST", "/workbook/<exercise:exercise_id>"): TAGGED,
    ("POST", "/workbook/<exercise:exercise_id>/<block_key>"): TAGGED,
    ("POST", "/workbook/<exercise:exercise_id>/open"): PERSON,
    ("POST", "/workbook/<exercise:exercise_id>/take-up"): PERSON,
    ("POST", "/workbook/take-up"): PERSON,
    ("POST", "/workbook/<exercise:exercise_id>/<block_key>/history/<revision_id>"): PERSON,
}
"""Method and rule → who may come in. A sample tree may do what a person may, but for what needs an owner."""

BLOCK = "1.1.1.brings"
PLACES = {
    "<exercise:exercise_id>": "1.1.1",
    "<module_id>": "1.1",
    "<block_key>": BLOCK,
    "<revision_id>": "a-revision",
    "<row_id>": "a-row",
    "<skill_id>": "a-skill",
    "<address_id>": "an-address",
    "<session_id>": "a-session",
}


BY_THEMSELVES = {"/home", "/account/claim", "/data/merge"}
"""Pages that one comes to anyway on the way in."""


def address(rule: str) -> str:
    """An address that this rule answers."""
    for place, value in PLACES.items():
        rule = rule.replace(place, value)
    return rule


def addresses(method: str, *ways: str) -> list[str]:
    """The addresses that take this method, by who may come in."""
    return [address(rule) for (one, rule), way in ACCESS.items() if one == method and (way in ways or not ways)]


def rules_of(app: Flask) -> set[tuple[str, str]]:
    spoken = ((method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods or ())
    return {(method, rule) for method, rule in spoken if method not in {"HEAD", "OPTIONS"}}


def a_token(visitor: Visitor) -> str:
    """A CSRF token as the first page gives it to anybody."""
    return visitor.get("/").all(".//input[@name='csrf_token']")[0].get("value", "")


def test_every_address_is_in_the_table(app: Flask) -> None:
    assert rules_of(app) == set(ACCESS)


@pytest.mark.parametrize("path", addresses("GET", PUBLIC))
def test_anybody_reads_what_is_public(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", addresses("GET", PERSON, KEPT, OWNER, ACCOUNT))
def test_a_visitor_is_sent_to_the_first_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["Location"] == (f"/?{urlencode({'next': path})}" if path not in BY_THEMSELVES else "/")


LEADS_ON = {"/data/catch-up": "/home"}
"""A page that only does something and then leads on."""


def comes_in(visitor: Visitor, path: str) -> bool:
    """Whether the page opens, or leads on where that is what it is for."""
    answer = visitor.client.get(path)
    return answer.headers.get("Location") == LEADS_ON[path] if path in LEADS_ON else answer.status_code == 200


@pytest.mark.parametrize("path", addresses("GET", PERSON, OWNER))
def test_a_person_comes_in(person: Visitor, path: str) -> None:
    assert comes_in(person, path)


@pytest.mark.parametrize("path", addresses("GET", PERSON))
def test_a_sample_tree_is_open_to_look_around_in(sample: Visitor, path: str) -> None:
    assert comes_in(sample, path)


@pytest.mark.parametrize("path", addresses("GET", OWNER))
def test_a_sample_tree_belongs_to_nobody(sample: Visitor, path: str) -> None:
    assert sample.client.get(path).status_code == 403


@pytest.mark.parametrize("path", addresses("POST", OWNER))
def test_nothing_is_done_with_a_sample_tree_as_a_whole(sample: Visitor, path: str) -> None:
    assert sample.client.post(path, data={"csrf_token": a_token(sample)}).status_code == 403


@pytest.mark.parametrize("path", addresses("GET", CODE))
def test_whose_code_nobody_awaits_is_sent_to_the_sign_in(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


@pytest.mark.parametrize("path", addresses("GET", ACCOUNT))
@pytest.mark.parametrize("fixture", ["person", "sample"])
def test_without_an_account_one_is_told_what_it_is_for(request: pytest.FixtureRequest, fixture: str, path: str) -> None:
    answer = request.getfixturevalue(fixture).client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/account?{urlencode({'next': path})}")


@pytest.mark.parametrize("path", addresses("POST", ACCOUNT))
@pytest.mark.parametrize("fixture", ["person", "sample"])
def test_what_changes_an_account_needs_one(request: pytest.FixtureRequest, fixture: str, path: str) -> None:
    visitor = request.getfixturevalue(fixture)
    assert visitor.client.post(path, data={"csrf_token": a_token(visitor)}).status_code == 403


@pytest.mark.parametrize("path", addresses("POST", PERSON, TAGGED, OWNER, ACCOUNT))
def test_a_visitors_save_answers_401(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data={"csrf_token": a_token(Visitor(client))})
    assert answer.status_code == 401


@pytest.mark.parametrize("token", [{}, {"csrf_token": ""}, {"csrf_token": "made up"}, {"csrf_token": "bWFkZSB1cA=="}])
def test_a_save_without_our_token_answers_400(person: Visitor, token: dict[str, str]) -> None:
    for path in addresses("POST"):
        assert person.client.post(path, data=token).status_code == 400, path


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_of_another_site_answers_400_even_with_our_token(person: Visitor, headers: dict[str, str]) -> None:
    token = a_token(person)
    for path in addresses("POST"):
        answer = person.client.post(path, data={"csrf_token": token}, headers=headers)
        assert answer.status_code == 400, path


@pytest.mark.parametrize("origin", ["http://localhost", "null"])
def test_a_form_of_ours_is_taken_whatever_the_browser_says_of_it(person: Visitor, origin: str) -> None:
    sent = {"csrf_token": a_token(person), "hide": "yes"}
    answer = person.client.post("/private", data=sent, headers={"Origin": origin, "Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303


def test_a_token_of_somebody_else_is_not_ours(person: Visitor, stranger: Visitor) -> None:
    token = a_token(stranger)
    for path in addresses("POST"):
        assert person.client.post(path, data={"csrf_token": token}).status_code == 400, path


@pytest.mark.parametrize("path", addresses("POST", TAGGED))
@pytest.mark.parametrize("tag", ["a stranger's", "", "made up", "ü"])
def test_a_page_of_another_tree_is_not_saved_into_this_one(
    person: Visitor, stranger: Visitor, path: str, tag: str
) -> None:
    theirs = stranger.get("/workbook/1.1.1").form()
    sent = person.get("/workbook/1.1.1").form()
    sent["person"] = theirs["person"] if tag == "a stranger's" else [tag]
    sent["1.1.1.line:value"] = ["A line for another tree"]
    assert person.client.post(path, data=sent).status_code == 409
    assert "A line for another tree" not in person.get("/workbook/1.1.1").html


@pytest.mark.parametrize("rule", sorted({rule for _, rule in ACCESS}))
def test_a_method_that_an_address_does_not_take_answers_405(person: Visitor, rule: str) -> None:
    taken = {method for method, one in ACCESS if one == rule}
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - taken:
        answer = person.client.open(address(rule), method=method)
        assert answer.status_code == 405, method
        assert taken <= {one.strip() for one in answer.headers["Allow"].split(",")}


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/workbook/9.9.9",
        "/workbook/modules/9.9",
        "/workbook/modules/0.1",
        "/workbook/1.1.1/1.1.1.nothing/history",
        "/workbook/1.1.1/1.1.1.why/history",
        "/workbook/1.1.1/brings/history",
        "/workbook/1.1.2/1.1.1.brings/history",
        "/workbook/1.1.1/1.1.1.line/history",
        "/reference/skills?category=made-up",
        "/reference/occupations?kind=made-up",
    ],
)
def test_what_is_not_there_answers_404(person: Visitor, path: str) -> None:
    assert person.client.get(path).status_code == 404


def test_another_persons_history_is_not_there(person: Visitor, stranger: Visitor) -> None:
    stranger.save("/workbook/1.1.1", fields={"1.1.1.line:value": "A line of mine"})
    assert stranger.client.get("/workbook/1.1.1/1.1.1.line/history").status_code == 200
    assert person.client.get("/workbook/1.1.1/1.1.1.line/history").status_code == 404


def test_another_persons_earlier_text_cannot_be_brought_back(person: Visitor, stranger: Visitor) -> None:
    for visitor, line in ((stranger, "A line of mine"), (person, "The line of the other tree")):
        visitor.save("/workbook/1.1.1", fields={"1.1.1.line:value": line})
        visitor.save("/workbook/1.1.1", fields={"1.1.1.line:value": f"{line}, changed"})
    history = stranger.get("/workbook/1.1.1/1.1.1.line/history")
    restore = history.one(".//main//li/form").get("action", "")
    assert person.client.post(restore, data={"csrf_token": a_token(person)}).status_code == 404
    assert "The line of the other tree, changed" in person.get("/workbook/1.1.1").html


@pytest.mark.parametrize("path", [*addresses("GET"), "/nowhere", "/leave", "/workbook/9.9.9"])
@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_every_page_and_every_error_has_the_security_headers(
    person: Visitor, client: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    for browser in (person.client, client):
        answer = browser.get(path, headers=headers)
        assert EVERYWHERE.items() <= dict(answer.headers).items()
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Request-Id"]


@pytest.mark.parametrize("path", addresses("POST"))
def test_every_refused_save_has_the_security_headers(client: FlaskClient, path: str) -> None:
    assert EVERYWHERE.items() <= dict(client.post(path).headers).items()


def test_an_error_page_says_what_to_do_and_its_number(person: Visitor) -> None:
    page = Page(person.client.get("/nowhere"))
    assert page.response.headers["X-Request-Id"] in page.words
