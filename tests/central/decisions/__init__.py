"""What waits for a person, against a real central store."""
