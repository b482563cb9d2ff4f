"""One story in six plain questions: situation, obstacle, action, result, evaluation, discovery.

An answer is `{"title", "situation", …, "discovery", "began"}`.
`began` is the key of the recalled item that the story started from, or "".
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dreamtree.content.book import Block
from dreamtree.text import as_line, clean_line, clean_prose
from dreamtree.tools.base import NAME_LIMIT, Inputs, Problem
from dreamtree.tools.declared import DeclaredTool
from dreamtree.tools.fields import KeyField, first_line, near_limit
from dreamtree.tools.rows import kinds
from dreamtree.tools.rows.kinds import Kind, declared
from dreamtree.values import Answer, Item

PART_LIMIT = 3_000


@dataclass(frozen=True)
class StoryPart:
    """One of the six: its formal name, the plain question, and what to say when it is still open."""

    name: str
    question: str
    ask: str = ""

    @property
    def formal(self) -> str:
        """Its formal name, as a heading."""
        return self.name.capitalize()


PARTS = (
    StoryPart("situation", "Where were you?", "Say where you were. A few words will do."),
    StoryPart("obstacle", "What was in the way?"),
    StoryPart("action", "What did you do?", "Say what you did. One line will do."),
    StoryPart("result", "What happened?", "Say what happened in the end. A guess will do."),
    StoryPart("evaluation", "What do you think of it now?"),
    StoryPart("discovery", "What did you learn about yourself?"),
)


@dataclass(frozen=True)
class Story:
    """A story; `began` is the key of the recalled item that the story started from, or ""."""

    title: str = kinds.line(NAME_LIMIT)
    situation: str = kinds.prose(PART_LIMIT)
    obstacle: str = kinds.prose(PART_LIMIT)
    action: str = kinds.prose(PART_LIMIT)
    result: str = kinds.prose(PART_LIMIT)
    evaluation: str = kinds.prose(PART_LIMIT)
    discovery: str = kinds.prose(PART_LIMIT)
    began: str = declared(Kind(lambda _: KeyField(optional=True), as_line))

    def part(self, part: StoryPart) -> str:
        """What is said to one of the six questions."""
        words: str = getattr(self, part.name)
        return words

    @property
    def full_text(self) -> str:
        """The story as one text, without the questions."""
        return "\n\n".join(words.strip() for part in PARTS if (words := self.part(part)))


@dataclass(frozen=True)
class PartView:
    """A part with its field; `limit_words` says how much still fits, where that is little."""

    name: str
    question: str
    formal: str
    words: str
    limit_words: str


@dataclass(frozen=True)
class StoryView:
    """A story with its fields, and as one text."""

    title: str
    title_limit_words: str
    parts: tuple[PartView, ...]
    began: str
    text: str


class SoaredStoryTool(DeclaredTool[Story]):
    """One story. A draft gives what was done and what came of it."""

    kind = "soared-story"
    has_results = True
    minutes = 14
    reminds_to_keep = True
    answer = Story
    options = {"offer": ""}
    accepts = {"draft": frozenset({"soared_stories"})}
    copies_words = True

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        story = self.load(answer)
        return [Problem(part.name, part.ask) for part in PARTS if part.ask and not story.part(part)]

    def start(self, block: Block, inputs: Inputs) -> Answer:
        empty = self.empty(block)
        return self.apply_upstream(block, empty, inputs.draft[0]) if inputs.draft else empty

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset({self.load(answer).began} - {""})

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        """The item's words as what was done and what came of it."""
        parts = {name: words for name in ("action", "result") if (words := clean_prose(item.fields.get(name) or ""))}
        parts = parts or {"action": clean_prose(item.text)}
        return self.store(replace(self.load(answer), **parts, began=item.key))

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        """The words stay: by now they are the person's story. Only the tie to their source goes."""
        story = self.load(answer)
        return self.store(replace(story, began="")) if story.began == key else answer

    def items(self, answer: Answer) -> tuple[Item, ...]:
        story = self.load(answer)
        return (Item("story", _called(story), self.store(story)),) if story.full_text else ()

    def summary(self, block: Block, answer: Answer) -> str:
        return _called(self.load(answer)) or "No story yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        story = self.load(answer)
        paragraphs = [f"{part.question}\n{words}" for part in PARTS if (words := story.part(part))]
        return "\n\n".join([*filter(None, [story.title]), *paragraphs])

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> StoryView:
        story = self.load(answer)
        return StoryView(
            title=clean_line(story.title),
            title_limit_words=near_limit(story.title, NAME_LIMIT),
            parts=tuple(_part_view(part, story.part(part)) for part in PARTS),
            began=story.began,
            text=story.full_text,
        )


def _part_view(part: StoryPart, words: Any) -> PartView:
    return PartView(part.name, part.question, part.formal, words, near_limit(words, PART_LIMIT))


def _called(story: Story) -> str:
    """The title of a story, or the first thing said in it."""
    texts = (story.title, *(story.part(part) for part in PARTS))
    return first_line(next(filter(None, texts), ""), 120)


tool = SoaredStoryTool()
