"""A skill in one's own words, renamed or deleted: in every answer that holds it, in one transaction, and back."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import built_on, history, records, responses
from dreamtree.answers.built_on import Seen
from dreamtree.answers.records import forced
from dreamtree.answers.stored import Answers, SaveInfo, SaveRequest, StoredAnswer
from dreamtree.connections.resolve import Resolved, digest_of, resolve, seen_words, single_spaced
from dreamtree.content import book, library
from dreamtree.content.book import Block, Connection
from dreamtree.profile import teach
from dreamtree.profile.orphans import forget_if_orphan
from dreamtree.profile.skill_lists import own_skills
from dreamtree.saving.save import save_as_it_is
from dreamtree.saving.skill_names import answers_changed_by, change_to, every_answer
from dreamtree.saving.staleness import changes
from dreamtree.text import folded
from dreamtree.tools import SkillCalled, SkillChange, tool
from dreamtree.values import Answer, Item

RENAMED, DELETED, UNDONE = "renamed", "deleted", "restored"
"""How the texts came to be that a change wrote."""


@dataclass(frozen=True)
class _Edit:
    """One change in every answer: whose, by which editor, how, and when. Tried again, it comes to the same."""

    user: User
    editor: str
    kind: str
    at: str


def own_skill(user: User, skill: str) -> Item | None:
    """One of the person's own words for skills, by its id; None where there is none."""
    return next((item for item in own_skills(user) if item.key == skill), None)


def rename(user: User, skill: Item, words: str) -> str:
    """Calls a skill `words` everywhere; where a skill is called so, both become one. Answers what `undo` wants."""
    edit = _new_edit(user, RENAMED)
    db.saving(lambda: _change(edit, change_to(user, skill, _called(user, skill, words))))
    return edit.editor


def delete(user: User, skill: Item) -> str:
    """Takes a skill out of every answer. Answers what `undo` wants."""
    edit = _new_edit(user, DELETED)
    db.saving(lambda: _change(edit, change_to(user, skill, None)))
    return edit.editor


def unite(user: User) -> None:
    """Makes one skill of those that are called alike, whichever of two trees named them first."""
    named: dict[str, Item] = {}
    for skill in own_skills(user):
        if named.setdefault(folded(skill.text), skill) is not skill:
            rename(user, skill, skill.text)


def undo(user: User, editor: str) -> bool:
    """Gives each answer the text that a change replaced, where nothing was written since. False when there is none."""
    edit = _new_edit(user, UNDONE)
    return db.saving(lambda: _take_back(edit, editor))


def changed_by(user: User, editor: str) -> tuple[StoredAnswer, ...]:
    """The answers that stand as a change left them."""
    return tuple(one for one in every_answer(user).values() if _is_by(user, one, editor))


def uses_of(user: User, skill: Item) -> tuple[Block, ...]:
    """The blocks whose answers hold a skill."""
    change = change_to(user, skill, None)
    return tuple(block for block, _, _ in answers_changed_by(user, change))


# What changes


def _new_edit(user: User, kind: str) -> _Edit:
    return _Edit(user, db.new_id(), kind, db.now())


def _called(user: User, skill: Item, words: str) -> SkillCalled:
    category = skill.fields["category"]
    if known := library().called(words, category):
        return SkillCalled(known.id, known.name, known.category, own=False)
    others = (one for one in own_skills(user) if one.key != skill.key and folded(one.text) == folded(words))
    other = next(others, None)
    if other is not None:
        return SkillCalled(other.key, other.text, other.fields["category"], own=True)
    return SkillCalled(skill.key, words, category, own=True)


# Writing it


def _change(edit: _Edit, change: SkillChange) -> None:
    _write(edit, list(answers_changed_by(edit.user, change)), change)
    if change.now is None or change.others:
        forget_if_orphan(edit.user, change.skill)


def _take_back(edit: _Edit, editor: str) -> bool:
    user, answers = edit.user, every_answer(edit.user)
    answered = [(block, answers[block.key]) for block in book().blocks if block.key in answers]
    found = [(block, stored, _before(user, block, stored, editor)) for block, stored in answered]
    texts = [(block, stored, before) for block, stored, before in found if before is not None]
    _write(edit, texts)
    return bool(texts)


def _write(edit: _Edit, texts: list[tuple[Block, StoredAnswer, Answer]], change: SkillChange | None = None) -> None:
    """Saves each text on what stands, teaches all of them, and lets what was built on them follow."""
    user, was_seen = edit.user, built_on.all_seen(edit.user)
    through = {seen.connection_id: book().connection(seen.connection_id) for seen in was_seen}
    connections = [one for one in through.values() if one is not None]
    before = resolve(user, connections)
    for block, stored, answer in texts:
        _save(edit, block, stored, answer)
    for block, _, _ in texts:
        _teach(user, block)
    _reword(edit, was_seen, (before, resolve(user, connections)))
    now, answers = resolve(user, connections), every_answer(user)
    for seen in was_seen:
        if (connection := through[seen.connection_id]) and connection.id in now:
            known = _without_old_name(seen, change) if change else seen
            built_on.follow(user, _followed(user, connection, known, (before, now), answers), edit.at)


