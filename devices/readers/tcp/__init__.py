"""Readers on the network: a scanner connects to us, or we to it; bounded, and only from whom it is allowed."""
