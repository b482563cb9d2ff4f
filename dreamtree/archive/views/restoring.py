"""Bringing a saved copy back."""

from dataclasses import dataclass

from flask import Response, abort, request

from dreamtree import web
from dreamtree.accounts import days, sessions
from dreamtree.accounts.models import User
from dreamtree.archive import merging, upload
from dreamtree.archive.locked import CLOSED
from dreamtree.archive.merging import Report
from dreamtree.archive.shapes import BadFile
from dreamtree.archive.snapshot import Snapshot
from dreamtree.archive.upload import NeedsPassphrase
from dreamtree.archive.views.blueprint import SAMPLE, bp, require_owner

FREE_TRIES = 20
NO_FILE = "You haven’t chosen a file. Choose the one you saved. Its name starts with “dreamtree-”."
TOO_LARGE = web.ErrorWords(
    "This file is too large", "A copy can be up to 20 MB. Nothing was changed. Choose a smaller file."
)
PASSPHRASE_ERRORS = (CLOSED,)


@dataclass(frozen=True)
class RestorePage:
    """The form. Errors are words, "" for none; `asks_device` of somebody who has no tree here yet."""

    asks_device: bool
    shared_first: bool
    file_error: str = ""
    passphrase_error: str = ""


@bp.get("/data/restore")
def restore() -> Response:
    """Where a copy is chosen; also for somebody without a tree, who begins one with it."""
    return _form(_receiver())


@bp.post("/data/restore")
@web.body_limit(20)
@web.takes_long
def restore_copy() -> Response:
    """Into an empty tree at once; where something stands already, the page about both comes first."""
    user = _receiver()
    _count_try()
    try:
        return _take(user, upload.text_in(_sent_file(), request.form.get("passphrase", "")))
    except BadFile as refused:
        return _form(user, refused)


@bp.post("/data/restore/confirm")
@web.body_limit(20)
@web.takes_long
def restore_carried_copy() -> Response:
    """The copy that the page about both carried along, brought in."""
    user = require_owner()
    _count_try()
    try:
        theirs = upload.snapshot_in_text(upload.unpacked(request.form.get("copy", "")))
        return _restored(merging.bring_in(user, theirs))
    except BadFile as refused:
        return _form(user, refused)


@bp.errorhandler(413)
def too_large(_: Exception) -> Response:
    """A file above the limit, in words; nothing of it was read."""
    return web.error_response(413, TOO_LARGE)


def _receiver() -> User | None:
    """Whose tree the copy goes into; None for a visitor, who gets one."""
    user = sessions.current_person()
    if user is not None and user.is_sample:
        abort(web.error_response(403, SAMPLE))
    return user


def _count_try() -> None:
    """A copy costs time to read, and again to bring in: both are counted."""
    if sessions.rate_limit("restore", FREE_TRIES):
        abort(429)


def _take(user: User | None, text: bytes) -> Response:
    theirs = upload.snapshot_in_text(text)
    if user is None:
        return _restored(_begin_with(theirs))
    must_ask, merged = merging.would_join(user, theirs)
    if not must_ask:
        return _restored(merging.bring_in(user, theirs))
    both = merging.comparison(user, merged)
    return web.page("archive/merge_copy.html", both=both, carried=upload.packed(text))


def _begin_with(theirs: Snapshot) -> Report:
    """A new tree for this browser, with all that is in the copy or not at all."""
    arrival = sessions.new_tree(is_shared=request.form.get("device") != "own")
    report = merging.begin_with(arrival, theirs)
    days.learn_zone(sessions.open_tree(arrival), request.form.get("time_zone", ""))
    return report


def _restored(report: Report) -> Response:
    return web.page("archive/restored.html", report=report)


def _sent_file() -> bytes:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise BadFile(NO_FILE)
    raw: bytes = sent.read()
    return raw


def _form(user: User | None, refused: BadFile | None = None) -> Response:
    is_about_words = isinstance(refused, NeedsPassphrase) or (
        refused is not None and refused.words in PASSPHRASE_ERRORS
    )
    words = refused.words if refused else ""
    page = RestorePage(
        asks_device=user is None,
        shared_first=web.application().settings.is_shared_by_default,
        file_error="" if is_about_words else words,
        passphrase_error=words if is_about_words else "",
    )
    return web.page("archive/restore.html", 422 if refused else 200, page=page)
