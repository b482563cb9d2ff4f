"""Setting up, renewing and turning off the second step of a sign-in. Each asks for the password."""

import re

from flask import Response, abort, request

from dreamtree import web
from dreamtree.accounts import days, second_step, sessions
from dreamtree.accounts.models import User
from dreamtree.accounts.second_step import BACKUP_CODES, SecondStep
from dreamtree.accounts.views.blueprint import account_name, bp

PLACE = "/account/second-step"
CODE = re.compile(r"[a-z2-9]{4}-[a-z2-9]{4}")
NOT_THE_CODE = "That’s not the code your app shows now. Type the six digits you see there."
FILE_HEAD = "DreamTree: backup codes. Each one signs you in once, instead of the code from your app."


@bp.get(PLACE)
def second_step_page() -> Response:
    """Off: the key for an app, and a field for its first code. On: what is left, and turning it off."""
    user = sessions.require_account().user
    step = second_step.second_step_of(user)
    return _is_on(user, step) if step else _set_up(user, second_step.new_app_key())


@bp.post(PLACE)
def turn_on_second_step() -> Response:
    """The first code from the app proves that it has the key; the backup codes are shown, once."""
    user = sessions.require_account().user
    key = request.form.get("key", "")
    codes = _codes_of(key)
    if step := second_step.second_step_of(user):
        is_again = second_step.are_fresh(user, step, codes) and not sessions.password_problem(user)
        return _codes(codes) if is_again else web.redirect_to(PLACE)
    if not second_step.is_key(key):
        abort(400)
    if problem := sessions.password_problem(user):
        return _set_up(user, key, password=problem)
    turned_on = second_step.turn_on(user, key, request.form.get("code", ""), codes)
    return _codes(codes) if turned_on else _set_up(user, key, code=NOT_THE_CODE)


@bp.post(f"{PLACE}/codes")
def renew_backup_codes() -> Response:
    """Ten new backup codes, shown once; the earlier ones open nothing from now on."""
    user = sessions.require_account().user
    step = second_step.second_step_of(user)
    if step is None:
        return web.redirect_to(PLACE)
    if problem := sessions.password_problem(user):
        return _is_on(user, step, renew=problem)
    return _codes(second_step.renew_codes(user, _codes_of(request.form.get("once") or sessions.new_form())))


@bp.post(f"{PLACE}/off")
def turn_off_second_step() -> Response:
    """From now on the password alone is asked."""
    user = sessions.require_account().user
    step = second_step.second_step_of(user)
    if step and (problem := sessions.password_problem(user)):
        return _is_on(user, step, off=problem)
    second_step.turn_off(user)
    return web.redirect_to(f"{PLACE}?off=yes")


@bp.post(f"{PLACE}/file")
def backup_codes_file() -> Response:
    """The codes that the page shows, as a file. The page sends them; nothing here could."""
    sessions.require_account()
    codes = request.form.getlist("codes")[:BACKUP_CODES]
    if not codes or not all(CODE.fullmatch(code) for code in codes):
        abort(400)
    return web.text_file("dreamtree-backup-codes.txt", "\n".join([FILE_HEAD, "", *codes, ""]))


def _set_up(user: User, key: str, **errors: str) -> Response:
    return web.page(
        "accounts/second_step_set_up.html",
        422 if errors else 200,
        key=key,
        groups=second_step.in_groups(key),
        picture=second_step.picture_of(key, account_name(user)),
        errors=errors,
        was_turned_off="off" in request.args,
    )


def _is_on(user: User, step: SecondStep, **errors: str) -> Response:
    since = days.near_day_words(user, step.since)
    left = len(step.marks)
    return web.page(
        "accounts/second_step.html",
        422 if errors else 200,
        since=since,
        left=left,
        errors=errors,
        once=sessions.new_form(),
    )


def _codes_of(form: str) -> tuple[str, ...]:
    """The codes that this form makes, in this browser."""
    _, token = sessions.tree_cookie()
    return second_step.codes_of(token, form)


def _codes(codes: tuple[str, ...]) -> Response:
    return web.page("accounts/backup_codes.html", codes=codes)
