"""What a guess at a password costs in tests: next to nothing, so that they are quick."""

from dreamtree.vault import Cost

CHEAP = Cost(rounds=1, memory=8, lanes=1)
