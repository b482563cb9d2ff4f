"""Paths by gauges: numbers with reasons, the pay, the musts, and the paths side by side without a sum."""

from dreamtree.content.book import Block
from dreamtree.tools import Inputs, tool
from dreamtree.values import Answer, Item, Provenance
from tests.rules.strict_html import fragment_faults
from tests.tools.sheets import again, posted, sheet

KEY = "9.9.9.gauges"
GAUGES = [
    {"key": "resources", "text": "What I have", "low": "Nothing yet", "middle": "Half of it", "high": "All I need"},
    {"key": "liking", "text": "How much I'd like it", "low": "Not at all", "middle": "Some days", "high": "Tomorrow"},
]
BLOCK = Block(KEY, "9.9.9", "tool", "career-assessment", label="How does each path look?", options={"gauges": GAUGES})
KIND = tool("career-assessment")
PATHS = (Item("now", "Makes maps"), Item("free", "Makes buildings"))
PRIVATE = Provenance("1.2.5", "Terms", "1.2.5.terms", "2026-11-01", is_private=True)
MUSTS = (
    Item("door", "A room with a door", {"level": "must"}),
    Item("care", "Tuesdays off", {"level": "must"}, PRIVATE),
)
GIVEN = Inputs(draft=PATHS, rows=MUSTS)


def said(before: Answer | None = None, inputs: Inputs = GIVEN, **typed: str) -> Answer:
    page = posted(sheet(KIND, BLOCK, before or KIND.start(BLOCK, inputs), inputs))
    for name, value in typed.items():
        page[f"{KEY}:rows-{name[1]}-{name[3:].replace('_', '-')}"] = value
    part, problems = KIND.read(BLOCK, page)
    assert problems == []
    return KIND.merge_posted(BLOCK, part, before, inputs)


def whole() -> Answer:
    return said(
        r0_scores_resources="70", r0_scores_liking="90", r0_reasons_resources="One map", r0_pays="yes", r0_kept="door"
    )


def test_each_path_has_its_gauges_and_musts() -> None:
    shown = sheet(KIND, BLOCK, KIND.start(BLOCK, GIVEN), GIVEN)
    assert not fragment_faults(shown.html)
    assert not shown.unlabelled
    for words in ("Makes maps", "Makes buildings", "0 · Nothing yet", "50 is “Half of it.”", "A room with a door"):
        assert words in shown.words


def test_a_private_must_stays_folded() -> None:
    shown = sheet(KIND, BLOCK, KIND.start(BLOCK, GIVEN), GIVEN)
    folded = [one for one in shown.root.iter("details") if one.get("class") == "fold private"]
    assert len(folded) == 2
    assert all("Tuesdays off" in "".join(one.itertext()) for one in folded)
    assert shown.words.count("Tuesdays off") == 2


def test_what_was_said_is_kept_and_comes_back() -> None:
    answer = whole()
    first = answer["rows"][0]
    assert (first["scores"], first["reasons"]) == ({"resources": 70, "liking": 90}, {"resources": "One map"})
    assert (first["pays"], first["kept"]) == ("yes", ["door"])
    assert "musts" not in answer
    assert again(KIND, BLOCK, answer, GIVEN) == (KIND.form_part(answer), [])
    assert said(answer) == answer
    assert KIND.used(answer) == {"now", "free", "door"}


def test_one_whole_path_is_enough_and_one_that_is_begun_asks_for_the_rest() -> None:
    assert [one.field for one in KIND.incomplete(BLOCK, KIND.start(BLOCK, GIVEN))] == ["rows-0-scores-resources"]
    assert not KIND.incomplete(BLOCK, whole())
    answer = said(whole(), r1_scores_liking="100")
    (left,) = KIND.incomplete(BLOCK, answer)
    assert left.message == "Set “What I have” for “Makes buildings.”"
    assert sheet(KIND, BLOCK, answer, GIVEN).root.find(f".//*[@id='{BLOCK.anchor}-{left.field}']") is not None


def test_a_number_outside_of_the_scale_is_asked_again() -> None:
    page = posted(sheet(KIND, BLOCK, KIND.start(BLOCK, GIVEN), GIVEN))
    page[f"{KEY}:rows-0-scores-liking"] = "110"
    part, problems = KIND.read(BLOCK, page)
    assert [one.message for one in problems] == ["Type a whole number from 0 to 100."]
    assert part["rows"][0]["scores"] == {"liking": 110}
    page[f"{KEY}:rows-0-scores-liking"] = "a lot"
    part, problems = KIND.read(BLOCK, page)
    assert part["rows"][0]["scores"] == {"liking": "a lot"}
    assert len(problems) == 1


def test_paths_are_told_side_by_side_and_never_added_up() -> None:
    answer = said(whole(), r1_scores_resources="30", r1_scores_liking="30", r1_pays="unknown", r1_kept="door")
    now = KIND.with_live_rows(BLOCK, answer, GIVEN)
    rest = KIND.rest(BLOCK, now)
    assert [line.detail for line in rest.lines] == [
        "Highest on “How much I'd like it” (90) and lowest on “What I have” (70). "
        "It would pay enough, and it would meet one of your two musts.",
        "At 30 on both. You don't know yet if it would pay enough, and it would meet one of your two musts.",
    ]
    assert KIND.summary(BLOCK, now) == "Makes maps, lowest on “What I have” (70); Makes buildings, at 30 on both"
    (chart,) = rest.charts
    assert chart.table.head == (
        "Path",
        "What I have",
        "How much I'd like it",
        "Would it pay enough?",
        "Musts it would meet",
    )
    assert chart.table.rows[1] == ("Makes buildings", "30", "30", "I don't know yet", "1 of 2")
    assert not chart.table.foot
    assert "What I have: 70. One map" in KIND.long_form(BLOCK, now)


def test_without_paths_they_are_named_by_hand() -> None:
    nothing = Inputs()
    shown = sheet(KIND, BLOCK, KIND.start(BLOCK, nothing))
    assert shown.words.count("What would you call this path?") == 3
    assert "Which of your musts" not in shown.words
    answer = said(inputs=nothing, r1_text="Bikes", r1_scores_resources="50", r1_scores_liking="60")
    assert not KIND.incomplete(BLOCK, answer)
    assert (
        KIND.rest(BLOCK, answer).lines[0].detail
        == "Highest on “How much I'd like it” (60) and lowest on “What I have” (50)."
    )
    assert again(KIND, BLOCK, answer) == (KIND.form_part(answer), [])


def test_it_follows_its_paths_and_musts() -> None:
    later = Inputs(draft=(Item("now", "Draws maps"), PATHS[1]), rows=MUSTS[1:])
    assert "Draws maps" in sheet(KIND, BLOCK, whole(), later).words
    assert KIND.apply_upstream(BLOCK, whole(), Item("quiet", "Quiet", {"level": "must"})) == whole()
    assert len(KIND.apply_upstream(BLOCK, whole(), Item("instead", "Writes for the bus"))["rows"]) == 3
    without = KIND.drop_upstream(BLOCK, whole(), "door")
    assert without["rows"][0]["kept"] == []
    assert [one["key"] for one in KIND.drop_upstream(BLOCK, whole(), "now")["rows"]] == ["free"]


def test_it_teaches_where_a_path_is_lowest_and_why() -> None:
    (lesson,) = KIND.lessons(BLOCK, whole())
    assert lesson.text == "Makes maps"
    assert lesson.fields == {
        "resources": "70",
        "liking": "90",
        "lowest": "What I have: 70",
        "reason": "One map",
        "pays": "yes",
        "kept": "1",
    }
