"""Rule 4: contractions are the default; a full form is for weight, and rare."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dreamtree.content.book import Exercise
from dreamtree.content.voice.texts import own_texts, without_names

LEAST_RATE, FULL_FORMS_FOR_WEIGHT = 0.8, 1
CONTRACTED = re.compile(
    r"\b(?:\w+n't|\w+'(?:ll|ve|re)|i'm|(?:i|you|he|she|we|they|it|that|who|there)'d|let's"
    r"|(?:he|she|it|that|there|here|what|who|where|when|how|why)'s)\b",
    re.IGNORECASE,
)
_PARTICIPLE = (
    r"(?:(?:never|always|already|just|ever|not|also) )?(?:\w+ed|been|become|begun|brought|built|chosen|come|done|drawn"
    r"|driven|felt|found|forgotten|given|gone|got|gotten|grown|had|heard|held|kept|known|learned|left|lost|made|meant|met"
    r"|put|read|said|seen|shown|spent|spoken|stood|taken|taught|thought|told|understood|won|worn|written)\b"
)
_GOES_ON = r"(?= [\w“\"‘])(?! (?:it|that|this|he|she|they)[?.!,])(?! (?:and|or|but)\b)"
"""A word follows in the same clause: "that's what it is" has its full form at the end."""
_NOT_AFTER = r"(?<!\bas )(?<!\bthan )(?<!\bwhere )(?<!\bwherever )(?<!\bwhatever )(?<!\ball )"
_FULL_FORMS = (
    r"(?:do|does|did|is|are|was|were|has|have|had|would|could|should|will|can) not|cannot",
    rf"(?:i am|(?:you|we|they) are|(?:he|she|it|that|here|what|who|where|how) is){_GOES_ON}",
    rf"(?<!\bwhat )there is{_GOES_ON}",
    rf"(?:i|you|he|she|it|we|they) will{_GOES_ON}",
    rf"(?:i|you|we|they) would{_GOES_ON}",
    rf"(?:(?:i|you|we|they) have|(?:he|she|it) has)(?= {_PARTICIPLE})",
    r"let us",
)
FULL = re.compile(rf"{_NOT_AFTER}\b(?:{'|'.join(_FULL_FORMS)})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Contractions:
    """How many there are, and the full forms that could have been one."""

    contracted: int = 0
    full: tuple[str, ...] = ()

    @property
    def chances(self) -> int:
        """Where there could be one."""
        return self.contracted + len(self.full)

    @property
    def rate(self) -> float:
        """How many of the chances are taken; 1 where there is none."""
        return self.contracted / self.chances if self.chances else 1.0

    def __add__(self, other: "Contractions") -> "Contractions":
        return replace(self, contracted=self.contracted + other.contracted, full=self.full + other.full)


def contractions_in(text: str) -> Contractions:
    """Counts them in a text as it is read."""
    straight = " ".join(text.replace("’", "'").split())
    return Contractions(len(CONTRACTED.findall(straight)), tuple(one.lower() for one in FULL.findall(straight)))


def contractions_of(exercise: Exercise) -> Contractions:
    """Those of the book's own prose and hints in an exercise."""
    return sum((contractions_in(one) for one in _texts(exercise)), Contractions())


def check_contractions(exercise: Exercise) -> Iterator[str]:
    """An exercise that says too much in full; one full form is free."""
    found = contractions_of(exercise)
    if found.rate < LEAST_RATE and len(found.full) > FULL_FORMS_FOR_WEIGHT:
        yield (
            f"voice 4: {exercise.id} contracts {found.contracted} of {found.chances} ({found.rate:.2f}), "
            f"{LEAST_RATE} at least; in full: {forms_in_words(found.full)}"
        )


def forms_in_words(forms: tuple[str, ...]) -> str:
    """The full forms, the most frequent first: "it is (3), do not"."""
    counted = Counter(forms).most_common()
    return ", ".join(f"{form} ({number})" if number > 1 else form for form, number in counted)


def _texts(exercise: Exercise) -> Iterator[str]:
    bare = (replace(block, text=without_names(block.text)) for block in exercise.blocks)
    return own_texts(replace(exercise, blocks=tuple(bare)))
