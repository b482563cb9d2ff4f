"""The blueprint that every view of this package belongs to."""

from flask import Blueprint
from peewee import IntegrityError

from dreamtree import web
from dreamtree.accounts import sessions
from dreamtree.accounts.addresses import Secrets

GOOD_PASSWORD = "The one you typed was fine. Type it again."

bp = Blueprint("accounts", __name__)
bp.before_app_request(sessions.load_current)
bp.app_errorhandler(IntegrityError)(sessions.refuse_vanished)


def secrets() -> Secrets:
    """The server's secrets, the present one first."""
    return web.application().settings.secrets


def message_of(mistakes: list[web.Mistake], anchor: str) -> str:
    """What to say beside one field."""
    return next((one.message for one in mistakes if one.anchor == anchor), "")


def password_note(password: str, error: str) -> str:
    """What a refused page says of a good password that was typed on it, since it is never put back."""
    return GOOD_PASSWORD if password and not error else ""
