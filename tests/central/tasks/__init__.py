"""Tasks at the centre."""