def _reword(edit: _Edit, was_seen: list[Seen], items: tuple[Resolved, Resolved]) -> None:
    """Words that were copied from what bears the skill's name (a practice, say) follow it too."""
    before, now = items
    for seen in was_seen:
        was = seen_words(before.get(seen.connection_id, ()))
        moved = [
            one for one in now.get(seen.connection_id, ()) if was.get(one.key) not in (None, single_spaced(one.text))
        ]
        block = book().block(seen.block_key) if moved else None
        stored = responses.answer_to(edit.user, seen.block_key) if block else None
        if block and stored:
            _copy(edit, block, stored, moved)


def _copy(edit: _Edit, block: Block, stored: StoredAnswer, moved: list[Item]) -> None:
    kind, answer = tool(block.type), stored.answer
    for item in moved:
        answer = kind.apply_upstream(block, answer, item) if item.key in kind.used(answer) else answer
    if answer != stored.answer:
        _save(edit, block, stored, answer)
        _teach(edit.user, block)


def _without_old_name(seen: Seen, change: SkillChange) -> Seen:
    """What was seen, also of what the connection does not give any more, with the new name of the skill."""
    words = {key: text for key, text in seen.words.items() if key.rpartition(":")[2] not in change.keys}
    if change.now and not change.others:
        words = {key: text if key in words else change.now.name for key, text in seen.words.items()}
    return replace(seen, words=words)


def _save(edit: _Edit, block: Block, stored: StoredAnswer, answer: Answer) -> None:
    exercise = book().exercise(block.exercise_id)
    assert exercise is not None
    info = SaveInfo(stored.revision, edit.editor, 1, edit.kind, edit.at)
    revision_id = str(uuid5(UUID(edit.editor), block.key))
    text = forced(answer) if tool(block.type).keeps_records else answer
    save_as_it_is(edit.user, SaveRequest(exercise, block, text, info, stored.id, revision_id, {}))


def _teach(user: User, block: Block) -> None:
    """Once more: a skill may be rated in an earlier exercise than the one that is the only one to name it."""
    stored = responses.answer_to(user, block.key)
    if stored is not None:
        teach(user, block, tool(block.type).lessons(block, stored.answer), stored.saved_at)


def _followed(
    user: User, connection: Connection, seen: Seen, items: tuple[Resolved, Resolved], answers: Answers
) -> Seen:
    """What was seen of a connection, with what this change moved. What had moved before waits as it did."""
    was, now = (seen_words(one[connection.id]) for one in items)
    digest = digest_of(user, connection, items[1][connection.id])
    if not seen.has_changed:
        return replace(seen, words=now, seen_digest=digest, now_digest=digest, is_stale=False)
    stood = {key: now.get(key) if was.get(key) == words else words for key, words in seen.words.items()}
    words = {key: one for key, one in stood.items() if one is not None} | {
        key: one for key, one in now.items() if key not in was
    }
    block, stored = book().block(seen.block_key), answers.get(seen.block_key)
    is_stale = bool(block and stored and changes(block, stored.answer, words, now).is_stale)
    return replace(seen, words=words, now_digest=digest, is_stale=is_stale)


# Taking it back


def _is_by(user: User, stored: StoredAnswer, editor: str) -> bool:
    return any(_wrote(editor, one) for one in (stored, *_records(user, stored)))


def _wrote(editor: str, text: StoredAnswer) -> bool:
    return text.last_editor == editor and text.last_kind in (RENAMED, DELETED)


def _before(user: User, block: Block, stored: StoredAnswer, editor: str) -> Answer | None:
    """The text that a change replaced; None where it wrote nothing, or something was written since."""
    own = _earlier(user, stored, editor)
    if not tool(block.type).keeps_records:
        return own
    rows = [(one.key, before) for one in _records(user, stored) if (before := _earlier(user, one, editor)) is not None]
    if own is None and not rows:
        return None
    return {**(own or {}), "rows": [{"key": key, **before} for key, before in rows]}


def _records(user: User, stored: StoredAnswer) -> list[records.Record]:
    block = book().block(stored.block_key)
    keeps = block is not None and tool(block.type).keeps_records
    return list(records.records_of(user, stored.block_key).values()) if keeps else []


def _earlier(user: User, stored: StoredAnswer, editor: str) -> Answer | None:
    if not _wrote(editor, stored):
        return None
    return next((one.answer for one in history.history_of(user, stored)), None)
