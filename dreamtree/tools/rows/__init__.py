"""What tools whose answers are rows share."""
