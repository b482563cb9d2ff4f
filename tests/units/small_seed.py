"""A seed of two exercises, to be changed by tests without touching the real one."""

from pathlib import Path

from dreamtree.content import clear_cache
from dreamtree.content.models import ContentRevision
from dreamtree.content.seed.write import ORDER
from dreamtree.db import database
from tests.databases import open_at

BOOK = """
short_way = ["1.1.1"]

[[part]]
id = "1"
title = "Roots"
subtitle = "what I bring"

[[part.module]]
id = "1.1"
title = "What I can do"

[[part.module]]
id = "1.2"
title = "Where"
"""

FIRST = """
id = "1.1.1"
version = 1
title = "One thing"
minutes = 10
sources = [{ reference = "fine", usage = "concept", notes = "Kinds of skill." }]

[[block]]
key = "why"
text = "instruction"
body = "Somebody *thanked* you. [901]"

[[block]]
key = "brings"
prompt = "choice"
label = "What brings you here?"
help = "One tap."
makes = "starting_points.reason"
[block.options]
choices = [
    { value = "stuck", label = "I am stuck" },
    { value = "other", label = "Something else" },
]

[[block]]
key = "line"
prompt = "textarea"
label = "What happened?"
required = false
private = true

[[block]]
key = "example"
text = "example"
who = "Tom"
size = "short"
for = "line"
body = "Fixed a bike."
"""

SECOND = """
id = "1.1.2"
version = 1
title = "Everything"
minutes = 25
optional = true
unlocks = "list-builder"

[[block]]
key = "list"
tool = "list-builder"
label = "What have you done?"
connections = [2, 1]
[block.options]
enough = 3
fields = [{ name = "proof", label = "Proof", kind = "text" }]
"""

CONNECTIONS = """
[[connection]]
id = 1
from = ["1.1.1"]
to = "1.1.2"
type = "hydrate"
gives = "draft"
source = "starting_point"
filter = { kind = "seed" }
take = 3
open = true
sentence = "The thing you began with"

[[connection]]
id = 2
from = []
to = "1.1.2"
type = "reference_link"
source = "skills_library"
sentence = "Browse"
"""

FILES = {
    "workbook/book.toml": BOOK,
    "workbook/1/1.1/1.1.1.toml": FIRST,
    "workbook/1/1.1/1.1.2.toml": SECOND,
    "connections.toml": CONNECTIONS,
    "skills/things_i_do.csv": (
        "slug,name,family,synonyms,phrases\n"
        "loading,Loading trucks,Moving,packing;stowing,loaded trucks;filled the van\n"
    ),
    "skills/ways_i_am.csv": "slug,name,family,synonyms,phrases\nam-calm,Calm,Steady,level-headed,kept my head\n",
    "reference/references.toml": """
[[reference]]
slug = "fine"
number = 901
author_surname = "Fine"
full_citation = "Fine, Sidney A. *Functional Job Analysis*. 1999."
short_citation = "Fine, *Functional*"
category = "Skills"
note = "Kinds of skill."
""",
    "reference/tool_types.toml": """
[[tool]]
id = "list-builder"
singular_name = "List"
plural_name = "Lists"
icon_name = "list"
has_reminder = false
""",
    "reference/personality_types.toml": """
[[type]]
code = "ISTJ"
name = "Careful organizer"
summary = "Often calm."
ways = ["am-calm"]
""",
}


def write_seed(folder: Path) -> Path:
    """The small seed, written into `folder`."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replaces `old`, which must be there, in a file of the seed."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def empty_tables(path: Path) -> None:
    """A fresh database with the content tables and nothing in them."""
    open_at(path)
    database.create_tables([*ORDER, ContentRevision])
    clear_cache()
