"""What an idea tree says of itself, in words and drawn."""

from dreamtree.drawing import Chart
from dreamtree.drawing.ideas import Sprout, ideas
from dreamtree.text import isolated
from dreamtree.tools.base import RestLine
from dreamtree.tools.idea_tree.words import ROOT, Branches
from dreamtree.tools.wording import capitalized, in_words, listed

LEAST_STEPS = 2
MOST_DRAWN = 60
NOTHING = "No words yet"
EMPTY = "…"


def still_open(branches: Branches, enough: int) -> str:
    """What will do, where the tree isn't grown yet; else ""."""
    count, steps = len(branches.words), branches.steps
    if count < enough:
        more = " more" if count else ""
        left = enough - count
        near = ", around one of yours" if count * LEAST_STEPS >= enough and max(steps.values()) < LEAST_STEPS else ""
        return f"Add {in_words(left)}{more} {'word' if left == 1 else 'words'}{near}."
    if max(steps.values(), default=0) < LEAST_STEPS:
        return "Continue from one of your words: write what that one makes you think of."
    return ""


def in_one_sentence(branches: Branches) -> str:
    """ "Fourteen words, three steps out. You marked four."; "" for none."""
    found, steps = branches.words, branches.steps
    count, furthest = len(found), max((steps[row.key] for row in found), default=0)
    liked = sum(row.leaf for row in found)
    if not count:
        return ""
    words, far = "word" if count == 1 else "words", "step" if furthest == 1 else "steps"
    size = f"{capitalized(in_words(count))} {words}, {in_words(furthest)} {far} out."
    return f"{size} You marked {in_words(liked)}." if liked else size


def summary(branches: Branches, root: str) -> str:
    """The tree in one line."""
    words = in_one_sentence(branches)
    return f"{isolated(root)}: {words[:1].lower()}{words[1:]}" if root and words else root or words or NOTHING


def rest_lines(branches: Branches, root: str) -> tuple[RestLine, ...]:
    """The words that are liked, then those around the first one: the picture has all of them."""
    liked = [row.text for row in branches.words if row.leaf]
    around = [row.text for row in branches.around(ROOT) if row.text]
    groups = (("You marked", liked), (root, around))
    return tuple(RestLine(words, listed([*map(isolated, found)])) for words, found in groups if found)


def outline(branches: Branches, root: str) -> str:
    """The whole tree as text, each word below the one it came from."""
    steps = branches.steps
    lines = (
        f"{'  ' * (steps[row.key] - 1)}– {row.text or EMPTY}{' (you marked it)' if row.leaf else ''}"
        for row in branches.in_order()
    )
    return "\n".join([*([root] if root else []), *lines])


def chart_of(branches: Branches, root: str, anchor: str) -> Chart | None:
    """The tree drawn; of one with very many words the first two steps."""
    names = {ROOT: root} | {row.key: row.text or EMPTY for row in branches.rows}
    steps = branches.steps
    words = [Sprout(row.text, names.get(row.parent, root), steps[row.key], row.leaf) for row in branches.words]
    if len(words) <= MOST_DRAWN:
        return ideas(words, root, anchor)
    near = [one for one in words if one.steps <= LEAST_STEPS]
    return ideas(near, root, anchor, ("The picture has the first two steps. The words further out are in your list.",))
