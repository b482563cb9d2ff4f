"""A database that holds the content and nobody's answers, on a server that a test has for itself."""

from pathlib import Path

from dreamtree import create_app
from dreamtree.config import Settings
from tests.conftest import environment_in
from tests.databases import shut


def fill(url: str, directory: Path) -> None:
    """Migrates and seeds the empty database at `url`; `directory` is for what an application needs besides."""
    settings = {**environment_in(directory), "DREAMTREE_DATABASE_URL": url}
    runner = create_app(Settings.from_environment(settings)).test_cli_runner()
    for command in ("migrate", "seed"):
        result = runner.invoke(args=[command])
        assert result.exit_code == 0, f"flask {command} failed:\n{result.output}"
    shut()
