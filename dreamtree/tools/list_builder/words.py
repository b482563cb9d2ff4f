"""What a list says of itself."""

from dreamtree.tools.base import Problem, RestLine
from dreamtree.tools.list_builder.extras import Extra, value_words
from dreamtree.tools.list_builder.lines import ListLine, extras_for
from dreamtree.tools.wording import enough_words, quoted, several


def open_in(n: int, row: ListLine, extras: tuple[Extra, ...]) -> list[Problem]:
    """The further fields that the line n still needs."""
    needed = [one for one in extras_for(row, extras) if one.is_required and one.name not in row.fields]
    return [Problem(f"rows-{n}-fields-{one.name}", _ask(one)) for one in needed]


def _ask(one: Extra) -> str:
    return f"{'Write a few words' if one.is_typed else 'Choose an answer'} under {quoted(one.label)}"


def too_few(enough: int, count: int, line: str) -> list[Problem]:
    """What to do where fewer lines have words than are enough; `line` is what the list calls one."""
    if count >= enough:
        return []
    return [Problem(f"rows-{count}-text", enough_words(enough, count, line.lower(), several(line.lower())))]


def counted(count: int, most: int) -> str:
    """How full the list is, once that matters; else ""."""
    if count >= most:
        return f"{count} of {most}: the list is full. Remove one to add another."
    return f"{count} on the list; room for {most - count} more." if count >= most * 0.9 and most > 10 else ""


def in_words(row: ListLine, extras: tuple[Extra, ...]) -> str:
    """A line as text, with its further fields below it."""
    details = [f"  {one.label}: {value_words(one, row.fields)}" for one in extras if row.fields.get(one.name)]
    return "\n".join([f"– {row.text}", *details])


def rest_line(row: ListLine, extras: tuple[Extra, ...]) -> RestLine:
    """A line with what is said of it, for a list at rest: what was typed stands after what it was typed for."""
    details = (_named(one, value_words(one, row.fields)) for one in extras if row.fields.get(one.name))
    return RestLine(row.text, " · ".join(details), row.key)


def _named(one: Extra, text: str) -> str:
    """ "What I expect: compliments"; a choice says itself what it is."""
    return f"{one.label.removesuffix('?')}: {text}" if one.is_typed else text
