"""Look up: what is where, by any name of a place or an item."""
