"""A first resume: what the tree holds so far, as one page to print."""
