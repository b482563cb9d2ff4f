"""People who are there without any page: for tests of what lies below the views."""

from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.db import saving


def new_person(is_shared: bool = False, device: str = "a test") -> User:
    """Somebody who starts a tree without an account, key in hand."""
    new = people.new_tree(is_shared, device)
    return saving(lambda: people.insert_tree(new))
