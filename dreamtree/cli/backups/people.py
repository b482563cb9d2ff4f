"""Who is in the database that a backup would replace."""

from dreamtree.engines import Engine

PEOPLE = "SELECT COUNT(*) FROM users WHERE is_sample = 0"


def count_people(engine: Engine) -> int:
    """How many people there are, sample trees left out; 0 in a database without tables."""
    if not engine.table_exists("users"):
        return 0
    return int(engine.execute_sql(PEOPLE).fetchone()[0])  # type: ignore[no-untyped-call]
