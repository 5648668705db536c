"""Synchronisation: the protocol of the wire, and the two ends of it."""
