"""Rescue: backup, restore, mending and salvage of a cache; opened on a bad day only."""
