"""Trials of scanners beside the terminal: unplugged, killed, several at once."""
