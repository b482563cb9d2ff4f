"""The Chromium or Chrome of this machine. `python -m tests.browser.chromium` exits 1 when there is none."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserType

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Its path: `CHROMIUM` from the environment, else one on the path, else an app of macOS."""
    if named := os.environ.get("CHROMIUM"):
        return named
    on_path = (shutil.which(name) for name in NAMES)
    apps = (f"{home}/Applications/{name}.app/Contents/MacOS/{name}" for home in ("", Path.home()) for name in MAC)
    return next((path for path in (*on_path, *apps) if path and Path(path).exists()), None)


def launch(kind: BrowserType, **options: Any) -> Browser:
    """Starts it without a window."""
    return kind.launch(executable_path=find_chromium(), args=list(ARGUMENTS), **options)


if __name__ == "__main__":
    sys.exit(0 if find_chromium() else 1)
