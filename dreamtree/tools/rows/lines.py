"""Rows of which each is one thing in one line: what ranking and sorting share, and counts in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, Form, StringField, ValidationError

from dreamtree.tools.base import LINE_LIMIT
from dreamtree.tools.fields import KEY, NUL_MESSAGE, as_line, too_long
from dreamtree.values import Answer

Row = dict[str, Any]


class LineRow(Form):
    """A row as posted. Rows from elsewhere post their key only; `own` rows their words too."""

    key = StringField()
    own = BooleanField()
    text = StringField(filters=[lambda text: text or ""])

    def validate_key(self, field: Any) -> None:
        """Refuses a row whose key did not arrive."""
        if not KEY.fullmatch(field.data or ""):
            raise ValidationError("This line did not arrive whole. Load the page again.")

    def validate_text(self, field: Any) -> None:
        """Refuses words of one's own that are too long or cannot be kept."""
        if not self.own.data:
            return
        if "\0" in field.data:
            raise ValidationError(NUL_MESSAGE)
        if told := too_long(as_line(field.data), LINE_LIMIT):
            raise ValidationError(told)


def posted_row(row: Mapping[str, Any]) -> Row:
    """What a page posts of a row: the key, and the words of one's own."""
    key = {"key": row.get("key") or ""}
    return {**key, "text": as_line(row.get("text")), "own": True} if row.get("own") else key


def is_unsaid(row: Mapping[str, Any]) -> bool:
    """Whether a row of one's own is still without words."""
    return bool(row.get("own")) and not as_line(row.get("text"))


def said_rows(answer: Answer, name: str) -> list[Row]:
    """The rows with words, those words as one line."""
    rows = [{**row, "text": as_line(row.get("text"))} for row in rows_in(answer, name)]
    return [row for row in rows if row["text"]]


def rows_in(answer: Answer, name: str) -> list[Row]:
    """The rows of an answer, whatever another version stored: those with a key."""
    rows = answer.get(name)
    known = rows if isinstance(rows, list) else []
    return [row for row in known if isinstance(row, dict) and KEY.fullmatch(str(row.get("key") or ""))]


def reworded(rows: Sequence[Row], words: Mapping[str, str]) -> list[Row]:
    """Rows from elsewhere with their words as they are upstream now; one's own as they are."""
    return [
        row if row.get("own") else {**row, "text": words.get(row["key"]) or as_line(row.get("text"))} for row in rows
    ]


def merged(bare: Sequence[Row], stored: Sequence[Row], words: Mapping[str, str]) -> list[Row]:
    """Posted rows with the words of those from elsewhere, then the stored rows from elsewhere the page did not have.

    Rows that nothing knows are left out. `words` are those of the items as they are upstream now.
    """
    known = {row["key"]: as_line(row.get("text")) for row in stored} | dict(words)
    whole = [{**row, "text": row.get("text") or known.get(row["key"], "")} for row in bare]
    posted = {row["key"] for row in bare}
    missed = [row for row in stored if not row.get("own") and row["key"] not in posted]
    return [row for row in (*whole, *reworded(missed, words)) if row["text"]]


def has_twins(rows: Sequence[Row]) -> bool:
    """Whether two rows have one key."""
    return len({row["key"] for row in rows}) < len(rows)
