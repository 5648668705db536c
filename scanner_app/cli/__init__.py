"""The command line: commands and the only printing."""
