"""Whose rows a statement means: one that a request runs names the person for each of their tables that it touches."""

import re
from functools import cache

from dreamtree.db import BaseModel, tables_below

FOUND_OTHERWISE = {"sessions", "auth", "emails", "skill_offers"}
"""Found by a token, by an address, or by an id that begins with the person's; what was approved is nobody's."""
TOUCHED = re.compile(r'\b(?:FROM|JOIN|UPDATE)\s+"(\w+)"')
NAMED = re.compile(r'"user_id" = ')


@cache
def names_nobody(sql: str) -> bool:
    """Whether a statement touches more tables of people than it names a person for."""
    theirs = [table for table in TOUCHED.findall(sql) if table in _tables_of_people()]
    return len(theirs) > len(NAMED.findall(sql))


@cache
def _tables_of_people() -> frozenset[str]:
    owned = {str(model._meta.table_name) for model in tables_below(BaseModel) if "user_id" in model._meta.fields}
    return frozenset(owned - FOUND_OTHERWISE)
