"""The first page, home, credits, and the sample tree to look around in."""
