"""Figures of how true the book is, at the centre."""
