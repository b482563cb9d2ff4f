"""What came too early: how long to wait, said once for people and once for machines."""

from flask import Flask, Response, g


def init(app: Flask) -> None:
    """Answer whatever was tried too often with 429, and with how long to wait."""
    app.after_request(_tell_wait)


def note_wait(seconds: int) -> None:
    """This request came too early by so many seconds."""
    g.wait = max(seconds, noted_wait())


def noted_wait() -> int:
    """The seconds by which this request came too early; 0 where nothing was tried too often."""
    return int(g.get("wait", 0))


def wait_words(seconds: int) -> str:
    """How long to wait before the next try."""
    if seconds < 100:
        return f"Wait {seconds} second{'s' if seconds != 1 else ''}, then try again."
    return f"Wait {-(-seconds // 60)} minutes, then try again."


def _tell_wait(response: Response) -> Response:
    if (seconds := noted_wait()) and response.status_code >= 400:
        response.status_code = 429
        response.headers["Retry-After"] = str(seconds)
    return response
