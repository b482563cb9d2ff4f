"""Rotating the server's secret: what is sealed under an earlier one is sealed anew, so that the earlier one can go."""

from dataclasses import dataclass

from dreamtree import vault
from dreamtree.accounts import addresses
from dreamtree.accounts.addresses import Secrets
from dreamtree.accounts.models import Email
from dreamtree.db import saving

BATCH_ROWS = 200


@dataclass(frozen=True)
class Rotation:
    """How many addresses were sealed anew, were up to date already, or open under no secret we have.

    `taken` are the ids of the people whose address somebody else took under the present secret: theirs stay as they
    are, and open under the earlier one.
    """

    resealed: int = 0
    up_to_date: int = 0
    unreadable: int = 0
    taken: tuple[str, ...] = ()

    def __add__(self, other: "Rotation") -> "Rotation":
        return Rotation(
            self.resealed + other.resealed,
            self.up_to_date + other.up_to_date,
            self.unreadable + other.unreadable,
            self.taken + other.taken,
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
    return list(Email.select().where(after).order_by(Email.user_id, Email.id).limit(BATCH_ROWS))


def _rotate(secrets: Secrets, row: Email) -> Rotation:
    if _opens(secrets[:1], row):
        return Rotation(up_to_date=1)
    if not _opens(secrets, row):
        return Rotation(unreadable=1)
    before, new = str(row.email), addresses.seal_row(secrets, row, addresses.open_row(secrets, row).text)
    is_written = saving(lambda: _write(new, before))
    return Rotation(resealed=1) if is_written else Rotation(taken=(str(row.user_id),))


def _write(new: Email, before: str) -> bool:
    """Writes an address sealed anew, where it is still what it was `before`; False where somebody else has it."""
    if Email.select().where(Email.lookup == new.lookup, Email.id != new.id).exists():
        return False
    mine = (Email.user_id == new.user_id) & (Email.id == new.id) & (Email.email == before)
    Email.update(lookup=new.lookup, email=new.email).where(mine).execute()
    return True


def _opens(secrets: Secrets, row: Email) -> bool:
    try:
        addresses.open_row(secrets, row)
    except vault.Tampered:
        return False
    return True
