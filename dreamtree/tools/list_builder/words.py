"""What a list says of itself."""

from dreamtree.tools.base import Problem, RestLine
from dreamtree.tools.list_builder.extras import Extra, said_in
from dreamtree.tools.list_builder.lines import ListLine, extras_for
from dreamtree.tools.wording import enough_words


def open_in(n: int, row: ListLine, extras: tuple[Extra, ...]) -> list[Problem]:
    """The further fields that the line n still needs."""
    needed = [one for one in extras_for(row, extras) if one.is_required and one.name not in row.fields]
    return [Problem(f"rows-{n}-fields-{one.name}", f"Add a few words here: {one.label}.") for one in needed]


def too_few(enough: int, count: int) -> list[Problem]:
    """What to do where fewer lines have words than are enough."""
    if count >= enough:
        return []
    return [Problem(f"rows-{count}-text", enough_words(enough, count, "line", "lines"))]


def counted(count: int, most: int) -> str:
    """How full the list is, once that matters; else ""."""
    if count >= most:
        return f"{count} of {most}: the list is full. Remove one to add another."
    return f"{count} on the list; room for {most - count} more." if count >= most * 0.9 and most > 10 else ""


def in_words(row: ListLine, extras: tuple[Extra, ...]) -> str:
    """A line as text, with its further fields below it."""
    details = [f"  {one.label}: {said_in(one, row.fields)}" for one in extras if row.fields.get(one.name)]
    return "\n".join([f"– {row.text}", *details])


def rest_line(row: ListLine, extras: tuple[Extra, ...]) -> RestLine:
    """A line with what is said of it, for a list at rest."""
    told = (said_in(one, row.fields) for one in extras if row.fields.get(one.name))
    return RestLine(row.text, "; ".join(told), row.key)
