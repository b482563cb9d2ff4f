"""How one is at work: four either/or scales, or a type known already. A mirror, not a verdict.

An answer is `{"scales": {id: -3…3 or None}, "letters": {id: letter}, "code": "ENFP" or "", "known": bool}`. A scale
left in the middle is an answer; it may get its letter from the person (`letters`). `code` is the chosen type when it is
`known`, else what the scales say once they all do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from dreamtree.content import book
from dreamtree.content.book import Block, PersonalityType, Scale
from dreamtree.text import as_line
from dreamtree.tools.base import Inputs, Posted, Problem, Rest, RestLine, Tool
from dreamtree.tools.fields import fields_of_block
from dreamtree.tools.posting import posted_of
from dreamtree.tools.rows.kinds import filled_values, load_declared, unposted, unposted_mapping
from dreamtree.tools.wording import capitalized, in_words
from dreamtree.values import Answer, Item

SCORES = range(-3, 4)


@dataclass(frozen=True)
class Neighbor:
    """A letter for a scale in the middle; `name` is the type it leads to, once the other letters are known."""

    letter: str
    sentence: str
    name: str


@dataclass(frozen=True)
class ScaleView:
    """`choices` are (value, words) from left to right; `neighbors` the two letters to choose from, when in between."""

    id: str
    title: str
    left: str
    left_more: str
    right: str
    right_more: str
    value: str
    choices: tuple[tuple[str, str], ...]
    neighbors: tuple[Neighbor, ...]
    letter: str


@dataclass(frozen=True)
class PersonalityView:
    """The four scales, and the type they say; `between` says on how many of them there is none.

    `known` is the code of a type that the person brought along.
    """

    scales: tuple[ScaleView, ...]
    known: str
    types: tuple[tuple[str, str], ...]
    code: str
    name: str
    summary: Markup
    between: str


@dataclass(frozen=True)
class StoredLeaning:
    """An answer as JSON holds it, before it is compared with the scales of the book."""

    scales: Mapping[str, Any] = unposted(filled_values, MappingProxyType({}))
    letters: Mapping[str, str] = unposted_mapping()
    code: str = unposted(as_line)
    is_known: bool = unposted(bool, False, name="known")


@dataclass(frozen=True)
class Leaning:
    """An answer: places on the scales, a letter for each that is in the middle, the type, and whether it was known."""

    scales: Mapping[str, int | None]
    letters: Mapping[str, str]
    code: str = ""
    is_known: bool = False

    def letter(self, scale: Scale) -> str:
        """Which side of a scale it is, "" while that is open."""
        score = self.scales[scale.id]
        if not score:
            return self.letters.get(scale.id, "")
        return scale.left_letter if score < 0 else scale.right_letter

    @property
    def kind(self) -> PersonalityType | None:
        """The type."""
        return book().personality_type(self.code)

    @property
    def between(self) -> int:
        """On how many scales it is in the middle, once every scale has its place; else 0."""
        scores = list(self.scales.values())
        return 0 if None in scores else scores.count(0)

    @property
    def letters_code(self) -> str:
        """The type that the scales say, "" while a letter is open."""
        code = "".join(self.letter(scale) for scale in book().scales)
        return code if book().personality_type(code) else ""


def leaning(scales: Mapping[str, Any], letters: Mapping[str, Any], chosen: str) -> Leaning:
    """What was typed or stored, as far as it fits: `chosen` is the type that is known already, or ""."""
    scores = {scale.id: _score(scales.get(scale.id)) for scale in book().scales}
    between = [scale for scale in book().scales if scores[scale.id] == 0]
    fitting = {
        one.id: str(letters[one.id]) for one in between if letters.get(one.id) in (one.left_letter, one.right_letter)
    }
    is_known = bool(chosen) and book().personality_type(chosen) is not None
    found = Leaning(scores, fitting, chosen if is_known else "", is_known)
    return found if is_known else replace(found, code=found.letters_code)


class PersonalitySelector(Tool):
    """Four either/ors that say a type, or the type that the person knows already."""

    kind = "personality-selector"
    has_results = True
    minutes = 4
    is_typed = False

    def load(self, answer: Answer) -> Leaning:
        """An answer, whatever version stored it."""
        stored = StoredLeaning(**load_declared(StoredLeaning, answer))
        return leaning(stored.scales, stored.letters, stored.code if stored.is_known else "")

    def store(self, found: Leaning) -> Answer:
        """The answer as JSON holds it."""
        return {
            "scales": dict(found.scales),
            "letters": dict(found.letters),
            "code": found.code,
            "known": found.is_known,
        }

    def empty(self, block: Block) -> Answer:
        return self.store(leaning({}, {}, ""))

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        typed = {name: value.strip() for name, value in fields_of_block(posted, f"{block.key}:").items()}
        letters = {scale.id: typed.get(f"letter_{scale.id}", "") for scale in book().scales}
        found, code = leaning(typed, letters, typed.get("type", "")), typed.get("type", "")
        problems = [
            Problem(scale.id, f"Choose one of the {in_words(len(SCORES))} places on this scale.")
            for scale in book().scales
            if typed.get(scale.id) and found.scales[scale.id] is None
        ]
        if code and not found.is_known:
            problems.append(
                Problem("type", f"Choose one of the {in_words(len(book().personality_types))} types in the list.")
            )
        return self.form_part(self.store(found)), problems

    def form_part(self, answer: Answer) -> Answer:
        found = self.load(answer)
        return self.store(found if found.is_known else replace(found, code=""))

    def posts(self, block: Block, answer: Answer) -> Posted:
        found = self.load(answer)
        letters = {f"letter_{name}": letter for name, letter in found.letters.items()}
        known = {"type": found.code} if found.is_known else {}
        return posted_of(block, {**found.scales, **letters, **known})

    def as_understood(self, answer: Answer) -> Answer:
        return self.store(self.load(answer))

    def merge_posted(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        return self.store(self.load(part))

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        found = self.load(answer)
        if found.code:
            return []
        return [
            Problem(scale.id, "Choose a place on this scale, or the type you know.", scale.title)
            for scale in book().scales
            if found.scales[scale.id] is None
        ]

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        return self.store(self.load(answer))

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The type, under its code, with the scales; under "" while there is none."""
        found = self.load(answer)
        return (Item(found.code, "", {"scales": found.scales}),)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        kind = self.load(answer).kind
        return (Item(kind.code, kind.name),) if kind else ()

    def rest(self, block: Block, answer: Answer) -> Rest:
        """The type with its portrait, and what was said on each scale."""
        found = self.load(answer)
        lines = tuple(RestLine(scale.title, _in_words(scale, score)) for scale, score in _answered(found))
        return Rest(lines, _portrait(found))

    def summary(self, block: Block, answer: Answer) -> str:
        found = self.load(answer)
        if found.kind:
            return f"{found.kind.code}, {found.kind.name}"
        return (
            f"In between on {in_words(found.between)} of the {in_words(len(found.scales))}"
            if found.between
            else "No type yet"
        )

    def long_form(self, block: Block, answer: Answer) -> str:
        found = self.load(answer)
        lines = [f"{scale.title}\n{_in_words(scale, score)}" for scale, score in _answered(found)]
        return "\n\n".join([*([self.summary(block, answer)] if found.code else []), *lines])

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> PersonalityView:
        found = self.load(answer)
        kind = found.kind
        return PersonalityView(
            scales=tuple(_scale_view(scale, found) for scale in book().scales),
            known=found.code if found.is_known else "",
            types=tuple((one.code, f"{one.code} · {one.name}") for one in book().personality_types),
            code=kind.code if kind else "",
            name=kind.name if kind else "",
            summary=kind.html if kind else Markup(""),
            between="" if kind or not found.between else capitalized(_of_all(found)),
        )


