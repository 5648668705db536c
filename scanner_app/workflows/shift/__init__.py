"""The shift: sign in, lock, status, leave."""
