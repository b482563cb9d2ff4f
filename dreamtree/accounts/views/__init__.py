"""Pages about who is here, one subject a module; each hangs its routes on `bp`."""

from dreamtree.accounts.views import claiming, here, recovering, signing
from dreamtree.accounts.views.room import bp

__all__ = ["bp", "claiming", "here", "recovering", "signing"]
