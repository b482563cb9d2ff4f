"""What is asked: the content tables, the seed that fills them, and the Book that pages read."""

from dreamtree.content.cache import book, clear_cache, library, preload

__all__ = ["book", "clear_cache", "library", "preload"]
