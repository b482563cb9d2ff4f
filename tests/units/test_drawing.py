"""The pictures: the same for the same growth, well formed, small, and told in words as well."""

import re
from xml.etree import ElementTree

import pytest

from dreamtree.drawing import Chart, Stretch, TreeGrowth, timeline, tree, tree_words
from dreamtree.drawing.grouped import BarFact, BarGroups, grouped
from dreamtree.drawing.ideas import Sprout, ideas
from dreamtree.drawing.levels import Level, LevelScale, bars

SVG = "{http://www.w3.org/2000/svg}"


def growth(done: int, of: int = 9, leaves: int = 0) -> TreeGrowth:
    return TreeGrowth(tuple(place < done for place in range(of)), leaves=leaves)


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(str(picture).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


WHOLE = TreeGrowth((True,) * 26, (True,) * 17, (True,) * 15, 90)


@pytest.mark.parametrize(
    "one", [growth(0), growth(1, leaves=2), growth(9, leaves=40), growth(3, 26), WHOLE, TreeGrowth(())]
)
def test_every_tree_is_well_formed_and_has_a_title_and_a_description(one: TreeGrowth) -> None:
    root = parsed(tree(one, "here"))
    assert root.get("aria-labelledby") == "here-title here-desc"
    assert [root.find(f"{SVG}{name}").get("id") for name in ("title", "desc")] == ["here-title", "here-desc"]  # type: ignore[union-attr]


def test_the_same_growth_is_the_same_picture() -> None:
    assert tree(growth(4, leaves=6)) == tree(growth(4, leaves=6))


def test_a_root_is_dotted_until_its_exercise_is_done() -> None:
    assert [tree(growth(done)).count("stroke-dasharray") for done in (0, 1, 4, 9)] == [9, 8, 5, 0]


def test_more_leaves_are_more_leaves() -> None:
    assert tree(growth(4, leaves=6)).count("<path") == tree(growth(4)).count("<path") + 6


def test_stage_one_stays_small() -> None:
    assert len(tree(growth(9, leaves=99)).encode()) < 12 * 1024


def test_nothing_is_drawn_outside_the_picture() -> None:
    for one in (growth(9, leaves=40), WHOLE):
        picture = parsed(tree(one))
        left, top, width, height = (float(side) for side in picture.get("viewBox", "").split())
        for path in picture.iter(f"{SVG}path"):
            points = re.findall(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)", path.get("d", ""))
            assert all(left <= float(x) <= left + width and top <= float(y) <= top + height for x, y in points)


def test_the_tree_carries_no_style_attribute() -> None:
    assert "style=" not in tree(WHOLE)


def test_the_words_of_a_tree_say_what_it_shows() -> None:
    assert tree_words(growth(0)) == ("A seedling. Nothing has grown yet.",)
    assert tree_words(growth(3, leaves=1)) == ("Roots: 3 of 9 grown.", "1 leaf.")


def test_whose_tree_it_is_cannot_break_out_of_the_title() -> None:
    assert parsed(tree(TreeGrowth((True,), title="<b>&\"'"))).find(f"{SVG}title").text == "<b>&\"'"  # type: ignore[union-attr]


def years(*stretches: Stretch) -> Chart:
    chart = timeline(stretches, 2026)
    assert chart is not None
    return chart


def test_a_timeline_names_each_stretch_and_leaves_out_what_has_no_year() -> None:
    chart = years(Stretch("Porter <night>", "2019-03", "2021"), Stretch("Some day", "", ""))
    texts = [one.text for one in parsed(chart.picture).iter(f"{SVG}text")]
    assert "Porter <night>" in texts
    assert "Some day" not in texts
    assert chart.table.rows == (("Porter <night>", "2019-03", "2021"),)


def test_the_table_keeps_the_order_it_was_given_and_says_what_is_not_known() -> None:
    chart = years(Stretch("Course", "", "2021"), Stretch("Porter", "2019", ""))
    assert chart.table.rows == (("Course", "not sure", "2021"), ("Porter", "2019", "not sure"))
    assert "Porter, from 2019; Course, 2021 to 2021." in chart.picture


def test_a_timeline_of_nothing_is_nothing() -> None:
    assert timeline([], 2026) is None
    assert timeline([Stretch("When I was small", "as a child", "")], 2026) is None


@pytest.mark.parametrize(
    ("begins", "ends"), [("2019", "2012"), ("2019-00", "x"), ("2019-99", "now"), ("0000", ""), ("2019", "2019")]
)
def test_odd_years_still_draw_a_bar_inside_the_picture(begins: str, ends: str) -> None:
    bar = parsed(years(Stretch("Odd", begins, ends)).picture).find(f"{SVG}rect")
    assert bar is not None
    assert float(bar.get("x", "")) >= 0
    assert float(bar.get("x", "")) + float(bar.get("width", "")) <= 360


def test_a_trunk_is_whole_once_all_of_its_part_is_in_the_book_and_done() -> None:
    begun = TreeGrowth((True,) * 26, (True,) * 4, trunk_available=0.2)
    assert begun.trunk_share == pytest.approx(0.2)
    assert begun.girth < WHOLE.girth
    assert WHOLE.trunk_share == 1


def test_a_trunk_that_is_begun_has_as_many_leaves_as_the_seedling_had_and_more_as_it_grows() -> None:
    grown = [tree(TreeGrowth((True,) * 26, _of(17, done), leaves=26)) for done in (0, 1, 4, 8, 17)]
    leaves = [len(re.findall(r'Q[^"]*Z"', picture)) for picture in grown]
    assert leaves == sorted(leaves)
    assert leaves[0] < leaves[-1]


def _of(count: int, grown: int) -> tuple[bool, ...]:
    return tuple(place < grown for place in range(count))


@pytest.mark.parametrize(("said", "amount"), [("60", 60), ("I don’t know yet", None)])
def test_grouped_bars_say_a_long_name_whole(said: str, amount: int | None) -> None:
    name = "Drives the same delivery route, day after day, and knows every dog on it by its name"
    fact = BarFact(name, "Would it pay enough?", said, amount)
    chart = grouped([fact], BarGroups("Paths", "Path", (name,), (fact.group,), 100, "here"))
    assert chart is not None
    root = parsed(chart.picture)
    lines = [one for one in root.iter(f"{SVG}tspan") if one.text]
    assert "".join(one.text or "" for one in lines).strip() == name
    bottom = max(float(one.get("y", 0)) for one in lines)
    assert bottom < float(root.get("viewBox", "").split()[3])


def test_levels_say_a_long_name_whole_and_the_next_stands_below_its_bar() -> None:
    names = ("Taking the phone when it rings at four in the morning and nobody else is awake", "Maps")
    scale = LevelScale("Energy", ("What", "How often", "Mean"), ("low", "even", "high"), (), "here")
    chart = bars([Level(name, "twice", "+1", 1.0) for name in names], scale)
    assert chart is not None
    drawn = list(parsed(chart.picture).iter(f"{SVG}g"))
    lines = [list(one.iter(f"{SVG}tspan")) for one in drawn]
    assert ["".join(line.text or "" for line in some).strip() for some in lines] == list(names)
    bar = drawn[0].find(f"{SVG}rect")
    assert bar is not None
    assert float(lines[0][-1].get("y", 0)) < float(bar.get("y", 0)) < float(lines[1][0].get("y", 0)) - 12


def test_a_longer_name_makes_a_higher_picture() -> None:
    facts = [
        BarFact(name, "Like it", "60", 60) for name in ("Maps", "Maps that people read by hand at every stop of 14")
    ]
    heights = []
    for fact in facts:
        chart = grouped([fact], BarGroups("Paths", "Path", (fact.name,), ("Like it",), 100, "here"))
        assert chart is not None
        heights.append(float(parsed(chart.picture).get("viewBox", "").split()[3]))
    assert heights[0] < heights[1]


def test_a_long_idea_is_said_whole_and_the_next_stands_below_it() -> None:
    words = ("Forms that lock out anyone who doesn’t see where the line is", "Maps")
    chart = ideas([Sprout(one, "Bus", steps, is_liked=False) for steps, one in enumerate(words, 3)], "Bus", "here")
    assert chart is not None
    drawn = [list(one.iter(f"{SVG}tspan")) for one in parsed(chart.picture).iter(f"{SVG}g")]
    assert ["".join(line.text or "" for line in lines).strip() for lines in drawn] == list(words)
    assert float(drawn[1][0].get("y", 0)) > float(drawn[0][-1].get("y", 0))
