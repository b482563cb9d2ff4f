"""The frozen shapes of what changed since an answer was saved: upstream of it, or on another page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChangeLine:
    """One item that moved upstream: `kind` is take out, add or changed; `source_title` names the exercise that it came
    from, or went from. No `accept_value`: it can only be noted. A private one stands folded.
    """

    kind: str
    key: str
    old: str
    new: str
    source_title: str
    accept_value: str
    keep_value: str
    is_private: bool = False

    @property
    def mark(self) -> tuple[str, str, str]:
        """The same change seen from another block of the page."""
        return self.kind, self.key, self.new


@dataclass(frozen=True)
class ChangeView:
    """What moved upstream of a block; `strength` is "needs another look" or "new"."""

    strength: str
    lines: tuple[ChangeLine, ...]
    keep_all_value: str
    words: str


@dataclass(frozen=True)
class ConflictView:
    """Two versions of one answer, and the buttons that keep mine, theirs, or both (where `join`)."""

    mine: str
    theirs: str
    mine_at: str
    theirs_at: str
    join: bool
    mine_value: str
    theirs_value: str
    join_value: str
    is_private: bool = False
