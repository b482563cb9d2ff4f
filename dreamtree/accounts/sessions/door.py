"""The form that opens an account, and where it leads afterwards."""

import re
from dataclasses import dataclass

from flask import request

from dreamtree import web

LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,500}")
KEPT = "kept:"
LONGEST_NAME = 400


@dataclass(frozen=True)
class Onward:
    """Where a sign-in leads: to a page, or to sending once more what could not be saved, from `to`, field by field."""

    next: str = ""
    to: str = ""
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Door:
    """The sign-in form as it is shown. A password is never put back into it."""

    onward: Onward
    name: str = ""
    error: str = ""
    is_in_place: bool = False
    shared_first: bool = False


def door(*, onward: Onward | None = None, error: str = "") -> Door:
    """The form with the name that this request carried, in the way that it asks for: a page, or a part of one."""
    return Door(
        onward if onward is not None else onward_in_form(),
        typed_name() if "name" in request.form and "password" in request.form else "",
        error,
        web.is_fragment(),
        web.application().settings.is_shared_by_default,
    )


def typed_name() -> str:
    """The e-mail or name that was typed, cut where no address is longer."""
    return request.form.get("name", "")[:LONGEST_NAME]


def onward_in_form() -> Onward:
    """What the form that was sent carries on."""
    fields = request.form.items(multi=True)
    kept = tuple((name.removeprefix(KEPT), text) for name, text in fields if name.startswith(KEPT))
    return Onward(local_path(request.form.get("next", "")), local_path(request.form.get("to", "")), kept)


def onward_from_here() -> Onward:
    """This request, which nobody was there for, to be sent once more by the person it belongs to.

    Only a form that says whose it is goes on: it can be saved for nobody else, and it holds answers, never a password.
    """
    if not is_tagged():
        return Onward()
    kept = tuple((name, text) for name, text in request.form.items(multi=True) if name != "csrf_token")
    return Onward(to=local_path(request.path), kept=kept)


def is_tagged() -> bool:
    """Whether the form that was sent carries the mark of the person whose page it stood on."""
    return bool(request.form.get("person"))


def local_path(text: str) -> str:
    """`text` if it is a path of this house, else ""; it cannot lead anywhere else."""
    return text if LOCAL.fullmatch(text) else ""
