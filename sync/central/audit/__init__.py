"""Audit: verifies the book against its own laws, its chain of hashes and the events it was made from."""
