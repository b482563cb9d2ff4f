"""The room that every view of this package belongs to."""

from flask import Blueprint

from dreamtree.accounts import sessions

bp = Blueprint("accounts", __name__)
bp.before_app_request(sessions.recognize_visitor)
