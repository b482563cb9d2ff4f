"""Your data: what is here, and the copies to keep."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from flask import Response, abort, current_app, request

from dreamtree import web
from dreamtree.accounts import days, sessions
from dreamtree.accounts.models import User
from dreamtree.archive import export, locked
from dreamtree.archive.contents import DATA_PAGES, contents_of
from dreamtree.archive.format_page import show_format
from dreamtree.archive.readable.zipped import write_zip
from dreamtree.archive.views.blueprint import bp, require_owner
from dreamtree.gateway.spool import MEGABYTE, Memory, Spool

PIECE = 64 * 1024
FREE_COPIES = 30
"""So many copies a day are made at once; each one after them waits longer."""


@bp.get("/data")
def about() -> Response:
    """What is here in numbers, and what can be done with all of it."""
    return _about(require_owner(), {})


@bp.get("/data/format")
def about_the_format() -> Response:
    """What stands in a copy, for anybody who writes a program that reads one."""
    return web.page("archive/format.html", page=show_format())


@bp.post("/data/export.json")
@web.takes_long
def save_copy() -> Response:
    """Everything as one file, closed with a passphrase when that is asked for."""
    user = _owner_to_save()
    if request.form.get("how") != "locked":
        return _attached(_all_of(export.copy_of(user)), "application/json", _file_name(user, ".json"))
    passphrase = request.form.get("passphrase", "")
    if problems := locked.passphrase_problems(passphrase, request.form.get("passphrase_again", "")):
        return _about(user, problems, 422)
    closed = locked.lock(export.copy_of(user), passphrase)
    return _attached(_all_of(closed), "application/json", _file_name(user, "-locked.json"))


@bp.post("/data/export.zip")
@web.takes_long
def save_copy_to_read() -> Response:
    """Pages, lists and pictures that open without DreamTree."""
    user = _owner_to_save()
    write = partial(write_zip, user, without_private=request.form.get("without_private") == "yes")
    return _attached(write, "application/zip", _file_name(user, ".zip"))


def _owner_to_save() -> User:
    """Whose tree is copied: 429 for somebody who has just made many copies, since each costs time to make."""
    user = require_owner()
    if sessions.rate_limit(f"copy|{user.id}", FREE_COPIES):
        abort(429)
    return user


def _about(user: User, problems: Mapping[str, str], code: int = 200) -> Response:
    rules = {rule.rule for rule in current_app.url_map.iter_rules()}
    links = tuple(one for one in DATA_PAGES if one.url in rules)
    form_errors = [web.FormError(name.replace("_", "-"), words) for name, words in problems.items()]
    values = {"page": contents_of(user), "links": links, "problems": problems, "form_errors": form_errors}
    return web.page("archive/data.html", code, **values)


def _file_name(user: User, end: str) -> str:
    """Named for the person's day, and for nothing that they wrote."""
    return f"dreamtree-{days.today_of(user).isoformat()}{end}"


def _all_of(pieces: Iterable[bytes]) -> Callable[[Spool], None]:
    return lambda target: target.writelines(pieces)


def _attached(write: Callable[[Spool], None], kind: str, name: str) -> Response:
    """What `write` writes, as a file for the browser to keep.

    It is whole before any of it is sent, so that a fault is told on a page, and no transaction waits for a browser.
    What has no room in memory is on the disk, under a key that is in memory alone.
    """
    spool = Spool(Memory(MEGABYTE))
    try:
        write(spool)
    except BaseException:
        spool.close()
        raise
    spool.rewind()
    response = Response(iter(partial(spool.read, PIECE), b""), content_type=kind)
    response.call_on_close(spool.close)
    response.content_length = spool.size
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
