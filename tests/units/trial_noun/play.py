"""Teaches the trial noun in a process of its own, where its table stands beside no other, and prints what it did."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playhouse.migrations import Runner

from dreamtree.accounts.models import User
from dreamtree.content.blocks import Block
from dreamtree.db import database, open_database
from dreamtree.profile.noun import Noun
from dreamtree.profile.teaching import declared_in
from dreamtree.values import Item
from dreamtree.vault import new_key
from tests.units.trial_noun import instruments

MIGRATIONS = Path(__file__).parents[3] / "migrations"
MORNING, EVENING = "2027-03-01T09:00:00.000Z", "2027-03-01T21:00:00.000Z"
PLAYED, RANKED = (
    Block(f"1.1.1.{key}", "1.1.1", "tool", "list-builder", makes=makes)
    for key, makes in (("played", "instruments"), ("rank", "instruments.rank"))
)
ITEMS = (Item("k", "Kazoo", {"use": "parties"}), Item("l", "Lute", {"use": "evenings", "years": 12}))


@dataclass
class Player:
    """The person: nobody but the owner of the rows and the key."""

    id: str
    data_key: bytes | None


def play(noun: Noun, user: Any) -> dict[str, Any]:
    """What each step did, by name."""
    found: dict[str, Any] = {"first": sorted(noun.learn(user, PLAYED, ITEMS, MORNING))}
    found["again"] = sorted(noun.learn(user, PLAYED, ITEMS, EVENING))
    found["ranked"] = sorted(noun.learn(user, RANKED, [Item("l", "", {"rank": 1})], EVENING))
    found["items"] = [(item.key, item.text, dict(item.fields), when(item)) for item in noun.items(user, {})]
    found["stored"] = [str(row) for row in database.execute_sql("SELECT * FROM instruments")]
    found["reworded"] = sorted(noun.learn(user, PLAYED, (Item("l", "A lute", ITEMS[1].fields),), EVENING))
    found["left"] = [(item.text, item.fields["rank"], when(item)) for item in noun.items(user, {})]
    noun.learn(user, PLAYED, (), EVENING)
    found["taken_back"] = [item.text for item in noun.items(user, {})]
    noun.learn(user, PLAYED, ITEMS, EVENING)
    found["brought_back"] = [(item.text, item.fields["rank"]) for item in noun.items(user, {})]
    return found


def when(item: Item) -> str:
    """The moment that an item was written."""
    return item.provenance.written_at if item.provenance else ""


if __name__ == "__main__":
    Runner(open_database(f"sqlite:///{sys.argv[1]}"), str(MIGRATIONS)).up()
    (noun,) = declared_in(instruments)
    assert isinstance(noun, Noun)
    database.create_tables((noun.model,))
    User.insert(id="lin", created_at=MORNING, updated_at=MORNING).execute()
    sys.stdout.write(json.dumps(play(noun, Player("lin", new_key()))))
