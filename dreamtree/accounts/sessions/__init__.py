"""The browser's side of a session: cookies, who is here, and what happens when nobody is."""

from dreamtree.accounts.sessions.cookies import SAMPLE, TREE, cookie_name
from dreamtree.accounts.sessions.here import (
    content_revision,
    current_person,
    leave,
    open_tree,
    plan,
    present,
    recognize_visitor,
    require_person,
    require_present,
    start,
    who,
)
from dreamtree.accounts.sessions.tags import is_person_tag, person_tag, wait_for
from dreamtree.accounts.sessions.turned_away import Typed, carried_fields, turn_away_another, typed_texts

__all__ = [
    "SAMPLE",
    "TREE",
    "Typed",
    "carried_fields",
    "content_revision",
    "cookie_name",
    "current_person",
    "is_person_tag",
    "leave",
    "open_tree",
    "person_tag",
    "plan",
    "present",
    "recognize_visitor",
    "require_person",
    "require_present",
    "start",
    "turn_away_another",
    "typed_texts",
    "wait_for",
    "who",
]
