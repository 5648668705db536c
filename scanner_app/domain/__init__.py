"""The domain: nouns of the floor, pure values without clock, chance or file."""
