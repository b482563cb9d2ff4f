"""Erasing everything: one page that says what goes, a word to type, and a receipt."""

from flask import Response, request

from dreamtree import web
from dreamtree.accounts import credentials, sessions
from dreamtree.accounts.models import User
from dreamtree.archive import erasing
from dreamtree.archive.views.blueprint import bp, require_owner

TYPE_THE_WORD = f"That’s not the word. Type {erasing.WORD} and nothing else."


@bp.get("/data/erase")
def ask_to_erase() -> Response:
    """What would go, in numbers, and how to keep a copy first."""
    return _ask(require_owner())


@bp.post("/data/erase")
@web.takes_long
def erase() -> Response:
    """Everything goes when the word is typed, and the password where there is one."""
    user = require_owner()
    missing = tuple(_missing(user))
    if missing:
        return _ask(user, missing)
    receipt = erasing.erase(user)
    sessions.leave()
    return web.page("archive/erased.html", receipt=receipt, backup_days=web.application().settings.backup_days)


def _ask(user: User, missing: tuple[web.FormError, ...] = ()) -> Response:
    return web.page(
        "archive/erase.html",
        422 if missing else 200,
        lines=erasing.what_goes(user),
        word=erasing.WORD,
        has_password=_has_password(user),
        errors=missing,
        error_at={one.anchor: one.message for one in missing},
        backup_days=web.application().settings.backup_days,
    )


def _missing(user: User) -> list[web.FormError]:
    form_errors = []
    if not erasing.is_confirmed(request.form.get("word", "")):
        form_errors.append(web.FormError("erase-word", TYPE_THE_WORD))
    if _has_password(user) and (problem := sessions.password_problem(user)):
        form_errors.append(web.FormError("erase-password", problem))
    return form_errors


def _has_password(user: User) -> bool:
    return credentials.credential_of(user.id, credentials.PASSWORD) is not None
