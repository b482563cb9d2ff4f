"""What is asked: the content tables, the seed that fills them, and the Book that pages read."""

from dreamtree.content.shelf import book, forget, library, read_ahead

__all__ = ["book", "forget", "library", "read_ahead"]
