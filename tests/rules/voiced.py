"""What the checks of the voice found, as a test tells it."""

from collections.abc import Iterable


def told(findings: Iterable[str]) -> str:
    """The findings, one a line."""
    return "\n".join(("", *findings))
