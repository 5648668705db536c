"""The engine: runs a script, takes commands, keeps what became of each entry as a verdict."""
