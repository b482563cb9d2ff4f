"""How earlier answers reach later blocks: sources, what they give now, and what changed since."""
