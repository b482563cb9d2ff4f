"""The application, for granian (`granian --interface wsgi app:app`), for `flask`, and for tests."""

from dreamtree import create_app

app = create_app()
