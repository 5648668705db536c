"""Plates: license plates are built, nested, unloaded and broken."""
