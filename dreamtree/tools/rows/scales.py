"""How well, and how often: the two scales that skills are rated on."""

from dreamtree.tools.fields import WholeNumber

MASTERY = ("learning", "with help", "on my own", "well", "teach others")
FREQUENCY = ("hardly ever", "a few times a year", "monthly", "weekly", "most days")


class Step(WholeNumber):
    """A tapped step of a scale."""

    min = 1
    max = 5

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise
