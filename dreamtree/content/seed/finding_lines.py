"""Where in the authors' files a finding of `flask check-book` belongs."""

import re
from pathlib import Path

from dreamtree.content.seed.problems import Problems, SeedFile, seed_text
from dreamtree.content.seed.shapes import anchor

CONNECTION = re.compile(r"C(\d+)")
BLOCK = re.compile(r"((\d+\.\d+)\.\d+)(?:\.(.+))?")
"""An exercise's id with its module's, and a block's key when one follows."""
OCCUPATION = re.compile(r"(?:voice \w+: )?occupation ([a-z0-9-]+)\b")
VOICE_FINDING = re.compile(r"voice [\w ]+: (?:.*? )??(\d+\.\d+\.\d+(?:\.[\w-]+)?)(?![\w.-])")


def with_line(folder: Path, finding: str) -> str:
    """The finding as "file:line: finding" when it begins with what a file of `folder` holds; else as it is.

    A finding begins with a connection's name ("C12"), an exercise's id ("1.1.4"), a block's key ("1.1.4.story-1") or
    "occupation" and its slug; one of the voice names its rule first.
    """
    if occupation := OCCUPATION.match(finding):
        return _at(folder, "reference/occupations.toml", anchor("slug", occupation[1]), finding)
    voice = VOICE_FINDING.match(finding)
    about = voice[1] if voice else finding.partition(":")[0]
    if connection := CONNECTION.fullmatch(about):
        return _at(folder, "connections.toml", anchor("id", int(connection[1])), finding)
    if block := BLOCK.fullmatch(about):
        exercise_id, module_id, key = block.groups()
        path = f"workbook/{module_id.partition('.')[0]}/{module_id}/{exercise_id}.toml"
        return _at(folder, path, anchor("key", key) if key else "id", finding)
    return finding


def _at(folder: Path, path: str, where: str, finding: str) -> str:
    file = _read(folder, path)
    return f"{path}:{file.line(where)}: {finding}" if file else finding


def _read(folder: Path, path: str) -> SeedFile | None:
    return seed_text(folder, folder / path, Problems()) if (folder / path).is_file() else None
