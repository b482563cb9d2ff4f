"""What the tests of single tools may ask for: a person in a small database, reference rows, a rendered tool."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import jinja2
import pytest
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import User, UserSettings
from dreamtree.content.book import Block, Book, PersonalityType, Scale
from dreamtree.content.library import Library
from dreamtree.dates import day_words
from dreamtree.db import database
from dreamtree.profile import skill_lessons
from dreamtree.profile.personality import PersonalityScore
from dreamtree.profile.skills import ExerciseSkill, ExperienceSkill, OwnSkill, SkillOffer, UserSkill
from dreamtree.tools import Problem
from dreamtree.vault import new_key
from dreamtree.web.direction import apart
from tests.databases import open_at, shut
from tests.page import _sent, parsed, words_of

ROOT = Path(__file__).parents[2]
MODELS = (User, UserSettings, UserSkill, OwnSkill, SkillOffer, ExperienceSkill, ExerciseSkill, PersonalityScore)
AT = "2027-03-01T09:00:00.000Z"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    """A person with a key, in a database that holds the tables tools teach, with an empty book and library."""
    monkeypatch.setattr(skill_lessons, "book", Book)
    monkeypatch.setattr(skill_lessons, "library", Library)
    open_at(tmp_path / "tools.db")
    for model in MODELS:
        database.create_tables([model])
    User.insert(id="mara", created_at=AT, updated_at=AT).execute()
    UserSettings.insert(user_id="mara", created_at=AT, updated_at=AT).execute()
    person = User.get_by_id("mara")
    person.data_key = new_key()
    yield person
    shut()


@pytest.fixture(scope="session")
def reference() -> Book:
    """A Book with the scales and types of the seed, and no exercises."""
    scales = tomllib.loads((ROOT / "seed/reference/personality_scales.toml").read_text())["scale"]
    types = tomllib.loads((ROOT / "seed/reference/personality_types.toml").read_text())["type"]
    return Book(
        scales=tuple(Scale(**one) for one in scales),
        personality_types=tuple(
            PersonalityType(one["code"], one["name"], one["summary"], Markup("<p>…</p>"), tuple(one["ways"]))
            for one in types
        ),
    )


class Rendered:
    """A tool's fields on a page."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.root: Element = parsed(f"<form>{html}</form>")

    @property
    def words(self) -> str:
        return words_of(self.root)

    @property
    def posted(self) -> MultiDict[str, str]:
        """What a browser without JavaScript sends."""
        form = self.root.find(".//form")
        assert form is not None
        return MultiDict(list(_sent(form)))

    @property
    def buttons(self) -> dict[str, str]:
        """The value of each button, and the words it is spoken with."""
        return {one.get("value", ""): words_of(one) for one in self.root.iter("button")}

    @property
    def ids(self) -> list[str]:
        return [one.get("id", "") for one in self.root.iter() if one.get("id")]

    @property
    def unlabelled(self) -> list[str]:
        """Fields that no label names."""
        labels = {one.get("for") for one in self.root.iter("label")}
        inside = {one for label in self.root.iter("label") for one in label.iter()}
        fields = [one for tag in ("input", "select", "textarea") for one in self.root.iter(tag)]
        seen = [one for one in fields if one.get("type") != "hidden" and one.get("hidden") is None]
        return [one.get("name", "") for one in seen if one.get("id") not in labels and one not in inside]


@pytest.fixture(scope="session")
def render() -> Callable[..., Rendered]:
    """Renders a tool's template: `render(tool, block, view, problems)`."""
    loader = jinja2.FileSystemLoader(ROOT / "templates")
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    environment.filters["day"] = day_words
    environment.globals["asset"] = lambda name: f"/static/{name}"
    environment.filters["apart"] = apart

    def render_one(tool: Any, block: Block, view: Any, problems: tuple[Problem, ...] = ()) -> Rendered:
        messages = {one.field: one.message for one in problems}
        shown = SimpleNamespace(
            key=block.key,
            anchor=block.anchor,
            label=block.label,
            help=block.help,
            post_url=f"/workbook/{block.exercise_id}/{block.key}",
            tool=view,
            errors=(),
            error=lambda name: messages.get(name, ""),
        )
        return Rendered(environment.get_template(tool.template).render(block=shown))

    return render_one
