"""Every offered look can be read: WCAG 2.2 contrast, computed from the tokens themselves."""

import re
from pathlib import Path

import pytest

from dreamtree.looks import BACKGROUNDS, OFFERED_PAIRS, TEXTS, WITHOUT_CHOICE

CSS = (Path(__file__).parents[2] / "static" / "css" / "10-tokens.css").read_text(encoding="utf-8")
PLACES = ("ground", "field", "wash", "sun-wash")
READ = ("text", "muted", "link", "success", "warning", "error")
SEEN = ("edge", "focus", "leaf")
PAIRS = [(background, text) for background, texts in OFFERED_PAIRS.items() for text in texts]
BLOCK = re.compile(r"([^{}]+)\{([^{}]*)\}")
TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\b")

Look = dict[str, str]


def tokens_of(selector: str) -> Look:
    """The color tokens of the rules that carry `selector`."""
    rules = [body for names, body in BLOCK.findall(CSS) if selector in [one.strip() for one in names.split(",")]]
    return {name: color for body in rules for name, color in TOKEN.findall(body)}


def look(background: str, text: str) -> Look:
    return tokens_of(f'[data-background="{background}"]') | tokens_of(f'[data-text="{text}"]')


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_weak(colors: Look, roles: tuple[str, ...], places: tuple[str, ...], least: float) -> dict[str, float]:
    measured = {f"{role} on {place}": contrast(colors[role], colors[place]) for role in roles for place in places}
    return {name: round(value, 2) for name, value in measured.items() if value < least}


def test_the_measure_is_the_one_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_background_and_text_color_is_offered() -> None:
    assert tuple(OFFERED_PAIRS) == BACKGROUNDS
    assert {text for texts in OFFERED_PAIRS.values() for text in texts} == set(TEXTS)


@pytest.mark.parametrize(("background", "text"), PAIRS)
def test_words_can_be_read_wherever_they_stand(background: str, text: str) -> None:
    assert too_weak(look(background, text), READ, PLACES, 4.5) == {}


@pytest.mark.parametrize(("background", "text"), PAIRS)
def test_words_on_the_main_button_can_be_read(background: str, text: str) -> None:
    assert too_weak(look(background, text), ("on-leaf",), ("leaf",), 4.5) == {}


@pytest.mark.parametrize(("background", "text"), PAIRS)
def test_controls_and_focus_can_be_seen(background: str, text: str) -> None:
    assert too_weak(look(background, text), SEEN, PLACES, 3) == {}


def test_a_dark_browser_gets_the_dark_look_without_a_choice() -> None:
    background, text = WITHOUT_CHOICE["dark"]
    unchosen = tokens_of(":root:not([data-background])") | tokens_of(":root:not([data-text])")
    assert unchosen == look(background, text)


def test_a_light_browser_gets_the_first_look() -> None:
    background, text = WITHOUT_CHOICE["light"]
    assert tokens_of(":root") == look(background, text)
