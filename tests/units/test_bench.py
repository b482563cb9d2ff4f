"""What `make bench` measures is on the pages of today: it asks for fields by their names."""

import pytest
from flask.testing import FlaskClient

from tests.bench.__main__ import ACTS, PAGE, Act, Browser, in_process
from tests.bench.load import SESSION


@pytest.mark.parametrize("make", dict.fromkeys((*ACTS, *SESSION)))
def test_each_act_of_the_benchmark_works(client: FlaskClient, make: Act) -> None:
    browser = Browser(in_process(client))
    make(browser)()
    assert browser.size


def test_the_page_that_it_measures_has_its_forms(client: FlaskClient) -> None:
    html = Browser(in_process(client)).get(PAGE)
    assert html.count(':base"') == PAGE.count("change=")
