"""Tasks at the centre: planned, asked for, leased, done by whoever does them; stocktakes, and how far they are."""