def _answered(found: Leaning) -> list[tuple[Scale, int]]:
    """The scales that have a place, with it."""
    scores = ((scale, found.scales[scale.id]) for scale in book().scales)
    return [(scale, score) for scale, score in scores if score is not None]


def _portrait(found: Leaning) -> tuple[str, ...]:
    """What the answer earned, a paragraph each."""
    if kind := found.kind:
        return (f"{kind.name} ({kind.code})", *kind.summary.split("\n\n"))
    if not found.between:
        return ()
    return (
        f"You’re in between on {_of_all(found)}, so no single type fits. That’s an answer, and you can leave it there.",
    )


def _of_all(found: Leaning) -> str:
    """On how many of the scales one is in between: "two of the four"."""
    return f"{in_words(found.between)} of the {in_words(len(found.scales))}"


def _score(stored: object) -> int | None:
    """A place on a scale, typed or stored; None for anything else."""
    found = next((score for score in SCORES if str(score) == str(stored)), None)
    return None if isinstance(stored, bool) else found


def _scale_view(scale: Scale, found: Leaning) -> ScaleView:
    score = found.scales[scale.id]
    sides = ((scale.left_letter, scale.left), (scale.right_letter, scale.right)) if score == 0 else ()
    return ScaleView(
        id=scale.id,
        title=scale.title,
        left=scale.left,
        left_more=scale.left_more,
        right=scale.right,
        right_more=scale.right_more,
        value="" if score is None else str(score),
        choices=tuple((str(one), _in_words(scale, one)) for one in SCORES),
        neighbors=tuple(_neighbor(scale, found, letter, sentence) for letter, sentence in sides),
        letter=found.letters.get(scale.id, ""),
    )


def _neighbor(scale: Scale, found: Leaning, letter: str, sentence: str) -> Neighbor:
    """A letter to choose, with the type that it would make."""
    kind = book().personality_type(replace(found, letters={**found.letters, scale.id: letter}).letters_code)
    return Neighbor(letter, sentence, f"{kind.code}, {kind.name}" if kind else "")


def _in_words(scale: Scale, score: int) -> str:
    """A place on a scale as a sentence: how much of which end."""
    if score == 0:
        return "In between."
    much = {1: "A little more like this", 2: "More like this", 3: "Much like this"}[abs(score)]
    return f"{much}: {scale.left if score < 0 else scale.right}"


tool = PersonalitySelector()
