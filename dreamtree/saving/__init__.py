"""What a save sets off, in its transaction: what it was built on, what it teaches, who must look again, progress."""

from dreamtree.answers.stored import SaveInfo, SaveRequest, SaveResult
from dreamtree.saving.save import save, save_within

__all__ = ["SaveInfo", "SaveRequest", "SaveResult", "save", "save_within"]
