"""What is to survive a power cut."""

import os
from pathlib import Path


def bring_to_disk(path: Path) -> None:
    """Waits until a file, or the names in a folder, would survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
