"""Capture: bytes become entries and keys, entries become readings of a code."""
