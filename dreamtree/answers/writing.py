"""The one way an answer is written: on what its page was shown, with the text it replaces in the history."""

from dataclasses import replace
from uuid import UUID, uuid5

from dreamtree.answers import history
from dreamtree.answers.classifying import AnswerKind, classify
from dreamtree.answers.first_writing import write_first
from dreamtree.answers.limits import TextChange, require_text_within_limit
from dreamtree.answers.record_writing import write_records
from dreamtree.answers.responses import TABLE, StoredAnswers
from dreamtree.answers.stored import SaveRequest, SaveResult, StoredAnswer
from dreamtree.content.book import Block
from dreamtree.once import worked_once
from dreamtree.values import Answer
from dreamtree.vault import Keyholder


def write(user: Keyholder, request: SaveRequest, kind: AnswerKind, before: StoredAnswers) -> SaveResult:
    """Writes what a page posted for one block, or keeps it in the history when it met another text.

    `kind` is the tool that answers the block, `before` what stands. Call it inside a transaction that may be run
    again; raises `Conflict` when it must be, and `LimitReached`.
    """
    if kind.keeps_records:
        return write_records(user, request, kind, before.own_row(request.block.key))
    return _write_whole(user, request, kind, before)


def _write_whole(user: Keyholder, request: SaveRequest, kind: AnswerKind, before: StoredAnswers) -> SaveResult:
    stored = before.own_row(request.block.key)
    answer, info = request.answer, request.info
    is_complete = is_answer_complete(kind, request.block, answer)
    if stored is None:
        require_text_within_limit(user, [TextChange(None, answer)])
        begun = write_first(user, request, answer, is_complete)
        _keep_typed(user, request, begun)
        return SaveResult("saved", begun, has_changed=True)
    after = TABLE.next(user, stored, answer, is_complete, info)
    verdict = classify(info, stored, after)
    if verdict == "repeat":
        return SaveResult("repeat", stored)
    if verdict == "unchanged":
        adopted = replace(stored, last_editor=info.editor, last_n=info.n)
        TABLE.update(user, stored, adopted)
        return SaveResult("saved", adopted)
    if verdict == "conflict":
        return _refuse(user, request, stored, after)
    return _replace(user, request, stored, after, before.kept_at or stored.begun_at)


@worked_once
def is_answer_complete(kind: AnswerKind, block: Block, answer: Answer) -> bool:
    """Whether an answer is complete."""
    return not kind.incomplete(block, answer)


def _replace(
    user: Keyholder, request: SaveRequest, stored: StoredAnswer, after: StoredAnswer, since: str
) -> SaveResult:
    require_text_within_limit(user, [TextChange(stored.answer, after.answer)])
    TABLE.update(user, stored, after)
    history.append_previous(user, request.revision_id, stored, after, since)
    _keep_typed(user, request, after, stored.answer)
    return SaveResult("saved", after, has_changed=True, replaced=stored.answer)


def _refuse(user: Keyholder, request: SaveRequest, stored: StoredAnswer, after: StoredAnswer) -> SaveResult:
    refused = history.append_refused(user, request, stored, after.answer, after.is_complete)
    _keep_typed(user, request, stored, stored.answer)
    return SaveResult("conflict", stored, refused_id=refused, mine=after.answer, theirs=stored.answer)


def _keep_typed(user: Keyholder, request: SaveRequest, stored: StoredAnswer, *before: Answer) -> None:
    """What was typed and taken away by the same button is in the history all the same."""
    if request.typed not in (None, request.answer) and history.says_more(request.typed, request.answer, *before):
        info = request.info
        typed = replace(stored, answer=request.typed, last_kind=info.kind, saved_at=info.at)
        history.append(user, str(uuid5(UUID(request.revision_id), "typed")), typed, info.at)
