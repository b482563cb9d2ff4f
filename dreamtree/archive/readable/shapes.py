"""What a copy to read is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """A drawing as an SVG file of its own: its file name, what it shows in a word, and what it says."""

    name: str
    title: str
    words: str
    svg: str


@dataclass(frozen=True)
class ReadAnswer:
    """A question and what was answered; `words` is "" where nothing was. `written_on` is a day in words."""

    question: str
    words: str
    written_on: str
    is_private: bool


@dataclass(frozen=True)
class ReadExercise:
    """An exercise with all its questions. `set_aside_on` is a day in words, "" when it is not set aside."""

    id: str
    title: str
    answers: tuple[ReadAnswer, ...]
    set_aside_on: str
    pictures: tuple[Picture, ...] = ()

    @property
    def is_begun(self) -> bool:
        """Whether anything was said in it."""
        return any(one.words for one in self.answers)


@dataclass(frozen=True)
class ReadModule:
    """A module; `name` is the beginning of its file names ("1.1")."""

    name: str
    title: str
    part: str
    exercises: tuple[ReadExercise, ...]

    @property
    def answered(self) -> int:
        """How many of its questions have an answer."""
        return sum(bool(one.words) for exercise in self.exercises for one in exercise.answers)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures of its exercises, in order."""
        return tuple(picture for exercise in self.exercises for picture in exercise.pictures)


@dataclass(frozen=True)
class ReadList:
    """A table for a spreadsheet: file name, title, head and rows of texts and numbers."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Reading:
    """What every page says. `title` is "Mara’s tree" or "Your tree", `saved_on` the day in words, `day` as ISO date."""

    title: str
    saved_on: str
    day: str
    is_without_private: bool
    tree: Picture


@dataclass(frozen=True)
class IndexLine:
    """A module or a list on the first page: its file name, its title, and how many answers or rows are in it."""

    name: str
    title: str
    count: int
    part: str = ""
