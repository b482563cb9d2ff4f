"""Whose turn it is with what takes long: one of each sender at a time, so that nobody waits for all that one sent."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

MOST_OF_A_SENDER = 32
"""So many requests of a sender wait at once: enough for a class behind one address, and little for the disk."""


@dataclass
class Sender:
    """Somebody whose requests take long: how many of them are here, and whose `turn` it is among those."""

    count: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def has_too_many(self) -> bool:
        """Whether one more would be too much."""
        return self.count > MOST_OF_A_SENDER


class Turns:
    """All senders whose requests wait or are done just now."""

    def __init__(self) -> None:
        self._senders: dict[str, Sender] = {}

    @contextmanager
    def sender(self, name: str) -> Iterator[Sender]:
        """The sender, with one request more as long as the block lasts."""
        sender = self._senders.setdefault(name, Sender())
        sender.count += 1
        try:
            yield sender
        finally:
            sender.count -= 1
            if not sender.count:
                del self._senders[name]
