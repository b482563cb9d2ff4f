"""Which keys a table of the seed may have, and of what type."""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from dreamtree.content.seed.problems import Problems, SeedFile

Table = Mapping[str, Any]
Shape = dict[str, str]
"""Key → type, with "?" when it may be left out."""

KINDS: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "text": ("text in quotes", lambda value: isinstance(value, str)),
    "number": ("a whole number", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    "switch": ("true or false", lambda value: isinstance(value, bool)),
    "table": ("a table", lambda value: isinstance(value, dict)),
    "texts": ("a list of texts", lambda value: _all(value, str)),
    "numbers": ("a list of whole numbers", lambda value: _all(value, int)),
    "tables": ("a list of tables", lambda value: _all(value, dict)),
}
TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def _all(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(one, kind) and not isinstance(one, bool) for one in value)


def parse(file: SeedFile, problems: Problems) -> dict[str, Any]:
    """The file as TOML; a mistake in it is a problem at its line, and an empty table to go on with."""
    try:
        return tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        place = TOML_PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else file.text.count("\n") + 1
        problems.add(file, line, TOML_PLACE.sub("", str(error)))
        return {}


def fits(table: Table, shape: Shape, file: SeedFile, problems: Problems, *anchors: str) -> bool:
    """Whether `table` has the keys of `shape` and no others; says what is wrong, at its line."""
    before = len(problems.found)
    for key in table.keys() - shape.keys():
        problems.add(file, file.line(*anchors, key), f"unknown key “{key}”")
    for key, kind in shape.items():
        wanted, is_right = KINDS[kind.removesuffix("?")]
        if key not in table and not kind.endswith("?"):
            problems.add(file, file.line(*anchors), f"“{key}” is missing")
        elif key in table and not is_right(table[key]):
            problems.add(file, file.line(*anchors, key), f"“{key}” is not {wanted}")
    return len(problems.found) == before


def whole_tables(
    source: Table, name: str, shape: Shape, file: SeedFile, problems: Problems, mark: str
) -> list[dict[str, Any]]:
    """The tables `[[name]]` that fit; `mark` is the key each is known by, which no two may share."""
    tables = source.get(name, [])
    if not KINDS["tables"][1](tables):
        problems.add(file, file.line(name), f"“{name}” is not a list of tables")
        return []
    by_mark: dict[Any, dict[str, Any]] = {}
    for table in tables:
        entry = anchor(mark, table.get(mark))
        if not fits(table, shape, file, problems, entry):
            continue
        if table[mark] in by_mark:
            problems.add(file, file.line(entry, entry), f"{mark} “{table[mark]}” is there twice")
        by_mark[table[mark]] = table
    return list(by_mark.values())


def anchor(mark: str, value: Any) -> str:
    """How `mark` and its value stand in the file."""
    return f'{mark} = "{value}"' if isinstance(value, str) else f"{mark} = {value}"
