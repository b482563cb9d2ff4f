"""What each connection gives a person now, each distinct question asked once."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dreamtree.connections.sources import SOURCES
from dreamtree.content.book import Connection
from dreamtree.db import READ
from dreamtree.values import Item
from dreamtree.vault import Keyholder, digest

Resolved = dict[int, tuple[Item, ...]]


def resolve(user: Keyholder, connections: Iterable[Connection]) -> Resolved:
    """The items of each connection by its id; reference data is left out. Each table is read once."""
    known: dict[str, list[Item]] = {}
    with READ.open():
        return {one.id: _items(user, one, known) for one in connections if one.source in SOURCES}


def _items(user: Keyholder, connection: Connection, known: dict[str, list[Item]]) -> tuple[Item, ...]:
    filters = dict(connection.filter) | {"from": connection.from_scope}
    filters |= {"take": connection.take} if connection.take else {}
    question = connection.source + json.dumps(filters, sort_keys=True, default=list)
    if question not in known:
        known[question] = SOURCES[connection.source](user, filters)
    items = [_private_as(connection, item) for item in known[question] if _is_in_scope(connection, item)]
    return tuple(items[: connection.take])


def _is_in_scope(connection: Connection, item: Item) -> bool:
    if item.provenance is None or not connection.from_scope:
        return True
    return connection.reads(item.provenance.exercise_id)


def _private_as(connection: Connection, item: Item) -> Item:
    """Privacy travels with the item, and a private connection makes what it carries private."""
    if not connection.is_private or item.provenance is None:
        return item
    return replace(item, provenance=replace(item.provenance, is_private=True))


def seen_words(items: Iterable[Item]) -> dict[str, str]:
    """Item key → words, white space folded: what is remembered as seen."""
    return {item.key: single_spaced(item.text) for item in items}


def digest_of(user: Keyholder, connection: Connection, items: Iterable[Item]) -> str:
    """A keyed fingerprint of what a person is shown: words and shown fields, in order, ending in the item key."""
    shown = [
        [single_spaced(item.text), [_plain(item.fields.get(name)) for name in connection.fields], item.key]
        for item in items
    ]
    return digest(user, "shown", json.dumps(shown, ensure_ascii=False))


def single_spaced(text: str) -> str:
    """`text` with runs of white space as one space."""
    return " ".join(text.split())


def _plain(value: Any) -> Any:
    return (
        [single_spaced(str(one)) for one in value]
        if isinstance(value, list | tuple)
        else single_spaced(str(value or ""))
    )
