"""A copy to read: pages, lists and pictures in one ZIP that opens without DreamTree."""
