"""Pages about who is here, one subject a module; each hangs its routes on `bp`."""

from dreamtree.accounts.views import (
    account,
    addresses,
    claiming,
    code,
    devices,
    here,
    password,
    recovering,
    second_step,
    signing,
)
from dreamtree.accounts.views.room import bp

__all__ = [
    "account",
    "addresses",
    "bp",
    "claiming",
    "code",
    "devices",
    "here",
    "password",
    "recovering",
    "second_step",
    "signing",
]
