"""How a block is answered: one module a kind, found by walking this package."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from dreamtree.tools._rows import UnknownButton
from dreamtree.tools._tool import Given, Problem, Tool, canonical
from dreamtree.tools._typed import KEY

__all__ = ["KEY", "Given", "Problem", "Tool", "UnknownButton", "all_tools", "canonical", "tool"]


@cache
def all_tools() -> dict[str, Tool]:
    """Every tool by kind. A prompt's seven kinds are answered by one module."""
    found: dict[str, Tool] = {}
    for module in iter_modules(__path__):
        if not module.name.startswith("_"):
            found.update(_tools_of(import_module(f"{__name__}.{module.name}")))
    return found


def _tools_of(module: object) -> dict[str, Tool]:
    tools: tuple[Tool, ...] = getattr(module, "tools", None) or (module.tool,)  # type: ignore[attr-defined]
    return {one.kind: one for one in tools}


def tool(kind: str) -> Tool:
    """The tool that answers blocks of this kind. Raises `KeyError` for a kind nobody wrote."""
    return all_tools()[kind]
