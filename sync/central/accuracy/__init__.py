"""Accuracy: how true the book is, as figures that are made behind the floor from what was counted and said of it."""
