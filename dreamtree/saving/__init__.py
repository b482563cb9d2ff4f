"""The one transaction: answer, history, what it was built on, what it teaches, who must look again, progress."""

from dreamtree.saving.attempt import Attempt, Outcome
from dreamtree.saving.save import save, save_within

__all__ = ["Attempt", "Outcome", "save", "save_within"]
