"""Pictures as SVG text: pure functions, the same drawing for the same facts.

Colors are the page's tokens with a fallback for a file that is opened alone. Nothing here is a `style=` attribute,
which the page's policy forbids.
"""

from dreamtree.drawing.timeline import Stretch, timeline
from dreamtree.drawing.tree import TreeGrowth, tree, tree_words

__all__ = ["Stretch", "TreeGrowth", "timeline", "tree", "tree_words"]
