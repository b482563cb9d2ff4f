"""Error pages and fragments: calm words, what to do, and an id that is in the log."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, make_response, request
from markupsafe import Markup
from peewee import InterfaceError, InternalError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from dreamtree import disk
from dreamtree.db import engine
from dreamtree.engines import NoConnectionFree
from dreamtree.web import handing_back, logs
from dreamtree.web.csrf import is_cross_site
from dreamtree.web.handing_back import SentWords
from dreamtree.web.pages import fragment, is_fragment, is_shown, page, referring_page, retarget
from dreamtree.web.waiting import noted_wait, wait_words

NOTICE = "#notice"
BUSY, RETRY_SECONDS = 503, 5
PASSING = (429, 500, BUSY)
"""Where nothing but the moment was wrong."""
BACK = "Back to the page you came from"
KEPT_HEADERS = ("Allow", "Retry-After")


@dataclass(frozen=True)
class ErrorWords:
    """What an error page says: a heading, what the person can do, and the pages where: label and address."""

    title: str
    advice: str
    links: tuple[tuple[str, str], ...] = ()


WORDS = {
    400: ErrorWords("We couldn’t read that request", "Go back, reload the page, and try again."),
    401: ErrorWords("This tree is closed here", "Your session ended. Open your tree again to continue."),
    403: ErrorWords("You can’t open this page", "Go back, or go to the start page."),
    404: ErrorWords("There’s no page here", "The address might have a typo, or the page moved. Check the address."),
    405: ErrorWords("That doesn’t work here", "Go back and use the button on the page."),
    408: ErrorWords(
        "That took too long to get here", "Your connection is slow right now. Copy what you typed, then try again."
    ),
    409: ErrorWords("Something changed in the meantime", "Go back, reload the page, and look at both versions."),
    413: ErrorWords(
        "That’s too much at once", "You can save up to 2 MB at a time. Save part of the text first, then the rest."
    ),
    422: ErrorWords("Something still needs an answer", "Go back, and the page will show you what it is."),
    429: ErrorWords("That was a lot at once", "Wait a moment, then try again."),
    500: ErrorWords("Something went wrong on our side", "What you saved before is safe. Try again in a moment."),
    503: ErrorWords("DreamTree is busy", "You haven’t lost anything. Wait a few seconds, then try again."),
}
CSRF = ErrorWords(
    "This page has been open for a long time", "Nothing has been saved yet. Send it again, or reload the page."
)


def init(app: Flask) -> None:
    """Answer every error, known or not, in these words."""
    app.register_error_handler(HTTPException, _http_error)
    for kind in (OperationalError, InterfaceError, InternalError, NoConnectionFree):
        app.register_error_handler(kind, _busy)
    app.register_error_handler(OSError, _no_room)


def error_response(code: int, words: ErrorWords | None = None, *, is_passing: bool = False) -> Response:
    """The page or fragment for an error; a fragment goes to the notice, where it covers no field.

    A page holds the words that were sent, and where the error `is_passing`, as `PASSING` are, a button to send them
    once more.
    """
    words = words or _words_of(code)
    values: dict[str, Any] = {
        "heading": words.title,
        "words": words.advice,
        "id": "" if words.links or noted_wait() else logs.request_id(),
    }
    sent = [] if is_fragment() else _sent_words()
    again = handing_back.fields_to_send_again() if (code in PASSING or is_passing) and not is_fragment() else []
    try:
        if is_fragment():
            return retarget(fragment("errors/_fragment.html", code, **values, is_fragment=True), NOTICE)
        links = [*words.links, *_back_links()]
        return page("errors/error.html", code, **values, is_fragment=False, sent=sent, again=again, links=links)
    except Exception as error:
        logs.report(error)
        return _plain_page(code, words, sent)


def note_refused(reason: str) -> None:
    """A line in the log for a request that was refused: its id, and no more than a code or a word of ours."""
    logs.log.warning("refused %s %s", logs.request_words(), reason)


def _words_of(code: int) -> ErrorWords:
    words = WORDS.get(code) or WORDS[500 if code >= 500 else 400]
    seconds = noted_wait() if code == 429 else 0
    return replace(words, advice=wait_words(seconds)) if seconds else words


def _sent_words() -> list[SentWords]:
    """The words to hand back. A page of another site is nobody's words."""
    return [] if is_cross_site() else handing_back.sent_words()


def _back_links() -> list[tuple[str, str]]:
    """The page of ours that the request came from: it is shown anew, and with a fresh token."""
    before = referring_page()
    return [(BACK, before)] if request.method == "POST" and is_shown(urlsplit(before).path) else []


def _http_error(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400 or error.response is not None:
        return make_response(error.get_response())
    if not isinstance(error, InternalServerError):
        note_refused(str(code))
    response = _busy_response() if code == BUSY else error_response(code)
    for name, value in error.get_headers():
        if name in KEPT_HEADERS:
            response.headers[name] = value
    return response


def _busy(error: Exception) -> Response:
    """The database is busy or away: try again. Anything else that it refuses is a bug of ours."""
    logs.report(error)
    return _busy_response() if engine().is_passing(error) else error_response(500)


def _no_room(error: OSError) -> Response:
    """The disk is full, or too many files are open: try again. Anything else is a bug of ours."""
    if not disk.is_passing(error):
        raise error
    logs.report(error)
    return _busy_response()


def _busy_response() -> Response:
    response = error_response(BUSY)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _plain_page(code: int, words: ErrorWords, sent: list[SentWords]) -> Response:
    """A page that needs no template, for when templates are what failed."""
    body = Markup(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{0} · DreamTree</title></head>'
        "<body><main><h1>{0}</h1><p>{1}</p><p>Number: {2}</p>{3}"
        '<p><a href="/">Home</a></p></main></body></html>'
    )
    texts = Markup().join(Markup("<h2>{}</h2><pre>{}</pre>").format(one.label, one.text) for one in sent)
    return make_response(body.format(words.title, words.advice, logs.request_id(), texts), code)
