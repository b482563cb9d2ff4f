"""How much a request may carry: 2 MB, and more where a page takes files. Files stay in memory, never on the disk."""

import io
from collections.abc import Callable
from typing import IO, TypeVar

from flask import Flask, Request, current_app, request

MEGABYTE = 1024 * 1024
LIMIT = 2 * MEGABYTE
MARK = "_takes_bytes"
View = TypeVar("View", bound=Callable[..., object])


class InMemoryRequest(Request):
    """A request whose files are not spooled to the disk, where they would lie unsealed."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()


def body_limit(megabytes: int) -> Callable[[View], View]:
    """For a view: a request to it may carry this much. Above it is 413."""

    def mark(view: View) -> View:
        setattr(view, MARK, megabytes * MEGABYTE)
        return view

    return mark


def init(app: Flask) -> None:
    """Sets the limit of each request before anything reads its form."""
    app.request_class = InMemoryRequest

    @app.before_request
    def allow_its_body() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        limit = getattr(view, MARK, None)
        if limit:
            request.max_content_length = request.max_form_memory_size = limit
