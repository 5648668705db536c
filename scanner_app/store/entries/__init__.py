"""Entries as people read them: the whole log, for printing."""
