"""Which choices are told only to the person: what a block teaches says it, by the columns in which that is kept."""

from functools import cache

from dreamtree.db import BaseModel
from dreamtree.profile import nouns_of
from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.vault import SealedField
from tests.rules.seeded import MADE, PRIVATE
from tests.rules.test_schema import tables_of_people

OF_EVERY_ROW = frozenset(DerivedRow._meta.fields)
NOT_CHOSEN = (":currency", "-skills")
"""The currency is typed; the ids of library skills are plain."""


def is_sealed(name: str) -> bool:
    """Whether no plain column depends on what is chosen in the field of this name.

    None does in a private block, in one that teaches nothing, in one whose tables hold nothing in plain but what every
    row has, and days; nor in one that fills a sealed column. In any other, the fields named like a sealed column. What
    is learned in no table of its own may be plain.
    """
    key, _, field = name.partition(":")
    if name.endswith(NOT_CHOSEN) or key not in MADE:
        return False
    sealed, plain = _columns(key)
    is_all_sealed = not plain and bool(sealed or not MADE[key])
    return key in PRIVATE or is_all_sealed or bool({MADE[key].partition(".")[2], field.rsplit("-", 1)[-1]} & sealed)


@cache
def _columns(key: str) -> tuple[frozenset[str], frozenset[str]]:
    """The columns that what a block teaches is kept in: those that are sealed everywhere, and the plain ones that not
    every row has. Days are typed, never chosen.
    """
    fields = [
        (name, isinstance(field, SealedField)) for model in _models(key) for name, field in model._meta.fields.items()
    ]
    plain = {name for name, is_sealed in fields if not is_sealed}
    sealed = frozenset(name for name, is_sealed in fields if is_sealed and name not in plain)
    return sealed, frozenset(name for name in plain - OF_EVERY_ROW if not name.endswith("_on"))


def _models(key: str) -> list[type[BaseModel]]:
    declared = [noun.model for noun in nouns_of(MADE[key]) if isinstance(noun, Noun)]
    table = MADE[key].partition(".")[0]
    return [*declared, *(one for one in tables_of_people() if one._meta.table_name == table)]
