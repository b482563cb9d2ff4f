"""What connections read: each source is one function that answers for one person. Reference sources answer nobody."""

from collections.abc import Callable, Mapping
from typing import Any

from dreamtree.profile.beginnings import life_dashboard, starting_point
from dreamtree.profile.experiences import experiences
from dreamtree.profile.factors import work_factors
from dreamtree.profile.flow import flow_entries
from dreamtree.profile.people import testimonials
from dreamtree.profile.personality import personality_type
from dreamtree.profile.places import locations
from dreamtree.profile.practices import practices
from dreamtree.profile.reflections import reflections
from dreamtree.profile.skill_lists import user_skills
from dreamtree.profile.stories import soared_stories
from dreamtree.profile.texts import career_options, profile_text
from dreamtree.values import Item
from dreamtree.vault import Keyholder

Source = Callable[[Keyholder, Mapping[str, Any]], list[Item]]

SOURCES: Mapping[str, Source] = {
    "career_options": career_options,
    "experiences": experiences,
    "flow_entries": flow_entries,
    "life_dashboard": life_dashboard,
    "locations": locations,
    "personality_type": personality_type,
    "practices": practices,
    "profile_text": profile_text,
    "reflections": reflections,
    "soared_stories": soared_stories,
    "starting_point": starting_point,
    "testimonials": testimonials,
    "user_skills": user_skills,
    "work_factors": work_factors,
}

REFERENCE_SOURCES: Mapping[str, str] = {
    "skills_library": "/reference/skills",
    "personality_types": "/reference/personality-types",
}
"""Sources that are the same for everybody, and the page that shows them."""
