"""Judges: for each kind of subject that words are about, what is particular to it; a file and a line in ``kinds``."""
