"""Paths by years: entries in two lanes, in words and as pictures, by hand where no path is given."""

from dreamtree.content.book import Block
from dreamtree.tools import Button, Inputs, tool
from dreamtree.values import Answer, Item
from tests.rules.strict_html import fragment_faults
from tests.tools.sheets import again, posted, sheet

KEY = "9.9.9.years"
LANES = [{"value": "work", "label": "Work"}, {"value": "life", "label": "Life"}]
BLOCK = Block(
    KEY,
    "9.9.9",
    "tool",
    "career-timeline",
    label="What could five years look like?",
    options={"years": 5, "enough": 2, "lanes": LANES},
)
KIND = tool("career-timeline")
PATHS = (Item("now", "Makes maps"), Item("free", "Makes buildings"))
GIVEN = Inputs(draft=PATHS, today="2026-11-11")


def entry(row: int, n: int, text: str, year: str = "1", lane: str = "work") -> dict[str, str]:
    at = f"rows-{row}-entries-{n}"
    return {f"{at}-text": text, f"{at}-year": year, f"{at}-lane": lane}


def said(*entries: dict[str, str], before: Answer | None = None, inputs: Inputs = GIVEN, **typed: str) -> Answer:
    stored = before or KIND.start(BLOCK, inputs)
    page = posted(sheet(KIND, BLOCK, stored, inputs))
    for one in (*entries, typed):
        for name, value in one.items():
            page[f"{KEY}:{name}"] = value
    part, problems = KIND.read(BLOCK, page)
    assert problems == []
    return KIND.merge_posted(BLOCK, part, before, inputs)


def whole() -> Answer:
    return said(
        entry(0, 0, "The map goes up", "3"),
        entry(0, 1, "A room with a door", "1", "life"),
        entry(1, 0, "The market, unpaid"),
        entry(1, 1, "The choir", "1", "life"),
    )


def test_the_given_paths_are_there_with_as_many_lines_as_are_enough() -> None:
    shown = sheet(KIND, BLOCK, KIND.start(BLOCK, GIVEN), GIVEN)
    assert not fragment_faults(shown.html)
    assert not shown.unlabelled
    assert shown.words.count("What happens") == 4
    for words in ("Makes maps", "Makes buildings", "Year 1 (2027)", "Year 5 (2031)", "Life"):
        assert words in shown.words


def test_entries_stand_by_year_and_begin_next_year() -> None:
    answer = whole()
    assert answer["from"] == 2027
    assert [one["text"] for one in answer["rows"][0]["entries"]] == ["A room with a door", "The map goes up"]
    assert KIND.incomplete(BLOCK, answer) == []
    assert KIND.used(answer) == {"now", "free"}
    assert again(KIND, BLOCK, answer, GIVEN) == (KIND.form_part(answer), [])
    assert said(before=answer, inputs=Inputs(draft=PATHS, today="2028-02-01")) == answer


def test_it_says_what_a_path_still_needs() -> None:
    answer = said(entry(0, 0, "A first day"))
    assert [one.message for one in KIND.incomplete(BLOCK, answer)] == [
        "Add one more entry to “Makes maps.”",
        "Add two entries to “Makes buildings.”",
    ]
    answer = said(entry(0, 0, "A first day", year=""), entry(0, 1, "The choir.", lane=""))
    found = KIND.incomplete(BLOCK, answer)[0]
    assert found.message == "Choose work or life for “The choir.”"
    assert sheet(KIND, BLOCK, answer, GIVEN).root.find(f".//*[@id='{BLOCK.anchor}-{found.field}']") is not None


def test_without_paths_they_are_named_by_hand() -> None:
    shown = sheet(KIND, BLOCK, KIND.start(BLOCK, Inputs()))
    assert shown.words.count("What would you call this path?") == 3
    assert "Year 1 Year 2" in shown.words
    answer = said(entry(0, 0, "A first day"), entry(0, 1, "A class", "2"), inputs=Inputs(), **{"rows-0-text": "Bikes"})
    assert [row["text"] for row in answer["rows"]] == ["Bikes"]
    assert not KIND.incomplete(BLOCK, answer)
    assert KIND.used(answer) == frozenset()
    assert again(KIND, BLOCK, answer) == (KIND.form_part(answer), [])
    nameless = said(entry(1, 0, "A first day"), inputs=Inputs())
    assert KIND.summary(BLOCK, nameless) == "Path 2"
    assert [one.message for one in KIND.incomplete(BLOCK, KIND.empty(BLOCK))] == ["Add two entries to “Path 1.”"]


def test_one_more_line_is_there_to_go_on_in() -> None:
    button = Button("add", "free", inputs=GIVEN)
    before = whole()
    after = KIND.act(BLOCK, before, button)
    at = KIND.goes_on_at(BLOCK, after, button)
    assert at == "rows-1-entries-2-text"
    shown = sheet(KIND, BLOCK, after, GIVEN, at="free")
    assert shown.root.find(f".//*[@id='{BLOCK.anchor}-{at}']") is not None
    assert KIND.form_part(after) == KIND.form_part(before)


def test_more_than_fit_are_not_taken() -> None:
    page = posted(sheet(KIND, BLOCK, KIND.start(BLOCK, GIVEN), GIVEN))
    for n in range(21):
        page[f"{KEY}:rows-0-entries-{n}-key"] = f"e{n}"
        page[f"{KEY}:rows-0-entries-{n}-text"] = "A raise"
    _, problems = KIND.read(BLOCK, page)
    assert [one.message for one in problems] == ["Each path has room for 20. Take out 1."]


def test_a_cleared_line_is_taken_out() -> None:
    answer = said(before=whole(), **{"rows-0-entries-0-text": " "})
    assert [one["text"] for one in answer["rows"][0]["entries"]] == ["The map goes up"]


def test_it_follows_its_paths() -> None:
    later = Inputs(draft=(Item("now", "Draws maps"), Item("free", "Makes buildings")), today="2026-12-01")
    assert "Draws maps" in sheet(KIND, BLOCK, KIND.with_live_rows(BLOCK, whole(), later), later).words
    more = KIND.apply_upstream(BLOCK, whole(), Item("instead", "Writes for the bus"))
    assert [row["text"] for row in more["rows"]] == ["Makes maps", "Makes buildings", "Writes for the bus"]
    assert [row["key"] for row in KIND.drop_upstream(BLOCK, whole(), "now")["rows"]] == ["free"]


def test_it_rests_in_words_and_with_a_picture_of_each_path() -> None:
    rest = KIND.rest(BLOCK, whole())
    assert rest.lines[0].text == "Makes maps"
    assert rest.lines[0].detail == ("Year 1: A room with a door. Year 3: The map goes up.")
    (first, second) = rest.charts
    assert first.table.rows[0] == ("Year 1 (2027)", "–", "A room with a door")
    assert second.table.caption == "Makes buildings"
    assert "Makes maps\nYear 1 (2027), Life: A room with a door\nYear 3 (2029), Work" in KIND.long_form(BLOCK, whole())


def test_it_teaches_each_entry_with_its_path() -> None:
    lesson = KIND.lessons(BLOCK, whole())[0]
    assert (lesson.text, lesson.fields) == (
        "A room with a door",
        {"path": "now", "title": "Makes maps", "year": 1, "lane": "life"},
    )
