"""An answer as one text, to compare answers by."""

import json

from dreamtree.values import Answer

RECORD_MARKS = ("was", "dropped")


def canonical(answer: Answer) -> str:
    """An answer as one text, the same for equal answers; what is None counts as absent.

    What a page only says of its records (`was`, `dropped`) is no part of the answer.
    """
    content = {name: value for name, value in answer.items() if value is not None and name not in RECORD_MARKS}
    if "was" in answer:
        content["rows"] = [{name: one for name, one in row.items() if name != "was"} for row in answer.get("rows", [])]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
