"""Who is here: people, their sessions and keys, their settings."""
