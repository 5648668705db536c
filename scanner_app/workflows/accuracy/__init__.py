"""Accuracy: how true the book is, the lines behind it, and who decided what of whose counts."""
