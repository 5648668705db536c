"""Phrases: the phrase book, and the sentences that belong to no single process."""
