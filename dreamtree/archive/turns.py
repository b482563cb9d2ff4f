"""Writing much, a little at a time."""

import time
from collections.abc import Callable
from typing import TypeVar

from dreamtree.db import PATIENCE, database, saving

T = TypeVar("T")


def in_turn(act: Callable[[], T], patience: float = PATIENCE) -> T:
    """Runs `act` as `saving` does, and then waits as long as that took: whoever waits to save comes in between.

    Within a transaction there is no one to wait for.
    """
    if database.in_transaction():
        return saving(act, patience)
    began = time.perf_counter()
    done = saving(act, patience)
    time.sleep(time.perf_counter() - began)
    return done
