"""Browsers you kept open from test to test: what one has fetched stays, its pages and whose tree it was do not."""

from collections import defaultdict

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, WebError

REFUSED = ("Content Security Policy", "Refused to")
NOT_A_SCRIPT = ("Transition was aborted", "Transition was skipped")
"""A slow browser leaves out the fade between two pages, and says so."""


class Contexts:
    """Contexts by their options: one that came back is handed out again. What scripts threw in any is in `faults`."""

    def __init__(self, browser: Browser) -> None:
        self.faults: list[str] = []
        self._browser = browser
        self._idle: defaultdict[str, list[BrowserContext]] = defaultdict(list)
        self._lent: list[tuple[str, BrowserContext]] = []

    def lend(self, by: Browser | None, is_fresh: bool, **options: object) -> BrowserContext:
        """One without cookies and pages. A fresh one has fetched nothing, and is closed when it comes back."""
        kind = "" if by or is_fresh else repr(sorted(options.items()))
        idle = self._idle[kind]
        context = idle.pop() if idle else self.open(by or self._browser, **options)
        self._lent.append((kind, context))
        return context

    def open(self, by: Browser, **options: object) -> BrowserContext:
        """One of its own, which whoever opens it closes."""
        context = by.new_context(locale="en-US", **options)
        context.on("weberror", lambda error: self.faults.extend(_thrown(error)))
        context.on("console", lambda message: self.faults.extend(_refusals(message)))
        return context

    def take_back(self) -> None:
        """Closes the pages of all that were lent, and forgets whose they were."""
        for kind, context in self._lent:
            if kind:
                _forget(context)
                self._idle[kind].append(context)
            else:
                context.close()
        self._lent.clear()


def _forget(context: BrowserContext) -> None:
    for page in context.pages:
        page.close()
    context.clear_cookies()
    context.set_offline(False)


def _thrown(error: WebError) -> list[str]:
    message = str(error.error)
    return [] if any(words in message for words in NOT_A_SCRIPT) else [message]


def _refusals(message: ConsoleMessage) -> list[str]:
    return [message.text] if any(words in message.text for words in REFUSED) else []
