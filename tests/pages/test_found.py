"""What search engines and previews of a link are told, and the ways out of pages that somebody reaches from outside."""

import struct

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.page import Page
from tests.visitor import Visitor

FOUND = [
    "/", "/credits", "/reference/skills", "/reference/personality-types", "/reference/occupations", "/data/format",
]  # fmt: skip
DOORS = ["/sign-in", "/sign-in/words", "/data/restore", "/no-such-page"]
LISTS = FOUND[1:]


def content(page: Page, name: str) -> str:
    return page.one(f".//meta[@{'property' if ':' in name else 'name'}='{name}']").get("content", "")


@pytest.mark.parametrize("path", FOUND)
def test_a_page_for_everybody_describes_itself(client: FlaskClient, path: str) -> None:
    page = Page(client.get(f"{path}?next=/workbook"))
    described = content(page, "description")
    assert 50 <= len(described) <= 180
    assert (content(page, "og:description"), content(page, "og:site_name")) == (described, "DreamTree")
    assert content(page, "og:title") == page.one("./head/title").text
    assert page.one(".//link[@rel='canonical']").get("href") == f"http://localhost{path}"
    assert not page.has(".//meta[@name='robots']")


@pytest.mark.parametrize("path", FOUND)
def test_a_link_to_it_is_shown_with_one_small_picture(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path))
    address = content(page, "og:image")
    assert address.startswith("http://localhost/static/preview.")
    with client.get(address.removeprefix("http://localhost")) as picture:
        assert (picture.status_code, picture.mimetype) == (200, "image/png")
        drawn = picture.data
    assert len(drawn) < 40_000
    size = struct.unpack(">II", drawn[16:24])
    assert size == (int(content(page, "og:image:width")), int(content(page, "og:image:height"))) == (1200, 630)
    assert "tree" in content(page, "og:image:alt")
    assert page.one(".//meta[@name='twitter:card']").get("content") == "summary_large_image"


def test_no_two_of_them_say_the_same(client: FlaskClient) -> None:
    pages = [Page(client.get(path)) for path in FOUND]
    assert len({content(page, "description") for page in pages}) == len(FOUND)
    assert len({page.one("./head/title").text for page in pages}) == len(FOUND)


@pytest.mark.parametrize("path", DOORS)
def test_a_door_is_not_found_and_leads_home(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path))
    assert content(page, "robots") == "noindex"
    assert content(page, "description")
    home = page.one(".//nav[@class='door']/a[@href='/']")
    assert "DreamTree" in "".join(home.itertext())


def test_every_page_of_a_tree_has_a_description_and_no_preview(person: Visitor) -> None:
    page = person.get("/home")
    assert content(page, "description")
    assert not page.has(".//meta[@property='og:title']")


@pytest.mark.parametrize("path", LISTS)
def test_a_list_leads_back_to_the_page_that_led_to_it(app: Flask, person: Visitor, path: str) -> None:
    def back(visitor: Visitor, referrer: str = "") -> tuple[str, str]:
        page = Page(visitor.client.get(path, headers={"Referer": referrer} if referrer else {}))
        link = page.one(".//main/p[@class='crumb']/a")
        return "".join(link.itertext()), link.get("href", "")

    here = "http://localhost/workbook/1.1.3?change=1.1.3.skills"
    assert back(person, here) == ("Back to where you were", "/workbook/1.1.3?change=1.1.3.skills")
    assert back(person) == ("Workbook", "/workbook")
    assert back(person, "https://evil.example/workbook") == ("Workbook", "/workbook")
    assert back(Visitor(app.test_client())) == ("Back to start", "/")
