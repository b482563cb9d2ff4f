"""What answers teach, by what their blocks make: found from the declarations of the nouns."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from dreamtree.content import book
from dreamtree.content.blocks import Block
from dreamtree.db import tables_below
from dreamtree.profile.noun import NOTHING, Items, Noun, Source, SpecialNoun
from dreamtree.profile.provenance import exercise_of
from dreamtree.profile.rows import DerivedRow, learn_rows
from dreamtree.profile.skills import Evidence, learn_tags
from dreamtree.vault import Keyholder

SKILLS_SOURCE = "user_skills"
"""The source that changes where a skill is named."""


def teach(user: Keyholder, block: Block, items: Items, at: str, before: Items | None = None) -> frozenset[str]:
    """Writes what an answer teaches, its items, inside the save; answers the sources that may give something else now.

    The same items again write nothing, and no items take back what was learned from the block. `before` is what the
    answer taught until now, None where that is not known.
    """
    changed = (noun.learn(user, block, items, at, before) for noun in nouns_of(block.makes))
    return frozenset().union(*changed)


def work_out(user: Keyholder, block: Block, items: Items) -> None:
    """What `teach` needs of these items, before the save."""
    for noun in nouns_of(block.makes):
        if isinstance(noun, Noun) and not noun.fills(block.makes) and noun.judged_by is None:
            noun.wanted(user, block, items)


def may_name(block: Block, items: Callable[[], Items]) -> bool:
    """Whether these items of a block may give a skill in the person's own words its name."""
    return any(_may_name(noun, items) for noun in nouns_of(block.makes))


def _may_name(noun: Noun | SpecialNoun, items: Callable[[], Items]) -> bool:
    if isinstance(noun, SpecialNoun) and noun.names is not None:
        return noun.names(items())
    return SKILLS_SOURCE in noun.changed_sources


def may_change(block: Block) -> frozenset[str]:
    """The sources that may give something else once an answer to this block is taught."""
    return frozenset().union(*(noun.changed_sources for noun in nouns_of(block.makes)))


def unteach(user: Keyholder, block_key: str, at: str) -> frozenset[str]:
    """Takes back what a block taught that the book has no more; answers the sources that may give something else now.

    What it wrote into rows of others (a rank, a rating) goes where no block of the book writes that any more; where
    one does, its answer is to be taught again (`fills_rows`).
    """
    changed = [_forget(user, model, block_key, at) for model in tables_below(DerivedRow)]
    gone = (Block(block_key, exercise_of(block_key), "tool", "", makes=makes) for makes in _unmade_in(block_key))
    emptied = [teach(user, block, (), at) for block in gone]
    return frozenset(sources()) if any(changed) or any(emptied) else NOTHING


def fills_rows(block: Block) -> bool:
    """Whether a block writes into rows that other blocks teach too."""
    return any(noun.fills(block.makes) for noun in nouns_of(block.makes))


def _unmade_in(block_key: str) -> list[str]:
    """What fills rows and is made by no block of the book; of rows an exercise has, by none of the exercise."""
    exercise_id = exercise_of(block_key)
    made = {(block.makes, of) for block in book().blocks for of in ("", block.exercise_id)}
    return [
        makes
        for one in _declared()
        for makes in (*one.makes, *(one.filled_by.values() if isinstance(one, Noun) else ()))
        if one.fills(makes) and (makes, exercise_id if _has_row_by_exercise(one) else "") not in made
    ]


def _has_row_by_exercise(one: Noun | SpecialNoun) -> bool:
    return isinstance(one, SpecialNoun) and one.has_row_by_exercise


def _forget(user: Keyholder, model: Any, block_key: str, at: str) -> bool:
    is_evidence = issubclass(model, Evidence)
    return learn_tags(user, model, block_key, {}, at) if is_evidence else learn_rows(user, model, block_key, {}, at)


def nouns_of(makes: str) -> tuple[Noun | SpecialNoun, ...]:
    """What learns from a block that makes this: by the whole name, else by its first part."""
    found = nouns()
    return found.get(makes) or found.get(makes.partition(".")[0], ())


@cache
def nouns() -> Mapping[str, tuple[Noun | SpecialNoun, ...]]:
    """What a block makes → the nouns that learn from it, in the order of their modules."""
    found: dict[str, list[Noun | SpecialNoun]] = defaultdict(list)
    for one in _declared():
        for makes in one.makes or ((one.table,) if isinstance(one, Noun) else ()):
            found[makes].append(one)
    return {makes: tuple(learners) for makes, learners in found.items()}


@cache
def sources() -> Mapping[str, Source]:
    """The sources that connections can read, by name."""
    found = {one.source: one.reads or (one.items if isinstance(one, Noun) else None) for one in _declared()}
    return {name: read for name, read in sorted(found.items()) if name and read}


@cache
def _declared() -> tuple[Noun | SpecialNoun, ...]:
    folder = Path(__file__).parent
    modules = (import_module(f"{__package__}.{one.name}") for one in iter_modules([str(folder)]))
    return tuple(dict.fromkeys(one for module in modules for one in declared_in(module)))


def declared_in(module: ModuleType) -> Iterator[Noun | SpecialNoun]:
    """The nouns of one module, in the order of their declaration."""
    return (one for one in vars(module).values() if isinstance(one, Noun | SpecialNoun))
