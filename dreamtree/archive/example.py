"""A small tree to show the format by: the page about the format prints the file that real code makes of it."""

from dreamtree.archive import snapshot
from dreamtree.archive.export import file_bytes
from dreamtree.archive.file_format import CustomSkill, File, FileExercise, FileModule

FIRST, LATER = "2026-11-20T16:30:00.000Z", "2026-11-21T08:05:12.345Z"
ANSWER = "5d6f3f6e-3a55-4f0c-9d50-6f9d0c1b7a01"
TEXT = "5d6f3f6e-3a55-4f0c-9d50-6f9d0c1b7a02"
SKILL = "5d6f3f6e-3a55-4f0c-9d50-6f9d0c1b7a03"
MOMENT = "1.3.3.week:5d6f3f6e"
LINE, WEEK = "1.1.1.line", "1.3.3.week"

SAID = snapshot.AnswerSnapshot(
    id=ANSWER,
    block_key=LINE,
    exercise="1.1.1.v1",
    version=1,
    answer={"value": "I want my hands busy again."},
    is_complete=True,
    revision=2,
    last_kind="save",
    saved_at=LATER,
    begun_at=FIRST,
    deleted_at=None,
    history=(snapshot.EarlierText(TEXT, 1, "save", "Zb3k", True, {"value": "Something new."}, FIRST, LATER),),
)
ENTRY = snapshot.InstanceSnapshot(
    id=MOMENT,
    tool_type="flow-tracker",
    origin="exercise",
    block_key=WEEK,
    name=None,
    version=1,
    answer={"activity": "Fixing my neighbor’s bike", "energy": 2},
    is_complete=True,
    revision=1,
    last_kind="row",
    saved_at=LATER,
    begun_at=LATER,
    updated_at=LATER,
    deleted_at=None,
)
EXERCISE = FileExercise(FIRST, None, LATER, FIRST, (), {LINE: SAID.answer}, {LINE: SAID})
FILE = File(
    exported_at=LATER,
    settings=snapshot.SettingsSnapshot("cream", "charcoal", "system", None, False, "Tom", "Europe/Dublin"),
    modules={"1.1": FileModule(None, LATER, {"1.1.1.v1": EXERCISE})},
    tool_instances=(ENTRY,),
    custom_skills=(CustomSkill(SKILL, "Bike repair", "knowledge", None),),
    choices=(snapshot.ChoiceSnapshot(LINE, 3, True, LATER),),
    seen=(snapshot.InputSnapshot(LINE, 3, {"1.1.1.brings:one": "New work"}, False, False, False, FIRST),),
    profile={"profile_texts": ({"id": f"{LINE}:line", "text": "I want my hands busy again."},)},
    offered_words=(),
    snoozes=(),
)


def example() -> str:
    """The file of this tree, as text."""
    return b"".join(file_bytes(FILE)).decode()
