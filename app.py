"""The application, for granian and flask; `python app.py` serves it on this machine with the development server."""

import sys

import click
from flask.cli import ScriptInfo

from dreamtree import content, create_app, metrics
from dreamtree.cli.starting import CannotStart, refuse_unusable_database, share_folder_lock
from dreamtree.config import WrongSettings
from dreamtree.gateway import Gateway
from dreamtree.web.body_limits import is_long, limit_of
from dreamtree.web.senders import sender_of

context = click.get_current_context(silent=True)
is_command = context is not None and context.find_object(ScriptInfo) is not None
"""A command of flask (granian has one of its own) may run beside a server, and starts on tables and a book that are
older than this code: it renews them. Whatever else imports this serves, and has the data folder for its server alone.
"""

is_restoring = is_command and "restore-backup" in sys.argv
"""What is there may be damaged, or of a newer version: that is why somebody restores."""

try:
    app = create_app()
    if not is_restoring:
        refuse_unusable_database(may_be_older=is_command)
    if not is_command:
        share_folder_lock(app.settings.data_directory)
except (WrongSettings, CannotStart) as problem:
    raise SystemExit(f"DreamTree did not start. {problem}") from problem
if not is_command:
    if app.settings.metrics:
        metrics.start_counting(app.settings.data_directory / "metrics", app.settings.metrics)
    content.preload()

asgi = Gateway(app, limit_of(app), is_long(app), sender_of(app.settings.is_behind_tls))
"""What granian serves; `app` alone would give a thread to everybody who sends slowly."""

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
