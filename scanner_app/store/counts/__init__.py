"""Counts of this device: each as far as it is, kept beside the journal in the same transaction."""
