"""The second step of a sign-in: six digits from an app on the phone (RFC 6238), or one of ten backup codes.

The app's key is sealed with the person's own, in the row `totp` of `auth`; beside it stand the last used step of 30
seconds and the keyed marks of the backup codes that are left.
"""

import hmac
import json
import re
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum

import pyotp
import segno
from markupsafe import Markup
from peewee import ModelDelete

from dreamtree import text, vault
from dreamtree.accounts.models import Auth, User
from dreamtree.db import Conflict, new_id, now, saving
from dreamtree.vault import Sealed

TYPE, LABEL, MARK = "totp", "auth.totp", "auth.backup"
ISSUER = "DreamTree"
STEP_SECONDS = 30
NEAR_STEPS = (0, -1, 1)
BACKUP_CODES = 10
BACKUP_LENGTH = 8
A_MOMENT = timedelta(minutes=15)
"""So long a form that is sent twice shows its codes again."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
KEY = re.compile(r"[A-Z2-7]{32}")
NOT_OF_A_CODE = re.compile(r"[\s-]+")


class Verdict(Enum):
    """What a typed code is worth."""

    PASSED = "passed"
    USED = "used"
    WRONG = "wrong"


@dataclass(frozen=True)
class SecondStep:
    """A second step that is on. `last` is the number of the last used step of 30 seconds, `since` UTC text."""

    row_id: str
    key: Sealed
    last: int
    marks: tuple[str, ...]
    since: str

    @property
    def stored(self) -> str:
        """The JSON text that the column `password_hash` of the row holds."""
        return json.dumps({"key": self.key.envelope, "last": self.last, "marks": self.marks})


def new_app_key() -> str:
    """A fresh key for an app: 160 random bits in base32. Nothing is stored."""
    return pyotp.random_base32()


def is_key(text: str) -> bool:
    """Whether `text` may be a key that `new_app_key` made."""
    return bool(KEY.fullmatch(text))


def in_groups(key: str) -> str:
    """The key as somebody types it over: groups of four."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def picture_of(key: str, name: str) -> Markup:
    """The QR code by which an app takes the key for the account `name`, as SVG without any style of its own."""
    address = pyotp.TOTP(key).provisioning_uri(name=name, issuer_name=ISSUER)
    code = segno.make(address, error="m", micro=False)
    title = "A square code to scan with an authenticator app"
    drawn = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", title=title)
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))


def second_step_of(user: User) -> SecondStep | None:
    """The person's second step; None while it is off. One query."""
    row = Auth.get_or_none(Auth.user_id == user.id, Auth.type == TYPE)
    return step_of_row(row) if row else None


def step_of_row(row: Auth) -> SecondStep:
    """The second step that a row `totp` of `auth` holds."""
    stored = json.loads(str(row.password_hash))
    return SecondStep(row.id, Sealed(stored["key"]), stored["last"], tuple(stored["marks"]), row.created_at)


def turn_on(user: User, key: str, typed: str, codes: tuple[str, ...]) -> tuple[str, ...] | None:
    """Begin to ask for a code at sign-in; answers the backup codes that count from now on.

    None when `typed` is not a code of `key`. The code that confirms it counts as used.
    """
    used = _step_of(key, typed)
    if used is None:
        return None
    row_id, at = new_id(), now()
    step = SecondStep(row_id, vault.seal(user, LABEL, row_id, key), used, _marks(user, codes), at)
    row = {"user_id": user.id, "id": row_id, "type": TYPE, "password_hash": step.stored}

    def write() -> None:
        turn_off_now(user)
        Auth.create(**row, created_at=at, updated_at=at)

    saving(write)
    return codes


def turn_off(user: User) -> None:
    """From now on the password alone is asked."""
    saving(lambda: turn_off_now(user))


def turn_off_now(user: User) -> None:
    """As `turn_off`, inside a transaction that does more."""
    ModelDelete(Auth).where(Auth.user_id == user.id, Auth.type == TYPE).execute()


def renew_codes(user: User, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Ten new backup codes; the earlier ones are void. None at all while the second step is off."""
    marks = _marks(user, codes)
    return saving(lambda: _renew(user, codes, marks))


def check(user: User, typed: str) -> Verdict:
    """What `typed` is worth at sign-in, counted as used if it passes. A person without a second step passes nothing."""
    step = _step_now()
    return saving(lambda: _check(user, typed, step))


def _check(user: User, typed: str, now_step: int) -> Verdict:
    step = second_step_of(user)
    if step is None:
        return Verdict.WRONG
    mark = _mark(user, typed)
    if mark in step.marks:
        return _use(user, step, replace(step, marks=tuple(one for one in step.marks if one != mark)))
    found = _step_of(vault.open_(user, LABEL, step.row_id, step.key), typed, now_step)
    if found is None:
        return Verdict.WRONG
    return Verdict.USED if found <= step.last else _use(user, step, replace(step, last=found))


def _use(user: User, step: SecondStep, used: SecondStep) -> Verdict:
    _change(user, step, used)
    return Verdict.PASSED


def _renew(user: User, codes: tuple[str, ...], marks: tuple[str, ...]) -> tuple[str, ...]:
    step = second_step_of(user)
    if step is None:
        return ()
    _change(user, step, replace(step, marks=marks))
    return codes


def _change(user: User, before: SecondStep, after: SecondStep) -> None:
    """Raises `Conflict` when somebody else changed it since it was read: no code is good for two sign-ins at once."""
    row = (Auth.user_id == user.id) & (Auth.id == before.row_id) & (Auth.password_hash == before.stored)
    if not Auth.update(password_hash=after.stored, updated_at=now()).where(row).execute():
        raise Conflict


def _step_now() -> int:
    return int(time.time()) // STEP_SECONDS


def _step_of(key: str, typed: str, step: int | None = None) -> int | None:
    """The step near the present one whose code was typed."""
    code, step = NOT_OF_A_CODE.sub("", text.code(typed)), _step_now() if step is None else step
    app = pyotp.TOTP(key)
    steps = [step + near for near in NEAR_STEPS if _is_same(app.generate_otp(step + near), code)]
    return steps[0] if steps else None


def _is_same(ours: str, typed: str) -> bool:
    return hmac.compare_digest(ours.encode(), typed.encode(errors="replace"))


def codes_of(token: str, form: str) -> tuple[str, ...]:
    """Ten codes of 39 bits: "k7mq-x2pd". No letter that is taken for another.

    They come from the token of the session, which is kept nowhere, and are the same however often one form is sent.
    """
    drawn = [_code_of(f"{token}\0{form}\0{number}") for number in range(BACKUP_CODES)]
    return tuple(f"{code[:4]}-{code[4:]}" for code in drawn)


def _code_of(text: str) -> str:
    left, code = int.from_bytes(vault.derive(text.encode(), MARK), "big"), ""
    for _ in range(BACKUP_LENGTH):
        left, place = divmod(left, len(LETTERS))
        code += LETTERS[place]
    return code


def are_fresh(user: User, step: SecondStep, codes: tuple[str, ...]) -> bool:
    """Whether these are the person's codes, made a moment ago, and none was used."""
    age = datetime.now(UTC) - datetime.fromisoformat(step.since)
    return age < A_MOMENT and step.marks == _marks(user, codes)


def _marks(user: User, codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_mark(user, code) for code in codes)


def _mark(user: User, typed: str) -> str:
    return vault.digest(user, MARK, NOT_OF_A_CODE.sub("", text.code(typed)))
