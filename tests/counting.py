"""What the metrics would tell, counted in this process."""

from threading import Lock

import pytest

from dreamtree import metrics
from dreamtree.metrics import Metric


class Counted:
    """One kind of number, by its labels."""

    def __init__(self) -> None:
        self.told: dict[tuple[str, ...], float] = {}
        self._now: tuple[str, ...] = ()
        self._lock = Lock()

    def labels(self, *labels: str) -> "Counted":
        self._now = labels
        return self

    def inc(self) -> None:
        with self._lock:
            self.told[self._now] = self.told.get(self._now, 0) + 1

    def set(self, value: float) -> None:
        self.told[self._now] = value


def count(monkeypatch: pytest.MonkeyPatch, metric: Metric) -> Counted:
    """Counts this from now on until the test ends."""
    counted = Counted()
    monkeypatch.setitem(metrics._counting, metric, counted)
    return counted
