"""The checker itself: it passes a sound page and sees each fault it was written for."""

import pytest

from tests.rules.strict_html import faults, fragment_faults

SOUND = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head>
<body><main><h1>A page</h1><form method="post"><label for="name">Name</label><input id="name" name="name">
<p id="hint">As you like.</p><textarea name="more" aria-label="More" aria-describedby="hint"></textarea>
<fieldset><legend>Which?</legend><label><input type="radio" name="which"> This</label></fieldset>
<button><svg aria-hidden="true"><use href="/sprite.svg#up"></use></svg><span>Save</span></button></form>
</main></body></html>"""

WRONG = {
    "unclosed": ("<div><span></div>", "end tag (div) seen too early"),
    "same id": ('<p id="a">1</p><p id="a">2</p>', "id 'a' stands 2 times"),
    "same attribute": ('<p class="a" class="b">1</p>', "duplicate"),
    "no label": ('<input name="x">', "has no label"),
    "empty label": ('<label for="x"></label><input id="x">', "has no label"),
    "nameless button": ("<button><svg></svg></button>", "has no name"),
    "nested form": ("<form><form></form></form>", "form"),
    "style": ('<p style="color: red">1</p>', "carries style"),
    "handler": ('<p onclick="x()">1</p>', "carries onclick"),
    "script": ("<script>x()</script>", "inline <script>"),
    "no legend": ("<fieldset></fieldset>", "has no legend"),
    "no alt": ('<img src="a.png">', "has no alt"),
    "button in link": ('<a href="/">x<button>y</button></a>', "stands inside"),
    "tabindex": ('<p tabindex="3">1</p>', "tabindex"),
}


def test_a_sound_page_has_no_faults() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_in_a_fragment_is_seen(name: str) -> None:
    html, words = WRONG[name]
    assert words in "\n".join(fragment_faults(html)).lower()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<!doctype html>", "", "doctype"),
        (' lang="en"', "", "no lang"),
        ("<title>A page</title>", "", "no title"),
        ("<h1>A page</h1>", "", "0 h1 elements"),
        ("<h1>A page</h1>", "<h1>A page</h1><h3>Deep</h3>", "follows a heading of level 1"),
        ('id="hint"', 'id="tip"', "#hint, which is not there"),
        ("<main>", '<main><a href="#top">Up</a>', "leads to #top"),
    ],
)
def test_a_fault_of_the_page_is_seen(old: str, new: str, words: str) -> None:
    assert words in "\n".join(faults(SOUND.replace(old, new))).lower()
