"""How rows change places: one up, one down, or to the top."""

from collections.abc import Sequence

from dreamtree.tools.rows.shape import R

MOVES = ("up", "down", "top")


def moved(rows: Sequence[R], key: str, verb: str) -> tuple[R, ...]:
    """`rows` with the row `key` one up, one down or at the top."""
    known = {row.key: row for row in rows}
    return tuple(known[one] for one in moved_key([row.key for row in rows], key, verb))


def moved_key(keys: Sequence[str], key: str, verb: str) -> list[str]:
    """`keys` with one of them one up, one down or at the top."""
    if key not in keys:
        return list(keys)
    index, rest = list(keys).index(key), [one for one in keys if one != key]
    rest.insert(max(0, min({"up": index - 1, "down": index + 1, "top": 0}[verb], len(rest))), key)
    return rest
