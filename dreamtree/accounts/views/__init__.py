"""Pages about who is here, one subject a module; each hangs its routes on `bp`."""

from dreamtree.accounts.views import here
from dreamtree.accounts.views.room import bp

__all__ = ["bp", "here"]
