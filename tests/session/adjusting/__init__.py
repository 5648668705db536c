"""Adjusting at a session: taken out, brought in, of another status; what waits is no stock."""
