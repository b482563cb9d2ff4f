"""What connections read: each source is one function that answers for one person. Reference sources answer nobody."""

from collections.abc import Callable, Mapping
from typing import Any

from dreamtree.profile.beginnings import life_dashboard, starting_point
from dreamtree.profile.experiences import experiences
from dreamtree.profile.people import testimonials
from dreamtree.profile.personality import personality_type
from dreamtree.profile.skills import user_skills
from dreamtree.profile.stories import soared_stories
from dreamtree.profile.texts import career_options, profile_text
from dreamtree.values import Item
from dreamtree.vault import Keyholder

Source = Callable[[Keyholder, Mapping[str, Any]], list[Item]]

SOURCES: Mapping[str, Source] = {
    "career_options": career_options,
    "experiences": experiences,
    "life_dashboard": life_dashboard,
    "personality_type": personality_type,
    "profile_text": profile_text,
    "soared_stories": soared_stories,
    "starting_point": starting_point,
    "testimonials": testimonials,
    "user_skills": user_skills,
}

REFERENCE_SOURCES: Mapping[str, str] = {
    "skills_library": "/reference/skills",
    "personality_types": "/reference/personality-types",
}
"""Sources that are the same for everybody, and the page that shows them."""
