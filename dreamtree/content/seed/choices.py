"""The options of prompts; those of tools belong to the tools, and `check-book` holds them against each other."""

from collections.abc import Callable, Mapping
from typing import Any

from dreamtree.content.seed.shapes import KINDS, Shape

CHOICES: Shape = {"choices": "tables"}
RANGE: Shape = {"min": "number?", "max": "number?", "step": "number?", "low": "text?", "high": "text?"}
LONG: Shape = {"rows": "number?", "limit": "number?"}
PROMPT_OPTIONS: Mapping[str, Shape] = {
    "text": {"limit": "number?"}, "textarea": LONG, "number": RANGE, "slider": RANGE,
    "choice": CHOICES, "checkboxes": CHOICES | {"max": "number?"}, "date": {},
}  # fmt: skip

Wrong = Callable[[str, str], None]


def check_options(kind: str, block: Mapping[str, Any], wrong: Wrong) -> None:
    """Says what is wrong with the options of a prompt; `wrong` takes the key and the message."""
    shape = PROMPT_OPTIONS.get(block.get("prompt", "")) if kind == "prompt" else None
    if shape is None:
        return
    options = block.get("options", {})
    for name in options.keys() - shape.keys():
        wrong(name, f"a {block['prompt']} has no option “{name}”")
    for name, type_name in shape.items():
        wanted, is_right = KINDS[type_name.removesuffix("?")]
        if name in options and not is_right(options[name]):
            wrong(name, f"“{name}” is not {wanted}")
        elif name not in options and not type_name.endswith("?"):
            wrong("options", f"“{name}” is missing")
        elif name == "choices":
            _check_choices(options[name], wrong)
    _check_chosen(block, options, wrong)
    low, high = options.get("min"), options.get("max")
    if isinstance(low, int) and isinstance(high, int) and low >= high:
        wrong("max", "“max” is not above “min”")


def _check_chosen(block: Mapping[str, Any], options: Mapping[str, Any], wrong: Wrong) -> None:
    value = block.get("sets_aside_others", "")
    if value and value not in [one.get("value") for one in options.get("choices", ())]:
        wrong("sets_aside_others", f"“{value}” is none of its choices")


def _check_choices(choices: list[Mapping[str, Any]], wrong: Wrong) -> None:
    values = [one.get("value") for one in choices]
    if len(choices) < 2 or len(set(values)) < len(values):
        wrong("choices", "choices are two or more, each with a value of its own")
    for one in choices:
        if not {"value", "label"} <= one.keys() <= {"value", "label", "help"}:
            wrong("choices", "a choice has a value and a label")
        elif not all(isinstance(part, str) and part for part in one.values()):
            wrong("choices", "value and label of a choice are texts")
