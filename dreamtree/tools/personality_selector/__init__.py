"""How one is at work: four either/or scales, or a type known already. A mirror, not a verdict.

An answer is `{"scales": {id: -3…3 or None}, "letters": {id: letter}, "code": "ENFP" or "", "known": bool}`. A scale
left in the middle gets its letter from the person (`letters`). `code` is the chosen type when it is `known`, else what
the scales say once they all do.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from wtforms import Form, StringField

from dreamtree.content import book
from dreamtree.content.book import Block, PersonalityType, Scale
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Tool
from dreamtree.tools.rows.buttons import UnknownButton
from dreamtree.values import Answer, Item

SCORES = range(-3, 4)
IN_BETWEEN = "You are in between here. Choose the letter that is nearer on more days."


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
    """The four scales, and the type they say. `known` is the code of a type that the person brought along."""

    scales: tuple[ScaleView, ...]
    known: str
    types: tuple[tuple[str, str], ...]
    code: str
    name: str
    summary: Markup


class PersonalityForm(Form):
    """The scales by id, a letter for each that is in between, and the type that is known already."""

    energy = StringField()
    information = StringField()
    decisions = StringField()
    structure = StringField()
    letter_energy = StringField()
    letter_information = StringField()
    letter_decisions = StringField()
    letter_structure = StringField()
    type = StringField()


class PersonalitySelector(Tool):
    """Four either/ors that say a type, or the type that the person knows already."""

    kind = "personality-selector"
    form = PersonalityForm

    def empty(self, block: Block) -> Answer:
        return {"scales": {scale.id: None for scale in book().scales}, "letters": {}, "code": "", "known": False}

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        form = self.form(posted, prefix=f"{block.key}:")
        answer = self.from_form(block, form)
        said = {name: _text(form, name) for name in form.data}
        problems = [
            Problem(scale.id, "Choose one of the seven places on this scale.")
            for scale in book().scales
            if said[scale.id] and answer["scales"][scale.id] is None
        ]
        if said["type"] and not answer["known"]:
            problems.append(Problem("type", "Choose one of the sixteen types in the list."))
        return answer, problems

    def from_form(self, block: Block, form: Form) -> Answer:
        scales = {scale.id: _score(_text(form, scale.id)) for scale in book().scales}
        letters = {scale.id: _text(form, f"letter_{scale.id}") for scale in book().scales}
        code = _text(form, "type")
        return self.form_part({"scales": scales, "letters": letters, "code": code, "known": bool(code)})

    def form_part(self, answer: Answer) -> Answer:
        scales = _scales(answer)
        known = bool(answer.get("known")) and book().personality_type(str(answer.get("code"))) is not None
        return {
            "scales": scales,
            "letters": _letters(answer, scales),
            "code": answer["code"] if known else "",
            "known": known,
        }

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        return bare if bare["known"] else {**bare, "code": _code(bare)}

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        if answer.get("code"):
            return []
        scales = _scales(answer)
        letters = _letters(answer, scales)
        unsaid = [
            Problem(one, "Choose a place on this scale, or the type you know.") for one in scales if scales[one] is None
        ]
        between = [Problem(f"letter_{one}", IN_BETWEEN) for one in scales if scales[one] == 0 and one not in letters]
        return unsaid + between

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        bare = self.form_part(answer)
        return self.merge_posted(block, bare, None, inputs)

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset()

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        return answer

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        raise UnknownButton(button.verb)

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The type, under its code, with the scales; under "" while there is none."""
        return (Item(answer.get("code") or "", "", {"scales": _scales(answer)}),)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        kind = book().personality_type(answer.get("code") or "")
        return (Item(kind.code, kind.name),) if kind else ()

    def summary(self, block: Block, answer: Answer) -> str:
        kind = book().personality_type(answer.get("code") or "")
        return f"{kind.code}, {kind.name}" if kind else "No type yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        scales = _scales(answer)
        said = [(scale, scales[scale.id]) for scale in book().scales]
        lines = [f"{scale.title}\n{_in_words(scale, score)}" for scale, score in said if score is not None]
        return "\n\n".join([*([self.summary(block, answer)] if answer.get("code") else []), *lines])

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> PersonalityView:
        kind = book().personality_type(answer.get("code") or "")
        return PersonalityView(
            scales=tuple(_scale_view(scale, answer) for scale in book().scales),
            known=kind.code if kind and answer.get("known") else "",
            types=tuple((one.code, f"{one.code} · {one.name}") for one in book().personality_types),
            code=kind.code if kind else "",
            name=kind.name if kind else "",
            summary=kind.html if kind else Markup(""),
        )


def _text(form: Form, name: str) -> str:
    return (form[name].data or "").strip()


def _score(said: object) -> int | None:
    """A place on a scale, typed or stored; None for anything else."""
    found = next((score for score in SCORES if str(score) == str(said)), None)
    return None if isinstance(said, bool) else found


def _scales(answer: Answer) -> dict[str, int | None]:
    said = answer.get("scales")
    return {scale.id: _score(said.get(scale.id)) if isinstance(said, dict) else None for scale in book().scales}


def _letters(answer: Answer, scales: Mapping[str, int | None]) -> dict[str, str]:
    """The letters chosen for the scales in the middle."""
    said = answer.get("letters")
    chosen = said if isinstance(said, dict) else {}
    between = [scale for scale in book().scales if scales[scale.id] == 0]
    return {one.id: chosen[one.id] for one in between if chosen.get(one.id) in (one.left_letter, one.right_letter)}


def _letter(scale: Scale, score: int | None, letters: Mapping[str, str]) -> str:
    if not score:
        return letters.get(scale.id, "")
    return scale.left_letter if score < 0 else scale.right_letter


def _code(answer: Answer, instead: Mapping[str, str] | None = None) -> str:
    """The type that the scales say, "" while a letter is open. `instead` sets letters for a moment."""
    scales = _scales(answer)
    letters = _letters(answer, scales) | dict(instead or {})
    code = "".join(_letter(scale, scales[scale.id], letters) for scale in book().scales)
    return code if book().personality_type(code) else ""


def _scale_view(scale: Scale, answer: Answer) -> ScaleView:
    scales = _scales(answer)
    score = scales[scale.id]
    sides = ((scale.left_letter, scale.left), (scale.right_letter, scale.right))
    return ScaleView(
        scale.id,
        scale.title,
        scale.left,
        scale.left_more,
        scale.right,
        scale.right_more,
        "" if score is None else str(score),
        tuple((str(one), _in_words(scale, one)) for one in SCORES),
        tuple(_neighbor(scale, answer, letter, sentence) for letter, sentence in sides) if score == 0 else (),
        _letters(answer, scales).get(scale.id, ""),
    )


def _neighbor(scale: Scale, answer: Answer, letter: str, sentence: str) -> Neighbor:
    kind: PersonalityType | None = book().personality_type(_code(answer, {scale.id: letter}))
    return Neighbor(letter, sentence, f"{kind.code}, {kind.name}" if kind else "")


def _in_words(scale: Scale, score: int) -> str:
    """A place on a scale as a sentence: how much of which end."""
    if score == 0:
        return "In between."
    much = {1: "A little more like this", 2: "More like this", 3: "Much like this"}[abs(score)]
    return f"{much}: {scale.left if score < 0 else scale.right}"


tool = PersonalitySelector()
