"""A noun as somebody would add it, in a folder of its own: it is no part of the application."""
