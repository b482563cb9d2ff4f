"""How many random examples a test tries."""

from hypothesis import settings


def examples(number: int) -> int:
    """So many in `make test`, three times as many in `make sweep`."""
    return number * settings.default.max_examples // 100
