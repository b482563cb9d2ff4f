"""Pictures as SVG text: pure functions, the same drawing for the same facts.

Colors are the page's tokens with a fallback for a file that is opened alone. Nothing here is a `style=` attribute,
which the page's policy forbids. Charts bring their table along (`chart`); the tree is told in words.
"""

from dreamtree.drawing.chart import Chart, ChartTable
from dreamtree.drawing.timeline import Stretch, timeline
from dreamtree.drawing.tree import TreeGrowth, tree, tree_words

__all__ = ["Chart", "ChartTable", "Stretch", "TreeGrowth", "timeline", "tree", "tree_words"]
