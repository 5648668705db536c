"""Readers: bytes of a scanner become whole entries."""
