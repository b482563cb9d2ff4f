"""Somebody who uses the site without JavaScript: follows links, fills in forms, presses buttons by their words."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.page import Page, words_of
from tests.rules.seeded import BLOCKS, exercise_of

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}

SEE_OTHER = 303
Fields = Mapping[str, str | list[str]]


class Visitor:
    """A browser with its cookies. Every step answers the `Page` that came back, after any redirects."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str) -> Page:
        return Page(self.client.get(path, follow_redirects=True))

    def start(self) -> Page:
        """Begins a tree on a device of one's own: gives the first answer that the landing page offers."""
        landing = self.get("/")
        first = landing.all(".//main//input[@type='radio']")[0]
        page = self.press(landing, "Start on my own device", {first.get("name", ""): first.get("value", "")})
        assert page.status == 200, page.words
        assert page.response.request.path.startswith("/workbook/"), page.words
        return page

    def press(self, page: Page, words: str, fields: Fields | None = None) -> Page:
        """Presses the button that says `words`, with its form as it stands on `page` but for `fields`."""
        form, button = _button(page, words)
        sent = _filled(page, form, fields or {})
        if name := button.get("name"):
            sent.setlist(name, [button.get("value", "")])
        target = button.get("formaction") or form.get("action") or ""
        return self._send(page, target, form.get("method", "get"), sent)

    def open(self, path: str, rows: Mapping[str, str] | None = None) -> Page:
        """The exercise at `path` with the form of every block: also of those that rest, or wait for another.

        Of the rows that rest in a form, one has its fields too: the one named in `rows` (block → key), or the first.
        """
        exercise = urlsplit(path).path.rpartition("/")[2]
        asked = {key: key for key in BLOCKS if exercise_of(key) == exercise}
        page = self.get(_with_forms(path, asked))
        opened = {key: keys[0] for key, keys in at_rest(page).items()} | dict(rows or {})
        asked |= {key: f"{key}|{row}" for key, row in opened.items()}
        return self.get(_with_forms(path, asked)) if opened else page

    def save(self, path: str, do: str = "save", fields: Fields | None = None) -> Page:
        """Opens the exercise at `path`, fills in `fields` and presses the button with the value `do`."""
        return self.send(self.open(path), do, fields)

    def send(self, page: Page, do: str = "save", fields: Fields | None = None) -> Page:
        """The same on the page of an exercise that is open already."""
        form = page.by_id("exercise")
        sent = _filled(page, form, {**(fields or {}), "do": do})
        return self._send(page, form.get("action") or page.response.request.path, "post", sent)

    def send_and_open(self, page: Page, do: str = "save", fields: Fields | None = None) -> Page:
        """Sends it, and answers the exercise as `open` does, or the page that says what was refused."""
        form, path = page.by_id("exercise"), page.response.request.path
        sent = _filled(page, form, {**(fields or {}), "do": do})
        answer = self.client.post(form.get("action") or path, data=sent, follow_redirects=False)
        return self.open(path) if answer.status_code == SEE_OTHER else Page(answer)

    def fragment(self, path: str, block: str, fields: Fields | None = None) -> Page:
        """Sends the exercise at `path` the way htmx does, for one `block`, and answers the fragment as it came."""
        page = self.open(path)
        sent = _filled(page, page.by_id("exercise"), fields or {})
        return Page(self.client.post(f"{path}/{block}", data=sent, headers=PARTIAL))

    def _send(self, page: Page, target: str, method: str, sent: MultiDict[str, str]) -> Page:
        path = _local(urljoin(page.response.request.url, target))
        if method.lower() == "post":
            return Page(self.client.post(path, data=sent, follow_redirects=True))
        return Page(self.client.get(path, query_string=sent, follow_redirects=True))


def _button(page: Page, words: str) -> tuple[Element, Element]:
    found = [(form, button) for form in page.all(".//form") for button in _buttons(page, form) if _says(button, words)]
    assert found, f"no button says {words!r} on {page.response.request.path}"
    return found[0]


def _buttons(page: Page, form: Element) -> Iterable[Element]:
    yield from form.iter("button")
    if name := form.get("id"):
        yield from page.all(f".//button[@form='{name}']")


def _says(button: Element, words: str) -> bool:
    return words in {words_of(button), button.get("aria-label")}


def _filled(page: Page, form: Element, fields: Fields) -> MultiDict[str, str]:
    sent: MultiDict[str, str] = MultiDict(page.fields_in(form))
    for name, value in fields.items():
        sent.setlist(name, [value] if isinstance(value, str) else value)
    return sent


def _local(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def at_rest(page: Page) -> dict[str, list[str]]:
    """Block → keys of those of its rows that rest while its form is open."""
    found: dict[str, list[str]] = {}
    for line in page.all(".//li[@data-row]"):
        for button in line.iter("button") if "row--rests" in line.get("class", "") else ():
            key, _, row = button.get("value", "").split("|")
            found.setdefault(key, []).append(row)
    return found


def _with_forms(path: str, asked: dict[str, str]) -> str:
    query = urlencode([("change", one) for one in asked.values()])
    return f"{path}{'&' if '?' in path else '?'}{query}"
