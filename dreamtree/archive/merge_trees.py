"""Two trees become one. Nothing here reads or writes the database: trees go in, a tree comes out.

In each module the side that was changed last stays on top, the receiving one when they are level; a block answered on
one side only is kept; records and tools are united; what is not on top is in the history. Doing it again adds nothing.
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from dreamtree.answers.built_on import BlockConnection
from dreamtree.answers.records import KEYS
from dreamtree.archive.conflicts import (
    NOT_WORDS,
    free_id,
    resolve_conflict,
    text_to_compare,
    text_without_keys,
    with_keys,
)
from dreamtree.archive.snapshot import (
    AnswerSnapshot,
    ChoiceSnapshot,
    ExerciseState,
    InputSnapshot,
    InstanceSnapshot,
    ModuleState,
    SettingsSnapshot,
    Snapshot,
    module_of,
)

UNSET = {"background_color": "cream", "text_color": "charcoal", "font": "system", "time_zone": "", "display_name": None}
"""Settings that nobody has chosen yet."""


@dataclass(frozen=True)
class Side:
    """What one tree has in a module: answers, records, about how many words; and when it last changed, "" for never."""

    answers: int
    records: int
    words: int
    changed_at: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the module was said on this side."""
        return not (self.answers or self.records)


@dataclass(frozen=True)
class ModuleMerge:
    """What one module holds on both sides, and together. `conflicts`: the blocks answered on both sides, but
    differently; `stays`: whose texts stay on top there, mine, theirs, or both when all agree.
    """

    module_id: str
    mine: Side
    theirs: Side
    together: Side
    conflicts: tuple[str, ...]
    stays: str


@dataclass(frozen=True)
class Merged:
    """The tree that comes of it, and how, module by module in the order of their numbers."""

    snapshot: Snapshot
    modules: tuple[ModuleMerge, ...]


def merge_trees(mine: Snapshot, theirs: Snapshot, at: str) -> Merged:
    """`theirs` brought into `mine`, the receiving tree; `at` is the moment, ISO 8601 UTC text."""
    doubles = _doubles(mine, theirs)
    newer = {module for module in _modules(theirs) if _changed_at(theirs, module) > _changed_at(mine, module)}
    answers = _answers(mine, theirs, newer, doubles, at)
    snapshot = Snapshot(
        settings=_settings(mine, theirs),
        answers=answers,
        instances=_instances(mine, theirs, newer, doubles, at),
        seen=_seen(mine, theirs, answers),
        choices=_choices(mine, theirs),
        exercises=_united(mine.exercises, theirs.exercises, _exercise),
        modules=_united(mine.modules, theirs.modules, _module),
    )
    modules = sorted(_modules(mine) | _modules(theirs))
    return Merged(snapshot, tuple(_module_merge(mine, theirs, snapshot, newer, one) for one in modules))


# Answers and records


def _answers(
    mine: Snapshot, theirs: Snapshot, newer: set[str], doubles: dict[str, str], at: str
) -> dict[str, AnswerSnapshot]:
    merged, taken = dict(mine.answers), {one.id for one in mine.texts}
    for key, one in theirs.answers.items():
        other, before = _renamed(one, doubles), mine.answers.get(key)
        if before is None:
            merged[key] = replace(other, id=free_id(other.id, taken))
        else:
            merged[key] = with_keys(before, other, resolve_conflict(before, other, module_of(key) in newer, at))
    return dict(sorted(merged.items()))


def _renamed(one: AnswerSnapshot, doubles: dict[str, str]) -> AnswerSnapshot:
    """With the keys of my records where theirs are doubles of them."""
    if not doubles or KEYS not in one.answer:
        return one
    start = f"{one.block_key}:"
    keys = [doubles.get(start + key, start + key).removeprefix(start) for key in one.answer[KEYS]]
    return replace(one, answer={**one.answer, KEYS: keys})


def _instances(
    mine: Snapshot, theirs: Snapshot, newer: set[str], doubles: dict[str, str], at: str
) -> dict[str, InstanceSnapshot]:
    merged = dict(mine.instances)
    for identity, one in theirs.instances.items():
        place = doubles.get(identity, identity)
        before = mine.instances.get(place)
        if before is None:
            merged[place] = one
        else:
            merged[place] = resolve_conflict(before, one, _is_newer(before, one, newer), at)
    return dict(sorted(merged.items()))


def _is_newer(mine: InstanceSnapshot, theirs: InstanceSnapshot, newer: set[str]) -> bool:
    return module_of(theirs.block_key) in newer if theirs.block_key else theirs.saved_at > mine.saved_at


def _doubles(mine: Snapshot, theirs: Snapshot) -> dict[str, str]:
    """Their record → mine that says exactly the same; each of mine stands for one of theirs."""
    free: dict[tuple[Any, ...], list[str]] = {}
    for identity, one in sorted(mine.instances.items()):
        if identity not in theirs.instances:
            free.setdefault(_sameness(one), []).append(identity)
    strangers = [one for identity, one in sorted(theirs.instances.items()) if identity not in mine.instances]
    return {one.id: free[_sameness(one)].pop(0) for one in strangers if free.get(_sameness(one))}


