"""A seeded database for the benchmark."""

from pathlib import Path

from dreamtree import create_app
from dreamtree.config import Settings
from dreamtree.db import database
from tests.conftest import DATABASE_NAME, _whole_file, environment_in


def seeded_database(directory: Path) -> Path:
    """Migrates and seeds a database in `directory`, and answers its file."""
    directory.mkdir()
    runner = create_app(Settings.from_environment(environment_in(directory))).test_cli_runner()
    for command in ("migrate", "seed"):
        assert runner.invoke(args=[command]).exit_code == 0, command
    database.close()
    return _whole_file(directory / DATABASE_NAME)
