"""The application for tests of a browser: passwords cost next to nothing, and templates are compiled once a run."""

import os

from jinja2 import FileSystemBytecodeCache

from dreamtree import vault
from tests.passwords import CHEAP

vault.TODAY = CHEAP

from app import app, asgi  # noqa: E402 (what is kept for passwords that nobody has is made as it is imported)

app.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ["COMPILED_TEMPLATES"])

__all__ = ["asgi"]
