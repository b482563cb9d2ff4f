"""How the prose reads: rule 1 (one door), 5 (whole sentences of mixed lengths), 8 (the grade), and short paragraphs."""

from collections.abc import Iterator
from statistics import fmean

from dreamtree.content.blocks import Block
from dreamtree.content.book import Exercise
from dreamtree.content.markdown import plain
from dreamtree.content.prose import grade, longest_run, paragraphs, whole_sentences, word_count

WORDS_BEFORE_FIELD = 120
MEAN_LENGTHS = (10, 15)
SHORT_SENTENCE, SHORT_IN_A_ROW = 6, 2
LEAST_SENTENCES = 5
"""Of fewer, no mean is taken."""
PARAGRAPH_SENTENCES = 3
HINT_GRADE, PROSE_GRADE = 6, 8
LEAST_WORDS_TO_GRADE = 12


def words_before_field(exercise: Exercise) -> Iterator[str]:
    """A first field that is too far down."""
    before = 0
    for block in exercise.blocks:
        if block.is_answered:
            break
        before += word_count(plain(block.text)) if block.type != "example" else 0
    if before > WORDS_BEFORE_FIELD:
        yield f"voice 1: {exercise.id} has {before} words before the first field, {WORDS_BEFORE_FIELD} at most"


def check_rhythm(exercise: Exercise) -> Iterator[str]:
    """Sentences that are too short or too long on the whole, or short three times in a row."""
    lengths, (least, most) = sentence_lengths(exercise), MEAN_LENGTHS
    if len(lengths) >= LEAST_SENTENCES and not least <= fmean(lengths) <= most:
        yield f"voice 5: {exercise.id} has {fmean(lengths):.1f} words a sentence, {least} to {most} are right"
    for block in exercise.blocks:
        run = longest_run(_lengths_with_breaks(block), SHORT_SENTENCE) if is_prose(block) else 0
        if run > SHORT_IN_A_ROW:
            yield f"voice 5: {block.key} has {run} sentences under {SHORT_SENTENCE} words in a row, two at most"


def sentence_lengths(exercise: Exercise) -> list[int]:
    """The words of each sentence of running prose; lists, quotations and examples are none."""
    return [length for block in exercise.blocks if is_prose(block) for length in _lengths_with_breaks(block) if length]


def runs_of_short(exercise: Exercise) -> int:
    """The longest run of short sentences."""
    return max(
        (longest_run(_lengths_with_breaks(one), SHORT_SENTENCE) for one in exercise.blocks if is_prose(one)), default=0
    )


def check_grade(block: Block) -> Iterator[str]:
    """A text that asks for more school than most people like to use when they are tired."""
    text, most = (hint(block), HINT_GRADE) if block.is_answered else (plain(block.text), PROSE_GRADE)
    reached = grade(text)
    if word_count(text) >= LEAST_WORDS_TO_GRADE and reached > most:
        yield f"voice 8: {block.key} reads at grade {reached:.1f}, {most} at most"


def hint(block: Block) -> str:
    """The question of a block and its help."""
    return plain(f"{block.label} {block.help}")


def check_paragraphs(block: Block) -> Iterator[str]:
    """A paragraph of too many sentences."""
    if not is_prose(block):
        return
    for paragraph in paragraphs(block.text):
        count = len(whole_sentences(plain(paragraph)))
        if count > PARAGRAPH_SENTENCES:
            yield f"voice paragraphs: {block.key} has one of {count} sentences, {PARAGRAPH_SENTENCES} at most"


def is_prose(block: Block) -> bool:
    """Whether the book itself speaks here, in paragraphs."""
    return block.kind == "text" and block.type != "example"


def _lengths_with_breaks(block: Block) -> Iterator[int]:
    """Words a sentence; 0 where a list, a quotation, or a line that leads to one breaks the run."""
    for paragraph in paragraphs(block.text):
        sentences = whole_sentences(plain(paragraph))
        yield from (0 if one.endswith(":") else word_count(one) for one in sentences or [""])
