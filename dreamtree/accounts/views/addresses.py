"""The emails and names of an account: one signs in, the others are kept. Every change asks for the password."""

from flask import Response, abort, request

from dreamtree import web
from dreamtree.accounts import addresses, sessions
from dreamtree.accounts.addresses import Address
from dreamtree.accounts.models import User
from dreamtree.accounts.views.blueprint import bp, secrets, unreadable_note
from dreamtree.db import saving

PLACE = "/account/addresses"
MOST = 5
FREE_NAMES = 10
FULL = f"You can save up to {MOST} emails and names. Remove one first."
NOTICES = {
    "added": "It’s saved with your account.",
    "active": "Use this one to sign in from now on.",
    "gone": "It’s removed.",
}


@bp.get(PLACE)
def own_addresses() -> Response:
    """All that name this account, the one that signs in first."""
    user = sessions.require_account().user
    return _page(user, notice=NOTICES.get(request.args.get("done", ""), ""))


@bp.post(PLACE)
def add_address() -> Response:
    """Keep one more email or name; with `use` it is the one that signs in from now on."""
    user, typed, uses = sessions.require_account().user, request.form.get("address", ""), "use" in request.form
    if errors := _errors(user, typed):
        return _page(user, typed, uses, **errors)
    row = addresses.new_row(secrets(), user.id, typed)
    row.is_active = 0

    def write() -> None:
        addresses.insert(secrets(), row)
        if uses:
            addresses.activate(user.id, row.id)

    try:
        saving(write)
    except addresses.Taken:
        return _page(user, typed, uses, address=addresses.TAKEN)
    return web.redirect_to(f"{PLACE}?done={'active' if uses else 'added'}")


@bp.get(f"{PLACE}/<address_id>")
def one_address(address_id: str) -> Response:
    """One that is kept: make it the one that signs in, or remove it."""
    return _one(_inactive_address(sessions.require_account().user, address_id))


@bp.post(f"{PLACE}/<address_id>/activate")
def activate_address(address_id: str) -> Response:
    """From now on this one signs in, and the others do not."""
    user = sessions.require_account().user
    address = _inactive_address(user, address_id)
    if problem := sessions.password_problem(user):
        return _one(address, problem)
    saving(lambda: addresses.activate(user.id, address.id))
    return web.redirect_to(f"{PLACE}?done=active")


@bp.post(f"{PLACE}/<address_id>/remove")
def remove_address(address_id: str) -> Response:
    """Forget it. The one that signs in stays, so that the account can be opened."""
    user = sessions.require_account().user
    address = _inactive_address(user, address_id)
    if problem := sessions.password_problem(user):
        return _one(address, problem)
    saving(lambda: addresses.remove(user.id, address.id))
    return web.redirect_to(f"{PLACE}?done=gone")


def _errors(user: User, typed: str) -> dict[str, str]:
    """What is wrong with one more address. Only with the right password it is told whether somebody has it."""
    if problem := sessions.password_problem(user):
        return {"password": problem}
    if len(addresses.addresses_of(secrets(), user.id)) >= MOST:
        return {"address": FULL}
    if problem := addresses.problem_with(typed):
        return {"address": problem}
    if seconds := sessions.rate_limit("address", FREE_NAMES):
        return {"address": sessions.too_often_words(seconds)}
    return {"address": addresses.TAKEN} if addresses.is_taken(secrets(), typed) else {}


def _inactive_address(user: User, address_id: str) -> Address:
    """One of the person's that does not sign in; 404 when there is none of that id."""
    inactive = [one for one in addresses.addresses_of(secrets(), user.id) if one.id == address_id and not one.is_active]
    return inactive[0] if inactive else abort(404)


def _one(address: Address, error: str = "") -> Response:
    return web.page("accounts/address.html", 422 if error else 200, address=address, error=error)


def _page(user: User, typed: str = "", uses: bool = True, *, notice: str = "", **errors: str) -> Response:
    names = addresses.addresses_of(secrets(), user.id)
    return web.page(
        "accounts/addresses.html",
        422 if errors else 200,
        addresses=names,
        typed=typed,
        uses=uses,
        notice=f"{notice} {unreadable_note(names)}".strip(),
        errors=errors,
    )
