"""The blueprint that every view of this package belongs to."""

from flask import Blueprint

from dreamtree import web
from dreamtree.accounts import passwords, sessions
from dreamtree.accounts.addresses import Secrets

bp = Blueprint("accounts", __name__)
bp.before_app_request(sessions.load_current)


def secrets() -> Secrets:
    """The server's secrets, the present one first."""
    return web.application().settings.secrets


def message_of(mistakes: list[web.Mistake], anchor: str) -> str:
    """What to say beside one field."""
    return next((one.message for one in mistakes if one.anchor == anchor), "")


def password_note(password: str) -> str:
    """What a refused page says of the password that was typed on it, since it is never put back."""
    if not password:
        return ""
    text, strength = passwords.normal(password), passwords.strength(password)
    return f"The one you typed had {len(text)} characters and was {strength.word}. {strength.advice}".strip()
