"""Look-ups of the store: answers from the cache; nothing is written here."""
