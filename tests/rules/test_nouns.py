"""Every noun of the profile is whole: what blocks make is learned, and each column has one that writes it."""

from typing import Any

import pytest

from dreamtree.connections.sources import SOURCES
from dreamtree.profile import nouns, nouns_of
from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from tests.rules.seeded import MADE

NOUNS = {f"{one.table}: {makes}": one for makes, found in nouns().items() for one in found if isinstance(one, Noun)}
MAKES = sorted(set(MADE.values()) - {""})


@pytest.mark.parametrize("makes", MAKES)
def test_what_a_block_makes_is_learned(makes: str) -> None:
    assert nouns_of(makes) != ()


@pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS)
def test_each_column_of_its_table_is_its_own_or_named_with_who_writes_it(noun: Noun) -> None:
    shared = {"user_id", *DerivedRow._meta.fields}
    assert {noun.text, *noun.fields, *noun.filled_by} - {""} == set(noun.model._meta.fields) - shared
    assert set(noun.filled_by.values()) <= set(MAKES)


@pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS)
def test_it_sorts_and_filters_by_columns_that_it_reads(noun: Noun) -> None:
    assert {name.removeprefix("-") for name in noun.order} <= {*noun.columns, "position"}
    assert set(noun.filters.values()) <= set(noun.columns)


@pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS)
def test_a_source_says_that_it_changed(noun: Noun) -> None:
    assert noun.source in ("", *SOURCES)
    assert not noun.source or noun.source in noun.changed_sources


def test_two_nouns_do_not_answer_to_one_name() -> None:
    named: dict[str, set[Any]] = {}
    for one in NOUNS.values():
        named.setdefault(one.source, set()).add(one.model)
    assert [source for source, models in named.items() if source and len(models) > 1] == []
