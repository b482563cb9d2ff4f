"""Rule 9: no claim without a source."""

import re
from collections.abc import Iterator

from dreamtree.content.blocks import Block
from dreamtree.content.book import Exercise
from dreamtree.content.markdown import citations
from dreamtree.content.prose import graded_sentences

CLAIM = re.compile(
    r"\b(most people|research|studies|study shows|scientists|experts|evidence shows|statistics|on average|proven|"
    r"per ?cent|people who .* are more likely)\b|\d ?%",
    re.IGNORECASE,
)


def check_claims(block: Block) -> Iterator[str]:
    """A claim in whose sentence nothing is cited."""
    if block.type == "example":
        return
    for sentence in graded_sentences(block.text or f"{block.label}\n\n{block.help}"):
        found = CLAIM.search(sentence)
        if found and not citations(sentence):
            yield f"voice 9: {block.key} says “{found[0]}” without a source in that sentence"


def check_sources(exercise: Exercise) -> Iterator[str]:
    """What is cited and not listed, or listed and not cited."""
    cited = {number for block in exercise.blocks for number in citations(block.text + block.help)}
    listed = {use.reference.number: use.usage for use in exercise.references_used}
    for number in sorted(cited - listed.keys()):
        yield f"voice 9: {exercise.id} cites [{number}] and does not list it in its sources"
    for number, usage in listed.items():
        if number not in cited and usage != "inspiration":
            yield f"voice 9: {exercise.id} lists source [{number}] and cites it nowhere"
