"""The real server as Flask's test client would show it, so that a `Visitor` walks through either."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode, urlsplit

from werkzeug.test import encode_multipart

TIMEOUT = 30
LONG_TIMEOUT = 120


class Asked:
    """The request behind an answer, after any redirects."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.path = urlsplit(url).path


class Answer:
    """What came back: the part of Werkzeug's `TestResponse` that a `Page` reads."""

    def __init__(self, response: HTTPResponse | urllib.error.HTTPError, url: str) -> None:
        self.status_code = response.status or 0
        self.headers = response.headers
        self.request = Asked(response.geturl() or url)
        self._body = response.read()

    def get_data(self, as_text: bool = False) -> Any:
        return self._body.decode() if as_text else self._body


class _Staying(urllib.request.HTTPRedirectHandler):
    """Answers a redirect as it came."""

    def redirect_request(self, *_: object) -> None:
        return None


class Wire:
    """A browser without JavaScript at `address`; redirects are followed, but where a post says otherwise."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._jar = CookieJar()
        keeper = urllib.request.HTTPCookieProcessor(self._jar)
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), keeper)
        self._staying = urllib.request.build_opener(urllib.request.ProxyHandler({}), keeper, _Staying)

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that the server set: name → value."""
        return {cookie.name: cookie.value or "" for cookie in self._jar}

    def get(self, path: str, query_string: Any = None, follow_redirects: bool = True) -> Answer:
        question = f"?{_encoded(query_string)}" if query_string else ""
        return self._ask(urllib.request.Request(self.address + path + question))

    def post(
        self, path: str, data: Any = None, headers: Mapping[str, str] | None = None, follow_redirects: bool = True
    ) -> Answer:
        body = _encoded(data or {}).encode()
        request = urllib.request.Request(self.address + path, body, dict(headers or {}), method="POST")
        return self._ask(request, by=self._opener if follow_redirects else self._staying)

    def send_file(self, path: str, fields: Mapping[str, Any]) -> Answer:
        """Posts a form with a file among its fields."""
        boundary, body = encode_multipart(fields)
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._ask(urllib.request.Request(self.address + path, body, kind, method="POST"), LONG_TIMEOUT)

    def _ask(
        self,
        request: urllib.request.Request,
        timeout: float = TIMEOUT,
        by: urllib.request.OpenerDirector | None = None,
    ) -> Answer:
        try:
            with (by or self._opener).open(request, timeout=timeout) as response:
                return Answer(response, request.full_url)
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused, request.full_url)


def _encoded(fields: Any) -> str:
    lists = fields.lists() if hasattr(fields, "lists") else fields.items()
    return urlencode(list(lists), doseq=True)
