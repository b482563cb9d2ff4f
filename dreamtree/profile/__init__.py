"""What the tree has learned about a person: one noun a file, each declared."""

from dreamtree.profile.teaching import (
    SKILLS_SOURCE,
    fills_rows,
    may_change,
    may_name,
    nouns,
    nouns_of,
    sources,
    teach,
    unteach,
    work_out,
)

__all__ = [
    "SKILLS_SOURCE",
    "fills_rows",
    "may_change",
    "may_name",
    "nouns",
    "nouns_of",
    "sources",
    "teach",
    "unteach",
    "work_out",
]
