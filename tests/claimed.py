"""Somebody with an account, made without its pages: for tests of what an account can do once it is there."""

import os

from flask import Flask

from dreamtree.accounts import addresses, credentials, people, recovery_words, sessions
from dreamtree.accounts.models import Session, User
from dreamtree.accounts.people import Current
from dreamtree.db import saving
from dreamtree.web import Application
from tests.visitor import Visitor

NAME, PASSWORD = "mara@example.org", "drawing boxes on a menu"


def current_of(visitor: Visitor) -> Current:
    """Who the visitor's browser opens, key in hand."""
    cookie = visitor.client.get_cookie(sessions.TREE)
    assert cookie is not None
    user_id, _, token = cookie.value.partition(".")
    found = people.authenticate(user_id, token)
    assert found is not None
    return found


def give_account(app: Application, visitor: Visitor, name: str = NAME, password: str = PASSWORD) -> User:
    """The visitor's tree has an account from now on, with recovery words."""
    user = current_of(visitor).user
    rows = (
        credentials.password_credential(user, password),
        credentials.recovery_credential(user, os.urandom(recovery_words.SECRET_BYTES)),
    )
    address = addresses.new_row(app.settings.secrets, user.id, name)

    def write() -> None:
        addresses.insert(app.settings.secrets, address)
        for row in rows:
            credentials.replace(row)
        User.update(is_anonymous=0).where(User.id == user.id).execute()

    saving(write)
    return user


def another_browser(app: Flask, user: User, device: str = "Safari on iPhone", is_shared: bool = False) -> Visitor:
    """One more browser that is signed in to this account."""
    ticket = people.new_session(user, is_shared, device)
    saving(lambda: ticket.session.save(force_insert=True))
    visitor = Visitor(app.test_client())
    visitor.client.set_cookie(sessions.TREE, ticket.cookie)
    return visitor


def is_in(visitor: Visitor) -> bool:
    """Whether the visitor's browser still opens a tree."""
    return visitor.client.get("/workbook").status_code == 200


def sessions_of(user: User) -> int:
    return int(Session.select().where(Session.user_id == user.id).count())