def _sameness(one: InstanceSnapshot) -> tuple[Any, ...]:
    return one.tool_type, one.origin, one.block_key, one.name, one.deleted_at is None, text_without_keys(one.answer)


# What stands around them


def _settings(mine: Snapshot, theirs: Snapshot) -> SettingsSnapshot:
    """Mine; where nobody has chosen yet, and wherever mine is an empty tree, theirs."""
    if mine.is_empty:
        return replace(
            mine.settings, **{name: one for name, one in vars(theirs.settings).items() if one not in (None, "")}
        )
    unset = {name for name, value in UNSET.items() if getattr(mine.settings, name) == value}
    return replace(mine.settings, **{name: getattr(theirs.settings, name) for name in unset})


def _seen(mine: Snapshot, theirs: Snapshot, answers: dict[str, AnswerSnapshot]) -> tuple[InputSnapshot, ...]:
    """What each text on top was built on."""
    by_place = {_place(one): one for one in theirs.seen}
    for one in mine.seen:
        if _place(one) not in by_place or _is_mine(mine, answers, one):
            by_place[_place(one)] = one
    return tuple(by_place[place] for place in sorted(by_place))


def _place(one: InputSnapshot | ChoiceSnapshot) -> BlockConnection:
    return one.block_key, one.connection_id


def _is_mine(mine: Snapshot, answers: dict[str, AnswerSnapshot], one: InputSnapshot) -> bool:
    """Whether the text on top of this block is mine."""
    before, now = mine.answers.get(one.block_key), answers.get(one.block_key)
    return before is None or now is None or text_to_compare(before.answer) == text_to_compare(now.answer)


def _choices(mine: Snapshot, theirs: Snapshot) -> tuple[ChoiceSnapshot, ...]:
    """The one that was made last."""
    by_place = {_place(one): one for one in theirs.choices}
    for one in mine.choices:
        other = by_place.get(_place(one))
        if other is None or other.chosen_at <= one.chosen_at:
            by_place[_place(one)] = one
    return tuple(by_place[place] for place in sorted(by_place))


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


# Module by module


def _modules(snapshot: Snapshot) -> set[str]:
    return {module_of(one.block_key) for one in snapshot.texts}


def _changed_at(snapshot: Snapshot, module_id: str) -> str:
    """When a module last changed, if need be by its texts, earlier ones too; "" for one in which nothing was said."""
    texts = snapshot.texts_in(module_id)
    state = snapshot.modules.get(module_id)
    if texts and state:
        return state.last_modified_at
    return max((at for one in texts for at in (one.saved_at, *(text.written_at for text in one.history))), default="")


def _module_merge(mine: Snapshot, theirs: Snapshot, together: Snapshot, newer: set[str], module_id: str) -> ModuleMerge:
    stays = "theirs" if module_id in newer else "mine"
    agree = _words_in(mine, module_id) == _words_in(theirs, module_id)
    own_side, other_side, in_all = (_side(one, module_id) for one in (mine, theirs, together))
    return ModuleMerge(
        module_id, own_side, other_side, in_all, _conflicts(mine, theirs, module_id), "both" if agree else stays
    )


def _side(snapshot: Snapshot, module_id: str) -> Side:
    living = _living(snapshot, module_id)
    answers = sum(isinstance(one, AnswerSnapshot) for one in living)
    count_of_words = sum(_count_words(one.answer) for one in living)
    return Side(answers, len(living) - answers, count_of_words, _changed_at(snapshot, module_id))


def _conflicts(mine: Snapshot, theirs: Snapshot, module_id: str) -> tuple[str, ...]:
    """The blocks in which both sides have a living text for one place, and not the same one."""
    own = {one.id: one for one in _living(mine, module_id)} | {one.block_key: one for one in mine.answers.values()}
    conflicts = []
    for one in _living(theirs, module_id):
        other = own.get(one.block_key if isinstance(one, AnswerSnapshot) else one.id)
        if other and not other.deleted_at and text_to_compare(other.answer) != text_to_compare(one.answer):
            conflicts.append(one.block_key or "")
    return tuple(dict.fromkeys(conflicts))


def _count_words(value: Any) -> int:
    """About how many words somebody wrote or chose in an answer."""
    if isinstance(value, dict):
        return sum(_count_words(one) for name, one in value.items() if name not in NOT_WORDS)
    if isinstance(value, list):
        return sum(_count_words(one) for one in value)
    return len(value.split()) if isinstance(value, str) else 0


def _words_in(snapshot: Snapshot, module_id: str) -> Counter[tuple[str | None, str]]:
    """What a module says, block by block, and how often."""
    return Counter((one.block_key, text_to_compare(one.answer)) for one in _living(snapshot, module_id))


def _living(snapshot: Snapshot, module_id: str) -> list[AnswerSnapshot | InstanceSnapshot]:
    """The texts in a module that do not lie in the trash."""
    return [one for one in snapshot.texts_in(module_id) if not one.deleted_at]
