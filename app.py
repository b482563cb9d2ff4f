"""The application, for granian and flask; `python app.py` serves it on this machine with the development server."""

import click

from dreamtree import content, create_app
from dreamtree.cli.starting import CannotStart, refuse_unusable_database
from dreamtree.config import WrongSettings

is_command = click.get_current_context(silent=True) is not None
"""A command (migrate, seed) also starts on tables and a book that are older than this code: it renews them."""

try:
    app = create_app()
    refuse_unusable_database(may_be_older=is_command)
except (WrongSettings, CannotStart) as problem:
    raise SystemExit(f"DreamTree did not start. {problem}") from problem
if not is_command:
    content.preload()

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
