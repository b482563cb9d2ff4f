"""Words that look like markup are words: on every page of somebody who wrote such everywhere, and in a copy to read."""

import pytest
from flask import Flask

from dreamtree.accounts.sessions import TREE
from tests.claimed import current_of
from tests.conftest import Queries
from tests.rules.canaried import everything_written
from tests.rules.conftest import Story
from tests.rules.crawl import crawl
from tests.rules.filling import MARKUP
from tests.rules.test_readable import files_of
from tests.visitor import Visitor

MANY = 100
"""Pages that show such words, at the least."""


@pytest.fixture
def somebody(app: Flask, frozen: object, story: Story) -> Visitor:
    """The one of the two who writes what looks like markup."""
    _, (_, second) = everything_written(story)
    visitor = Visitor(app.test_client())
    visitor.client.set_cookie(TREE, second.cookie)
    return visitor


def test_no_page_takes_words_for_markup(somebody: Visitor, queries: Queries) -> None:
    html = {path: read.html for path, read in crawl(somebody, queries).items()}
    assert [path for path, page in html.items() if MARKUP in page] == []
    assert sum("&lt;qz&gt;" in page for page in html.values()) > MANY


def test_no_file_of_a_copy_to_read_does(app: Flask, somebody: Visitor) -> None:
    with app.test_request_context():
        files = files_of(current_of(somebody).user)
    drawn = {name: text.decode() for name, text in files.items() if name.endswith((".html", ".svg"))}
    assert [name for name, text in drawn.items() if MARKUP in text] == []
    assert sum("&lt;qz&gt;" in text for text in drawn.values()) > len(drawn) / 3
