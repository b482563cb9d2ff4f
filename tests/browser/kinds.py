"""One page of each kind: of many pages the few that show, together, every sort of element that any of them shows.

So what a look costs follows the kinds of things that pages show, not the number of pages.
"""

import re
from collections.abc import Callable

from playwright.sync_api import Page

TAG = re.compile(r'<([a-z][a-z0-9-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*/?>')
ATTRIBUTE = re.compile(r'([\w:-]+)(?:="([^"]*)")?')
TELLING = ("class", "type", "role")
"""Attributes whose values tell sorts apart; of the others it is their presence."""
Ask = Callable[[Page, str], str]


def asked(page: Page, path: str) -> str:
    """The HTML of the page at `path`, for the person of `page`, who is not shown it."""
    return page.request.get(path).text()


def one_of_each_kind(page: Page, paths: dict[str, str], known: set[str], ask: Ask) -> dict[str, str]:
    """Those of `paths`, by name, that have to be looked at for all sorts but the `known`; asked for, not shown.

    The longer a page is, the sooner it is left out where the others show all that it does.
    """
    pages = {name: ask(page, path) for name, path in paths.items()}
    sorts = {name: sorts_in(html) for name, html in pages.items()}
    for name in sorted(pages, key=lambda name: len(pages[name]), reverse=True):
        own = sorts.pop(name)
        if not own <= known.union(*sorts.values()):
            sorts[name] = own
    return {name: path for name, path in paths.items() if name in sorts}


def all_in(page: Page, paths: dict[str, str]) -> set[str]:
    """Every sort of element that the pages show."""
    return set[str]().union(*(sorts_in(asked(page, path)) for path in paths.values()))


def every_one(page: Page, paths: dict[str, str], but: object = (), ask: object = None) -> dict[str, str]:
    """All of `paths`: what takes the place of `one_of_each_kind` in a run that looks at everything."""
    return paths


def sorts_in(html: str) -> set[str]:
    """Each element's tag, classes, type and role, and what other attributes it has."""
    return {_sort(tag, attributes) for tag, attributes in TAG.findall(html)}


def _sort(tag: str, attributes: str) -> str:
    found = dict(ATTRIBUTE.findall(attributes))
    with_values = [f"{name}={' '.join(sorted(found[name].split()))}" for name in TELLING if name in found]
    return " ".join([tag, *with_values, *sorted(found.keys() - set(TELLING))])
