"""How a block is answered: one folder a kind, found by walking this package."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from dreamtree.tools.base import NAME_LIMIT, Button, Inputs, Problem, Rest, RestLine, Tool, UnknownButton
from dreamtree.tools.canonical import canonical
from dreamtree.tools.fields import KEY
from dreamtree.tools.skill_changes import SkillCalled, SkillChange

__all__ = [
    "KEY",
    "NAME_LIMIT",
    "Button",
    "Inputs",
    "Problem",
    "Rest",
    "RestLine",
    "SkillCalled",
    "SkillChange",
    "Tool",
    "UnknownButton",
    "all_tools",
    "canonical",
    "tool",
]


@cache
def all_tools() -> dict[str, Tool]:
    """Every tool by kind. A prompt's seven kinds are answered by one folder."""
    folders = (import_module(f"{__name__}.{folder.name}") for folder in iter_modules(__path__) if folder.ispkg)
    return {one.kind: one for folder in folders for one in _tools_of(folder)}


def _tools_of(folder: object) -> tuple[Tool, ...]:
    """The tools of a folder; none in a folder that several tools share."""
    one: Tool | None = getattr(folder, "tool", None)
    return getattr(folder, "tools", None) or ((one,) if one else ())


def tool(kind: str) -> Tool:
    """The tool that answers blocks of this kind. Raises `KeyError` for a kind nobody wrote."""
    return all_tools()[kind]
