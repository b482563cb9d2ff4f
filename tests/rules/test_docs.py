"""What the pages for contributors and operators name is there: commands, targets of make, settings, files."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("deploy/**/*.*")])
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
SETTINGS = (ROOT / "dreamtree" / "config.py").read_text(encoding="utf-8")
COMMAND = re.compile(
    r"flask --app app ([a-z][a-z-]+)|^dreamtree ([a-z][a-z-]+)|`dreamtree ([a-z][a-z-]+)", re.MULTILINE
)
TARGET = re.compile(r"(?:`|^)make ([a-z][a-z-]+)", re.MULTILINE)
SETTING = re.compile(r"DREAMTREE_[A-Z_]+[A-Z]")
LINK = re.compile(r"\]\(([^)#\s]+?)(?:#[^)]*)?\)")
ELSEWHERE = ("http:", "https:", "mailto:")
FOLDERS = ("dreamtree", "templates", "static/js", "migrations")
CODE = sorted(one for name in FOLDERS for one in (ROOT / name).rglob("*.*") if one.suffix in (".py", ".html", ".js"))
DOCUMENT = re.compile(r"(?<![\w{}./*])[\w/-]+\.md\b")
NUMBERED = re.compile(r"\b(?:decisions?|issues?) #?[0-9]+")
NAME = re.compile(r"`(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w{2,})(?:\([^`]*\))?`")
"""In a docstring: a name of the code, without the modules or objects that it is a part of."""
WORD = re.compile(r"\w+")
NOTE = re.compile(r"\{#.*?#\}", re.DOTALL)
GIVEN = re.compile(r"\b([A-Z][a-z]\w+)\(([^()]*)\)")
"""In a comment of a template: a class with its fields."""
LABEL = re.compile(r"(?<!\*)\*([A-Z][^*\n]{2,40})\*(?!\*)")
"""In a docstring: what a button or a page is called."""
MADE_UP = {"aAbBcC"}
"""Names in docstrings that are examples of what people type."""

pages = pytest.mark.parametrize("page", PAGES, ids=lambda one: str(one.relative_to(ROOT)))


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pages
def test_commands_that_are_named_are_there(app: Flask, page: Path) -> None:
    named = {next(filter(None, found)) for found in COMMAND.findall(text_of(page))}
    assert named <= {*app.cli.commands, "run", "routes", "shell"}


@pages
def test_targets_that_are_named_are_there(page: Path) -> None:
    assert {one for one in TARGET.findall(text_of(page)) if f"\n{one}:" not in MAKEFILE} == set()


@pages
def test_settings_that_are_named_are_there(page: Path) -> None:
    assert {one for one in SETTING.findall(text_of(page)) if one not in SETTINGS} == set()


@pages
def test_links_lead_to_files(page: Path) -> None:
    links = [one for one in LINK.findall(text_of(page)) if page.suffix == ".md" and not one.startswith(ELSEWHERE)]
    assert [one for one in links if not (page.parent / one).exists()] == []


def test_code_names_no_document_that_is_not_here() -> None:
    """A reason stands where it is needed, not in papers that nobody else has."""
    found = {str(path.relative_to(ROOT)): elsewhere_in(text_of(path)) for path in CODE}
    assert {path: names for path, names in found.items() if names} == {}


def elsewhere_in(code: str) -> list[str]:
    """The documents, and the numbers in them, that code names and the repository doesn't have."""
    named = (one for one in DOCUMENT.findall(code) if not (ROOT / one).exists())
    return [*named, *NUMBERED.findall(code)]


def test_names_in_docstrings_are_those_of_the_code() -> None:
    """A function that gets another name gets it in every docstring that sends a reader there."""
    texts = {path: text_of(path) for path in CODE}
    docstrings = {path: list(docstrings_in(tree_of(path))) for path in texts if path.suffix == ".py"}
    words = Counter(word for text in texts.values() for word in WORD.findall(text))
    words.subtract(word for docs in docstrings.values() for doc in docs for word in WORD.findall(doc))
    gone = {
        f"{path.relative_to(ROOT)}: {name}"
        for path, docs in docstrings.items()
        for doc in docs
        for name in NAME.findall(doc)
        if words[name] <= 0 and name not in MADE_UP
    }
    assert gone == set()


def test_buttons_and_pages_that_docstrings_name_are_there() -> None:
    """ "*Keep mine*" in a docstring is what a person reads."""
    trees = {path: tree_of(path) for path in CODE if path.suffix == ".py"}
    shown = [*(text_of(path) for path in CODE if path.suffix != ".py"), *map(text_of, (ROOT / "seed").rglob("*.toml"))]
    shown += [text for tree in trees.values() for text in texts_in(tree)]
    known = "\n".join(shown).replace("’", "'").casefold()
    gone = {
        f"{path.relative_to(ROOT)}: {label}"
        for path, tree in trees.items()
        for doc in docstrings_in(tree)
        for label in LABEL.findall(doc)
        if label.replace("’", "'").casefold() not in known
    }
    assert gone == set()


def texts_in(tree: ast.Module) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_what_templates_say_that_they_are_given_is_so() -> None:
    """`{# page: ForgetPage(block_label, back) #}`: there is such a class, and it has these fields."""
    fields = {name: names for path in CODE if path.suffix == ".py" for name, names in fields_in(tree_of(path))}
    given = {path: GIVEN.findall(" ".join(NOTE.findall(text_of(path)))) for path in CODE if path.suffix == ".html"}
    missing = {
        f"{path.relative_to(ROOT)}: {name}({one})"
        for path, classes in given.items()
        for name, names in classes
        for one in re.findall(r"\w+", names)
        if one not in fields.get(name, set()) | {"or", "none"} and not one[0].isupper()
    }
    assert sum(map(len, given.values())) > 10
    assert missing == set()


def fields_in(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """The classes of a module, each with the names of its fields and methods."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            fields = {
                one.target.id
                for one in node.body
                if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
            }
            yield node.name, fields | {one.name for one in node.body if isinstance(one, ast.FunctionDef)}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


def docstrings_in(tree: ast.Module) -> Iterator[str]:
    """The docstrings of a module, also those below constants and fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


@pytest.mark.parametrize("line", ["as told (decisions 42)", "see data.md, rule 9", "issue 12 asks for it"])
def test_such_a_document_would_be_found(line: str) -> None:
    assert elsewhere_in(f"# It is so, {line}.")


def test_there_is_much_to_look_at() -> None:
    told = "\n".join(map(text_of, PAGES))
    assert len(set(TARGET.findall(told))) > 5
    assert len(set(COMMAND.findall(told))) > 8
    assert len(set(SETTING.findall(told))) > 8
