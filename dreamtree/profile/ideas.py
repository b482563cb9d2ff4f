"""Ideas: what one word brought to mind, what interests a person, and the jobs that they made of both."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from peewee import IntegerField, TextField

from dreamtree.content import book
from dreamtree.content.blocks import Block
from dreamtree.profile.noun import ColumnValues, Items, Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.profile.two_tables import TwoTables
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField


class IdeaTree(DerivedRow):
    """The first word of a tree of words."""

    root = SealedField()

    class Meta:
        table_name = "idea_trees"


class IdeaNode(DerivedRow):
    """A word, and the key of the one it came from, "" for the first. `is_leaf`: the person likes it."""

    word = SealedField()
    parent = TextField(default="")
    is_leaf = IntegerField(default=0)

    class Meta:
        table_name = "idea_nodes"


class Interest(DerivedRow):
    """One of Holland's six kinds, by its letter; `position` is its place, `score` what the person's taps come to.

    `is_top`: it is one of the first three, or level with the third.
    """

    letter = TextField()
    score = IntegerField(default=0)
    is_top = IntegerField(default=0)

    class Meta:
        table_name = "interests"


class CareerIdea(DerivedRow):
    """A job that could be: why, the words that it was made of, and the occupation that it is, where it is one."""

    text = SealedField()
    why = SealedField()
    words = SealedField()
    occupation = TextField(null=True)

    class Meta:
        table_name = "career_ideas"


def _roots(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    return (item for item in items if "parent" not in item.fields)


def _words(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    return (item for item in items if "parent" in item.fields)


def _of_its_tree(word: Item) -> Item:
    """A word by a key that no word of another tree has."""
    written_in = word.provenance
    return replace(word, key=f"{written_in.block_key}:{word.key}") if written_in else word


def idea_trees(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The first words of the trees; `leaves` asks for the words that are liked, each with the first of its `tree`."""
    if not filters.get("leaves"):
        return TREES.items(user, filters)
    trees, words = dict[str, str](), list[ColumnValues]()
    for noun, columns in _BOTH.rows(user):
        if noun is TREES:
            trees[columns["block_key"]] = TREES.item(user, columns).text
        else:
            words.append(columns)
    liked = NODES.items_in(user, words, {"leaves": True})
    return [_under(word, trees) for word in liked]


def _under(word: Item, trees: Mapping[str, str]) -> Item:
    written_in = word.provenance
    return replace(word, fields={**word.fields, "tree": trees.get(written_in.block_key, "") if written_in else ""})


def _in_words(interest: Item) -> Item:
    kind = book().interest(interest.fields["letter"])
    return replace(interest, text=kind.in_sentence if kind else "")


TREES = Noun(IdeaTree, text="root", on_learn=_roots, order=("block_key",), source="idea_trees", reads=idea_trees)
NODES = Noun(
    IdeaNode,
    text="word",
    says=("parent", "is_leaf"),
    makes=("idea_trees",),
    changes=("idea_trees",),
    order=("block_key", "position"),
    filters={"leaves": "is_leaf"},
    on_learn=_words,
    on_read=_of_its_tree,
)
_BOTH = TwoTables(TREES, NODES, "block_key", "position")
INTERESTS = Noun(
    Interest,
    text="",
    says=("letter", "score", "is_top"),
    source="interests",
    on_read=_in_words,
    filters={"top": "is_top"},
)
IDEAS = Noun(CareerIdea, says=("why", "words", "occupation"), source="career_ideas")
