"""Putting things in order: what ranking and value cards share."""
