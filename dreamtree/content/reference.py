"""Reference rows as pages see them: the same for everybody, in memory."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Reference:
    """A source on the credits page; `number` is how texts cite it."""

    id: str
    slug: str
    number: int
    author_surname: str
    category: str
    note: str
    html: Markup


@dataclass(frozen=True)
class PersonalityType:
    """One of sixteen; `ways` are ids of library skills that people of this type often name."""

    code: str
    name: str
    summary: str
    html: Markup
    ways: tuple[str, ...]


@dataclass(frozen=True)
class Scale:
    """An either/or of 1.1.7, from -3 (left) to +3 (right)."""

    id: str
    left_letter: str
    right_letter: str
    title: str
    left: str
    left_more: str
    right: str
    right_more: str


@dataclass(frozen=True)
class ValueCard:
    """A value to choose; `kind` is "life" or "work"."""

    id: str
    slug: str
    kind: str
    name: str
    meaning: str


@dataclass(frozen=True)
class InterestKind:
    """One of Holland's six kinds of interest, by his letter; `meaning` is one line."""

    letter: str
    slug: str
    name: str
    meaning: str

    @property
    def in_sentence(self) -> str:
        """Its name within a sentence."""
        return self.name[:1].lower() + self.name[1:]


@dataclass(frozen=True)
class Activity:
    """An hour of something that one may enjoy; `interest` is the letter of its kind."""

    id: str
    slug: str
    text: str
    interest: str


@dataclass(frozen=True)
class Mindset:
    """A way of thinking, the plain name first. `ask` is the question about it, `try_it` a small way to try it again."""

    slug: str
    name: str
    formal_name: str
    meaning: str
    ask: str
    try_it: str


@dataclass(frozen=True)
class CompetencyLevel:
    """What level 1–5 of a competency looks like, and the jobs it points to."""

    id: str
    level: int
    description: str
    job_context: str


@dataclass(frozen=True)
class Competency:
    """One of fifteen, the plain name first."""

    id: str
    slug: str
    plain_name: str
    name: str
    definition: str
    category: str
    levels: tuple[CompetencyLevel, ...]


@dataclass(frozen=True)
class ToolType:
    """A tool that also stands alone; `id` is its kind ("soared-story")."""

    id: str
    singular_name: str
    plural_name: str
    reminder_prompt: str
    unlocks_at_exercise: str


@dataclass(frozen=True)
class Occupation:
    """A job that people do: `day` is an ordinary one, `way_in` how one usually gets in.

    `interests` are one to three letters, the strongest first (see `InterestKind`); `skills` are ids of library skills,
    `neighbors` ids of three jobs that are close to it.
    """

    id: str
    slug: str
    title: str
    family: str
    day: str
    interests: str
    skills: tuple[str, ...]
    way_in: str
    needs_degree: bool
    neighbors: tuple[str, ...]
