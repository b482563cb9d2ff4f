"""What STYLE.md asks and no linter knows."""

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import FunctionType, ModuleType

import pytest

import dreamtree
from dreamtree.tools import all_tools

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 350
LONGEST_FUNCTION = 40
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "handler", "data", "info", "misc", "common"}
POEMS = {"said", "told", "here", "there", "whose"}
"""Names of locals and parameters that say nothing of what they hold."""
SHARED_BY_TOOLS = {"rows", "ordering"}
TOKENS = "tokens"
COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lch|lab)\((?!from)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)(?=[^{}]*\{)")


def sources() -> list[Path]:
    return [ROOT / "app.py", *sorted((ROOT / "dreamtree").rglob("*.py"))]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def stylesheets() -> Iterator[tuple[Path, str]]:
    for path in sorted((ROOT / "static" / "css").rglob("*.css")):
        yield path, COMMENT.sub("", path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_days_are_written_in_one_place() -> None:
    by_hand = re.compile(r"strftime|[:%]%?[-]?[ABbp]\b[^;]*\}|\{\w+(\.\w+)*:%[ABbdeHIMpmYy]")
    but = {"dreamtree/dates.py"}
    written = [shown(path) for path in [*sources(), *templates()] if by_hand.search(path.read_text(encoding="utf-8"))]
    assert set(written) - but == set()


def test_no_field_is_one_that_hides_what_was_typed() -> None:
    """A native number or date posts "" for words it cannot read, and the wheel changes it."""
    native = re.compile(r"""type=["'](number|date|month|week|time|datetime-local|email|url|color)""")
    ranged = re.compile(r"""<input type="range"[^>]*\bname=""")
    for path in templates():
        text = path.read_text(encoding="utf-8")
        assert not native.search(text), shown(path)
        assert not ranged.search(text), shown(path)


def test_no_file_is_too_long() -> None:
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{shown(path)}: {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in sources()
        for function in functions(path)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_every_file_has_a_name_that_says_something() -> None:
    assert [shown(path) for path in sources() if path.stem.lstrip("_") in EMPTY_NAMES] == []


def test_every_local_and_parameter_says_what_it_holds() -> None:
    """In the application, and in what tests share."""
    shared = [path for path in (ROOT / "tests").rglob("*.py") if not path.name.startswith("test_")]
    paths = [*sources(), *shared]
    found = {f"{shown(path)}:{function.name}" for path in paths for function in functions(path) if _poems(function)}
    assert len(shared) > 50
    assert found == set()


def _poems(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    inside = list(ast.walk(function))
    bound = {node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return POEMS & (bound | {node.arg for node in inside if isinstance(node, ast.arg)})


def test_at_is_a_moment() -> None:
    """Text or a datetime; a place in a list is an index."""
    numbers = {
        f"{shown(path)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _named(node) == "at" and {"int", "float"} & {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    }
    assert numbers == set()


def _named(node: ast.AST) -> str:
    """The name of an annotated parameter or field; "" for anything else."""
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return node.arg if isinstance(node, ast.arg) and node.annotation is not None else ""


MODULES = [one.name for one in walk_packages(dreamtree.__path__, "dreamtree.")]


def room_of(module: str) -> str:
    """The room that a module belongs to; of tools each folder is one."""
    _, room, *inside = module.split(".")
    return f"{room}.{inside[0]}" if room == "tools" and inside else room


@pytest.mark.parametrize("room", sorted({room_of(name) for name in MODULES}))
def test_every_public_definition_has_a_docstring(room: str) -> None:
    """Modules, classes, functions and methods; a method that overrides a documented one says nothing new."""
    modules = [import_module(name) for name in MODULES if room_of(name) == room]
    assert [name for module in modules for name in undocumented(module)] == []


def undocumented(module: ModuleType) -> Iterator[str]:
    if not module.__doc__:
        yield module.__name__
    public = [one for name, one in vars(module).items() if not name.startswith("_")]
    for one in public:
        if getattr(one, "__module__", "") != module.__name__ or not isinstance(one, FunctionType | type):
            continue
        if not has_words(one):
            yield f"{module.__name__}.{one.__name__}"
        if isinstance(one, type):
            yield from (f"{module.__name__}.{one.__name__}.{name}" for name in undocumented_methods(one))


def has_words(one: FunctionType | type) -> bool:
    """Whether somebody wrote a docstring; what a dataclass writes for itself begins with its signature."""
    return not (one.__doc__ or f"{one.__name__}(").startswith(f"{one.__name__}(")


def undocumented_methods(one: type) -> Iterator[str]:
    for name, member in vars(one).items():
        function = function_in(member)
        if name.startswith("_") or function is None or function.__module__ != one.__module__:
            continue
        kin = [function_in(vars(base)[name]) for base in inspect.getmro(one) if name in vars(base)]
        if not any(known and known.__doc__ for known in kin):
            yield name


def function_in(member: object) -> FunctionType | None:
    if isinstance(member, property):
        member = member.fget
    if isinstance(member, cached_property):
        member = member.func
    if isinstance(member, classmethod | staticmethod):
        member = member.__func__
    return member if isinstance(member, FunctionType) and member.__name__ != "<lambda>" else None


def test_a_class_name_means_one_thing() -> None:
    """Of what other modules can import; what begins with an underscore is its module's own."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in sources():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(shown(path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_the_words_that_the_style_explains_are_those_of_the_code() -> None:
    """The glossary of STYLE.md names what there is, in the first column of its table."""
    rows = [line.split("|")[1] for line in (ROOT / "STYLE.md").read_text(encoding="utf-8").splitlines() if "|" in line]
    words = [word for row in rows for word in re.findall(r"`(\w+)`", row)]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    assert len(words) >= 15
    assert [one for one in words if not re.search(rf"(?:class|def) {one}\b|^    {one}: ", code, re.MULTILINE)] == []


def test_tools_know_nothing_of_one_another() -> None:
    """A folder with a tool is nobody else's; `rows` and `ordering` are there to be shared."""
    rooms = ROOT / "dreamtree" / "tools"
    kinds = {type(one).__module__.split(".")[2] for one in all_tools().values()}
    assert kinds == {path.parent.name for path in rooms.glob("*/__init__.py")} - SHARED_BY_TOOLS
    seen = {name: imported_by(rooms / name) & kinds - {name} for name in kinds}
    assert {name: others for name, others in seen.items() if others} == {}


def imported_by(room: Path) -> set[str]:
    return set().union(*(imported_from_tools(path) for path in room.rglob("*.py")))


def imported_from_tools(path: Path) -> set[str]:
    """The modules of `dreamtree.tools` that the file imports, in whichever way it says so."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = "dreamtree.tools" if node.level == 1 else (node.module or "")
            base += f".{node.module}" if node.level == 1 and node.module else ""
            names.update(f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return {name.split(".")[2] for name in names if name.startswith("dreamtree.tools.")}


def test_templates_escape_what_they_show_and_carry_no_style_or_script() -> None:
    forbidden = re.compile(r"\|\s*safe\b|\sstyle=|\son[a-z]+=|<style\b|<script(?![^>]*\bsrc=)|\bhx-on\b")
    found = {shown(path): forbidden.findall(path.read_text(encoding="utf-8")) for path in templates()}
    assert {name: parts for name, parts in found.items() if parts} == {}


def test_styles_use_no_ids_and_force_nothing() -> None:
    forbidden = re.compile(r"!important|(?:^|[\s,>+~}])#[a-zA-Z][\w-]*(?=[^{};]*\{)", re.MULTILINE)
    found = {shown(path): forbidden.findall(text) for path, text in stylesheets()}
    assert {name: parts for name, parts in found.items() if parts} == {}


def test_colors_stand_among_the_tokens_only() -> None:
    found = {shown(path): COLOR.findall(text) for path, text in stylesheets() if TOKENS not in path.stem}
    assert {name: parts for name, parts in found.items() if parts} == {}


def test_no_style_and_no_icon_is_there_for_nothing() -> None:
    drawn = [*templates(), *sources(), *(ROOT / "static" / "js").rglob("*.js")]
    written = "\n".join(path.read_text(encoding="utf-8") for path in drawn)
    classes = {name for _, css in stylesheets() for name in CLASS.findall(css)}
    assert sorted(name for name in classes if not is_in_use(name, written)) == []
    icons = re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "icons.svg").read_text(encoding="utf-8"))
    assert len(icons) > 20
    assert [name for name in icons if not re.search(rf"[\"'#]{name}[\"']", written)] == []


def is_in_use(name: str, written: str) -> bool:
    """Whether a class is written out, or put together of its first part and a word ("state--{{ … }}")."""
    first, _, word = name.partition("--")
    is_put_together = bool(word) and bool(re.search(rf"(?<![\w-]){first}--(?![\w-])", written))
    return has_word(name, written) or name.startswith("htmx-") or (is_put_together and has_word(word, written, "[- ]"))


def has_word(word: str, written: str, between: str = "-") -> bool:
    return bool(re.search(rf"(?<![\w-]){word.replace('-', between)}(?![\w-])", written))


def test_the_locks_name_no_registry_and_no_place() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?:|file:|--index-url|--find-links", text), name
