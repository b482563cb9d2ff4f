"""What the account page says of each part of an account."""

from dataclasses import dataclass

from dreamtree.accounts import days, second_step
from dreamtree.accounts.models import Auth, User


@dataclass(frozen=True)
class AccountLine:
    """One part of the account: what it is, how it stands, and where it is changed."""

    title: str
    words: str
    url: str
    verb: str


def account_lines(user: User, names: list[str], devices: int) -> tuple[AccountLine, ...]:
    """The parts of the account, from the names it has, the active one first, and the number of devices. One query."""
    credentials = {one.type: one for one in Auth.select().where(Auth.user_id == user.id)}
    return (
        AccountLine("Email or name", _names(names), "/account/addresses", "Change"),
        AccountLine("Password", _password(user, credentials["password"]), "/account/password", "Change"),
        AccountLine("Recovery words", _words(user, credentials.get("recovery")), "/account/words", "Check or renew"),
        AccountLine("Second step", _second_step(credentials.get("totp")), "/account/second-step", "Change"),
        AccountLine(
            "Devices", "signed in here only" if devices == 1 else f"signed in on {devices}", "/account/devices", "See"
        ),
    )


def _names(names: list[str]) -> str:
    return names[0] + (f", and {len(names) - 1} more saved" if len(names) > 1 else "")


def _password(user: User, row: Auth) -> str:
    return f"set {days.near_day_words(user, row.updated_at)}"


def _words(user: User, row: Auth | None) -> str:
    if row is None:
        return "none yet, so nobody can open the tree if you forget your password"
    made = f"made {days.near_day_words(user, row.created_at)}"
    checked = f"checked {days.near_day_words(user, row.checked_at)}" if row.checked_at else "not checked yet"
    return f"{made}, {checked}"


def _second_step(row: Auth | None) -> str:
    if row is None:
        return "off, so you need only your password to sign in"
    return f"on, {len(second_step.step_of_row(row).marks)} backup codes left"
