"""Rotating the server's secret: what is sealed under an earlier one is sealed anew, so that the earlier one can go."""

from dataclasses import dataclass

from dreamtree import vault
from dreamtree.accounts import addresses
from dreamtree.accounts.addresses import Secrets
from dreamtree.accounts.models import Email
from dreamtree.db import saving

AT_ONCE = 200


@dataclass(frozen=True)
class Rotation:
    """How many addresses were sealed anew, were up to date already, or open under no secret we have."""

    resealed: int = 0
    up_to_date: int = 0
    unreadable: int = 0

    def __add__(self, other: "Rotation") -> "Rotation":
        return Rotation(
            self.resealed + other.resealed, self.up_to_date + other.up_to_date, self.unreadable + other.unreadable
        )


def rotate(secrets: Secrets) -> Rotation:
    """Seal every address under the first of `secrets`, a few at a time; doing it again changes nothing.

    It is all that the server's secret seals: people's own keys are wrapped under their passwords, words and tokens.
    """
    total, last = Rotation(), ("", "")
    while rows := _rows_after(last):
        total = sum((_rotate(secrets, row) for row in rows), total)
        last = (rows[-1].user_id, rows[-1].id)
    return total


def _rows_after(last: tuple[str, str]) -> list[Email]:
    after = (Email.user_id > last[0]) | ((Email.user_id == last[0]) & (Email.id > last[1]))
    return list(Email.select().where(after).order_by(Email.user_id, Email.id).limit(AT_ONCE))


def _rotate(secrets: Secrets, row: Email) -> Rotation:
    if _opens(secrets[:1], row):
        return Rotation(up_to_date=1)
    if not _opens(secrets, row):
        return Rotation(unreadable=1)
    mine = (Email.user_id == row.user_id) & (Email.id == row.id) & (Email.email == row.email)
    new = addresses.seal_row(secrets, row, addresses.open_row(secrets, row).text)
    change = Email.update(lookup=new.lookup, email=new.email).where(mine)
    saving(change.execute)
    return Rotation(resealed=1)


def _opens(secrets: Secrets, row: Email) -> bool:
    try:
        addresses.open_row(secrets, row)
    except vault.Tampered:
        return False
    return True
