"""Pages about the person's own data, one subject a module; each hangs its routes on `bp`."""

from dreamtree.archive.views import copies, erasing, merging, restoring, trash
from dreamtree.archive.views.blueprint import bp

__all__ = ["bp", "copies", "erasing", "merging", "restoring", "trash"]
