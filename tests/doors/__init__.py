"""Doors: what is printed and logged goes by one, and what others have written, or what is secret, does not get out."""
