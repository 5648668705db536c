"""Floors: the same work with nothing around it, each a process of its own."""
