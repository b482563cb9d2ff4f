"""How much a request may carry: 2 MB, and more where a page takes files. Files stay in memory, never on the disk.

And what takes long.

The gateway asks `limit_of` before it reads a body, and says `REFUSED` where one did not come in time.
"""

import io
from collections.abc import Callable
from typing import IO, TypeVar

from flask import Flask, Request, abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException

from dreamtree.gateway import MEGABYTE, REFUSED

LIMIT = 2 * MEGABYTE
HAND_BACK_LIMIT = 8 * MEGABYTE
"""So much of a form that is too large is still read, to be handed back."""
FORM_TYPE = "application/x-www-form-urlencoded"
LIMIT_MARK, LONG_MARK = "_takes_bytes", "_takes_long"
View = TypeVar("View", bound=Callable[..., object])


class InMemoryRequest(Request):
    """A request whose files are not spooled to the disk, where they would lie unsealed, and whose fields have names."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()

    def _load_form_data(self) -> None:
        """Reads the form. A part without a name says nothing: Werkzeug would give it the name `None`."""
        super()._load_form_data()
        read = self.__dict__
        for parts in ("form", "files"):
            if None in read[parts]:
                read[parts] = ImmutableMultiDict(pair for pair in read[parts].items(multi=True) if pair[0] is not None)


def body_limit(megabytes: int) -> Callable[[View], View]:
    """For a view: a request to it may carry this much. Above it is 413."""

    def mark(view: View) -> View:
        setattr(view, LIMIT_MARK, megabytes * MEGABYTE)
        return view

    return mark


def takes_long(view: View) -> View:
    """For a view: it may work for seconds, and is done beside everything else."""
    setattr(view, LONG_MARK, True)
    return view


def init(app: Flask) -> None:
    """Sets the limit of each request before anything reads its form."""
    app.request_class = InMemoryRequest
    app.before_request(_refuse)

    @app.before_request
    def allow_its_body() -> None:
        if limit := _marked_limit(current_app, request.endpoint):
            request.max_content_length = request.max_form_memory_size = limit


def limit_of(app: Flask) -> Callable[[str, str, str], int]:
    """Answers how many bytes of a body are read at all, by method, path and type of content."""

    def read_limit(method: str, path: str, content_type: str) -> int:
        limit = _marked_limit(app, _endpoint(app, method, path)) or LIMIT
        return max(limit, HAND_BACK_LIMIT) if content_type.startswith(FORM_TYPE) else limit

    return read_limit


def is_long(app: Flask) -> Callable[[str, str], bool]:
    """Answers whether a request is to a view that `takes_long`, by method and path."""
    return lambda method, path: getattr(app.view_functions.get(_endpoint(app, method, path)), LONG_MARK, False)


def _endpoint(app: Flask, method: str, path: str) -> str:
    """The name of the view that answers; "" where there is none."""
    try:
        endpoint, _ = app.url_map.bind("").match(path, method)
    except HTTPException:
        return ""
    return str(endpoint)


def _marked_limit(app: Flask, endpoint: str | None) -> int:
    limit: int = getattr(app.view_functions.get(endpoint or ""), LIMIT_MARK, 0)
    return limit


def _refuse() -> None:
    if code := request.environ.get(REFUSED):
        abort(int(code))
