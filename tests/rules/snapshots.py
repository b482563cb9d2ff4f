"""Small trees for the tests of merging trees: made by hand, or grown at random."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from dreamtree.answers.records import KEYS, own_fields
from dreamtree.archive.snapshot import (
    AnswerSnapshot,
    ChoiceSnapshot,
    EarlierText,
    ExerciseState,
    InputSnapshot,
    InstanceSnapshot,
    ModuleState,
    SettingsSnapshot,
    Snapshot,
)

PLAIN = ("1.1.1.line", "1.1.4.story-1", "1.2.1.moves")
LOG = "1.3.1.log"
DAYS = [f"2027-03-0{n}T09:00:00.000Z" for n in range(1, 9)]
WORDS = ("oak", "elm", "ash", "fir")
NOBODY = SettingsSnapshot("cream", "charcoal", "system", None, False, None, "")


def answered(
    block_key: str, answer: Any, at: str = DAYS[0], *, identity: str = "", history: Any = (), **more: Any
) -> AnswerSnapshot:
    """An answer; a word stands for `{"value": word}`."""
    body = {"value": answer} if isinstance(answer, str) else answer
    columns = {"version": 1, "is_complete": True, "revision": len(history) + 1, "last_kind": "save", "deleted_at": None}
    return AnswerSnapshot(
        id=identity or f"a|{block_key}|{answer}",
        block_key=block_key,
        exercise=".".join(block_key.split(".")[:3]) + ".v1",
        answer=body,
        saved_at=at,
        begun_at=at,
        history=tuple(history),
        **{**columns, **more},
    )


def record(
    key: str, words: str, at: str = DAYS[0], *, block_key: str | None = LOG, history: Any = (), **more: Any
) -> InstanceSnapshot:
    """A record of the log, or a tool used by itself."""
    columns = {"version": 1, "is_complete": True, "revision": len(history) + 1, "last_kind": "save", "deleted_at": None}
    return InstanceSnapshot(
        id=f"{block_key}:{key}" if block_key else key,
        tool_type="flow-tracker",
        origin="exercise" if block_key else "standalone",
        block_key=block_key,
        name=None,
        answer={"what": words},
        saved_at=at,
        begun_at=at,
        updated_at=at,
        history=tuple(history),
        **{**columns, **more},
    )


def earlier(words: Any, revision: int = 1, at: str = DAYS[0], identity: str = "") -> EarlierText:
    body = {"value": words} if isinstance(words, str) else words
    return EarlierText(identity or f"e|{words}|{revision}|{at}", revision, "save", "", True, body, at, at)


def snapshot(*texts: AnswerSnapshot | InstanceSnapshot, modules: Any = None, **more: Any) -> Snapshot:
    """A tree of these texts; `modules` are pairs of id and time."""
    parts: dict[str, Any] = {"settings": NOBODY, "seen": (), "choices": (), "exercises": {}}
    return Snapshot(
        answers={one.block_key: one for one in texts if isinstance(one, AnswerSnapshot)},
        instances={one.id: one for one in texts if isinstance(one, InstanceSnapshot)},
        modules={name: ModuleState(name, None, at) for name, at in (modules or {}).items()},
        **{**parts, **more},
    )


def texts_of(snapshot: Snapshot) -> set[str]:
    """Every text of a tree, current and earlier, with the place it is a text of."""
    return set(_texts(snapshot))


def _texts(snapshot: Snapshot) -> Iterable[str]:
    for one in snapshot.answers.values():
        for answer in (one.answer, *(before.answer for before in one.history)):
            yield f"{one.block_key} {answer_words(answer)}"
    for record_ in snapshot.instances.values():
        for answer in (record_.answer, *(before.answer for before in record_.history)):
            yield f"{record_.block_key} {answer_words(answer)}"


def answer_words(answer: Any) -> str:
    """What an answer says; the keys of its records are no words."""
    return json.dumps(own_fields(answer) if KEYS in answer else answer, sort_keys=True)


# Trees at random


DAY, WORD = st.sampled_from(DAYS), st.sampled_from(WORDS)
GONE = st.sampled_from([None, None, None, DAYS[7]])


@st.composite
def histories(draw: Any, who: str, place: str, own: bool = False) -> tuple[EarlierText, ...]:
    earlier_words = draw(st.lists(WORD, max_size=3))
    return tuple(
        earlier({"mood" if own else "value": words}, n, draw(DAY), f"{who}|{place}|{n}")
        for n, words in enumerate(earlier_words, start=1)
    )


@st.composite
def snapshots(draw: Any, who: str) -> Snapshot:
    """The tree of `who`, whose ids are nobody else's, but for records with keys that both may have."""
    texts: list[Any] = [
        answered(
            key,
            draw(WORD),
            draw(DAY),
            identity=f"{who}|{key}",
            history=draw(histories(who, key)),
            deleted_at=draw(GONE),
        )
        for key in draw(st.sets(st.sampled_from(PLAIN)))
    ]
    keys = draw(st.lists(st.sampled_from(["k1", "k2", f"{who}1", f"{who}2"]), unique=True))
    texts += [
        record(key, draw(WORD), draw(DAY), history=draw(histories(who, key)), deleted_at=draw(GONE)) for key in keys
    ]
    if keys:
        own = {"mood": draw(WORD), KEYS: keys}
        texts.append(answered(LOG, own, draw(DAY), identity=f"{who}|log", history=draw(histories(who, LOG, own=True))))
    texts += [record(f"{who}{n}", words, block_key=None) for n, words in enumerate(draw(st.lists(WORD, max_size=2)))]
    modules = {name: draw(DAY) for name in ("1.1", "1.2", "1.3") if draw(st.booleans())}
    return snapshot(
        *texts,
        modules=modules,
        seen=tuple(InputSnapshot(key, 1, {"k": draw(WORD)}, False, False, False, draw(DAY)) for key in _some(draw)),
        choices=tuple(ChoiceSnapshot(key, 1, draw(st.booleans()), draw(DAY)) for key in _some(draw)),
        exercises={key: ExerciseState(key, 1, draw(GONE), draw(GONE), draw(DAY)) for key in _some(draw)},
        settings=replace(NOBODY, time_zone=draw(st.sampled_from(["", "Europe/Rome", "Asia/Kathmandu"]))),
    )


def _some(draw: Any) -> list[str]:
    return sorted(draw(st.sets(st.sampled_from(PLAIN))))
