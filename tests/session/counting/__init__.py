"""Counting at a device: what a counter enters, is shown, and what comes of it."""
