"""The blueprint that every view of this package belongs to."""

from flask import Blueprint, Response

from dreamtree import vault, web
from dreamtree.accounts import addresses, sessions
from dreamtree.accounts.addresses import Address, Secrets
from dreamtree.accounts.models import User
from dreamtree.web import logs

UNREADABLE = web.ErrorWords(
    "We can’t open some of your answers right now",
    "They’re still here, and nothing has changed. Try again in a minute. The other pages still work.",
)
UNREADABLE_NAME = (
    "We can’t read a name that’s saved with your account. It’s still there, and so is your tree. If this keeps "
    "happening, send us this number so we can find out why: {}"
)
GOOD_PASSWORD = "The one you typed was fine. Type it again."

bp = Blueprint("accounts", __name__)
bp.before_app_request(sessions.load_current)
bp.app_errorhandler(Exception)(sessions.refuse_vanished)


@bp.app_errorhandler(vault.Tampered)
def tell_unreadable(error: vault.Tampered) -> Response:
    """Answers where something that a page shows doesn't open: a row that was damaged, or is another person's."""
    logs.report(error)
    return web.error_response(500, UNREADABLE)


def unreadable_note(names: list[Address]) -> str:
    """What to say above `names` when one of them can't be read; "" when all can."""
    return "" if all(one.text for one in names) else UNREADABLE_NAME.format(logs.request_id())


def secrets() -> Secrets:
    """The server's secrets, the present one first."""
    return web.application().settings.secrets


def account_name(user: User) -> str:
    """The name or email address that an account signs in with."""
    return addresses.active_of(secrets(), user.id).text


def message_of(form_errors: list[web.FormError], anchor: str) -> str:
    """What to say beside one field."""
    return next((one.message for one in form_errors if one.anchor == anchor), "")


def password_note(password: str, error: str) -> str:
    """What a refused page says of a good password that was typed on it, since it is never put back."""
    return GOOD_PASSWORD if password and not error else ""
