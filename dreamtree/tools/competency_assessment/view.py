"""Levels as their page shows them: one thing at a time, with its five sentences."""

from dataclasses import dataclass

from dreamtree.content import book
from dreamtree.tools.competency_assessment.levels import CANNOT_TELL, HALF_LEVELS, UNKNOWN, ChosenLevel
from dreamtree.tools.rows.steps import Step

IN_BETWEEN = "Between this one and the next"


@dataclass(frozen=True)
class LevelChoice:
    """A sentence to choose, or what stands between two; `number` is its level, "" where it is none."""

    value: str
    text: str
    number: str
    between: str


@dataclass(frozen=True)
class LevelView:
    """One thing: its plain name, then what it is called formally, and what it means."""

    index: int
    key: str
    text: str
    formal: str
    meaning: str
    level: str
    choices: tuple[LevelChoice, ...]


@dataclass(frozen=True)
class LevelsView:
    """The thing at the `step` is on the page, or all where the list is asked for; the others are posted along."""

    on: str
    rows: tuple[LevelView, ...]
    step: Step | None
    is_listed: bool
    count: str
    result: tuple[str, ...]


def level_view(index: int, row: ChosenLevel) -> LevelView:
    """One thing, with its sentences from the reference."""
    one = next((one for one in book().competencies if one.slug == row.key), None)
    return LevelView(
        index=index,
        key=row.key,
        text=row.text,
        formal=one.name.lower() if one else "",
        meaning=one.definition if one else "",
        level=row.level,
        choices=_choices({level.level: level.description for level in one.levels} if one else {}),
    )


def _choices(sentences: dict[int, str]) -> tuple[LevelChoice, ...]:
    """From the first level to the last, each followed by what is between it and the next."""
    found = []
    for level, sentence in sentences.items():
        found.append(LevelChoice(str(level), sentence, str(level), ""))
        if level in HALF_LEVELS:
            found.append(LevelChoice(HALF_LEVELS[level], IN_BETWEEN, "", f"{level} and {level + 1}"))
    return (*found, LevelChoice(UNKNOWN, CANNOT_TELL, "", ""))
