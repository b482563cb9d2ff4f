"""Your data: what is here, and the copies to keep."""

from flask import Response

from dreamtree import web
from dreamtree.archive import contents
from dreamtree.archive.views.room import bp, require_owner


@bp.get("/data")
def about() -> Response:
    """What is here in numbers, and what can be done with all of it."""
    return web.page("archive/data.html", page=contents.of(require_owner()))
