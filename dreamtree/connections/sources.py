"""What connections read: each source is one function that answers for one person. Reference sources answer nobody."""

from collections.abc import Mapping

from dreamtree.profile import sources

SOURCES = sources()
"""Source → what answers it: each noun of the profile that says it is one."""
OCCUPATIONS = "occupations"
"""The source of jobs, which are found by the skills of the block that it is connected with."""
REFERENCE_SOURCES: Mapping[str, str] = {
    "skills_library": "/reference/skills",
    "personality_types": "/reference/personality-types",
    OCCUPATIONS: "/reference/occupations",
}
"""Sources that are the same for everybody, and the page that shows them."""
