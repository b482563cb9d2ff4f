"""The words of a page that could not be saved, as a file to keep."""

from flask import Response, request

from dreamtree import web
from dreamtree.accounts.views.blueprint import bp

FILE = "my-words.txt"
MEGABYTES = 20
"""What was too much to be saved may still be kept."""


@bp.post("/my-words")
@web.body_limit(MEGABYTES)
def keep_words() -> Response:
    """What the page showed, each text under its question. It comes from that page; nothing of it is kept here."""
    parts = [f"{one.label}\n{one.text}\n" for one in web.words_in(request.form.items(multi=True))]
    return web.text_file(FILE, "\n".join(parts))
