"""The form that opens an account, and where it leads afterwards."""

from dataclasses import dataclass

from flask import request

from dreamtree import web
from dreamtree.accounts.sessions.next_page import local_path, own_page

LONGEST_NAME = 400


@dataclass(frozen=True)
class ReturnTo:
    """Where a sign-in returns to: the page `next`, or the address `to`, to which what could not be saved is sent again.

    `kept` holds the fields of that save: pairs of name and text.
    """

    next: str = ""
    to: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> list[web.SentWords]:
        """What was typed in the fields that it keeps, each under its question."""
        return web.words_in(self.kept)


@dataclass(frozen=True)
class SignInForm:
    """The sign-in form as it is shown. A password is never put back into it."""

    return_to: ReturnTo
    name: str = ""
    error: str = ""
    is_in_place: bool = False
    shared_first: bool = False


def sign_in_form(*, return_to: ReturnTo | None = None, error: str = "") -> SignInForm:
    """The form with the name that this request carried, in the way that it asks for: a page, or a part of one."""
    return SignInForm(
        return_to if return_to is not None else return_to_in_form(),
        typed_name() if "name" in request.form and "password" in request.form else "",
        error,
        web.is_fragment(),
        web.application().settings.is_shared_by_default,
    )


def typed_name() -> str:
    """The email or name that was typed, cut where no address is longer."""
    return request.form.get("name", "")[:LONGEST_NAME]


def return_to_in_form() -> ReturnTo:
    """What the sign-in form that was sent carried in its hidden fields."""
    fields = request.form.items(multi=True)
    carried = tuple(
        (name.removeprefix(web.KEPT_PREFIX), text) for name, text in fields if name.startswith(web.KEPT_PREFIX)
    )
    return ReturnTo(own_page(request.form.get("next", "")), local_path(request.form.get("to", "")), carried)


def return_to_this_page() -> ReturnTo:
    """To this request, whose session has ended: it is sent once more by the person it belongs to.

    Only a form that says whose it is goes on: it can be saved for nobody else, and it holds answers, never a password.
    """
    carried = tuple(web.fields_to_send_again())
    return ReturnTo(to=local_path(request.path), kept=carried) if carried else ReturnTo()
