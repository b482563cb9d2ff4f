"""People who save one text after another at a real server, and note what they are told about each."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException
from threading import Event, Thread
from typing import cast

from flask.testing import FlaskClient

from tests.page import Page, words_of
from tests.visitor import PARTIAL, Visitor
from tests.wire import Wire

PATH, BLOCK = "/workbook/1.1.1", "1.1.1.thanks"
PAUSE = 0.1
"""So many seconds somebody waits before sending again what wasn't saved."""
NO_ANSWER = 0
SAVES_OF_A_PAGE = 10
"""After so many they open the page anew."""
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Told:
    """What came back of one request: its status, `NO_ANSWER` where none came, and whether it says that `text` is saved.

    Times are seconds of `time.monotonic`.
    """

    text: str
    sent_at: float
    at: float
    status: int
    is_saved: bool = False


class Saver(Thread):
    """Somebody with a tree of their own who saves `texts` texts, and sends each until it is shown as saved.

    They rest so many seconds after each, and give what they are told to `tell`.
    """

    def __init__(
        self, url: str, name: str, texts: int, rest: float = 0, tell: Callable[[Told], None] = lambda _: None
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.texts, self.rest, self._tell = texts, rest, tell
        self.told: list[Told] = []
        self._visitor = Visitor(cast(FlaskClient, Wire(url)))
        self._visitor.start()
        self._is_done = Event()

    def run(self) -> None:
        fields: Fields = {}
        for number in range(self.texts):
            text = f"Text {number} of {self.name}: {sha256(f'{number} {self.name}'.encode()).hexdigest()}"
            if number % SAVES_OF_A_PAGE == 0 or not fields:
                fields = self._open(text)
            if fields and not self._save(text, fields, number + 1):
                fields = {}
            if self._is_done.wait(self.rest):
                return

    def end(self) -> None:
        """They send nothing more; waits for what is under way."""
        self._is_done.set()
        self.join()

    @property
    def saved(self) -> list[str]:
        """The texts that were shown as saved, oldest first."""
        return [one.text for one in self.told if one.is_saved]

    def kept(self) -> Counter[str]:
        """Every text that the pages show now, how often each: the answer and its history."""
        page = self._visitor.get(f"{PATH}/{BLOCK}/history")
        assert page.status == 200, page.words
        return Counter(words_of(one) for one in page.all(".//*[@class='words']"))

    def _save(self, text: str, fields: Fields, n: int) -> bool:
        """Sends the text as the page does a second after the last key; False where it isn't saved."""
        field = next(name for name in fields if name.startswith(f"{BLOCK}:value"))
        sent = {**fields, field: [text], "n": [str(n)], "autosave": ["1"]}
        post = self._visitor.client.post
        return bool(self._until(text, lambda: Page(post(f"{PATH}/{BLOCK}", data=sent, headers=PARTIAL)), says_saved))

    def _open(self, text: str) -> Fields:
        """The fields of the exercise and of the one block, on a page that is opened now."""
        page = self._until(text, lambda: self._visitor.get(PATH), lambda page: page.status == 200)
        form = page.form() if page else {}
        return {name: words for name, words in form.items() if ":" not in name or name.startswith(f"{BLOCK}:")}

    def _until(self, text: str, ask: Callable[[], Page], is_enough: Callable[[Page], bool]) -> Page | None:
        """Asks until the answer is enough. None where it is refused for good, or they ended before."""
        while not self._is_done.is_set():
            sent_at, page = time.monotonic(), _answer(ask)
            status, is_saved = (page.status, says_saved(page)) if page else (NO_ANSWER, False)
            self.told.append(Told(text, sent_at, time.monotonic(), status, is_saved))
            self._tell(self.told[-1])
            if page and (is_enough(page) or 400 <= status < 500):
                return page if is_enough(page) else None
            self._is_done.wait(PAUSE)
        return None


def says_saved(page: Page) -> bool:
    """Whether this is the answer to a save that tells the person that it is saved."""
    return page.status == 200 and not page.has(".//form[@id='exercise']") and "Saved" in page.words


def _answer(ask: Callable[[], Page]) -> Page | None:
    try:
        return ask()
    except (OSError, HTTPException):
        return None


def lost(savers: Iterable[Saver]) -> list[str]:
    """What was shown as saved and isn't there, or is there more than once."""
    found = [(text, kept[text]) for saver in savers for kept in [saver.kept()] for text in saver.saved]
    return [f"{text}: {count} times" for text, count in found if count != 1]


def failures(savers: Iterable[Saver]) -> Counter[int]:
    """How often each status came back that is no success."""
    return Counter(one.status for saver in savers for one in saver.told if one.status != 200)
