"""How well, and how often: the two scales that skills are rated on."""

MASTERY = ("learning", "with help", "on my own", "well", "teach others")
FREQUENCY = ("hardly ever", "a few times a year", "monthly", "weekly", "most days")
