"""A seeded database for the benchmark."""

from pathlib import Path

from dreamtree import create_app
from dreamtree.config import Settings
from dreamtree.db import database
from tests.conftest import environment_in
from tests.databases import DATABASE_NAME, whole_file


def seeded_database(directory: Path) -> Path:
    """Migrates and seeds a database in `directory`, and answers its file."""
    directory.mkdir()
    runner = create_app(Settings.from_environment(environment_in(directory))).test_cli_runner()
    for command in ("migrate", "seed"):
        assert runner.invoke(args=[command]).exit_code == 0, command
    database.close()
    return whole_file(directory / DATABASE_NAME)
