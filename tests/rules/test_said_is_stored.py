"""What pages say of a tree is what is stored in it: counts, states, names and links, in states in between.

Trees of the sample people are changed at random: reworded, emptied, taken back, set aside, taken up again. Then every
page that sums something up is read, and what it says is held against the answers.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from dreamtree import db
from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.accounts.sessions import TREE
from dreamtree.answers import built_on, responses
from dreamtree.answers.models import UserExercise
from dreamtree.answers.stored import SaveInfo, SaveRequest
from dreamtree.connections.resolve import resolve
from dreamtree.connections.sources import SOURCES
from dreamtree.content import book
from dreamtree.content.book import Block, Connection, Exercise
from dreamtree.home import samples
from dreamtree.profile import sources
from dreamtree.saving import progress, save
from dreamtree.saving.trash import BlockPlace, move_to_trash
from dreamtree.saving.upstream import agree_to_all
from dreamtree.tools import tool
from dreamtree.values import Answer
from dreamtree.workbook.context import inputs_of, load_context, shown_answer
from tests.page import Page, words_of
from tests.rules.editing import edited, forced
from tests.rules.seeded import BLOCKS, EXERCISES, MODULES, PARTS
from tests.visitor import Visitor

CHANGES = 14
SEEDS, MORE_SEEDS = "l", "abcdefghijkmnopqr"
STATES = {"done": "done", "skipped": "set aside", "in progress": "begun", "not started": "", "locked": ""}
"""What Contents call a state → what it is."""
COUNTED: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {
    ("thing you have done", "things you have done"): ("experiences", {}),
    ("story told", "stories told"): ("soared_stories", {"kind": "told"}),
    ("skill named", "skills named"): ("user_skills", {}),
    ("superpower", "superpowers"): ("user_skills", {"superpower": True}),
    ("person who has seen you work", "people who have seen you work"): ("testimonials", {}),
    ("place you could live", "places you could live"): ("locations", {}),
    ("must for work", "musts for work"): ("work_preferences", {"levels": ["must"]}),
    ("moment of flow", "moments of flow"): ("flow_entries", {}),
    ("value put in order", "values put in order"): ("user_values", {"kind": "life"}),
    ("practice started", "practices started"): ("practices", {}),
}
"""What home counts → where the book reads the same things."""
SENTENCE = re.compile(r"(?<=[.!?]) ")
STALE = "Something this was based on has changed."


def the(key: str) -> Block:
    block = book().block(key)
    assert block is not None
    return block


def at(exercise_id: str) -> Exercise:
    exercise = book().exercise(exercise_id)
    assert exercise is not None
    return exercise


@dataclass(frozen=True)
class Tree:
    """What is stored of a person, read apart from the pages that sum it up."""

    user: User

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Key of each block → its answer, as its own page shows it."""
        return {key: answer for one in book().exercises for key, answer in self._shown(one)}

    def _shown(self, exercise: Exercise) -> Iterator[tuple[str, Answer]]:
        context = load_context(self.user, exercise)
        for block in exercise.answered_blocks:
            if block.key in context.stored:
                yield block.key, shown_answer(context, block)

    @cached_property
    def complete(self) -> frozenset[str]:
        return responses.complete_keys(self.user)

    @cached_property
    def done(self) -> set[str]:
        return {one.id for one in book().exercises if one.is_done(self.complete)}

    @cached_property
    def set_aside(self) -> set[str]:
        rows = UserExercise.select(UserExercise.id).where(UserExercise.set_aside_at.is_null(False))
        return {one.id for one in rows} - self.done

    @cached_property
    def stale(self) -> frozenset[str]:
        return built_on.stale_keys(self.user)

    @cached_property
    def words(self) -> str:
        """Everything that is said in it, and the lowest pay in whole units: its own page says it to the cent."""
        said = ((tool(the(key).type), the(key), answer) for key, answer in self.answers.items())
        pay = (item.text for item in SOURCES["budget"](self.user, {}))
        return " ".join([*(f"{one.long_form(*of)} {one.summary(*of)}" for one, *of in said), *pay])

    def state(self, exercise_id: str) -> str:
        begun = any(key.startswith(f"{exercise_id}.") for key in self.answers)
        states = {"done": exercise_id in self.done, "set aside": exercise_id in self.set_aside, "begun": begun}
        return next((name for name, is_so in states.items() if is_so), "")


