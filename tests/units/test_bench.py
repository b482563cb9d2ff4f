"""What `make bench` measures is on the pages of today: it asks for fields by their names."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.bench.__main__ import ACTS, PAGE, Act, Browser, in_process
from tests.bench.load import BY_HAND, RESULTS, SESSION, write_table


@pytest.mark.parametrize("make", dict.fromkeys((*ACTS, *SESSION)))
def test_each_act_of_the_benchmark_works(client: FlaskClient, make: Act) -> None:
    browser = Browser(in_process(client))
    make(browser)()
    assert browser.size


def test_the_page_that_it_measures_has_its_forms(client: FlaskClient) -> None:
    html = Browser(in_process(client)).get(PAGE)
    assert html.count(':base"') == PAGE.count("change=")


def test_a_new_table_leaves_what_was_compared_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "results.md"
    path.write_text(RESULTS.read_text())
    write_table(path, ["# The load run", "nothing yet"])
    assert path.read_text().startswith("# The load run\nnothing yet\n")
    assert path.read_text().endswith(BY_HAND + RESULTS.read_text().partition(BY_HAND)[2])
    assert "| save, 1 client |" in path.read_text()
