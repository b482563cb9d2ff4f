"""The trash: what lies in it, bringing it back, and deleting it before its time."""

from flask import Response, abort, request

from dreamtree import db, web
from dreamtree.accounts import sessions
from dreamtree.archive import trash
from dreamtree.archive.views.blueprint import bp


@bp.get("/data/trash")
def show_trash() -> Response:
    """What was put away, from where, when, and until when it is kept."""
    return web.page("archive/trash.html", lines=trash.lines(sessions.require_person()))


@bp.post("/data/trash/<row_id>/restore")
def restore_from_trash(row_id: str) -> Response:
    """The text stands where it stood; where there is a newer answer by now, it is in that one's history."""
    restored = trash.bring_back_row(sessions.require_person(), row_id) or abort(404)
    if restored.is_anew:
        return web.page("archive/answered_anew.html", url=restored.url)
    return web.redirect_to(restored.url)


@bp.post("/data/trash/<row_id>/delete")
def delete_from_trash(row_id: str) -> Response:
    """Asks once; with `confirm=yes` the text and its history are gone."""
    user = sessions.require_person()
    line = trash.line_of(user, row_id) or abort(404)
    if request.form.get("confirm") != "yes":
        return web.page("archive/delete.html", line=line)
    trash.delete_for_good(user, row_id)
    db.checkpoint()
    return web.redirect_to("/data/trash")
