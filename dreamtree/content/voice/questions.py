"""Rule 3: one question, one thing."""

from collections.abc import Iterator

from dreamtree.content.blocks import Block
from dreamtree.content.prose import whole_sentences, word_count
from dreamtree.content.voice.texts import shown_options

LABEL_WORDS = 20
HELP_SENTENCES, HELP_QUESTIONS = 2, 1


def check_question(block: Block) -> Iterator[str]:
    """What a block, or a field of its tool, asks at too great a length or all at once."""
    if not block.is_answered:
        return
    for label in (block.label, *shown_options(block.options)):
        length, questions = word_count(label), label.count("?")
        if length > LABEL_WORDS:
            yield f"voice 3: {block.key} asks in {length} words, {LABEL_WORDS} at most"
        if questions > 1:
            yield f"voice 3: {block.key} asks {questions} questions at once"
    yield from _help(block)


def _help(block: Block) -> Iterator[str]:
    help_sentences = whole_sentences(block.help)
    questions = sum("?" in one for one in help_sentences)
    if questions > HELP_QUESTIONS:
        yield f"voice 3: the help of {block.key} asks {questions} questions, one at most"
    if len(help_sentences) - questions > HELP_SENTENCES:
        yield (
            f"voice 3: the help of {block.key} has {len(help_sentences) - questions} sentences beside its question, "
            f"{HELP_SENTENCES} at most"
        )
