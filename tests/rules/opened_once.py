"""Pages of a tree that nobody has written in since its test began: each is asked for once a process.

For tests that open a page to read it, or to change its form and send that. Whoever counts queries asks for it anew.
"""

from dreamtree.accounts.sessions import TREE
from tests.databases import SERVER, rows_changed
from tests.page import Page
from tests.visitor import Visitor

TOKEN = "csrf"
_pages: dict[tuple[str, str], tuple[Page, str]] = {}
"""The cookie of a tree, and a path → what `Visitor.open` answered, and the cookie that its token belongs to."""


def opened_once(visitor: Visitor, path: str) -> Page:
    """What `visitor.open(path)` answers, for `filled` and `person`: these begin with copies of one file each."""
    tree = visitor.client.get_cookie(TREE)
    assert tree is not None
    if SERVER or rows_changed():
        return visitor.open(path)
    if (tree.value, path) not in _pages:
        page, token = visitor.open(path), visitor.client.get_cookie(TOKEN)
        assert token is not None
        _pages[tree.value, path] = page, token.value
    page, token = _pages[tree.value, path]
    visitor.client.set_cookie(TOKEN, token)
    return page
