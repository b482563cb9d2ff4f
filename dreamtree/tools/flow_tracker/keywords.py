"""The words of a short text that say something by themselves."""

import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = (
    "a about after again all also always am an and another any anything are as at away back be because been "
    "before being both but by came can can't come could couldn't day days did didn't do doing don't done down "
    "each even ever every everything few first for from get getting go going gone good got great had half has "
    "have having he her here him his hour hours how i i'd i'm i've if in into is it it's its itself just kind "
    "last less like little long lot made make making many me minute minutes moment more most much my myself new "
    "next nice no nobody not nothing now of off on once one only or other others our out over own put quite "
    "rather real really right same saw say see seen she so some somebody someone something soon still such take "
    "that that's the their them then there there's these they thing things think this those three through till "
    "time to today too took toward tried try trying two under until up upon us use used using very want was "
    "wasn't way we we're week well went were what when where which while who whole whose why will with within "
    "without work working would yes yesterday yet you your"
)
SILENT = frozenset(_SMALL.split())
"""Small words of English, and those that every note about an hour holds."""


def keywords(text: str) -> list[str]:
    """The words of `text` in small letters and in order, without silent ones and without a possessive."""
    words = (word.replace("’", "'").removesuffix("'s") for word in WORD.findall(text.casefold()))
    return [word for word in words if word not in SILENT]
