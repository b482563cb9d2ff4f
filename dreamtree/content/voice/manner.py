"""What an authors' folder says of the voice, in voice.toml: words, speakers and names of pages."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dreamtree.content.voice.returns import Page
from dreamtree.content.voice.speakers import Speaker
from dreamtree.content.voice.wording import Unless, Word

FILE = "voice.toml"


@dataclass(frozen=True)
class Manner:
    """`words` that are not said, the `speakers` of the examples, `pages` that have a name."""

    words: tuple[Word, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    pages: tuple[Page, ...] = ()


PLAIN = Manner()
"""A book of which nothing is said."""


def read_manner(folder: Path) -> Manner:
    """What `folder`/voice.toml says; nothing where there is no such file."""
    path = folder / FILE
    if not path.is_file():
        return PLAIN
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Manner(
        tuple(_word(one) for one in table.get("word", ())),
        tuple(Speaker(**one) for one in table.get("speaker", ())),
        tuple(Page(**one) for one in table.get("page", ())),
    )


def _word(table: dict[str, Any]) -> Word:
    return Word(**table | {"unless": tuple(Unless(**one) for one in table.get("unless", ()))})
