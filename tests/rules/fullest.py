"""A copy whose owner wrote as many entries as pages take, and as much text as there is room for."""

import json
from typing import Any

from dreamtree.answers.limits import ENTRY_STEP, TEXT_LIMIT, TREE_LIMIT, size_of
from dreamtree.archive.room import load_of
from tests.rules.hostile import snapshot_from, summed
from tests.rules.test_bringing_in import LOG

File = dict[str, Any]
MOMENTS = "1.3.2.moments"
AT = "2027-03-01T09:00:00.000Z"


def full(file: File, words: str = "x") -> File:
    """The same copy with new entries in two logs, of these words over and over, and nearly a step more in each."""
    file = json.loads(json.dumps(file))
    entries = file["tool_instances"]
    count = (TREE_LIMIT - len(entries)) // 2
    text = load_of(snapshot_from(summed(file), "")).text
    steps = max(TEXT_LIMIT - text, 0) // (2 * count) // ENTRY_STEP + 1
    one = {**next(one for one in entries if one["block_key"] == LOG), "skills": [], "history": [], "deleted_at": AT}
    one["content_json"] |= {"reason": _as_long_as(one["content_json"], words, steps * ENTRY_STEP - 1)}
    for block in (LOG, MOMENTS):
        keys = [f"00000000-0000-4000-8000-{n:012}" for n in range(count)]
        entries += [{**one, "block_key": block, "id": f"{block}:{key}"} for key in keys]
        exercise = block.rpartition(".")[0]
        answers = file["modules"]["1.3"]["exercises"][f"{exercise}.v1"]["response_json"]
        answers[block]["records"] += keys
    return file


def _as_long_as(content: File, words: str, size: int) -> str:
    """So many words that an entry with them has at most `size` characters once it is sealed."""
    every = words * (size // len(words))
    least, most = 0, len(every)
    while least < most:
        middle = (least + most + 1) // 2
        fits = size_of({**content, "reason": every[:middle].strip()}) <= size
        least, most = (middle, most) if fits else (least, middle - 1)
    return every[:least].strip()