# Changes


def changed(user: User, dice: random.Random) -> None:
    """One thing done to the tree."""
    some = dice.choice([_edit, _edit, _edit, _edit, _empty, _to_the_trash, _set_aside, _take_up, _agree, _switch])
    some(user, dice)


def _one_of(user: User, dice: random.Random) -> tuple[Block, Answer] | None:
    stored = responses.answers_of(user, BLOCKS)
    key = dice.choice(sorted(stored)) if stored else None
    return (the(key), stored[key].answer) if key else None


def _saved(user: User, block: Block, answer: Answer) -> None:
    stored, exercise = responses.answer_to(user, block.key), at(block.exercise_id)
    answer = tool(block.type).with_live_rows(block, answer, inputs_of(load_context(user, exercise), block))
    info = SaveInfo(stored.revision if stored else 0, db.new_id(), 1, "save", db.now())
    save(user, SaveRequest(exercise, block, answer, info, db.new_id(), db.new_id(), {}))


def _edit(user: User, dice: random.Random) -> None:
    if found := _one_of(user, dice):
        _saved(user, found[0], edited(*found, (dice.randrange(60), dice.randrange(60), dice.randrange(60))))


def _empty(user: User, dice: random.Random) -> None:
    if found := _one_of(user, dice):
        block, answer = found
        _saved(user, block, forced(block, answer, tool(block.type).empty(block)))


def _to_the_trash(user: User, dice: random.Random) -> None:
    if found := _one_of(user, dice):
        move_to_trash(user, BlockPlace(at(found[0].exercise_id), found[0]))


def _set_aside(user: User, dice: random.Random) -> None:
    some = [at(one) for one in dice.sample(EXERCISES, 4)]
    db.saving(lambda: progress.set_aside(user, some, db.now()))


