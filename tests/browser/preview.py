"""Draws `static/preview.png`, the picture that a link to DreamTree is shown with: `make preview`.

Its sources are the tree as `dreamtree/drawing` draws it, the colors of the house, and the name. The same browser with
the same fonts draws the same picture.
"""

import struct
import zlib
from collections import Counter
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dreamtree.drawing.tree import TreeGrowth, tree
from tests.browser.chromium import launch

ROOT = Path(__file__).parents[2]
SIGNATURE = b"\x89PNG\r\n\x1a\n"
PICTURE = ROOT / "static" / "preview.png"
WIDTH, HEIGHT = 1200, 630
GROWN = TreeGrowth((True,) * 26, (True,) * 9, (True,) * 23, leaves=9, title="A tree")
STYLE = """
body { margin: 0; background: #fbf7ee; color: #2b3033; display: flex; align-items: center; block-size: 630px }
svg { block-size: 570px; inline-size: auto; margin-inline-start: 44px; flex: none }
div { padding-inline: 40px 72px }
h1 { font: 80px/1.1 Georgia, "Noto Serif", "DejaVu Serif", serif; margin: 0 0 24px; color: #2f6b4f }
p { text-wrap: balance; font: 32px/1.4 Georgia, "Noto Serif", "DejaVu Serif", serif; margin: 0 }
"""
WORDS = "Find out what you bring, decide what you want, and go get it."
MOST_COLORS = 64

Color = tuple[int, int, int]


def draw(browser: Browser) -> bytes:
    """The picture as PNG, with few colors."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.set_content(f"<style>{STYLE}</style>{tree(GROWN)}<div><h1>DreamTree</h1><p>{WORDS}</p></div>")
    drawn = page.screenshot()
    page.close()
    return with_few_colors(drawn)


def with_few_colors(png: bytes) -> bytes:
    """The same picture with the colors that are there most often; each other one is the nearest of them."""
    pixels = pixels_of(png)
    colors = [color for color, _ in Counter(pixels).most_common(MOST_COLORS)]
    number = {one: min(range(len(colors)), key=lambda n, one=one: distance(one, colors[n])) for one in set(pixels)}
    lines = (bytes(number[one] for one in pixels[at : at + WIDTH]) for at in range(0, len(pixels), WIDTH))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    palette = b"".join(map(bytes, colors))
    drawn = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    return SIGNATURE + chunk(b"IHDR", head) + chunk(b"PLTE", palette) + chunk(b"IDAT", drawn) + chunk(b"IEND", b"")


def pixels_of(png: bytes) -> list[Color]:
    """The pixels of a browser's PNG: eight bits, three channels, lines that are told by their difference."""
    at, packed = len(SIGNATURE), b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += length + 12
    raw, size = zlib.decompress(packed), WIDTH * 3
    above, found = bytes(size), []
    for row in range(HEIGHT):
        start = row * (size + 1)
        above = unfiltered(raw[start], raw[start + 1 : start + 1 + size], above)
        found += zip(above[::3], above[1::3], above[2::3], strict=True)
    return found


def unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    """One line of bytes, from its differences to the pixel before and the line above (PNG, section 9)."""
    out = bytearray(line)
    for n in range(len(out)):
        before, up, corner = (out[n - 3], above[n], above[n - 3]) if n >= 3 else (0, above[n], 0)
        out[n] = (out[n] + (0, before, up, (before + up) // 2, paeth(before, up, corner))[kind]) % 256
    return bytes(out)


def paeth(before: int, up: int, corner: int) -> int:
    guess = before + up - corner
    return min((before, up, corner), key=lambda one: abs(guess - one))


def distance(one: Color, other: Color) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG, from its head."""
    assert png.startswith(SIGNATURE)
    width, height = struct.unpack(">II", png[16:24])
    return width, height


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = launch(playwright.chromium)
        PICTURE.write_bytes(draw(chromium))
        chromium.close()
