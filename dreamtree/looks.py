"""The looks a person may choose: backgrounds, text colors, fonts, and the pairs that can be read."""

BACKGROUNDS = ("cream", "sage", "sand", "slate", "night")
TEXTS = ("charcoal", "forest", "ink", "ivory", "moon")
FONTS = ("system", "serif", "sans", "mono", "hand")

OFFERED_PAIRS: dict[str, tuple[str, ...]] = {
    "cream": ("charcoal", "forest", "ink"),
    "sage": ("charcoal", "forest", "ink"),
    "sand": ("charcoal", "forest", "ink"),
    "slate": ("ivory", "moon"),
    "night": ("ivory", "moon"),
}
"""Background → text colors offered with it, the first one first; `tests/units/test_contrast.py` measures each."""

WITHOUT_CHOICE = {"light": ("cream", "charcoal"), "dark": ("night", "moon")}
"""What the browser's color scheme picks for somebody who has not chosen."""
