"""The Chromium or Chrome of this machine, and Chromium's shell, which has no windows and takes half the time.

`python -m tests.browser.chromium` exits 1 when there is no browser, with `both` also when there is no shell.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserType

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"
MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Without a process of its own for graphics it takes a fifth less."""


def find_chromium() -> str | None:
    """Its path: `CHROMIUM` from the environment, else one on the path, else an app of macOS."""
    if named := os.environ.get("CHROMIUM"):
        return named
    on_path = (shutil.which(name) for name in NAMES)
    apps = (f"{home}/Applications/{name}.app/Contents/MacOS/{name}" for home in ("", Path.home()) for name in MAC)
    return next((path for path in (*on_path, *apps) if path and Path(path).exists()), None)


def find_shell() -> str | None:
    """The path of Chromium's shell, or of the browser that the environment names."""
    return os.environ.get("CHROMIUM") or shutil.which(SHELL)


def launch(kind: BrowserType, whole: bool = False, **options: Any) -> Browser:
    """Starts it without a window: the shell, if there is one, or the `whole` browser, which remembers pages."""
    path = find_chromium() if whole else find_shell() or find_chromium()
    return kind.launch(executable_path=path, args=list(ARGUMENTS), **options)


if __name__ == "__main__":
    sys.exit(0 if find_chromium() and (find_shell() or sys.argv[1:] != ["both"]) else 1)
