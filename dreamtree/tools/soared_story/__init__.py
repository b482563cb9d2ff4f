"""One story in six plain questions: situation, obstacle, action, result, evaluation, discovery.

An answer is `{"title", "situation", …, "discovery", "began"}`; `began` is the key of the item it began with, or "".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import Form

from dreamtree.content.book import Block
from dreamtree.tools.base import NAME_LIMIT, Inputs, Problem, Tool
from dreamtree.tools.fields import Key, Line, Prose, first_line, line, near_limit, prose
from dreamtree.values import Answer, Item

PART_LIMIT = 3_000


@dataclass(frozen=True)
class Part:
    """One of the six: its formal name, the plain question, and what to say when it is still open."""

    name: str
    question: str
    ask: str = ""

    @property
    def formal(self) -> str:
        return self.name.capitalize()


PARTS = (
    Part("situation", "Where were you?", "Say where you were. A few words will do."),
    Part("obstacle", "What stood in the way?"),
    Part("action", "What did you do?", "Say what you did. One line will do."),
    Part("result", "What came of it?", "Say what came of it. A guess will do."),
    Part("evaluation", "What do you think of it now?"),
    Part("discovery", "What did it show you about yourself?"),
)


class StoryForm(Form):
    title = Line(NAME_LIMIT)
    situation = Prose(PART_LIMIT)
    obstacle = Prose(PART_LIMIT)
    action = Prose(PART_LIMIT)
    result = Prose(PART_LIMIT)
    evaluation = Prose(PART_LIMIT)
    discovery = Prose(PART_LIMIT)
    began = Key(optional=True)


NAMES = ("title", *(part.name for part in PARTS), "began")


@dataclass(frozen=True)
class PartView:
    name: str
    question: str
    formal: str
    words: str
    room: str


@dataclass(frozen=True)
class StoryView:
    title: str
    title_room: str
    parts: tuple[PartView, ...]
    began: str
    text: str


class SoaredStoryTool(Tool):
    kind = "soared-story"
    form = StoryForm
    options = {"offer": ""}
    accepts = {"draft": frozenset({"soared_stories"})}
    copies_words = True

    def empty(self, block: Block) -> Answer:
        return dict.fromkeys(NAMES, "")

    def from_form(self, block: Block, form: Form) -> Answer:
        return {name: form.data[name] or "" for name in NAMES}

    def form_part(self, answer: Answer) -> Answer:
        return {name: answer.get(name) or "" for name in NAMES}

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        return bare

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        story = self.form_part(answer)
        return [Problem(part.name, part.ask) for part in PARTS if part.ask and not story[part.name]]

    def start(self, block: Block, inputs: Inputs) -> Answer:
        empty = self.empty(block)
        return self.apply_upstream(block, empty, inputs.draft[0]) if inputs.draft else empty

    def used(self, answer: Answer) -> frozenset[str]:
        began = answer.get("began")
        return frozenset({began} if began else ())

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        """The item's words as what was done and what came of it."""
        said = {name: prose(item.fields.get(name) or "") for name in ("action", "result")}
        if not any(said.values()):
            said["action"] = prose(item.text)
        return {**self.form_part(answer), **{name: words for name, words in said.items() if words}, "began": item.key}

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        """The words stay: by now they are the person's story. Only the tie to their source goes."""
        return {**answer, "began": ""} if answer.get("began") == key else answer

    def items(self, answer: Answer) -> tuple[Item, ...]:
        text = self._told(answer)
        return (Item("story", text, self.form_part(answer)),) if text else ()

    def summary(self, block: Block, answer: Answer) -> str:
        story = self.form_part(answer)
        said = (story[name] for name in NAMES[:-1] if story[name])
        return first_line(next(said, "No story yet"), 120)

    def long_form(self, block: Block, answer: Answer) -> str:
        story = self.form_part(answer)
        title = [story["title"]] if story["title"] else []
        told = [f"{part.question}\n{story[part.name]}" for part in PARTS if story[part.name]]
        return "\n\n".join([*title, *told])

    def _told(self, answer: Answer) -> str:
        """The story as one text, without the questions."""
        story = self.form_part(answer)
        return "\n\n".join(story[part.name].strip() for part in PARTS if story[part.name])

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> StoryView:
        story = self.form_part(answer)
        return StoryView(
            title=line(story["title"]),
            title_room=near_limit(story["title"], NAME_LIMIT),
            parts=tuple(_part_view(part, story[part.name]) for part in PARTS),
            began=story["began"],
            text=self._told(story),
        )


def _part_view(part: Part, words: Any) -> PartView:
    return PartView(part.name, part.question, part.formal, words, near_limit(words, PART_LIMIT))


tool = SoaredStoryTool()
