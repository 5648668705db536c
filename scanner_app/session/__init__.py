"""The session: one operator at work; entries are stored, interpreted and shown as a view."""
