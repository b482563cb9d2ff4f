"""The application, for granian and flask; `python app.py` serves it on this machine with the development server."""

from dreamtree import content, create_app
from dreamtree.cli.starting import CannotStart, refuse_unusable_database
from dreamtree.config import WrongSettings

try:
    app = create_app()
    refuse_unusable_database()
except (WrongSettings, CannotStart) as problem:
    raise SystemExit(f"DreamTree did not start. {problem}") from problem
content.preload()

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
