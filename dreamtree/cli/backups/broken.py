"""What is wrong with a backup, in words for the operator."""


class BrokenBackup(Exception):
    """It couldn't be written, or isn't whole; says why."""
