"""The full trees of the sweeps, for pages that show what somebody wrote."""

from tests.rules.conftest import filled, planted, sample

__all__ = ["filled", "planted", "sample"]