def _take_up(user: User, dice: random.Random) -> None:
    aside = sorted(Tree(user).set_aside)
    some = [at(one) for one in dice.sample(aside, len(aside) // 2)]
    db.saving(lambda: progress.take_up(user, some, db.now()))


def _agree(user: User, dice: random.Random) -> None:
    """*Got it*."""
    if found := _one_connection(user, dice):
        db.saving(lambda: agree_to_all(user, *found, db.now()))


def _switch(user: User, dice: random.Random) -> None:
    """*Don’t show this here*, or *use it again*."""
    if found := _one_connection(user, dice):
        block, connection = found
        is_off = (block.key, connection.id) not in built_on.seen_and_off(user, [block.key])[1]
        db.saving(lambda: built_on.switch(user, block.key, connection.id, is_off, db.now()))


def _one_connection(user: User, dice: random.Random) -> tuple[Block, Connection] | None:
    stored = responses.answers_of(user, BLOCKS)
    some = [(the(key), one) for key in sorted(stored) for one in the(key).connections if one.source in SOURCES]
    return dice.choice(some) if some else None


# What the pages say


def home_says(page: Page, tree: Tree) -> Iterator[str]:
    """What home says that is not so."""
    for here, line in zip(PARTS.values(), page.all(".//ul[@class='parts']/li"), strict=True):
        done, aside, said = len(tree.done & set(here)), len(tree.set_aside & set(here)), words_of(line)
        if f"{done} of {len(here)} done" + (f", {aside} skipped" if aside else "") not in said:
            yield f"{done} done and {aside} set aside: {said}"
    goon = page.one(".//section[@class='goon']")
    left = [one for one in EXERCISES if one not in tree.done | tree.set_aside]
    where = next((link.get("href", "").rpartition("/")[2] for link in goon.iter("a")), "")
    if where not in (left or [""]):
        yield f"goes on with {where!r}, of {left}"
    if ("started it" in words_of(goon)) != (bool(where) and tree.state(where) == "begun"):
        yield f"{where} is {tree.state(where)!r}: {words_of(goon)}"
    listed = {form.get("action", "").split("/")[2] for form in page.all(".//ul[@class='ledger']//form")}
    if listed != tree.set_aside:
        yield f"set aside {sorted(tree.set_aside)}, lists {sorted(listed)}"
    yield from _counts_say(page, tree)


def _counts_say(page: Page, tree: Tree) -> Iterator[str]:
    """The counts of what was made, against what its readers are given."""
    said = dict(reversed(words_of(one).split(" ", 1)) for one in page.all(".//ul[@class='made']/li"))
    for (one, several), (source, filters) in COUNTED.items():
        number = sum(bool(item.text) for item in sources()[source](tree.user, filters))
        name = one if number == 1 else several
        if (said.pop(one, None) or said.pop(several, None)) != (str(number) if number else None):
            yield f"{number} {name}, of {source}"


def contents_say(page: Page, tree: Tree) -> Iterator[str]:
    for line in page.all(".//ol[@class='ledger contents']/li"):
        name = next(line.iter("a")).get("href", "").rpartition("/")[2]
        said = words_of(line[-1])
        is_stale = any(key.startswith(f"{name}.") for key in tree.stale)
        if (said == "needs another look") != is_stale or STATES.get(said, tree.state(name)) != tree.state(name):
            yield f"{name} is {tree.state(name)!r}, and called {said}"


def module_says(page: Page, tree: Tree, module_id: str) -> Iterator[str]:
    here = [one for one in EXERCISES if one.startswith(f"{module_id}.")]
    if f"{len(tree.done & set(here))} of {len(here)} exercises done" not in page.words:
        yield f"{module_id}: how many are done"
    made = page.all(".//section[@id]")
    if ("Nothing here yet" in page.words) == bool(made):
        yield f"{module_id}: nothing, with {len(made)} beside it"
    for one in made:
        yield from made_says(one, tree, (one.get("id") or "").removeprefix("made-").replace("-", "."))
    begun = {(one.get("id") or "").removeprefix("made-").replace("-", ".") for one in made}
    skipped, to_come = tree.set_aside & set(here), set(here) - tree.set_aside - begun
    for heading, wanted in (("Skipped for now", skipped), ("Coming up", to_come)):
        if wrong := {at(name).title for name in wanted} ^ _listed(page, heading):
            yield f"{module_id}, {heading}: {wrong}"
    large = (one for one in page.all(".//section[h2]") if "large" in one.get("class", ""))
    shown = {words_of(one[0]).removeprefix("Private: "): _items(one) for one in large}
    if shown != (large_ones := dict(_headlines(tree, here))):
        yield f"{module_id}: large {shown} for {large_ones}"


def _headlines(tree: Tree, exercises: list[str]) -> Iterator[tuple[str, list[str]]]:
    for block in (one for name in exercises for one in at(name).answered_blocks if one.at_end):
        if block.key in tree.complete and (words := tool(block.type).headline(block, tree.answers[block.key])):
            yield block.at_end, [_plain(one) for one in words]


def made_says(section: Element, tree: Tree, exercise_id: str) -> Iterator[str]:
    """Each answer stands there in the words that it has on its own page, and no other one: what is open of it in the
    open, what is private with a lock, each in words of its own, and together the whole.
    """
    lines = {words_of(line[0]): line for line in section.iter("div") if line[0].tag == "dt"}
    here = [one for one in at(exercise_id).answered_blocks if one.key in tree.answers]
    wanted = {label: (words, block.key in tree.stale) for block in here for label, words in _in_parts(tree, block)}
    if lines.keys() != wanted.keys():
        yield f"{exercise_id}: {lines.keys() ^ wanted.keys()}"
    for label in lines.keys() & wanted.keys():
        words, is_stale = wanted[label]
        if _plain(words_of(lines[label][1])) != _plain(words) or (STALE in words_of(lines[label])) != is_stale:
            yield f"{exercise_id}: {words_of(lines[label])!r} for {words!r}, {is_stale}"


def _in_parts(tree: Tree, block: Block) -> Iterator[tuple[str, str]]:
    """The label and the words of what is open of an answer, and of what is private, as far as each says something."""
    kind, whole = tool(block.type), tree.answers[block.key]
    private = kind.private_part(whole)
    if private is None:
        parts = [(block.is_private, whole)]
    else:
        parts = [(block.is_private, kind.open_part(whole)), (True, private)]
        rows = [row.key for _, part in parts for row in kind.load(part).rows]
        assert sorted(rows) == sorted(row.key for row in kind.load(whole).rows), block.key
    for is_private, part in parts:
        if kind.long_form(block, part).strip():
            yield ("Private: " if is_private else "") + block.label, kind.summary(block, part)


def gathered_says(page: Page, tree: Tree, path: str) -> Iterator[str]:
    """A page of what was gathered: nothing but what is said somewhere, and no link to what is done for what lacks."""
    said = _plain(tree.words)
    marked = (one for one in page.one(".//article").iter() if one.get("dir") == "auto" and not _is_name(one))
    for words in {sentence for one in marked for sentence in SENTENCE.split(_plain(one.text or "")) if sentence}:
        if words.rstrip(".") not in said:
            yield f"{path}: {words!r} is said nowhere"
    for link in page.all(".//p[@class='brings__source unprinted']/a"):
        name = link.get("href", "").rpartition("/")[2]
        sentence = next(p for p in page.all(".//p") if link in list(p))
        if words_of(sentence).startswith("What would") and name in tree.done:
            yield f"{path}: {name} is done, and would add to it"


def _is_name(element: Element) -> bool:
    return element.tag in ("h1", "small") or element.get("class") == "brings__name"


def exercise_says(page: Page, tree: Tree, exercise_id: str) -> Iterator[str]:
    said, exercise = words_of(page.by_id("progress")), at(exercise_id)
    if exercise.is_required and ("Done." in said) != (exercise_id in tree.done) and not exercise.enough:
        yield f"{exercise_id}: {said}"
    for line in (one for one in page.all(".//p") if "recall--empty" in one.get("class", "")):
        name = next(line.iter("a")).get("href", "").rpartition("/")[2]
        if "would fill" in words_of(line) and name in tree.done:
            yield f"{exercise_id}: {words_of(line)}"


def _listed(page: Page, heading: str) -> set[str]:
    sections = [one for one in page.all(".//section[h2]") if words_of(one.findall("h2")[0]) == heading]
    return {words_of(line[0]) for one in sections for line in one.iter("li")}


def _items(section: Element) -> list[str]:
    return [_plain(words_of(one)) for one in section.iter("li")]


def _plain(words: str) -> str:
    """Words without what keeps directions apart, in single spaces."""
    return " ".join(re.sub("[\u2066-\u2069\u200e\u200f]", "", words).split())


def contradictions(visitor: Visitor, tree: Tree, exercises: list[str]) -> Iterator[str]:
    yield from home_says(visitor.get("/home"), tree)
    yield from contents_say(visitor.get("/workbook"), tree)
    for module in MODULES:
        yield from module_says(visitor.get(f"/workbook/modules/{module}?answers=yes"), tree, module)
    for path in ("/what-i-bring?private=yes", "/resume?private=yes"):
        yield from gathered_says(visitor.get(path), tree, path)
    for one in exercises:
        page = visitor.get(f"/workbook/{one}")
        if page.has(".//form[@id='exercise']"):
            yield from exercise_says(page, tree, one)


@pytest.mark.parametrize("name", samples.PEOPLE)
@pytest.mark.parametrize("seed", [*SEEDS, *(pytest.param(one, marks=pytest.mark.everything) for one in MORE_SEEDS)])
def test_what_pages_say_is_what_is_stored(app: Flask, name: str, seed: str) -> None:
    visitor, dice, new = Visitor(app.test_client()), random.Random(name + seed), people.new_tree(False, "a test")
    user = samples.write_sample(new, name)
    visitor.client.set_cookie(TREE, new.cookie)
    for _ in range(2):
        for _ in range(CHANGES):
            changed(user, dice)
        assert "\n".join(contradictions(visitor, Tree(user), dice.sample(EXERCISES, 4))) == ""


@pytest.mark.parametrize("name", samples.PEOPLE)
def test_what_an_answer_does_not_follow_changes_nothing_in_it(app: Flask, name: str) -> None:
    """So that pages which sum answers up ask only for what these follow, and say what the answers' own pages say."""
    user = samples.write_sample(people.new_tree(False, "a test"), name)
    for exercise in book().exercises:
        context = load_context(user, exercise)
        every = replace(context, items=resolve(user, [one for block in exercise.blocks for one in block.connections]))
        for block in exercise.answered_blocks:
            if block.key in context.stored:
                follows = tool(block.type).follows
                followed = {one.id: every.items[one.id] for one in block.connections if one.gives in follows}
                alone = replace(every, items=followed)
                said = shown_answer(every, block)
                assert shown_answer(alone, block) == said, block.key
