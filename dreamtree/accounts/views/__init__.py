"""Pages about the account and its sessions, one subject a module; each hangs its routes on `bp`."""

from dreamtree.accounts.views import (
    account,
    addresses,
    claiming,
    code,
    current,
    devices,
    keeping,
    password,
    recovering,
    second_step,
    settings,
    signing,
)
from dreamtree.accounts.views.blueprint import bp

__all__ = [
    "account",
    "addresses",
    "bp",
    "claiming",
    "code",
    "current",
    "devices",
    "keeping",
    "password",
    "recovering",
    "second_step",
    "settings",
    "signing",
]
