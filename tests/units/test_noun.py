"""A noun takes one file of few lines: what it declares is enough to learn, to seal and to be read."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TRIAL = ROOT / "tests/units/trial_noun/instruments.py"
MORNING, EVENING = "2027-03-01T09:00:00.000Z", "2027-03-01T21:00:00.000Z"


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a noun did that is declared in a file of its own."""
    path = tmp_path_factory.mktemp("trial") / "trial.db"
    command = [sys.executable, "-m", "tests.units.trial_noun.play", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_noun_is_one_file_of_at_most_25_lines() -> None:
    assert len(TRIAL.read_text().splitlines()) <= 25


def test_it_learns_once_and_says_what_changed(trial: dict[str, Any]) -> None:
    assert trial["first"] == ["play"]
    assert trial["again"] == []


def test_its_items_have_words_fields_and_a_date_in_order_of_rank(trial: dict[str, Any]) -> None:
    assert trial["ranked"] == ["play"]
    assert trial["items"] == [
        ["l", "Lute", {"use": "evenings", "years": 12, "rank": 1}, MORNING],
        ["k", "Kazoo", {"use": "parties", "years": None, "rank": None}, MORNING],
    ]


def test_private_words_are_nowhere_in_the_table(trial: dict[str, Any]) -> None:
    stored = " ".join(trial["stored"])
    assert "ciphertext" in stored
    assert not [word for word in ("Lute", "Kazoo", "parties", "evenings") if word in stored]


def test_a_new_word_keeps_the_rank_and_moves_the_date(trial: dict[str, Any]) -> None:
    assert trial["reworded"] == ["play"]
    assert trial["left"] == [["A lute", 1, EVENING]]


def test_what_is_taken_back_is_gone_and_its_rank_waits_for_an_undo(trial: dict[str, Any]) -> None:
    assert trial["taken_back"] == []
    assert trial["brought_back"] == [["Lute", 1], ["Kazoo", None]]
