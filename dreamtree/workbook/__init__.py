"""Doing the exercises: the pages of the book, and saving what is written in them."""
