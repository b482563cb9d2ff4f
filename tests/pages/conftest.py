"""The full trees of the sweeps, for pages that show what somebody wrote."""

from tests.rules.conftest import _filled_database, filled, planted, sample

__all__ = ["_filled_database", "filled", "planted", "sample"]
