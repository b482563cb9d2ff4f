"""Asking for the password before something about the account is changed."""

from flask import request

from dreamtree.accounts import sessions
from dreamtree.accounts.models import User


def problem_with_password(user: User) -> str:
    """Why the posted `password` does not show that it is the person who asks; "" when it does. Tries are counted."""
    return sessions.password_problem(user, request.form.get("password", ""))
