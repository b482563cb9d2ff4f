"""The words of a request that was refused: handed back on the answer, each under the question it belongs to.

What counts as words is said by the kind of field, never by what is in it. Passwords, codes and recovery words are in no
list of ours, so they are never shown again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import current_app, request
from flask.sansio.app import App
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from dreamtree.web import logs
from dreamtree.web.body_limits import FORM_TYPE, HAND_BACK_LIMIT

LABELS = {
    "name": "Email or name",
    "address": "Email or name",
    "display_name": "Your name, as you want it at the top",
}
"""The typed fields of forms that belong to no exercise. A field that is not here is never handed back."""
KEPT_PREFIX = "kept:"
"""Before the names of the fields that a sign-in carries on."""
READER = "sent words"
Fields = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class SentWords:
    """A text that a request carried, the question it answers, and the field it stood in."""

    label: str
    text: str
    name: str


Reader = Callable[[Fields], list[SentWords]]


def use_word_reader(app: App, reader: Reader) -> None:
    """From now on `reader` tells the words of an exercise's page."""
    app.extensions[READER] = reader


def words_in(fields: Fields) -> list[SentWords]:
    """The words in the fields of a form, in its order."""
    pairs = [(name.removeprefix(KEPT_PREFIX), text.strip("\r\n\0")) for name, text in fields if text.strip()]
    own = [SentWords(LABELS[name], text, name) for name, text in pairs if name in LABELS]
    reader: Reader | None = current_app.extensions.get(READER)
    return [*own, *(reader(pairs) if reader else [])]


def sent_words() -> list[SentWords]:
    """The words that this request carried; none where it carried no form of ours."""
    try:
        return words_in(sent_fields())
    except Exception as error:
        logs.report(error)
        return []


def sent_fields() -> list[tuple[str, str]]:
    """The fields of this request, also where it is too large to be saved; none where they cannot be read at all."""
    if request.method != "POST" or request.mimetype != FORM_TYPE:
        return []
    try:
        return list(request.form.items(multi=True))
    except RequestEntityTooLarge:
        return _too_many()
    except HTTPException:
        return []


def _too_many() -> list[tuple[str, str]]:
    request.max_content_length = request.max_form_memory_size = HAND_BACK_LIMIT
    try:
        return list(request.form.items(multi=True))
    except HTTPException:
        return []


def is_tagged() -> bool:
    """Whether the form says whose page it stood on: then it holds answers, and never a password."""
    return any(name == "person" and text for name, text in sent_fields())


def fields_to_send_again() -> list[tuple[str, str]]:
    """The whole form, for a button that sends it once more; nothing of a form that may hold a password."""
    return [pair for pair in sent_fields() if pair[0] != "csrf_token"] if is_tagged() else []
