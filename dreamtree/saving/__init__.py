"""The one transaction: answer, history, what it was built on, what it teaches, who must look again, progress."""

from dreamtree.saving.request import SaveRequest, SaveResult
from dreamtree.saving.save import save, save_within

__all__ = ["SaveRequest", "SaveResult", "save", "save_within"]
