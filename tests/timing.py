"""What a run took: the seconds of each room, and every test that is slow. It sums up the work of all processes."""

from collections import Counter

import pytest

SLOW = 3
"""Seconds that a test may take before it is named."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the seconds of every room, and of every test over `SLOW` with what was set up for it."""
    rooms: Counter[str] = Counter()
    tests: Counter[str] = Counter()
    for report in (one for reports in terminalreporter.stats.values() for one in reports if hasattr(one, "duration")):
        rooms["/".join(report.nodeid.split("/")[:2])] += report.duration
        tests[report.nodeid] += report.duration
    if not tests:
        return
    terminalreporter.section("seconds of work")
    for name, seconds in [*sorted(rooms.items()), *(one for one in tests.most_common() if one[1] > SLOW)]:
        terminalreporter.write_line(f"{seconds:7.1f}  {name}")
