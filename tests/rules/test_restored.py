"""What a copy may hold is what pages can hold: whatever is taken opens, saves and is saved again as a copy.

Good copies are changed at random, with a sum that is right. What is refused is refused in plain words that say where,
none of which are the person's, and nothing of it is written.
"""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dreamtree.accounts import people
from dreamtree.archive.merging import begin_with
from dreamtree.archive.shapes import BadFile
from dreamtree.home import samples
from tests.copies import copied
from tests.databases import open_copy, shut
from tests.examples import examples
from tests.page import Page
from tests.rules.hostile import snapshot_from, summed
from tests.rules.mutating import changed_at_random
from tests.rules.seeded import BLOCKS, EXERCISES, MODULES, exercise_of
from tests.visitor import PARTIAL, Visitor

AT_A_TIME = 12
"""So many changes are tried, each by itself; all that are taken are restored together, since opening all takes long."""
SUMMARIES = tuple(f"/workbook/modules/{one}?private=yes" for one in MODULES)
PAGES = ("/home", "/workbook", "/what-i-bring?private=yes", "/resume?private=yes", "/data", "/data/trash", *SUMMARIES)


@pytest.fixture(scope="module")
def good(_opened: Any, seeded: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], bytes]]:
    """The copy of a sample person, by name."""
    path = tmp_path_factory.mktemp("good") / "dreamtree.db"
    open_copy(seeded, path)
    new = {name: people.new_tree(is_shared=False, device="a test", is_sample=True) for name in samples.PEOPLE}
    copies = {name: copied(samples.write_sample(one, name)) for name, one in new.items()}
    yield lambda name: copies[name]
    shut()


@settings(
    max_examples=examples(1),
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(samples.PEOPLE), st.integers(0, 2**32))
def test_whatever_is_taken_opens_saves_and_is_saved_as_a_copy(
    good: Callable[[str], bytes], app: Flask, caplog: pytest.LogCaptureFixture, name: str, number: int
) -> None:
    chance, standing = random.Random(number), good(name)
    caplog.clear()
    for _ in range(AT_A_TIME):
        changed = summed(changed_at_random(standing, chance))
        standing = changed if is_taken(changed, caplog) else standing
    visitor = Visitor(app.test_client())
    visitor.client.set_cookie("tree", received(standing).cookie)
    assert list(faults(visitor)) == []


def is_taken(raw: bytes, caplog: pytest.LogCaptureFixture) -> bool:
    """Whether this copy is taken; if not, one sentence says why, and nothing is logged."""
    if not (words := refused(raw)):
        return True
    assert words.endswith(".")
    assert len(words) < 300
    assert caplog.messages == []
    return False


def refused(raw: bytes) -> str:
    try:
        snapshot_from(raw, "")
    except BadFile as error:
        return error.words
    return ""


def received(raw: bytes) -> people.NewTree:
    """Somebody new, with the tree of this copy."""
    arrival = people.new_tree(is_shared=False, device="a test")
    begin_with(arrival, snapshot_from(raw, ""))
    return arrival


def faults(visitor: Visitor) -> Iterator[str]:
    """What does not open, save, or come as a copy again."""
    for path in (*PAGES, *(f"/workbook/{one}" for one in EXERCISES), *map(history_at, BLOCKS)):
        if (status := visitor.client.get(path).status_code) not in (200, 302, 404):
            yield f"{path}: {status}"
    for one in EXERCISES:
        yield from unsaved(visitor, one)
    for button in ("Save a copy to read", "Save a copy"):
        page = visitor.press(visitor.get("/data"), button)
        if page.status != 200:
            yield f"{button}: {page.status}"
    snapshot_from(page.response.get_data(), "")


def history_at(block: str) -> str:
    return f"/workbook/{exercise_of(block)}/{block}/history"


def unsaved(visitor: Visitor, exercise: str) -> Iterator[str]:
    """Blocks of an exercise that cannot be stored as they stand, and row buttons that fail."""
    page = visitor.open(f"/workbook/{exercise}")
    if not page.has(".//form[@id='exercise']"):
        return
    fields = page.form()
    pressed = [one for one in page.buttons() if "|undo|" in one]
    blocks = [key for key in BLOCKS if f"{key}:base" in fields]
    for block, do in (*((key, "save") for key in blocks), *((one.partition("|")[0], one) for one in pressed)):
        sent = {**fields, f"{block}:served": [""], "autosave": ["1"] if do == "save" else [], "do": [do]}
        answer = visitor.client.post(f"/workbook/{exercise}/{block}", data=sent, headers=PARTIAL)
        if answer.status_code != 200:
            yield f"{block} {do}: {answer.status_code} {Page(answer).words[:200]}"
