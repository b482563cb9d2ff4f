"""Static files: joined, named by their content, compressed once at the start, and kept by browsers for good.

`css/*.css` become one `app.css`, in the order of their names. `js/*.js`, then `js/*/*.js`, become one module
`app.js`; each stands in a block of its own, so a file shares nothing with another and imports nothing. Comments
and white space of scripts stay here: every byte of them counts on a slow line.
"""

import gzip
import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from posixpath import join, normpath

from flask import Flask
from whitenoise import WhiteNoise

from dreamtree.disk import write_whole
from dreamtree.web.minify import Unclosed, minified

PREFIX = "/static/"
HASHED = re.compile(r"\.[0-9a-f]{10}\.")
CSS_URL = re.compile(r"""url\(\s*["']?(?!data:|#|/)([^"')]+)["']?\s*\)""")
IMPORT_OR_EXPORT = re.compile(r"^\s*(import\b(?!\s*\()|export\b)", re.MULTILINE)
COMPRESSED = (".css", ".js", ".svg", ".webmanifest", ".json", ".txt")
TYPES = {".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}


class BrokenAsset(Exception):
    """A static file cannot be joined or names one that is not there; says which."""


def init(app: Flask, source: Path, target: Path) -> dict[str, str]:
    """Build the files of `source` into `target`, serve them, and give templates `asset(name)`."""
    files = build(source, target)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(target),
        prefix=PREFIX,
        max_age=3600,
        allow_all_origins=False,
        mimetypes=TYPES,
        immutable_file_test=lambda _path, url: bool(HASHED.search(url)),
    )
    app.jinja_env.globals["asset"] = lambda name: PREFIX + files[name]
    return files


def build(source: Path, target: Path) -> dict[str, str]:
    """Write every file under a name with its hash; answers name → hashed name. Same content, same names."""
    names: dict[str, str] = {}
    for path in _unjoined_files(source):
        name = path.relative_to(source).as_posix()
        names[name] = _write(target, name, path.read_bytes())
    names["app.css"] = _write(target, "app.css", _join_css(source, names).encode())
    names["app.js"] = _write(target, "app.js", _join_js(source).encode())
    return names


def _unjoined_files(source: Path) -> list[Path]:
    """The files served as they are: all but those that are joined."""
    joined = (source / "css", source / "js")
    files = sorted(path for path in source.rglob("*") if path.is_file())
    return [path for path in files if not any(folder in path.parents for folder in joined)]


def _join_css(source: Path, names: Mapping[str, str]) -> str:
    return "\n".join(_with_hashed_urls(path.read_text(), path.name, names) for path in sorted(source.glob("css/*.css")))


def _with_hashed_urls(css: str, file: str, names: Mapping[str, str]) -> str:
    """`css` moved to the root of the static files: `../fonts/a.woff2` has become `fonts/a.<hash>.woff2`."""

    def hashed(match: re.Match[str]) -> str:
        name = normpath(join("css", match[1]))
        if name not in names:
            raise BrokenAsset(f"{file} names {match[1]}, which is not there")
        return f'url("{names[name]}")'

    return CSS_URL.sub(hashed, css)


def _join_js(source: Path) -> str:
    paths = [*sorted(source.glob("js/*.js")), *sorted(source.glob("js/*/*.js"))]
    return "\n".join(_in_own_block(path.name, path.read_text()) for path in paths)


def _in_own_block(file: str, script: str) -> str:
    if IMPORT_OR_EXPORT.search(script):
        raise BrokenAsset(f"{file} has an import or export; joined files share nothing")
    try:
        return f"{{\n{minified(script)}\n}}"
    except Unclosed as error:
        raise BrokenAsset(f"{file}: {error}") from error


def _write(target: Path, name: str, content: bytes) -> str:
    """Keep `content` under its hashed name, gzipped beside it when that helps."""
    stem, dot, end = name.rpartition(".")
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}{dot}{end}" if dot else name
    path = target / hashed
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Other processes start too, and each reads all names of the folder: no draft may stand there.
        draft = target.with_name(f".{target.name}-{os.getpid()}")
        if path.suffix in COMPRESSED:
            write_whole(path.with_name(path.name + ".gz"), gzip.compress(content, 9, mtime=0), draft)
        write_whole(path, content, draft)
    return hashed
