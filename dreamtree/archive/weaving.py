"""Two trees become one. Nothing here reads or writes the database: trees go in, a tree comes out.

In each module the side that was changed last stays on top, the receiving one when they are level; a block answered on
one side only is kept; records and tools are united; what is not on top is in the history. Doing it again adds nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from dreamtree.answers.records import KEYS
from dreamtree.archive.meeting import bare_words, free_id, met, with_keys, words
from dreamtree.archive.tree import Choice, ExerciseState, Instance, Kept, ModuleState, SeenThere, Tree

TOOLS = ""
"""The module of what belongs to none: tools used by themselves."""
UNSET = {"background_color": "cream", "text_color": "charcoal", "font": "system", "time_zone": "", "display_name": None}
"""Settings that nobody has chosen yet."""
Place = tuple[str, int]


@dataclass(frozen=True)
class Side:
    """What one tree has in a module: answers, records, and when it last changed ("" when there is nothing)."""

    answers: int
    records: int
    changed_at: str

    @property
    def is_empty(self) -> bool:
        return not (self.answers or self.records)


@dataclass(frozen=True)
class ModuleMet:
    """What meets in one module. `stays` is the side whose texts stay on top: mine, theirs, or both when they agree."""

    module_id: str
    mine: Side
    theirs: Side
    stays: str


@dataclass(frozen=True)
class Woven:
    """The tree that comes of it, and what met, module by module in the order of their numbers."""

    tree: Tree
    modules: tuple[ModuleMet, ...]


def woven(mine: Tree, theirs: Tree, at: str) -> Woven:
    """`theirs` brought into `mine`, the receiving tree; `at` is the moment, ISO 8601 UTC text."""
    doubles = _doubles(mine, theirs)
    newer = {module for module in _modules(theirs) if _changed_at(theirs, module) > _changed_at(mine, module)}
    answers = _answers(mine, theirs, newer, doubles, at)
    tree = Tree(
        settings=_settings(mine, theirs),
        answers=answers,
        instances=_instances(mine, theirs, newer, doubles, at),
        seen=_seen(mine, theirs, answers),
        choices=_choices(mine, theirs),
        exercises=_united(mine.exercises, theirs.exercises, _exercise),
        modules=_united(mine.modules, theirs.modules, _module),
    )
    return Woven(tree, tuple(_met(mine, theirs, newer, one) for one in sorted(_modules(mine) | _modules(theirs))))


def module_of(block_key: str | None) -> str:
    """ "1.1" of "1.1.4.story-1"; a tool used by itself is in none."""
    return ".".join(block_key.split(".")[:2]) if block_key else TOOLS


def is_empty(tree: Tree) -> bool:
    """Whether nothing was said in it."""
    return not (tree.answers or tree.instances)


# Answers and records


def _answers(mine: Tree, theirs: Tree, newer: set[str], doubles: dict[str, str], at: str) -> dict[str, Kept]:
    found, taken = dict(mine.answers), {one.id for one in _texts(mine)}
    for key, one in theirs.answers.items():
        other, before = _renamed(one, doubles), mine.answers.get(key)
        if before is None:
            found[key] = replace(other, id=free_id(other.id, taken))
        else:
            found[key] = with_keys(before, other, met(before, other, module_of(key) in newer, at))
    return dict(sorted(found.items()))


def _renamed(one: Kept, doubles: dict[str, str]) -> Kept:
    """With the keys of my records where theirs are doubles of them."""
    if not doubles or KEYS not in one.answer:
        return one
    start = f"{one.block_key}:"
    keys = [doubles.get(start + key, start + key).removeprefix(start) for key in one.answer[KEYS]]
    return replace(one, answer={**one.answer, KEYS: keys})


def _instances(mine: Tree, theirs: Tree, newer: set[str], doubles: dict[str, str], at: str) -> dict[str, Instance]:
    found = dict(mine.instances)
    for identity, one in theirs.instances.items():
        place = doubles.get(identity, identity)
        before = mine.instances.get(place)
        if before is None:
            found[place] = one
        else:
            found[place] = met(before, one, _is_newer(before, one, newer), at)
    return dict(sorted(found.items()))


def _is_newer(mine: Instance, theirs: Instance, newer: set[str]) -> bool:
    return module_of(theirs.block_key) in newer if theirs.block_key else theirs.saved_at > mine.saved_at


def _doubles(mine: Tree, theirs: Tree) -> dict[str, str]:
    """Their record → mine that says exactly the same; each of mine stands for one of theirs."""
    free: dict[tuple[Any, ...], list[str]] = {}
    for identity, one in sorted(mine.instances.items()):
        if identity not in theirs.instances:
            free.setdefault(_sameness(one), []).append(identity)
    strangers = [one for identity, one in sorted(theirs.instances.items()) if identity not in mine.instances]
    return {one.id: free[_sameness(one)].pop(0) for one in strangers if free.get(_sameness(one))}


def _sameness(one: Instance) -> tuple[Any, ...]:
    return one.tool_type, one.origin, one.block_key, one.name, one.deleted_at is None, bare_words(one.answer)


# What stands around them


def _settings(mine: Tree, theirs: Tree) -> dict[str, Any]:
    """Mine; where nobody has chosen yet, and wherever mine is an empty tree, theirs."""
    if is_empty(mine):
        chosen = {name: value for name, value in theirs.settings.items() if value not in (None, "")}
        return {**mine.settings, **chosen}
    unset = {name for name, value in UNSET.items() if mine.settings.get(name) == value}
    return {**mine.settings, **{name: theirs.settings.get(name, UNSET[name]) for name in unset}}


def _seen(mine: Tree, theirs: Tree, answers: dict[str, Kept]) -> tuple[SeenThere, ...]:
    """What each text on top was built on."""
    found = {_place(one): one for one in theirs.seen}
    for one in mine.seen:
        if _place(one) not in found or _is_mine(mine, answers, one):
            found[_place(one)] = one
    return tuple(found[place] for place in sorted(found))


def _place(one: SeenThere | Choice) -> Place:
    return one.block_key, one.connection_id


def _is_mine(mine: Tree, answers: dict[str, Kept], one: SeenThere) -> bool:
    """Whether the text on top of this block is mine."""
    before, now = mine.answers.get(one.block_key), answers.get(one.block_key)
    return before is None or now is None or words(before.answer) == words(now.answer)


def _choices(mine: Tree, theirs: Tree) -> tuple[Choice, ...]:
    """The one that was made last."""
    found = {_place(one): one for one in theirs.choices}
    for one in mine.choices:
        other = found.get(_place(one))
        if other is None or other.chosen_at <= one.chosen_at:
            found[_place(one)] = one
    return tuple(found[place] for place in sorted(found))


def _united(mine: dict[str, Any], theirs: dict[str, Any], join: Any) -> dict[str, Any]:
    both = {key: join(mine[key], theirs[key]) for key in mine.keys() & theirs.keys()}
    return dict(sorted({**theirs, **mine, **both}.items()))


def _exercise(mine: ExerciseState, theirs: ExerciseState) -> ExerciseState:
    last = theirs if theirs.last_modified_at > mine.last_modified_at else mine
    first_passed_at = _earliest(mine.first_passed_at, theirs.first_passed_at)
    return replace(last, version=max(mine.version, theirs.version), first_passed_at=first_passed_at)


def _module(mine: ModuleState, theirs: ModuleState) -> ModuleState:
    first_completed_at = _earliest(mine.first_completed_at, theirs.first_completed_at)
    return ModuleState(mine.id, first_completed_at, max(mine.last_modified_at, theirs.last_modified_at))


def _earliest(*times: str | None) -> str | None:
    return min((at for at in times if at), default=None)


# What met


def _modules(tree: Tree) -> set[str]:
    return {module_of(one.block_key) for one in _texts(tree)}


def _texts(tree: Tree) -> Iterable[Kept | Instance]:
    yield from tree.answers.values()
    yield from tree.instances.values()


def _changed_at(tree: Tree, module_id: str) -> str:
    """When a module last changed; "" for one in which nothing was said."""
    said = [one.saved_at for one in _texts(tree) if module_of(one.block_key) == module_id]
    state = tree.modules.get(module_id)
    return state.last_modified_at if said and state else max(said, default="")


def _met(mine: Tree, theirs: Tree, newer: set[str], module_id: str) -> ModuleMet:
    here, there = _side(mine, module_id), _side(theirs, module_id)
    stays = "theirs" if module_id in newer else "mine"
    return ModuleMet(module_id, here, there, "both" if _agree(mine, theirs, module_id) else stays)


def _side(tree: Tree, module_id: str) -> Side:
    answers = [one for one in tree.answers.values() if module_of(one.block_key) == module_id and not one.deleted_at]
    records = [one for one in tree.instances.values() if module_of(one.block_key) == module_id and not one.deleted_at]
    return Side(len(answers), len(records), _changed_at(tree, module_id))


def _agree(mine: Tree, theirs: Tree, module_id: str) -> bool:
    return _said(mine, module_id) == _said(theirs, module_id)


def _said(tree: Tree, module_id: str) -> Counter[tuple[str | None, str]]:
    found: Counter[tuple[str | None, str]] = Counter()
    for one in _texts(tree):
        if module_of(one.block_key) == module_id and not one.deleted_at:
            found[one.block_key, words(one.answer)] += 1
    return found
